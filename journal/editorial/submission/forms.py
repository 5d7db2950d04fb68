"""Forms of the submission: one for each part of the task list, and for what authors decide later."""

from wtforms import DateField, FieldList, FormField, HiddenField, MultipleFileField
from wtforms import Form as Group

from journal.editorial.forms import Form
from journal.editorial.inputs import line, one_of, prose, several_of
from workflows.announcing import Announce
from workflows.authorship import CREDIT
from workflows.embargoes import EmbargoEvent
from workflows.hazard import Question
from workflows.protocol import BIAS_LEVELS
from workflows.topics import TOPICS

_YES_NO = (("yes", "Yes"), ("no", "No"))


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]


class NewForm(Form):
    """A new study."""

    title = prose(
        "Working title", "You can change it until the study is accepted. Leave it empty if you have none yet."
    )


class TitleForm(Form):
    """Title, abstract and topics."""

    title = prose("Title", "As readers will see it. It says what is asked, not what is hoped for.")
    abstract = prose("Abstract", "The question, the plan, and what the answer would decide.")
    topics = several_of(
        "Topics", ((topic, topic) for topic in TOPICS), "One to five. Readers and reviewers search by them."
    )


class AuthorEntry(Group):
    """One author."""

    id = HiddenField()
    name = line("Name, as printed")
    given = line("Given names")
    family = line("Family name")
    email = line("Mail address", "Never published. Consent is asked there.")
    orcid = line("ORCID iD")
    affiliation = line("Affiliation", "Where they work, or: Independent.")
    ror = line("ROR of the affiliation")
    roles = several_of("What they contribute (CRediT)", ((role, role) for role in CREDIT))


class AuthorsForm(Form):
    """All authors, in order."""

    authors = FieldList(FormField(AuthorEntry), label="Author")


class BiasForm(Form):
    """What is already known of the data."""

    bias_level = one_of(
        "Which of these is true today?",
        ((str(level), f"Level {level}. {words}") for level, words in BIAS_LEVELS.items()),
    )
    bias_account = prose(
        "What is known of the data, and by whom", "Below level 6, say what keeps this knowledge out of the plan."
    )


class StatementsForm(Form):
    """Statements beside the plan."""

    funding = prose("Funding", "Who pays, with grant numbers, or that nobody does.")
    ethics = prose("Ethics", "Which review applies, with its number, or why none does.")
    competing_interests = prose("Competing interests", "Employers, funders, products, or that there are none.")
    data_ = prose("Data", "Where they will be, or the legal, ethical or safety reason why not.", name="data")
    code = prose("Code", "Where it will be, or the reason why not.")
    materials = prose(
        "Materials", "Prompts, models and their versions, questionnaires: where they will be, or why not."
    )


class HazardEntry(Group):
    """The answer to one hazard question."""

    answer = one_of("Answer", _YES_NO)
    account = prose("If yes: what, and how you will handle it")


class HazardForm(Form):
    """The four hazard questions."""

    uplift = FormField(HazardEntry, Question.UPLIFT.words, separator="-")
    exploit = FormField(HazardEntry, Question.EXPLOIT.words, separator="-")
    dangerous_data = FormField(HazardEntry, Question.DATA.words, separator="-")
    weights = FormField(HazardEntry, Question.WEIGHTS.words, separator="-")


class FilesForm(Form):
    """Files of the manuscript."""

    files = MultipleFileField(
        "Files",
        description="The manuscript as Markdown (.md) or Word (.docx); its figures as PNG, JPEG or SVG; "
        "its references as BibTeX (.bib). You can choose several at once.",
    )


class ReasonForm(Form):
    """A step with a reason."""

    reason = prose("Reason")


class EmbargoForm(Form):
    """The authors' own embargo."""

    ends = one_of(
        "Publish not before",
        (("day", "A day"), *((event.value, _sentence(event.words)) for event in EmbargoEvent)),
    )
    embargo_until = DateField("The day", validators=[])
    reason = prose("Why", "Kept under seal. Only you and, if it comes to that, an officer can read it.")

    def event(self) -> EmbargoEvent | None:
        """What the embargo waits for, if it is no day."""
        return next((event for event in EmbargoEvent if event.value == self.ends.data), None)


class AnnounceForm(Form):
    """Whether the registered protocol is shown before the results."""

    announce = one_of(
        "When may readers see the registered protocol?",
        ((each.value, each.words) for each in Announce),
    )
    day = DateField("The day", validators=[])


class DatesForm(Form):
    """When data collection began and ended."""

    data_start = DateField("First day of data collection", validators=[])
    data_end = DateField("Last day", validators=[])

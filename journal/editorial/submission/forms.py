"""Forms of the submission: one for each part of the task list, and for what authors decide later."""

import hashlib

from wtforms import DateField, FieldList, FileField, FormField, HiddenField, MultipleFileField
from wtforms import Form as Group

from journal.editorial.forms import Form
from journal.editorial.inputs import line, one_of, prose, several_of
from workflows.announcing import Announce
from workflows.authorship import CREDIT
from workflows.collecting import Evidence, Mark
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
        description="The manuscript as Markdown (.md, .Rmd, .qmd), Word (.docx), LaTeX (.tex), or one zip of it with "
        "all that belongs to it; else its figures as PNG, JPEG or SVG, its references as BibTeX, RIS or CSL-JSON.",
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
    """When data collection began and ended, and what shows it. Of a log file only name and SHA-256 are kept."""

    data_start = DateField("First day of data collection", validators=[])
    start_evidence = prose("What shows it", "A token, the hash or place of a log. Editors and reviewers can read it.")
    start_log = FileField("Log file", description="Its SHA-256 is recorded. Keep the file: it is not kept here.")
    data_end = DateField("Last day", validators=[])
    end_evidence = prose("What shows it")
    end_log = FileField("Log file")

    def evidence(self) -> dict[Mark, Evidence]:
        """What was typed and chosen, for each of the two days."""
        return {mark: self._evidence(mark) for mark in Mark}

    def _evidence(self, mark: Mark) -> Evidence:
        words, log = self[f"{mark.value}_evidence"].data or "", self[f"{mark.value}_log"].data
        if not getattr(log, "filename", ""):
            return Evidence(words=words.strip())
        sha256 = hashlib.file_digest(log.stream, "sha256").hexdigest()
        return Evidence(words=words.strip(), log_name=plain_name(log.filename), log_sha256=sha256)


def plain_name(filename: str) -> str:
    """The last part of a file's name, as far as it can be printed."""
    last = filename.replace("\\", "/").rpartition("/")[2]
    return "".join(letter for letter in last if letter.isprintable())[-120:]

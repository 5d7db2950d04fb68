"""What the page of a narrower article asks for."""

from wtforms import MultipleFileField

from journal.dossier.results import Results
from journal.editorial.forms import Form
from journal.editorial.inputs import offered, one_of, one_time_code, prose, several_of
from workflows.narrowing import Narrowing
from workflows.protocol import Protocol, Row

_STATEMENTS = (
    ("funding", "Funding"),
    ("ethics", "Ethics"),
    ("competing_interests", "Competing interests"),
    ("data", "Data"),
    ("code", "Code"),
    ("materials", "Materials"),
)
_YES, _SHORT = "yes", 120


class Narrow(Form):
    """A narrower article: what is written for it, and what it takes over."""

    title = prose("Title", "Written for this article. Readers see this one and no other.")
    abstract = prose("Abstract of the plan", "What was asked and planned, as far as it may be read.")
    results_abstract = prose("Abstract of the results", "Left empty, the abstract of the plan stands in its place.")
    claim = prose("Claim", "The answer in a sentence or two, as far as it may be read.")
    topics = several_of("Topics", [])
    rows = several_of("Rows", [], "Each brings its answer and every check that bears on it. Labels are counted anew.")
    deviations = several_of("Deviations", [], "One of a row or check that is left out is left out with it.")
    statements = several_of("Statements", _STATEMENTS)
    bias_account = one_of("What was known of the data", ((_YES, "Take it over"), ("no", "Leave it out")))

    def offer(self, plan: Protocol, done: Results) -> None:
        """Offer what the study has."""
        self.topics.choices = offered([(topic, topic) for topic in plan.topics])
        self.rows.choices = offered([(row.label, _row_words(row)) for row in plan.rows])
        said = enumerate(done.deviations)
        self.deviations.choices = offered([(str(at), f"{at + 1}. {each.what[:_SHORT]}") for at, each in said])

    def narrowing(self) -> Narrowing:
        """What was filled in."""
        return Narrowing(
            title=" ".join((self.title.data or "").split()),
            abstract=self.abstract.data or "",
            results_abstract=self.results_abstract.data or "",
            claim=self.claim.data or "",
            topics=tuple(self.topics.data or ()),
            rows=tuple(self.rows.data or ()),
            deviations=tuple(int(at) for at in self.deviations.data or () if at.isascii() and at.isdecimal()),
            statements=tuple(self.statements.data or ()),
            bias_account=self.bias_account.data == _YES,
        )


class Files(Form):
    """The files of its own manuscript."""

    files = MultipleFileField(
        "Files", description="Its own manuscript, with its figures and references. None is needed."
    )


class Approve(Form):
    """That exactly this may come out."""

    code = one_time_code()


def filled(narrowing: Narrowing) -> Narrow:
    """The form as it was kept."""
    return Narrow(
        formdata=None,
        data={
            "title": narrowing.title,
            "abstract": narrowing.abstract,
            "results_abstract": narrowing.results_abstract,
            "claim": narrowing.claim,
            "topics": list(narrowing.topics),
            "rows": list(narrowing.rows),
            "deviations": [str(at) for at in narrowing.deviations],
            "statements": list(narrowing.statements),
            "bias_account": _YES if narrowing.bias_account else "no",
        },
    )


def _row_words(row: Row) -> str:
    return f"{row.label}. {(row.hypothesis or row.question)[:_SHORT]}"

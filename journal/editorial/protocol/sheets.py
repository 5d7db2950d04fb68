"""The pages on which a plan is written, a few kinds of parts to a page, and what each page shows of a plan."""

from collections.abc import Callable
from dataclasses import dataclass

from journal.editorial.forms import Form
from journal.editorial.protocol import forms
from workflows.protocol import (
    Analysis,
    Check,
    Contingency,
    Exclusion,
    Labelled,
    Measure,
    Paper,
    Pin,
    Protocol,
    Row,
    Sample,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """A kind of part that a page has any number of. `name` is its field in the plan, `letter` begins its labels.

    `more` are the fields that a page folds away, under a line that says what they are.
    """

    name: str
    made: Callable[..., Labelled]
    letter: str
    title: str
    about: str
    noun: str
    none_yet: str
    more: tuple[str, tuple[str, ...]] = ("", ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page of the plan. `loose` are the fields that it has beside its repeated parts."""

    name: str
    title: str
    about: str
    form: type[Form]
    repeated: tuple[Repeated, ...] = ()
    loose: tuple[str, ...] = ()

    def part_of(self, plan: Protocol) -> tuple[object, ...]:
        """What of `plan` this page writes."""
        return tuple(getattr(plan, name) for name in (*(each.name for each in self.repeated), *self.loose))

    def holds(self, name: str) -> bool:
        """Whether the field `name` of the plan is written here."""
        return name in self.loose or any(each.name == name for each in self.repeated)


_ROWS = Repeated(
    name="rows",
    made=Row,
    letter="H",
    title="Rows",
    about="",
    noun="row",
    none_yet="No row yet. Add the first: what do you ask?",
)
_CHECKS = Repeated(
    name="checks",
    made=Check,
    letter="C",
    title="Checks that must pass for a null to count",
    about="A null says something only if the study could have found what it looked for. Register what shows that it "
    "could: a positive control, a manipulation check, a quality threshold.",
    noun="check",
    none_yet="No check yet. Without one, no null of this study can be called informative.",
)
_MEASURES = Repeated(
    name="measures",
    made=Measure,
    letter="M",
    title="Measures",
    about="What is measured or computed. Decision rules can name a measure by its label.",
    noun="measure",
    none_yet="No measure yet. Add those that a decision rule compares.",
    more=("Rows, and anything else", ("rows", "account")),
)
_SAMPLES = Repeated(
    name="samples",
    made=Sample,
    letter="N",
    title="Samples",
    about="How many of what, when that stops, and what the number rests on.",
    noun="sample",
    none_yet="No sample yet.",
    more=(
        "How the number was computed, and anything else",
        ("method", "test", "alpha", "power", "effect", "rationale", "groups", "rows", "account"),
    ),
)
_EXCLUSIONS = Repeated(
    name="exclusions",
    made=Exclusion,
    letter="X",
    title="Exclusions",
    about="What is left out, in the order in which it is applied.",
    noun="exclusion",
    none_yet="No exclusion yet. If nothing is excluded, none is needed.",
    more=("Rows, and anything else", ("rows", "account")),
)
_ANALYSES = Repeated(
    name="analyses",
    made=Analysis,
    letter="A",
    title="Analyses",
    about="Each planned analysis, and whether any outcome of it is known already: the level of bias control follows "
    "from those answers.",
    noun="analysis",
    none_yet="No analysis yet.",
    more=(
        "Measures, threshold, multiplicity, software, and anything else",
        ("measures", "sides", "threshold", "correction", "software", "version", "account"),
    ),
)
_CONTINGENCIES = Repeated(
    name="contingencies",
    made=Contingency,
    letter="B",
    title="Branches: if something stated turns out, then",
    about="A branch that is registered is no deviation when it is taken.",
    noun="branch",
    none_yet="No branch yet.",
)
_PINS = Repeated(
    name="pins",
    made=Pin,
    letter="P",
    title="What is fixed",
    about="Models with their exact versions, data, prompts, seeds, decoding parameters, judges, the harness, compute.",
    noun="pin",
    none_yet="Nothing is fixed yet. Where language models are run, begin with the model and its version.",
    more=("Digest, place, and anything else", ("digest", "place", "account")),
)
_PAPERS = Repeated(
    name="papers",
    made=Paper,
    letter="S",
    title="Several papers from this one plan",
    about="Only where the plan becomes more than one stage-2 paper: which rows go into which.",
    noun="paper",
    none_yet="One paper. That is the usual case, and nothing is needed here.",
)

ROWS = Sheet(
    name="rows",
    title="Questions, hypotheses and checks",
    about="One row for each question: how you will answer it, and how you will conclude. These rows come back at stage "
    "2, each with a cell for its outcome. A hypothesis that is not here can be reported later only as unregistered.",
    form=forms.ProtocolForm,
    repeated=(_ROWS, _CHECKS),
)
KINDS = Sheet(
    name="kinds",
    title="What kind of study it is",
    about="The answer decides which parts of the plan are asked for, and nothing else.",
    form=forms.KindsForm,
    loose=("settings",),
)
SAMPLING = Sheet(
    name="sampling",
    title="Measures, samples, exclusions",
    about="What the rows say in words, as parts that can be checked against each other. Fill in what helps; leave out "
    "what the rows say well enough.",
    form=forms.SamplingForm,
    repeated=(_MEASURES, _SAMPLES, _EXCLUSIONS),
)
ANALYSES = Sheet(
    name="analyses",
    title="Analyses, and what is known already",
    about="Which analysis tests which row, and what anybody on the team has seen of its outcome.",
    form=forms.AnalysesForm,
    repeated=(_ANALYSES, _CONTINGENCIES),
    loose=("exploratory",),
)
PINS = Sheet(
    name="pins",
    title="Models, data, prompts, seeds: what is fixed",
    about="What somebody else needs in order to run the same study.",
    form=forms.PinsForm,
    repeated=(_PINS,),
    loose=("contamination",),
)
PAPERS = Sheet(
    name="papers",
    title="Dates, promises, and papers",
    about="When it happens, what will be open, and whether it becomes one paper or several.",
    form=forms.PapersForm,
    repeated=(_PAPERS,),
    loose=("dates", "promises"),
)
SHEETS = {sheet.name: sheet for sheet in (KINDS, ROWS, SAMPLING, ANALYSES, PINS, PAPERS)}


def sheet_of(name: str) -> Sheet | None:
    """The page on which the plan's field `name` is written, for the parts of the design."""
    return next((sheet for sheet in SHEETS.values() if sheet.holds(name)), None)

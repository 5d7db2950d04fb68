"""The forms of the plan's parts: repeated groups of fields, a form for each page."""

from collections.abc import Iterable

from wtforms import BooleanField, FieldList, FormField, HiddenField, SelectField
from wtforms import Form as Group

from journal.editorial.forms import Form
from journal.editorial.inputs import line, picked, prose, several_of
from workflows.protocol import (
    Basis,
    Failing,
    Gate,
    Kind,
    Known,
    Level,
    Part,
    Role,
    Setting,
    Sides,
    Sight,
    Thing,
)

_ROWS = "Labels of rows, separated by commas. Leave it empty if it concerns all."
_ACCOUNT = "Anything else", "Whatever the fields above cannot say."
_Choices = Iterable[Basis | Failing | Gate | Level | Part | Role | Sides | Sight | Thing]


def _choice(label: str, choices: _Choices) -> SelectField:
    """One of a few words, or nothing yet."""
    return picked(label, [("", "(not said)"), *((each.value, _first_large(each.words)) for each in choices)])


def _known() -> SelectField:
    """What is known already, each answer with the level of bias control that follows."""
    answers = [(each.value, f"{_KNOWN[each]} (level {each.level})") for each in Known]
    return picked("Is any outcome of it known already?", [("", "(not said)"), *answers])


_KNOWN = {
    Known.NO_DATA: "No data exist yet",
    Known.OUT_OF_REACH: "Data exist, out of the team's reach",
    Known.NOT_REACHED: "Data could be reached, nobody has",
    Known.NOT_OBSERVED: "Data reached, nothing observed",
    Known.PARTLY_OBSERVED: "Partly observed, no key variable",
    Known.OBSERVED: "Key variables observed, not run",
    Known.RUN: "It has been run",
}


def _first_large(words: str) -> str:
    return words[:1].upper() + words[1:]


class Entry(Group):
    """One of several groups of fields. `at` is where in the plan it stood when the page was made."""

    at = HiddenField()
    label = line("Label")


class RowEntry(Entry):
    """One question, and everything needed to conclude from its answer."""

    label = line("Label", "Short: H1, RQ2. Outcomes and reviews refer to it.")
    question = prose("Question")
    kind = picked("What is predicted", ((kind.value, kind.words) for kind in Kind))
    primary = BooleanField("Primary: the study stands or falls with it", default=True)
    hypothesis = prose("Hypothesis", "With its direction. Leave it empty for estimation and exploration.")
    sampling = prose("Sampling plan", "How many, of what, chosen how, and when sampling stops.")
    analysis = prose("Analysis plan", "The test or model, its inputs, exclusions, and what is done about multiplicity.")
    sensitivity = prose("Sensitivity", "Power, or how small an effect this could find, and how that was computed.")
    smallest_effect = line("Smallest effect of interest")
    unit = line("Unit")
    rationale = prose("Why this is the smallest effect that matters")
    decision_rule = prose("Decision rule", "What will count as supported, as contradicted, and as a null.")
    interpretation = prose("What each outcome would mean", "If supported, if contradicted, if null.")
    theory = prose("What the outcome bears on", "The theory or claim that could turn out wrong.")


class CheckEntry(Entry):
    """One outcome-neutral check."""

    label = line("Label", "Short: C1. Rows and checks share one set of labels.")
    what = prose("What is checked", "A positive control, a manipulation check, a quality threshold.")
    gate = _choice("Kind of check", Gate)
    threshold = line("Threshold", "When it counts as passed, such as: at least 0.85.")
    consequence = prose("What follows if it fails", "For the conclusions: not testable, excluded, reported and marked.")
    failing = _choice("What follows, in a word", Failing)
    rows = line("Rows it bears on", "Labels, separated by commas. Leave it empty if it bears on all.")


class MeasureEntry(Entry):
    """One measure."""

    what = prose("What is measured or computed")
    role = _choice("What it is for", Role)
    unit = line("Unit", "Such as: percentage points, AUROC.")
    rows = line("Rows it answers", _ROWS)
    account = prose(*_ACCOUNT)


class SampleEntry(Entry):
    """One sample, and what its size rests on."""

    unit = line("Unit", "What is counted: prompts, seeds, people.")
    target = line("How many", "A number.")
    most = line("At most", "Where it stops at the latest, if not at the number above.")
    groups = line("Conditions that share them", "A number.")
    stopping = prose("When sampling stops")
    basis = _choice("What the number rests on", Basis)
    method = prose("How it was computed", "Software, simulation, formula.")
    test = line("Analysis whose power it is", "Its label.")
    alpha = line("Alpha", "A share of one, such as 0.05.")
    power = line("Power", "A share of one, such as 0.9.")
    effect = line("Effect assumed")
    rationale = prose("Why this effect")
    rows = line("Rows it is for", _ROWS)
    account = prose(*_ACCOUNT)


class ExclusionEntry(Entry):
    """One exclusion, in the order in which it is applied."""

    what = prose("What is left out")
    level = _choice("It takes out", Level)
    sight = _choice("Whether the outcome is seen first", Sight)
    rows = line("Rows it bears on", _ROWS)
    account = prose(*_ACCOUNT)


class AnalysisEntry(Entry):
    """One planned analysis, and what is known of its outcome already."""

    rows = line("Rows it tests", "Labels of rows, separated by commas.")
    part = _choice("What it is for", Part)
    test = prose("Test or model", "With its inputs.")
    measures = line("Measures that go into it", "Labels, separated by commas.")
    sides = _choice("Sides", Sides)
    threshold = line("Threshold of the decision", "Such as alpha: 0.05.")
    correction = prose("Multiplicity", "What is done about it, over which family.")
    software = line("Software")
    version = line("Version")
    known = _known()
    basis = prose("On what this answer rests", "Who has seen what, and what keeps it out of the plan.")
    account = prose(*_ACCOUNT)


class ContingencyEntry(Entry):
    """One branch of the plan."""

    condition = prose("If")
    then = prose("Then")
    rows = line("Rows it bears on", _ROWS)


class PinEntry(Entry):
    """One thing that is fixed."""

    thing = _choice("What", Thing)
    value = line("Name or number", "Such as: the model's full name, the seed, the temperature.")
    version = line("Version or date")
    digest = line("Digest", "A hash, where there is one.")
    place = line("Where it can be had")
    account = prose(*_ACCOUNT)


class PaperEntry(Entry):
    """One stage-2 paper of a programmatic report."""

    title = line("Working title")
    rows = line("Rows it will report", "Labels of rows, separated by commas.")


class PromiseEntry(Group):
    """Whether one thing will be open."""

    opening = picked("Open to everybody?", [("", "(not said)"), ("yes", "Yes"), ("no", "No")])
    place = line("If yes: where", "An address, or the name of the archive.")
    reason = line("If no: why", "The legal, ethical or safety reason.")


class ProtocolForm(Form):
    """Rows and checks."""

    rows = FieldList(FormField(RowEntry, separator="-"), label="Row")
    checks = FieldList(FormField(CheckEntry, separator="-"), label="Check")


class SamplingForm(Form):
    """What is measured, of whom or what, and what is left out."""

    measures = FieldList(FormField(MeasureEntry, separator="-"), label="Measure")
    samples = FieldList(FormField(SampleEntry, separator="-"), label="Sample")
    exclusions = FieldList(FormField(ExclusionEntry, separator="-"), label="Exclusion")


class AnalysesForm(Form):
    """Analyses, branches of the plan, and what will be explored."""

    analyses = FieldList(FormField(AnalysisEntry, separator="-"), label="Analysis")
    contingencies = FieldList(FormField(ContingencyEntry, separator="-"), label="Branch")
    exploratory = prose("What you will explore", "Free of hypotheses. At stage 2 it is reported as exploration.")


class PinsForm(Form):
    """What is fixed, so that somebody else runs the same."""

    pins = FieldList(FormField(PinEntry, separator="-"), label="Pin")
    contamination = prose(
        "How test material is kept apart from training",
        "What the models may have seen of it, how you would notice, and what you do then.",
    )


class PapersForm(Form):
    """Dates, promises, and the papers of a programmatic report."""

    collection_start = line("Data collection begins", "Year-month-day.")
    collection_end = line("Data collection ends", "Year-month-day.")
    results_due = line("Results are due", "Year-month-day.")
    data_ = FormField(PromiseEntry, "Data", separator="-")
    code = FormField(PromiseEntry, "Code", separator="-")
    materials = FormField(PromiseEntry, "Materials", separator="-")
    papers = FieldList(FormField(PaperEntry, separator="-"), label="Paper")


class KindsForm(Form):
    """What kind of study it is."""

    settings = several_of(
        "What happens in this study?",
        ((each.value, _first_large(each.words)) for each in Setting),
        "Tick all that apply. It decides which parts of the plan are asked for.",
    )

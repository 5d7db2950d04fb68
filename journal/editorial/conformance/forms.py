"""The form of stage 2: a cell for each row and check of the frozen protocol, and the deviations."""

from wtforms import FieldList, FormField, HiddenField
from wtforms import Form as Group

from journal.editorial.conformance.short import PaperFields
from journal.editorial.forms import Form
from journal.editorial.inputs import line, one_of, picked, prose
from workflows.deviations import Departure, Toward, When
from workflows.outcomes import Done, Passed
from workflows.verdicts import Verdict

_DONE = [(done.value, done.words) for done in Done]
_WHERE = "Section, table or page of the manuscript."


class MetricEntry(Group):
    """What was found of one further metric that the row's rule names."""

    estimate = line("Estimate")
    low = line("Lower")
    high = line("Upper")
    p = line("p")
    bayes_factor = line("Bayes factor")
    count = line("n")


class OutcomeEntry(Group):
    """What happened to one row."""

    done = one_of("Was it carried out?", _DONE)
    account = prose("What was done instead", "Needed if it was done differently. Declare it below as a deviation too.")
    branch = picked("By which branch", ())
    estimate = line("Estimate")
    low = line("Lower")
    high = line("Upper")
    level = line("Level, %")
    p = line("p")
    bayes_factor = line("Bayes factor")
    values = FieldList(FormField(MetricEntry), label="Metric")
    sample = line("Sample analysed", "Such as: 1,640 prompts, six models.")
    cells = line("n of each condition", "Such as: 820 with the hint, 820 without.")
    where = line("Where the manuscript says so", _WHERE)
    verdict = one_of("Verdict, by your decision rule", ((verdict.value, verdict.words) for verdict in Verdict))
    why = prose("Why", "In a sentence. Needed if it could not be tested; shown to readers beside the verdict.")


class CheckEntry(Group):
    """How one registered check came out."""

    passed = one_of("How did it come out?", ((passed.value, passed.words) for passed in Passed))
    found = line("Value found", "Such as 0.94.")
    where = line("Where the manuscript says so")


class PartEntry(Group):
    """What became of one other part of the plan."""

    done = picked("Done?", (("", "No answer yet"), *_DONE))
    found = line("What was used or reached, if another")
    account = line("What was done instead")
    branch = picked("By which branch", ())
    where = line("Where the manuscript says so")


class UnregisteredEntry(Group):
    """One analysis that is reported and was not registered."""

    what = prose("What was analysed")
    why = prose("Why")
    where = line("Where the manuscript says so", _WHERE)


class DeviationEntry(Group):
    """One declared departure from the protocol. `finding`: the mark of the finding it was made from."""

    finding = HiddenField()
    row = picked("What it concerns", ())
    kind = picked("What kind of thing was changed", (("", "Choose"), *((kind.value, kind.words) for kind in Departure)))
    what = prose("What was done instead")
    why = prose("Why")
    when = picked("When it was decided", (("", "Choose"), *((when.value, when.words) for when in When)))
    toward = picked("What it does to the conclusion", (("", "Choose"), *((each.value, each.words) for each in Toward)))
    effect = prose("How it bears on the conclusion, and why")


class ResultsForm(PaperFields):
    """Everything a stage-2 submission says beside its manuscript."""

    outcomes = FieldList(FormField(OutcomeEntry), label="Outcome")
    checks = FieldList(FormField(CheckEntry), label="Check")
    parts = FieldList(FormField(PartEntry), label="Part")
    unregistered = FieldList(FormField(UnregisteredEntry), label="Unregistered analysis")
    deviations = FieldList(FormField(DeviationEntry), label="Deviation")
    claim = prose("The answer", "In a sentence or two, as readers will see it first.")
    abstract = prose("Abstract", "With the results. It begins as the one that was accepted.")
    data_now = prose("Data", "Where they are now, or why not.")
    code_now = prose("Code", "Where it is now, or why not.")
    materials_now = prose("Materials", "Where they are now, or why not.")
    cited_digest = line("Digest of the protocol", "64 characters. Copy it from the acceptance page.")


class DismissForm(Form):
    """An editor's reason for dismissing the findings that are marked."""

    reason = prose(
        "Why they are dismissed",
        "One reason for all you marked. The authors and the reviewers of this report read it.",
    )

"""What the form of stage 2 asks of each row and part of the plan, and the choices it offers."""

from collections.abc import Iterator
from dataclasses import dataclass

from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs

from journal.editorial.conformance.forms import OutcomeEntry, PartEntry, ResultsForm
from journal.editorial.inputs import offered
from workflows.asking import asks_bayes_factor, asks_p, metrics_asked
from workflows.conformance.parts import promise_of, value_of
from workflows.outcomes import Done, verdicts_for
from workflows.protocol import Analysis, Contingency, Exclusion, Measure, Pin, Protocol, Sample, Statistic
from workflows.unanswered import asked_parts

_KINDS: tuple[tuple[type, str], ...] = (
    (Sample, "Sample"),
    (Measure, "Measure"),
    (Exclusion, "Exclusion"),
    (Analysis, "Analysis"),
    (Contingency, "Branch"),
    (Pin, "Fixed"),
)
_CELLS = {
    Statistic.ESTIMATE: ("estimate",),
    Statistic.INTERVAL: ("estimate", "low", "high"),
    Statistic.P_VALUE: ("p",),
    Statistic.BAYES_FACTOR: ("bayes_factor",),
    Statistic.COUNT: ("count",),
}
_UNBRANCHED = [(done.value, done.words) for done in Done if done is not Done.BRANCHED]
_UNANSWERED = (("", "No answer yet"),)
_CELLS_IN_ORDER = ("estimate", "low", "high", "p", "bayes_factor", "count")


@dataclass(frozen=True, slots=True)
class AskedRow:
    """What is asked of a row: a p-value, a Bayes factor, and cells of further metrics by their names."""

    p: bool
    bayes_factor: bool
    metrics: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class AskedPart:
    """A part as the form shows it: its kind in a word, what was registered, the value that can be another."""

    label: str
    kind: str
    promised: str
    value: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form asks, in the order of the plan."""

    rows: tuple[AskedRow, ...]
    parts: tuple[AskedPart, ...]


def asked_of(plan: Protocol) -> Asked:
    """What the form asks of each row and part."""
    rows = (
        AskedRow(asks_p(plan, row), asks_bayes_factor(plan, row), tuple(_metrics(metrics_asked(row))))
        for row in plan.rows
    )
    parts = (AskedPart(part.label, _kind(part), promise_of(part), value_of(part)) for part in asked_parts(plan))
    return Asked(tuple(rows), tuple(parts))


def _metrics(
    named: tuple[tuple[str, frozenset[Statistic]], ...],
) -> Iterator[tuple[str, tuple[str, ...]]]:
    for metric, statistics in named:
        cells = {cell for statistic in statistics for cell in _CELLS[statistic]}
        yield metric, tuple(cell for cell in _CELLS_IN_ORDER if cell in cells)


def _kind(part: object) -> str:
    return next(word for kind, word in _KINDS if isinstance(part, kind))


def fill_up(form: ResultsForm, plan: Protocol) -> None:
    """Give every row, check and part of the plan its cell, also where less was sent."""
    wanted = ((form.outcomes, plan.rows), (form.checks, plan.checks), (form.parts, asked_parts(plan)))
    for entries, promised in wanted:
        for _ in promised[len(entries.entries) :]:
            entries.append_entry()


def offer_choices(form: ResultsForm, plan: Protocol) -> None:
    """Offer each row the verdicts that its kind can have, what the plan has no branch for no branch, and each
    deviation what it can concern.
    """
    branches = offered([("", "Choose"), *((each.label, _short(each)) for each in plan.contingencies)])
    for row, answered in zip(plan.rows, form.outcomes.entries, strict=False):
        answered.form.verdict.choices = offered((verdict.value, verdict.words) for verdict in verdicts_for(row.kind))
        _offer_branches(answered.form, branches, ())
    for part in form.parts.entries:
        _offer_branches(part.form, branches, _UNANSWERED)
    labels = [part.label for part in (*plan.rows, *plan.checks, *asked_parts(plan))]
    for deviation in form.deviations.entries:
        deviation.form.row.choices = offered([("", "The whole study"), *((label, label) for label in labels)])


def _offer_branches(
    cell: OutcomeEntry | PartEntry, branches: list[SelectChoice], first: tuple[tuple[str, str], ...]
) -> None:
    cell.branch.choices = branches
    if len(branches) == 1 and cell.done.data != Done.BRANCHED:
        cell.done.choices = offered([*first, *_UNBRANCHED])


def _short(branch: Contingency) -> str:
    said = f"{branch.label}: {branch.condition}"
    return said if len(said) <= _SHORT else f"{said[:_SHORT]}…"


_SHORT = 60

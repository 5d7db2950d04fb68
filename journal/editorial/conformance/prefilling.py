"""What the manuscript reports of each row, offered beside its cell and taken over only when a button is pressed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from journal.reading.comparison.prefill import Proposed
from workflows.outcomes import OutcomeRow, Outcomes
from workflows.protocol import Protocol
from workflows.verdicts import Verdict

_NAMES = {
    "estimate": "estimate",
    "low": "lower end",
    "high": "upper end",
    "level": "level",
    "p": "p",
    "bayes_factor": "Bayes factor",
    "sample": "n",
    "verdict": "verdict",
}
EVERYTHING = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One sentence of the manuscript with the values that it would put into a cell. `at` is its place in the list."""

    at: int
    quote: str
    where: str
    values: tuple[tuple[str, str], ...]


def offers(plan: Protocol, outcomes: Outcomes, proposed: Sequence[Proposed]) -> dict[str, list[Offer]]:
    """By the label of the row, what its cell does not say yet."""
    found: dict[str, list[Offer]] = {row.label: [] for row in plan.rows}
    for at, each in enumerate(proposed):
        answer = outcomes.row(each.label) or OutcomeRow(label=each.label)
        new = tuple(_shown(name, each.values[name]) for name in _NAMES if _is_new(answer, name, each.values))
        if new and each.label in found:
            found[each.label].append(
                Offer(at=at, quote=each.said.quote, where=each.values.get("where", ""), values=new)
            )
    return found


def _shown(name: str, value: str) -> tuple[str, str]:
    return _NAMES[name], Verdict(value).words if name == "verdict" else value


def _is_new(answer: OutcomeRow, name: str, values: Mapping[str, str]) -> bool:
    return name in values and str(getattr(answer, name) or "") != values[name]


def row_of(plan: Protocol, proposed: Sequence[Proposed], chosen: str) -> str:
    """The place on the page of the row whose proposal was chosen; of all of them, the first row's."""
    at = int(chosen) if chosen.isascii() and chosen.isdecimal() else len(proposed)
    label = proposed[at].label if at < len(proposed) else ""
    return next((f"outcomes-{index}" for index, row in enumerate(plan.rows) if row.label == label), "outcomes-0")


def take_over(outcomes: Outcomes, proposed: Sequence[Proposed], chosen: str) -> Outcomes:
    """The answers with what was chosen: the proposal at a place, as it stands, or of all of them what has no answer."""
    if chosen == EVERYTHING:
        for each in proposed:
            outcomes = _with(outcomes, each, over=False)
        return outcomes
    at = int(chosen) if chosen.isascii() and chosen.isdecimal() else len(proposed)
    return _with(outcomes, proposed[at], over=True) if at < len(proposed) else outcomes


def _with(outcomes: Outcomes, proposed: Proposed, *, over: bool) -> Outcomes:
    rows = (_filled(row, proposed, over=over) if row.label == proposed.label else row for row in outcomes.rows)
    return replace(outcomes, rows=tuple(rows))


def _filled(row: OutcomeRow, proposed: Proposed, *, over: bool) -> OutcomeRow:
    """A level stands in every cell from the beginning, so it comes with its interval."""
    known = {field.name for field in fields(OutcomeRow)}
    given: dict[str, Any] = {
        name: Verdict(value) if name == "verdict" else value
        for name, value in proposed.values.items()
        if name in known and (over or not getattr(row, name) or (name == "level" and not row.low))
    }
    return replace(row, **given)

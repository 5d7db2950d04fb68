"""What an article shows of each registered row: what was asked, what came out, how sure, and its drawing.

Rows of one unit share one scale (`journal.formats.forest`). The page draws it with the colours of the style sheet, so
that it is right in light and dark; the numbers stand beside it, so the drawing says nothing to those who hear it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from journal.formats.forest import MINUS, Axis, axis_of
from journal.formats.words import minus
from workflows.declassify import PublicRecord
from workflows.outcomes import CheckResult
from workflows.promised import Result
from workflows.protocol import Check, Kind, number

# Room at both ends of the scale, and how far apart two of its words must stand: shares of its length.
MARGIN, APART = Decimal("0.08"), 0.16


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The interval of one row: values, the ends of the scale, the bounds of interest, and the words under it."""

    low: float | None
    value: float | None
    high: float | None
    axis: tuple[float, float]
    bounds: tuple[float, ...]
    ticks: tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One registered row with its answer. `checks` are the numbers of those that bear on it, with how they came out;
    `deviations` the numbers of those that name it.
    """

    result: Result
    role: str
    asked: str
    checks: tuple[tuple[int, CheckResult], ...]
    deviations: tuple[int, ...]
    drawing: Drawing | None


def findings_of(record: PublicRecord) -> list[Finding]:
    """Every row of the record, as registered."""
    numbers = {check.label: place for place, (check, _) in enumerate(checks_of(record), start=1)}
    return [_finding(record, result, numbers) for result in record.results]


def checks_of(record: PublicRecord) -> list[tuple[Check, CheckResult]]:
    """Every registered check once, in the order in which rows name them, with how it came out."""
    found: dict[str, tuple[Check, CheckResult]] = {}
    for result in record.results:
        for check, came_out in zip(result.checks, result.check_results, strict=True):
            found.setdefault(check.label, (check, came_out))
    return sorted(found.values(), key=lambda pair: pair[0].label)


def _finding(record: PublicRecord, result: Result, numbers: Mapping[str, int]) -> Finding:
    row = result.row
    numbered = enumerate(record.deviations, start=1)
    return Finding(
        result=result,
        role="exploratory" if row.kind is Kind.EXPLORATORY else "primary" if row.primary else "secondary",
        asked=row.hypothesis or row.question,
        checks=tuple((numbers[found.label], found) for found in result.check_results),
        deviations=tuple(place for place, deviation in numbered if deviation.row == row.label),
        drawing=_drawing(result, axis_of(record.results, row.unit)),
    )


def _drawing(result: Result, axis: Axis | None) -> Drawing | None:
    if axis is None:
        return None
    room = (axis.high - axis.low) * MARGIN
    ends = (float(axis.low - room), float(axis.high + room))
    smallest = number(result.row.smallest_effect)
    bounds = () if smallest is None else (-smallest, smallest)
    answer = result.answer
    return Drawing(
        low=_float(answer.low),
        value=_float(answer.estimate),
        high=_float(answer.high),
        axis=ends,
        bounds=tuple(float(bound) for bound in bounds),
        ticks=_ticks(result.row.smallest_effect, ends),
    )


def _ticks(smallest: str, ends: tuple[float, float]) -> tuple[tuple[float, str], ...]:
    """Zero, and the bounds as typed where their words do not run into it."""
    bound, zero = _float(smallest), (0.0, "0")
    if bound is None or bound / (ends[1] - ends[0]) < APART:
        return (zero,)
    typed = smallest.strip().removeprefix("+")
    return ((-bound, f"{MINUS}{minus(typed)}"), zero, (bound, minus(typed)))


def _float(text: str) -> float | None:
    value = number(text)
    return None if value is None else float(value)

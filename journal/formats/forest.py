"""Small forest plots: estimate and interval of one result against zero and the smallest effect of interest, as SVG.

All results in the same unit share one scale, so that lengths can be compared down the column.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from xml.sax.saxutils import quoteattr

from workflows.outcomes import Outcome
from workflows.promised import Result
from workflows.protocol import number

# In tenths of a millimetre: the drawing is 44 mm wide and 11 mm high on paper.
WIDTH, HEIGHT, MARGIN = 440, 110, 24
TOP, BOTTOM, MIDDLE, LABEL = 8, 72, 40, 100
LABEL_ROOM = 58
MINUS = "\N{MINUS SIGN}"

INK = {
    Outcome.SUPPORTED: "#22569c",
    Outcome.CONTRADICTED: "#9a3b12",
    Outcome.NULL_INFORMATIVE: "#0a5f55",
    Outcome.UNINFORMATIVE: "#52605a",
    Outcome.NOT_TESTED: "#52605a",
    Outcome.ESTIMATED: "#16201d",
    Outcome.NO_RESULT_YET: "#52605a",
}
HOLLOW = (Outcome.NULL_INFORMATIVE, Outcome.UNINFORMATIVE)


@dataclass(frozen=True, slots=True)
class Axis:
    """The span of values that a drawing shows, ends included; `low` is below `high`."""

    low: Decimal
    high: Decimal

    def at(self, value: Decimal) -> float:
        """Where `value` stands, in units of the drawing."""
        share = (value - self.low) / (self.high - self.low)
        return round(MARGIN + (WIDTH - 2 * MARGIN) * float(share), 2)


def axis_of(results: Sequence[Result], unit: str) -> Axis | None:
    """The scale shared by all results in `unit`, or None when none of them has a number."""
    values = [value for result in results if result.row.unit == unit for value in _values(result)]
    if not any(_numbers(result) for result in results if result.row.unit == unit):
        return None
    low, high = min(*values, Decimal(0)), max(*values, Decimal(0))
    return Axis(low, high) if low < high else Axis(Decimal(-1), Decimal(1))


def forest(result: Result, axis: Axis) -> bytes | None:
    """The drawing of one result, or None when it has no estimate."""
    estimate = number(result.answer.estimate)
    if estimate is None:
        return None
    parts = [
        *_bounds(result, axis),
        *_interval(result, axis),
        _point(result, axis.at(estimate)),
        *_labels(result, axis),
    ]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">'
    return "".join([head, *parts, "</svg>"]).encode()


def spoken(result: Result) -> str:
    """The drawing in words, for those who hear it."""
    answer, row = result.answer, result.row
    words = [f"{row.label}: estimate {answer.estimate} {row.unit}".strip()]
    if answer.low and answer.high:
        words.append(f"{answer.level}% interval from {answer.low} to {answer.high}")
    if row.smallest_effect:
        words.append(f"smallest effect of interest {row.smallest_effect}")
    return ", ".join(words).replace("-", MINUS)


def _numbers(result: Result) -> list[Decimal]:
    answer = result.answer
    found = (number(text) for text in (answer.estimate, answer.low, answer.high))
    return [value for value in found if value is not None]


def _values(result: Result) -> list[Decimal]:
    smallest = number(result.row.smallest_effect)
    return _numbers(result) + ([smallest, -smallest] if smallest is not None else [])


def _line(x: float, *, dash: str = "") -> str:
    extra = f" stroke-dasharray={quoteattr(dash)}" if dash else ""
    return f'<path d="M{x} {TOP}V{BOTTOM}" stroke="#74817b" stroke-width="3" fill="none"{extra}/>'


def _bounds(result: Result, axis: Axis) -> Iterable[str]:
    smallest = number(result.row.smallest_effect)
    if smallest is not None:
        left, right = axis.at(-smallest), axis.at(smallest)
        yield f'<path d="M{left} {TOP}H{right}V{BOTTOM}H{left}z" fill="#eef2f0"/>'
        yield _line(left, dash="6 8")
        yield _line(right, dash="6 8")
    yield _line(axis.at(Decimal(0)))


def _interval(result: Result, axis: Axis) -> Iterable[str]:
    low, high = number(result.answer.low), number(result.answer.high)
    if low is not None and high is not None:
        dash = ' stroke-dasharray="14 9"' if result.outcome is Outcome.UNINFORMATIVE else ""
        ink = INK[result.outcome]
        yield f'<path d="M{axis.at(low)} {MIDDLE}H{axis.at(high)}" stroke="{ink}" stroke-width="7" fill="none"{dash}/>'


def _point(result: Result, x: float) -> str:
    ink = INK[result.outcome]
    fill = "#fff" if result.outcome in HOLLOW else ink
    return f'<circle cx="{x}" cy="{MIDDLE}" r="13" fill="{fill}" stroke="{ink}" stroke-width="6"/>'


def _labels(result: Result, axis: Axis) -> Iterable[str]:
    """Zero, and the bounds where they do not run into it."""
    smallest = number(result.row.smallest_effect)
    bounds = [] if smallest is None else [-smallest, smallest]
    shown = [bound for bound in bounds if abs(axis.at(bound) - axis.at(Decimal(0))) > LABEL_ROOM]
    for value in (Decimal(0), *shown):
        words = "0" if not value else format(value, "f").replace("-", MINUS)
        yield (
            f'<text x="{axis.at(value)}" y="{LABEL}" text-anchor="middle" font-family="Source Sans 3" '
            f'font-size="24" fill="#52605a">{words}</text>'
        )

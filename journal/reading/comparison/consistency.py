"""Numbers within the manuscript: the abstract against the body, and supplied results against both."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from journal.reading.comparison.quantities import Quantity, quantities
from journal.reading.comparison.sections import Part
from journal.reading.comparison.sides import Sides
from workflows.comparing.finding import Evidence, Kind, Observation

_SMALL = 3


def abstract_observations(sides: Sides) -> Iterator[Observation]:
    """Numbers of the abstract that stand nowhere in the body, not even less rounded, nor in the protocol."""
    body = [
        quantity
        for unit in sides.manuscript.said()
        if unit.part not in {Part.ABSTRACT, Part.REFERENCES, Part.ADMINISTRATIVE}
        for quantity in quantities(unit.plain)
    ]
    planned = [quantity for unit in sides.protocol.said() for quantity in quantities(unit.plain)]
    known = sorted(
        value for one in (*body, *planned) for value in (abs(one.value), abs(one.value) * 100, *one.readings)
    )
    for unit in sides.manuscript.in_parts(Part.ABSTRACT) if body else ():
        for quantity in quantities(unit.plain):
            if quantity.text.isalpha() or abs(quantity.value) <= _SMALL or _is_known(quantity, known):
                continue
            rival = next((other for other in body if _counts_the_same(quantity, other)), None)
            yield Observation(
                kind=Kind.INCONSISTENT,
                strength=0.8 if rival else 0.5,
                weight=0.6,
                about=quantity.text.strip(),
                words=f"{quantity.text.strip()} in the abstract"
                + (f", {rival.text.strip()} in the text" if rival else ""),
                manuscript=unit.span,
                evidence=Evidence.NUMBERS,
                group="abstract",
            )


def _is_known(quantity: Quantity, known: list[float]) -> bool:
    """Whether a number, as it is rounded, can be one of those known."""
    half = 0.5 * 10.0 ** -len(quantity.text.partition(".")[2].strip(" %")) + 1e-9
    value = abs(quantity.value)
    at = bisect_left(known, value - half)
    return at < len(known) and known[at] <= value + half


def _counts_the_same(one: Quantity, other: Quantity) -> bool:
    return bool(one.telling and one.nouns[:2] == other.nouns[:2] and one.unit == other.unit)


OBSERVERS = (abstract_observations,)

"""Numbers within the manuscript: the abstract against the body, and supplied results against both."""

from __future__ import annotations

from collections.abc import Iterator

from journal.reading.comparison.quantities import Quantity, quantities, same_value
from journal.reading.comparison.sections import Part
from journal.reading.comparison.sides import Sides
from workflows.comparing.finding import Evidence, Kind, Observation

_SMALL = 3


def abstract_observations(sides: Sides) -> Iterator[Observation]:
    """Numbers of the abstract that stand nowhere in the body, not even less rounded."""
    body = [
        (unit, quantity)
        for unit in sides.manuscript.said()
        if unit.part not in {Part.ABSTRACT, Part.REFERENCES, Part.ADMINISTRATIVE}
        for quantity in quantities(unit.plain)
    ]
    if not body:
        return
    planned = [quantity for unit in sides.protocol.said() for quantity in quantities(unit.plain)]
    for unit in sides.manuscript.in_parts(Part.ABSTRACT):
        for quantity in quantities(unit.plain):
            if quantity.text.isalpha() or abs(quantity.value) <= _SMALL:
                continue
            if any(same_value(quantity, other) or _rounds_to(other, quantity) for _there, other in body):
                continue
            if any(same_value(quantity, other) for other in planned):
                continue
            rival = next(((there, other) for there, other in body if _counts_the_same(quantity, other)), None)
            yield Observation(
                kind=Kind.INCONSISTENT,
                strength=0.8 if rival else 0.5,
                weight=0.6,
                about=quantity.text.strip(),
                words=f"{quantity.text.strip()} in the abstract"
                + (f", {rival[1].text.strip()} in the text" if rival else ""),
                manuscript=unit.span,
                evidence=Evidence.NUMBERS,
                group="abstract",
            )


def _rounds_to(full: Quantity, short: Quantity) -> bool:
    digits = len(short.text.partition(".")[2].strip(" %"))
    return any(
        abs(value - abs(short.value)) <= 0.5 * 10.0**-digits + 1e-9
        for value in (abs(full.value), abs(full.value) * 100)
    )


def _counts_the_same(one: Quantity, other: Quantity) -> bool:
    return bool(one.telling and one.nouns[:2] == other.nouns[:2] and one.unit == other.unit)


OBSERVERS = (abstract_observations,)

"""Departures that the authors declare, each beside the words of the protocol that it departs from."""

from __future__ import annotations

from collections.abc import Iterator

from journal.reading.comparison.sides import Sides
from journal.reading.comparison.words import is_number, terms
from workflows.comparing.finding import Evidence, Kind, Observation, Span

_MOST, _COVERED = 15, 0.3


def declared_departures(sides: Sides) -> Iterator[Observation]:
    """Each entry that declares something, with the nearest words of the protocol; entries of long logs are left out."""
    seen: set[tuple[str, int | None]] = set()
    for declaration in sides.declared:
        place = declaration.span.location
        key = (place.file, place.line if place.line is not None else place.paragraph)
        if declaration.in_long_log or key in seen or len(seen) >= _MOST:
            continue
        seen.add(key)
        bags = (declaration.terms, frozenset(terms(declaration.span.quote)))
        matches = [sides.in_protocol.match((t for t in bag if not is_number(t)), reach=1) for bag in bags]
        match = max(matches, key=lambda one: one.score)
        near = match.best.span if match.best is not None and match.score >= _COVERED else None
        if near is not None and near != declaration.span:
            yield _observation(near, declaration.span, of_manuscript=place.file in sides.manuscript.texts, at=len(seen))


def _observation(near: Span, declared: Span, *, of_manuscript: bool, at: int) -> Observation:
    return Observation(
        kind=Kind.DEPARTURE_DECLARED,
        strength=0.8,
        weight=0.5,
        protocol=near,
        manuscript=declared if of_manuscript else None,
        evidence=Evidence.TEXT,
        declared=declared,
        group=f"declared/{at}",
    )


OBSERVERS = (declared_departures,)

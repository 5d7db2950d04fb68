"""Conditions, arms and interventions by name: the same name with another definition, or on other grounds."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journal.reading.comparison.document import Unit
from journal.reading.comparison.hypotheses import terms_of
from journal.reading.comparison.labels import Labelled
from journal.reading.comparison.sides import Sides
from journal.reading.comparison.similarity import likeness
from journal.reading.comparison.words import is_number
from journal.reading.passages import Block
from workflows.comparing.finding import Evidence, Kind, Observation

_CITED = re.compile(
    r"\b(?P<name>[A-ZÀ-Þ][a-zà-ÿ'’-]+)(?:\s(?:et al\.?|(?:&"
    r"|and)\s[A-ZÀ-Þ][\wà-ÿ'’-]+))?(?:['’]s)?,?\s\(?(?P<year>(?:19|20)\d\d)\b"
)
_NAMED = re.compile(r"[A-Z][a-z]+ (?:\d|[A-Z])")
_FEWEST = 4


def definition_observations(sides: Sides) -> Iterator[Observation]:
    """Names like `Arm 2` or `Counterfactual A` that both define, with what the definitions do not share."""
    for label, entry in sides.promised.items():
        told = sides.reported.get(label)
        if told is None or label in sides.hypotheses or not _NAMED.fullmatch(label):
            continue
        pair = _likest(sides, entry, told)
        if pair is None:
            continue
        ours, theirs = pair
        one, other = terms_of((ours,)), terms_of((theirs,))
        added = frozenset(term for term in other - one if not is_number(term))
        lacking = 1 - sides.weights.sum(one & other) / max(sides.weights.sum(other), 0.01)
        if min(len(one), len(other)) < _FEWEST or lacking < 0.35:  # noqa: PLR2004
            continue
        yield Observation(
            kind=Kind.DESIGN_DIFFERS,
            strength=min(1.0, 0.4 + 0.5 * lacking),
            weight=0.7,
            about=label,
            words=f"the manuscript adds {len(added)} words of content" if added else "",
            protocol=ours.span,
            manuscript=theirs.span,
            declared=sides.declaration_of(one),
            group="definition",
        )
        yield from _grounds(label, entry, told)


def _likest(sides: Sides, entry: Labelled, told: Labelled) -> tuple[Unit, Unit] | None:
    """The two definitions that are most alike: list items, rows or paragraphs that begin with the name."""
    pairs = [
        (likeness(terms_of((one,)), terms_of((other,)), sides.weights), one, other)
        for one in _first_units(entry)
        for other in _first_units(told)
    ]
    return max(pairs, key=lambda pair: pair[0])[1:] if pairs else None


def _first_units(entry: Labelled) -> list[Unit]:
    first = [stretch[0] for stretch in entry.definitions if stretch[0].block is not Block.HEADING]
    return [unit for unit in first if len(terms_of((unit,))) >= _FEWEST]


def _grounds(label: str, entry: Labelled, told: Labelled) -> Iterator[Observation]:
    """Works cited for the same thing, none of them the same."""
    ours, theirs = _works(entry), _works(told)
    if ours and theirs and not set(ours) & set(theirs):
        yield Observation(
            kind=Kind.SOURCE_DIFFERS,
            strength=0.7,
            weight=0.5,
            about=label,
            words=f"{', '.join(sorted(ours)[:3])} against {', '.join(sorted(theirs)[:3])}",
            protocol=next(iter(ours.values())).span,
            manuscript=next(iter(theirs.values())).span,
            evidence=Evidence.TEXT,
            group="grounds",
        )


def _works(entry: Labelled) -> dict[str, Unit]:
    found: dict[str, Unit] = {}
    for stretch in entry.definitions:
        for unit in stretch:
            for match in _CITED.finditer(unit.plain):
                found.setdefault(f"{match['name']} {match['year']}", unit)
    return found


OBSERVERS = (definition_observations,)

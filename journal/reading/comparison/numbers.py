"""Planned and reported numbers: the same slot with another value."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import TypeAlias

from journal.reading.comparison.document import Unit
from journal.reading.comparison.quantities import Quantity, quantities, same_value
from journal.reading.comparison.registered import NO_PLAN
from journal.reading.comparison.sections import Part
from journal.reading.comparison.sides import Sides
from journal.reading.comparison.words import is_number
from journal.reading.passages import Block
from workflows.comparing.finding import Evidence, Kind, Observation

_ONE_VALUE = frozenset(
    {
        "alpha",
        "temperature",
        "top_p",
        "rate",
        "epochs",
        "rank",
        "batch",
        "iterations",
        "seed",
        "seeds",
        "power",
        "p_rule",
        "folds",
    }
)
_PER = re.compile(r"\b(?:per|each|every|in each)\b", re.IGNORECASE)
_HALF = re.compile(r"\b(?:half|halves|twice|two (?:equal )?(?:groups|arms|kinds))\b", re.IGNORECASE)
_FACTORS = frozenset(range(2, 13))
_SINGLE = ("iterations", "alpha")
_OF_RULES = frozenset({"bf", "kappa"})
_NEAREST, _COUNTS_FROM = 0.25, 2
_SURE_ENOUGH = 0.48
_Place: TypeAlias = "tuple[Unit, Quantity]"
_WIDE = re.compile(
    r"\b(?:range|between|to|or until|whichever|up to|at most|maximum|minimum|at least|sweep|sensitivity)\b|[{\[]",
    re.IGNORECASE,
)
_RESULT_PARTS = frozenset({Part.RESULTS, Part.DISCUSSION, Part.REFERENCES, Part.BACKGROUND})


def second_values(sides: Sides) -> Iterator[Observation]:
    """Of what a study has one value (iterations, alpha): a value that the protocol does not have beside one it has."""
    for name in _SINGLE:
        planned = [(u, q) for u in sides.protocol.said() for q in quantities(u.plain) if q.name == name]
        told = [(u, q) for u in sides.manuscript.said() for q in quantities(u.plain) if q.name == name]
        kept = any(same_value(one, other) for _u, one in planned for _v, other in told)
        new = [(u, q) for u, q in told if not any(same_value(q, one) for _v, one in planned)]
        if kept and new:
            there, other = new[0]
            yield Observation(
                kind=Kind.NUMBER_DIFFERS,
                strength=0.6,
                weight=0.65,
                about=name,
                words=f"{other.text.strip()} besides {planned[0][1].text.strip()}",
                protocol=planned[0][0].span,
                manuscript=there.span,
                evidence=Evidence.NUMBERS,
                declared=sides.declared_beside(there) or sides.declaration_of(there.bag),
                group=f"number/{name}",
            )


class _Told:
    """The quantities of the manuscript, by what they can be looked up by."""

    def __init__(self, sides: Sides) -> None:
        self._by_value: dict[float, list[_Place]] = defaultdict(list)
        self._by_key: dict[object, list[_Place]] = defaultdict(list)
        for unit in sides.manuscript.said():
            for quantity in quantities(unit.plain):
                place = (unit, quantity)
                for value in quantity.readings:
                    self._by_value[round(value, 9)].append(place)
                for key in _keys(quantity):
                    self._by_key[key].append(place)

    def rivals(self, quantity: Quantity) -> list[_Place]:
        """Whatever could fill the same slot."""
        found = {id(place): place for key in _keys(quantity) for place in self._by_key.get(key, ())}
        return list(found.values())

    def same(self, quantity: Quantity) -> Iterator[_Place]:
        """Whatever has the same value."""
        for value in quantity.readings:
            yield from self._by_value.get(round(value, 9), ())


def _keys(quantity: Quantity) -> Iterator[object]:
    if quantity.name:
        yield quantity.name
        return
    yield from quantity.telling
    if quantity.comparator:
        yield (quantity.comparator, quantity.unit)


def number_observations(sides: Sides) -> Iterator[Observation]:
    """Each registered quantity whose slot the manuscript fills with another value, and never with this one."""
    told = _Told(sides)
    seen: set[tuple[str, float, tuple[str, ...], int]] = set()
    for unit in sides.protocol.said():
        if unit.part in NO_PLAN or unit.block is Block.HEADING:
            continue
        for quantity in quantities(unit.plain):
            place = -1 if quantity.name or quantity.telling else unit.at
            key = (quantity.name or quantity.comparator, quantity.value, quantity.nouns, place)
            if (
                key in seen
                or _is_predicted(unit, quantity)
                or not (quantity.name or quantity.telling or quantity.comparator)
            ):
                continue
            seen.add(key)
            found = _other_value(sides, unit, quantity, told)
            if found is not None:
                yield found


def _is_predicted(unit: Unit, quantity: Quantity) -> bool:
    """Whether a number foretells an outcome, which may come out otherwise, or numbers a point ("1 fails")."""
    if not (quantity.name or quantity.unit or quantity.comparator) and abs(quantity.value) < _COUNTS_FROM:
        return True
    return unit.part is Part.HYPOTHESES and quantity.unit != "" and not quantity.name and not quantity.comparator


def _other_value(sides: Sides, unit: Unit, quantity: Quantity, told: _Told) -> Observation | None:
    rivals = [(there, other, fit) for there, other in told.rivals(quantity) if (fit := _fit(quantity, other)) > 0]
    if any(same_value(quantity, other) for _there, other, _fit_ in rivals) or _stated_somewhere(quantity, unit, told):
        return None
    best = max(
        (found for rival in rivals if (found := _scored(sides, unit, quantity, rival))), key=_first, default=None
    )
    if best is None or best[0] < _SURE_ENOUGH:
        return None
    score, there, other = best
    return Observation(
        kind=Kind.NUMBER_DIFFERS,
        strength=min(1.0, score * (0.7 if _WIDE.search(unit.plain) and not quantity.name else 1.0)),
        weight=0.85 if quantity.name else 0.75,
        about=quantity.name or " ".join(quantity.nouns[:2]) or quantity.comparator,
        words=f"{quantity.text.strip()} against {other.text.strip()}",
        protocol=unit.span,
        manuscript=there.span,
        evidence=Evidence.NUMBERS,
        declared=sides.declared_beside(there)
        or sides.declared_number(other.value, (quantity.name, *quantity.nouns)[not quantity.name :])
        or sides.declaration_of(unit.bag),
        group=f"number/{quantity.name or ' '.join(quantity.nouns)}",
    )


def _counted_per(unit: Unit, quantity: Quantity, there: Unit, other: Quantity) -> bool:
    """Whether one counts all and the other a part: 880 in all and 440 per model, 96 of which half, are the same."""
    small, large = sorted((abs(quantity.value), abs(other.value)))
    if quantity.name or not small or large / small not in _FACTORS:
        return False
    if large == 2 * small and (_HALF.search(there.plain) or _HALF.search(unit.plain)):
        return True
    return bool(_PER.search(unit.plain)) != bool(_PER.search(there.plain))


def _first(found: tuple[float, Unit, Quantity]) -> float:
    return found[0]


def _scored(
    sides: Sides, unit: Unit, quantity: Quantity, rival: tuple[Unit, Quantity, float]
) -> tuple[float, Unit, Quantity] | None:
    """How surely a rival stands where the registered number should: by its fit and by the words around."""
    there, other, fit = rival
    if _counted_per(unit, quantity, there, other):
        return None
    if there.part in _RESULT_PARTS and not quantity.name:
        return None
    ours, theirs = (sides.weights.sum(t for t in one.bag if not is_number(t)) for one in (unit, there))
    shared = sides.weights.sum(t for t in unit.bag & there.bag if not is_number(t))
    near = shared / max(min(ours, theirs), 0.01)
    in_row = Block.ROW in {unit.block, there.block} and not quantity.name
    if near < _NEAREST * (2 if in_row else 1):
        return None
    return fit * (0.35 + 0.65 * near), there, other


def _fit(quantity: Quantity, other: Quantity) -> float:  # noqa: PLR0911 (each way of fitting answers at once)
    """How surely two numbers fill the same slot: by name, by what follows, or by what stands before."""
    if quantity.name or other.name:
        if quantity.name != other.name:
            return 0.0
        compared = bool(quantity.comparator) and quantity.comparator == other.comparator
        return 1.0 if quantity.name in _ONE_VALUE or (quantity.name in _OF_RULES and compared) else 0.0
    if (quantity.unit == "%") != (other.unit == "%") and not 0 < min(quantity.value, other.value) < 1:
        return 0.0
    ours, theirs = quantity.telling, other.telling
    if ours and theirs and quantity.comparator == other.comparator:
        if quantity.nouns[:1] == other.nouns[:1] or len(ours & theirs) >= 2:  # noqa: PLR2004
            return 0.8 + 0.1 * len(ours & theirs)
        if quantity.nouns[-1:] == other.nouns[-1:] and ours & theirs:
            return 0.75
        return 0.0
    if quantity.comparator and quantity.comparator == other.comparator and quantity.unit == other.unit:
        shared = quantity.before & other.before
        return 0.8 if len(shared) >= 2 else 0.0  # noqa: PLR2004
    return 0.0


def _stated_somewhere(quantity: Quantity, unit: Unit, told: _Told) -> bool:
    """Whether the value stands somewhere among words of its sentence."""
    if quantity.name in _ONE_VALUE | _OF_RULES:
        return False
    words = frozenset(term for term in unit.bag if not is_number(term))
    return any(
        quantity.comparator in {other.comparator, ""} and len(words & there.bag) >= 2  # noqa: PLR2004
        for there, other in told.same(quantity)
    )


OBSERVERS = (number_observations, second_values)

"""Planned and reported numbers: the same slot with another value."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from journal.reading.comparison.document import Unit
from journal.reading.comparison.quantities import Quantity, quantities, same_value, telling_nouns
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
_OF_RULES = frozenset({"bf", "kappa"})
_NEAREST = 0.25
_WIDE = re.compile(
    r"\b(?:range|between|to|or until|whichever|up to|at most|maximum|minimum|at least|sweep|sensitivity)\b|[{\[]",
    re.IGNORECASE,
)
_RESULT_PARTS = frozenset({Part.RESULTS, Part.DISCUSSION, Part.REFERENCES, Part.BACKGROUND})


def number_observations(sides: Sides) -> Iterator[Observation]:
    """Each registered quantity whose slot the manuscript fills with another value, and never with this one."""
    told = [(unit, quantity) for unit in sides.manuscript.said() for quantity in quantities(unit.plain)]
    seen: set[tuple[str, float, tuple[str, ...]]] = set()
    for unit in sides.protocol.said():
        if unit.part in NO_PLAN or unit.block is Block.HEADING:
            continue
        for quantity in quantities(unit.plain):
            key = (quantity.name or quantity.comparator, quantity.value, quantity.nouns)
            if key in seen or not (quantity.name or telling_nouns(quantity) or quantity.comparator):
                continue
            seen.add(key)
            found = _other_value(sides, unit, quantity, told)
            if found is not None:
                yield found


def _other_value(sides: Sides, unit: Unit, quantity: Quantity, told: list[tuple[Unit, Quantity]]) -> Observation | None:
    rivals = [(there, other, fit) for there, other in told if (fit := _fit(quantity, other)) > 0]
    if any(same_value(quantity, other) for _there, other, _fit_ in rivals) or _stated_somewhere(quantity, unit, told):
        return None
    words = frozenset(term for term in unit.bag if not is_number(term))
    best: tuple[float, Unit, Quantity] | None = None
    for there, other, fit in rivals:
        if there.part in _RESULT_PARTS and not quantity.name:
            continue
        shared = sides.weights.sum(words & there.bag)
        near = shared / max(
            min(sides.weights.sum(words), sides.weights.sum(t for t in there.bag if not is_number(t))), 0.01
        )
        if near < _NEAREST or (Block.ROW in {unit.block, there.block} and not quantity.name and near < 2 * _NEAREST):
            continue
        score = fit * (0.35 + 0.65 * near)
        if best is None or score > best[0]:
            best = (score, there, other)
    if best is None or best[0] < 0.48:  # noqa: PLR2004
        return None
    score, there, other = best
    return Observation(
        kind=Kind.NUMBER_DIFFERS,
        strength=min(1.0, score * (0.7 if _WIDE.search(unit.plain) and not quantity.name else 1.0)),
        weight=0.85 if quantity.name or "#" in quantity.text else 0.75,
        about=_what(quantity),
        words=f"{quantity.text.strip()} against {other.text.strip()}",
        protocol=unit.span,
        manuscript=there.span,
        evidence=Evidence.NUMBERS,
        declared=sides.declaration_of(unit.bag),
        group=f"number/{quantity.name or ' '.join(quantity.nouns)}",
    )


def _fit(quantity: Quantity, other: Quantity) -> float:  # noqa: PLR0911 (each way of fitting answers at once)
    """How surely two numbers fill the same slot: by name, by what follows, or by what stands before."""
    if quantity.name or other.name:
        if quantity.name != other.name:
            return 0.0
        compared = bool(quantity.comparator) and quantity.comparator == other.comparator
        return 1.0 if quantity.name in _ONE_VALUE or (quantity.name in _OF_RULES and compared) else 0.0
    if (quantity.unit == "%") != (other.unit == "%") and not 0 < min(quantity.value, other.value) < 1:
        return 0.0
    ours, theirs = telling_nouns(quantity), telling_nouns(other)
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


def _stated_somewhere(quantity: Quantity, unit: Unit, told: Iterable[tuple[Unit, Quantity]]) -> bool:
    """Whether the value stands somewhere among words of its sentence."""
    if quantity.name in _ONE_VALUE | _OF_RULES:
        return False
    words = frozenset(term for term in unit.bag if not is_number(term))
    return any(
        same_value(quantity, other) and quantity.comparator in {other.comparator, ""} and len(words & there.bag) >= 2  # noqa: PLR2004
        for there, other in told
    )


def _what(quantity: Quantity) -> str:
    return {"p": "p", "n": "n"}.get(quantity.name, quantity.name) or " ".join(quantity.nouns[:2])


OBSERVERS = (number_observations,)

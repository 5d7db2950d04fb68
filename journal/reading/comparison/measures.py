"""Measures: the same sentence with another metric, or another thing called primary."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journal.reading.comparison.contrasts import counterparts
from journal.reading.comparison.document import Document, Unit
from journal.reading.comparison.registered import NO_PLAN
from journal.reading.comparison.sections import Part
from journal.reading.comparison.sides import Sides
from journal.reading.comparison.words import is_number, stem
from journal.reading.passages import Block
from workflows.comparing.finding import Evidence, Kind, Observation

_METRIC = re.compile(
    r"\b(?:balanced accuracy|accuracy|AU(?:RO|PR)?C|F1|precision|recall|perplexity|toxicity|confidence"
    r"|calibration|Brier(?: score)?"
    r"|latency|loss|error rate|win rate|Elo|BLEU|ROUGE|exact match|pass@\d+|refusal rate|flip rate|MAPE"
    r"|RMSE|MAE|R2|log[- ]likelihood"
    r"|reaction times?|response times?|ratings?|rates?|reliability|agreement|length|number|similarity"
    r"|kappa|warmth|trust|satisfaction"
    r"|helpfulness|harmlessness|entropy|probability|logit difference|odds|mean|median|proportion|share|count|score)\b",
    re.IGNORECASE,
)
_PRIMARY = re.compile(
    r"\b(?:primary|main|principal) (?:outcome|measure|endpoint|metric|dependent variable|statistic)(?: measure)?\b",
    re.IGNORECASE,
)
_WEAK = frozenset(
    {"mean", "number", "count", "proportion", "share", "rate", "rates", "score", "length", "agreement", "median"}
)
_SHARED, _ALIKE = 0.5, 0.4


def measure_observations(sides: Sides) -> Iterator[Observation]:
    """Sentences about the same with metrics that have nothing in common, and primary measures that share few words."""
    yield from _primary(sides)
    for unit in sides.protocol.said():
        ours = _metrics(unit)
        if not ours or unit.part in NO_PLAN or unit.block is Block.HEADING:
            continue
        for there in counterparts(sides, unit):
            theirs = _metrics(there)
            if not theirs or _known(sides, unit, there, ours, theirs):
                continue
            yield _exchange(sides, unit, there, ours, theirs)
            break


def _metrics(unit: Unit) -> dict[str, str]:
    return {stem(match.split()[-1]): match for match in _METRIC.findall(unit.plain)}


def _known(sides: Sides, unit: Unit, there: Unit, ours: dict[str, str], theirs: dict[str, str]) -> bool:
    """Whether either metric is also where the other one is, or the sentences share too little to tell."""
    if set(ours) & (set(theirs) | _beside(sides.manuscript, there)) or set(theirs) & _beside(sides.protocol, unit):
        return True
    if any(all(metric.lower() in _WEAK for metric in metrics.values()) for metrics in (ours, theirs)):
        return True
    words = [frozenset(t for t in one.bag if not is_number(t)) - set(ours) - set(theirs) for one in (unit, there)]
    smaller = min(sides.weights.sum(one) for one in words)
    return not smaller or sides.weights.sum(words[0] & words[1]) < _SHARED * smaller


def _beside(document: Document, unit: Unit) -> set[str]:
    """The terms of a unit and its neighbours."""
    return {term for near in document.units[max(0, unit.at - 1) : unit.at + 2] for term in near.bag}


def _exchange(sides: Sides, unit: Unit, there: Unit, ours: dict[str, str], theirs: dict[str, str]) -> Observation:
    return Observation(
        kind=Kind.MEASURE_DIFFERS,
        strength=0.65,
        weight=0.8,
        about=next(iter(ours.values())),
        words=f"{', '.join(ours.values())} against {', '.join(theirs.values())}",
        protocol=unit.span,
        manuscript=there.span,
        evidence=Evidence.TEXT,
        declared=sides.declared_beside(there) or sides.declaration_of(unit.bag),
        group="measure",
    )


def _primary(sides: Sides) -> Iterator[Observation]:
    ours = next((u for u in sides.protocol.said() if _PRIMARY.search(u.plain) and u.part not in NO_PLAN), None)
    theirs = next(
        (u for u in sides.manuscript.said() if _PRIMARY.search(u.plain) and u.part is not Part.BACKGROUND), None
    )
    if ours is None or theirs is None:
        return
    here, there = _after(sides.protocol, ours), _after(sides.manuscript, theirs)
    smaller = min(sides.weights.sum(here), sides.weights.sum(there))
    if not smaller or sides.weights.sum(here & there) >= _ALIKE * smaller:
        return
    yield Observation(
        kind=Kind.MEASURE_DIFFERS,
        strength=0.7,
        weight=0.85,
        about="primary measure",
        protocol=ours.span,
        manuscript=theirs.span,
        evidence=Evidence.TEXT,
        declared=sides.declared_beside(theirs) or sides.declaration_of(ours.bag),
        group="primary",
    )


def _after(document: Document, unit: Unit) -> frozenset[str]:
    """The terms of a unit that names a primary measure and of the one after it, the name aside."""
    near = [u for u in document.units[unit.at : unit.at + 2] if u.passage is unit.passage]
    return frozenset(t for u in near for t in u.bag if not is_number(t)) - {
        stem("primary"),
        stem("measure"),
        stem("outcome"),
    }


OBSERVERS = (measure_observations,)

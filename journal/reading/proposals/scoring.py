"""Weighs a unit for each kind of item, and says how sure one may be."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from journal.reading.passages import Block
from journal.reading.passages.splitting import words_in
from journal.reading.proposals.cues import AGAINST, CUES
from journal.reading.proposals.proposal import Kind
from journal.reading.proposals.sections import Aside
from journal.reading.proposals.units import Unit

_STATED = 3.4
_PRIORS = (1.2, 0.6, 0.3)
_ASIDES: Mapping[Aside, float] = {Aside.CONTEXT: 0.55, Aside.BACK_MATTER: 0.35, Aside.CHANGES: 0.4}
_BLOCKS: Mapping[Block, float] = {Block.QUOTE: 0.6, Block.FOOTNOTE: 0.7, Block.PREFORMATTED: 0.75}
_COMPARES = re.compile(
    r"\b(?:more|less|fewer|higher|lower|larger|smaller|greater|better|worse|longer|shorter|faster|slower|stronger|weaker|than"
    r"|increas\w+|decreas\w+|reduc\w+|improv\w+|exceed\w*|differ\w*|depends?|same|equal|equivalen\w+|predicts?|moderat\w+|mediat\w+"
    r"|associated|correlat\w+|at least|at most|within|holds?|survives?|monoton\w+|no (?:difference|effect)|affects?|loses?|gains?"
    r"|rises?|falls?|grows?|outperform\w*|transfers?|generali[sz]es?|persists?)\b|[<>≤≥≠]",
    re.IGNORECASE,
)
_WILL = re.compile(r"\b(?:will|shall|must)\b", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_ASKS = re.compile(r"\?\W*$")
_PER_E = 2.6
_FEW_WORDS = 3
_LOOKED_AT = 1000


def weigh(unit: Unit) -> tuple[Kind, float]:
    """The kind that most speaks for, and how strongly (0 and up; 1.7 is worth a look, 5 is plain)."""
    weights = dict.fromkeys(Kind, 0.0)
    words = unit.words[:_LOOKED_AT]
    for cue in CUES:
        if cue.pattern.search(words):
            weights[cue.kind] += cue.weight
    _add_what_is_stated(unit, weights)
    _add_context(unit, weights)
    kind = max(weights, key=lambda each: weights[each])
    weight = weights[kind] - sum(against for against, pattern in AGAINST if pattern.search(words))
    if words_in(unit.words) < _FEW_WORDS:
        weight -= 1.2
    return kind, max(0.0, weight) * _share_left(unit)


def confidence_of(weight: float) -> float:
    """A weight as a share: 1.7 gives about one half, 5 gives 0.85."""
    return round(1 - math.exp(-weight / _PER_E), 2)


def _add_what_is_stated(unit: Unit, weights: dict[Kind, float]) -> None:
    weights[Kind.HYPOTHESIS] += _STATED * unit.states
    is_asked = any(Kind.HYPOTHESIS in themes for themes in unit.themes[:2])
    if is_asked or weights[Kind.HYPOTHESIS]:
        weights[Kind.HYPOTHESIS] += 0.9 * bool(_COMPARES.search(unit.words)) + 1.6 * bool(_ASKS.search(unit.words))
    if _WILL.search(unit.words):
        weights.update({kind: weight + 0.3 for kind, weight in weights.items()})
    if _DIGIT.search(unit.words):
        for kind in (Kind.SAMPLE, Kind.GATE, Kind.ANALYSIS, Kind.EXCLUSION):
            weights[kind] += 0.3


def _add_context(unit: Unit, weights: dict[Kind, float]) -> None:
    seen: set[Kind] = set()
    for prior, themes in zip(_PRIORS, unit.themes, strict=False):
        for kind in {theme for theme in themes if isinstance(theme, Kind)} - seen:
            weights[kind] += prior
            seen.add(kind)


def _share_left(unit: Unit) -> float:
    """How much of the weight is left in this part of the document and this kind of passage."""
    share = _BLOCKS.get(unit.passage.block, 1.0)
    for place, themes in enumerate(unit.themes):
        asides = [theme for theme in themes if isinstance(theme, Aside)]
        if asides and (place == 0 or Aside.CHANGES in asides or not _has_kind(unit, place)):
            mixed = any(isinstance(theme, Kind) for theme in themes)
            share *= 1.0 if mixed and Aside.CHANGES not in asides else min(_ASIDES[aside] for aside in asides)
    return share


def _has_kind(unit: Unit, place: int) -> bool:
    return any(isinstance(theme, Kind) for themes in unit.themes[:place] for theme in themes)

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
_ASIDES: Mapping[Aside, float] = {Aside.CONTEXT: 0.55, Aside.BACK_MATTER: 0.35, Aside.CHANGES: 0.2}
# Of a log of changes only what sets something anew is plan.
_CHANGED = 0.7
_CHANGES = re.compile(
    r"→|\b(?:set|switched|changed|reduced|raised|increased|lowered|replaced|moved) (?:from|to|by|with)\b|\bexcluded\b"
    r"|\binstead of\b",
    re.IGNORECASE,
)
_BLOCKS: Mapping[Block, float] = {Block.QUOTE: 0.6, Block.FOOTNOTE: 0.7, Block.PREFORMATTED: 0.75}
_COMPARES = re.compile(
    r"\b(?:more|less|fewer|higher|lower|larger|smaller|greater|better|worse|longer|shorter|faster|slower|stronger|weaker"
    r"|than|increas\w+|decreas\w+|reduc\w+|improv\w+|exceed\w*|differ\w*|depends?|same|equal|equivalen\w+|predicts?"
    r"|moderat\w+|mediat\w+|associated|correlat\w+|at least|at most|within|holds?|survives?|monoton\w+"
    r"|no (?:difference|effect)|affects?|loses?|gains?|rises?|falls?|grows?|outperform\w*|transfers?|generali[sz]es?"
    r"|persists?)\b|[<>≤≥≠]",
    re.IGNORECASE,
)
_WILL = re.compile(r"\b(?:will|shall|must)\b", re.IGNORECASE)
# A name in code that holds a number, such as a model, a data set or a version.
_IDENTIFIER = re.compile(r"`[A-Za-z][\w./-]*\d[\w./-]*`|\\texttt\{[A-Za-z][^{}]*\d[^{}]*\}")
_DIGIT = re.compile(r"\d")
_ASKS = re.compile(r"\?\W*$")
_PER_E = 2.6
_FEW_WORDS = 3
# What a label or a list item announces comes first; what follows mostly explains it.
_FURTHER = 0.25
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
    if unit.passage.lead or unit.passage.block is Block.ITEM:
        weight -= _FURTHER * min(unit.place, 2)
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
    if _IDENTIFIER.search(unit.quote):
        weights[Kind.SAMPLE] += 0.8
    if unit.passage.block is Block.ROW and len(_DIGIT.findall(unit.words)) > 1 and unit.themes:
        weights.update({kind: weight + 0.6 for kind, weight in weights.items() if weight})
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
            if Aside.CHANGES in asides:
                share *= _CHANGED if _CHANGES.search(unit.words) else _ASIDES[Aside.CHANGES]
            elif not mixed:
                share *= min(_ASIDES[aside] for aside in asides)
    return share


def _has_kind(unit: Unit, place: int) -> bool:
    return any(isinstance(theme, Kind) for themes in unit.themes[:place] for theme in themes)

"""Weighs a unit for each kind of item, and says how sure one may be."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from journal.reading.passages import Block, Passage
from journal.reading.passages.splitting import words_in
from journal.reading.proposals.cues import AGAINST, CUES
from journal.reading.proposals.labels import labelled
from journal.reading.proposals.proposal import Kind
from journal.reading.proposals.sections import Aside, Theme, themes_of
from journal.reading.proposals.units import Unit, introduction_of

_STATED = 3.4
_PRIORS = (1.2, 0.6, 0.3)
_ASIDES: Mapping[Aside, float] = {Aside.CONTEXT: 0.55, Aside.BACK_MATTER: 0.35, Aside.CHANGES: 0.2, Aside.RESULTS: 0.4}
# Of a log of changes only what sets something anew is plan.
_CHANGED = 0.7
_CHANGES = re.compile(
    r"→|\b(?:set|switched|changed|reduced|raised|increased|lowered|replaced|moved) (?:from|to|by|with)\b|\bexcluded\b"
    r"|\binstead of\b",
    re.IGNORECASE,
)
_LOGGED = frozenset({Aside.CHANGES, Aside.RESULTS})
_BESIDE = frozenset({Aside.CONTEXT, Aside.BACK_MATTER})
_BLOCKS: Mapping[Block, float] = {Block.QUOTE: 0.6, Block.FOOTNOTE: 0.7, Block.PREFORMATTED: 0.75}
_COMPARES = re.compile(
    r"\b(?:more|less|fewer|higher|lower|larger|smaller|greater|better|worse|longer|shorter|faster|slower|stronger|weaker"
    r"|than|increas\w+|decreas\w+|reduc\w+|improv\w+|above|below|exceed\w*|differ\w*|depends?|same|equal|equivalen\w+|predicts?"
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
_SOMETHING = 0.5
# What a label or a list item announces comes first; what follows mostly explains it.
_FURTHER = 0.25
# A sentence that could be of two kinds is more surely of one of them.
_SECOND = 0.4
# The items of a list below a heading such as "Analysis plan" are what it registers, though they may have no verb; they
# come last of all that is proposed.
_LISTED, _OF_A_LIST = frozenset({Kind.HYPOTHESIS, Kind.ANALYSIS, Kind.EXCLUSION}), 2.03
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
    second = sorted(weights.values())[-2]
    weight = weights[kind] + _SECOND * second - _against(words)
    if words_in(unit.words) < _FEW_WORDS and not _DIGIT.search(unit.words):
        weight -= 1.2
    if unit.passage.lead or unit.passage.block is Block.ITEM:
        weight -= _FURTHER * min(unit.place, 2)
    if weight > _SOMETHING and _is_listed(unit, kind):
        weight = max(weight, _OF_A_LIST)
    return kind, max(0.0, weight) * _share_left(unit)


def _is_listed(unit: Unit, kind: Kind) -> bool:
    """Whether a unit is an item of a list below a heading that says what the items are."""
    is_item = unit.passage.block is Block.ITEM and not unit.place and words_in(unit.words) > _FEW_WORDS
    announced = _announced(unit.passage)
    is_titled = bool(unit.passage.lead) and any(isinstance(theme, Kind) for theme in announced)
    return is_item and (kind in announced & _LISTED or is_titled)


def _announced(passage: Passage) -> frozenset[Theme]:
    """What the line that introduces a list names, or else the heading above."""
    introduced = themes_of(introduction_of(passage))
    return introduced or (themes_of(passage.section[-1]) if passage.section else frozenset())


def _against(words: str) -> float:
    """The strongest thing that speaks against, and a part of the others."""
    against = sorted((weight for weight, pattern in AGAINST if pattern.search(words)), reverse=True)
    return sum(against[:1]) + 0.4 * sum(against[1:])


def confidence_of(weight: float) -> float:
    """A weight as a share: 1.7 gives about one half, 5 gives 0.85."""
    return round(1 - math.exp(-weight / _PER_E), 2)


def _add_what_is_stated(unit: Unit, weights: dict[Kind, float]) -> None:
    weights[Kind.HYPOTHESIS] += _STATED * unit.states
    is_asked = any(Kind.HYPOTHESIS in themes for themes in unit.themes[:2])
    if is_asked or weights[Kind.HYPOTHESIS]:
        weights[Kind.HYPOTHESIS] += 0.9 * bool(_COMPARES.search(unit.words))
    if is_asked and unit.passage.block is Block.ITEM and not unit.place:
        weights[Kind.HYPOTHESIS] += 1.0
    if is_asked:
        weights[Kind.HYPOTHESIS] += 1.6 * bool(_ASKS.search(unit.words))
    if _WILL.search(unit.words):
        weights.update({kind: weight + 0.3 for kind, weight in weights.items()})
    if not unit.place and labelled(unit.passage.lead) is not None:
        weights.update({kind: weight + 0.6 for kind, weight in weights.items() if weight})
    if _IDENTIFIER.search(unit.quote):
        weights[Kind.SAMPLE] += 0.8
    if unit.passage.block is Block.ROW and unit.themes:
        numbers = min(2, len(_DIGIT.findall(unit.words)))
        weights.update({kind: weight + 0.3 * numbers for kind, weight in weights.items() if weight})
    if _DIGIT.search(unit.words):
        for kind in (Kind.SAMPLE, Kind.GATE, Kind.ANALYSIS, Kind.EXCLUSION):
            weights[kind] += 0.3


def _add_context(unit: Unit, weights: dict[Kind, float]) -> None:
    if Kind.EXCLUSION in _announced(unit.passage) | themes_of(unit.passage.lead):
        weights[Kind.EXCLUSION] += 0.5
    seen: set[Kind] = set()
    for prior, themes in zip(_PRIORS, unit.themes, strict=False):
        for kind in {theme for theme in themes if isinstance(theme, Kind)} - seen:
            weights[kind] += prior
            seen.add(kind)


def _share_left(unit: Unit) -> float:
    """How much of the weight is left in this part of the document and this kind of passage."""
    share = _BLOCKS.get(unit.passage.block, 1.0)
    heading = themes_of(unit.passage.section[-1]) if unit.passage.section else frozenset()
    if heading and heading <= _BESIDE and unit.themes[0] != heading:
        share *= 0.65
    for place, themes in enumerate(unit.themes):
        asides = [theme for theme in themes if isinstance(theme, Aside)]
        if asides and (place == 0 or _LOGGED & set(asides) or not _has_kind(unit, place)):
            mixed = any(isinstance(theme, Kind) for theme in themes)
            if Aside.CHANGES in asides:
                share *= _CHANGED if _CHANGES.search(unit.words) else _ASIDES[Aside.CHANGES]
            elif not mixed or Aside.RESULTS in asides:
                share *= min(_ASIDES[aside] for aside in asides)
    return share


def _has_kind(unit: Unit, place: int) -> bool:
    return any(isinstance(theme, Kind) for themes in unit.themes[:place] for theme in themes)

"""Words that say the opposite in the same place: one-sided for two-sided, above for below, smaller for larger."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from journal.reading.comparison.document import Unit
from journal.reading.comparison.labels import labels_in
from journal.reading.comparison.registered import NO_PLAN
from journal.reading.comparison.sections import Part
from journal.reading.comparison.sides import Sides
from journal.reading.comparison.words import is_number, terms
from journal.reading.passages import Block
from workflows.comparing.finding import Evidence, Kind, Observation

_OPPOSITES = (
    (r"one[- ](?:sided|tailed)", r"two[- ](?:sided|tailed)"),
    (
        (
            r"above|at least|more|greater|larger|higher|better|exceeds?|increas\w+|rais\w+|rise|rose|rises|longer"
            r"|stronger|improv\w+|gains?"
        ),
        (
            r"below|at most|less|fewer|smaller|lower|worse|decreas\w+|reduc(?:e|es|ed|ing)|fall|fell|falls|shorter"
            r"|weaker|declin\w+|loses?"
        ),
    ),
    (r"before|prior to", r"after|following"),
    (r"first", r"last"),
    (r"positive(?:ly)?", r"negative(?:ly)?"),
    (r"high", r"low"),
    (r"includ(?:e|es|ed|ing)", r"exclud(?:e|es|ed|ing)"),
    (r"random", r"fixed"),
    (r"mean", r"median"),
    (r"with", r"without"),
    (r"correct", r"incorrect|wrong"),
    (r"bonferroni", r"holm|benjamini\w*|fdr|uncorrected"),
    (r"holm", r"bonferroni|benjamini\w*|fdr|uncorrected"),
    (r"within", r"between|across"),
)
_COMPILED = tuple(
    (re.compile(rf"\b(?:{one})\b", re.IGNORECASE), re.compile(rf"\b(?:{other})\b", re.IGNORECASE))
    for one, other in _OPPOSITES
)
_NEGATED = re.compile(r"\b(?:not|no|never|neither|nor|cannot|n't)\b[^.;,]{0,30}$", re.IGNORECASE)
_UPHELD = re.compile(r"(?<!not )(?<!un)\b(?:supported|confirmed|holds|held|yes)\b", re.IGNORECASE)
_RESULT = frozenset({Part.RESULTS, Part.DISCUSSION, Part.ABSTRACT, Part.SECONDARY, Part.OTHER, Part.EXPLORATORY})
_IF = re.compile(r"\b(?:if|when|unless|in case)\b[^.;]*$|^\W*should\b[^.;]*$|^\W*(?:every|any)\b[^.;]*$", re.IGNORECASE)
_ALIKE, _NEAR, _CANDIDATES = 0.4, 2, 4


@dataclass(frozen=True)
class _Use:
    word: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    negated: bool
    conditional: bool


def contrast_observations(sides: Sides) -> Iterator[Observation]:
    """Promises whose nearest sentence in the manuscript says the opposite among the same words."""
    for unit in sides.protocol.said():
        if unit.part in NO_PLAN or unit.block is Block.HEADING or not _has_any(unit):
            continue
        for there in counterparts(sides, unit):
            contrast = _contrast(unit, there)
            if contrast is None or not _counts(there, contrast):
                continue
            yield Observation(
                kind=Kind.HYPOTHESIS_CHANGED if unit.part is Part.HYPOTHESES else Kind.RULE_DIFFERS,
                strength=0.8,
                weight=0.9 if unit.part is Part.HYPOTHESES else 0.75,
                about=unit.passage.lead or "",
                words=f"{contrast[0]} against {contrast[1]}",
                protocol=unit.span,
                manuscript=there.span,
                evidence=Evidence.TEXT,
                declared=sides.declared_beside(there) or sides.declaration_of(unit.bag),
                group=f"contrast/{unit.at}",
            )
            break


def _has_any(unit: Unit) -> bool:
    return any(one.search(unit.plain) or other.search(unit.plain) for one, other in _COMPILED)


def counterparts(sides: Sides, unit: Unit) -> tuple[Unit, ...]:
    """The units of the manuscript that speak of the same: most of either one's words are in the other."""
    if unit.at not in sides.counterparts:
        sides.counterparts[unit.at] = tuple(_counterparts(sides, unit))
    return sides.counterparts[unit.at]


def _counterparts(sides: Sides, unit: Unit) -> Iterator[Unit]:
    named = set(labels_in(unit.passage.plain))
    for there in sides.in_manuscript.nearest(unit.bag, _CANDIDATES):
        shared = sides.weights.sum(unit.bag & there.bag)
        smaller = min(sides.weights.sum(unit.bag), sides.weights.sum(there.bag))
        others = set(labels_in(there.passage.plain))
        if there.block is Block.HEADING or (named and others and not named & others):
            continue
        if smaller and shared >= _ALIKE * smaller and len(unit.bag & there.bag) > _NEAR:
            yield there


def _contrast(unit: Unit, there: Unit) -> tuple[str, str, bool] | None:
    for one, other in _COMPILED:
        for mine, opposite in ((one, other), (other, one)):
            theirs = _uses(there.plain, opposite)
            for use in _uses(unit.plain, mine) if theirs else ():
                same = [u for u in _uses(there.plain, mine) if _fits(use, u)]
                own = _uses(unit.plain, opposite)
                against = [
                    u
                    for u in theirs
                    if _fits(use, u) and u.negated == use.negated and not any(_fits_better(o, use, u) for o in own)
                ]
                shared = set(use.before + use.after) & set(against[0].before + against[0].after) if against else set()
                if against and not same and not (use.conditional and any(is_number(term) for term in shared)):
                    return use.word, against[0].word, any(is_number(term) for term in shared)
    return None


@lru_cache(maxsize=200_000)
def _uses(plain: str, pattern: re.Pattern[str]) -> tuple[_Use, ...]:
    return tuple(
        _Use(
            match[0],
            terms(plain[max(0, match.start() - 60) : match.start()])[-3:],
            terms(plain[match.end() : match.end() + 60])[:3],
            bool(_NEGATED.search(plain[max(0, match.start() - 40) : match.start()])),
            bool(_IF.search(plain[: match.start()])),
        )
        for match in pattern.finditer(plain)
    )


def _fits(one: _Use, other: _Use) -> bool:
    """Whether two words stand among the same: the next word after each, and two near them in all."""
    shared = set(one.before + one.after) & set(other.before + other.after)
    beside = set(one.after[:1]) & set(other.after[:1]) or set(one.before[-1:]) & set(other.before[-1:])
    return len(shared) >= _NEAR or bool(beside and len(one.after) < _NEAR)


def _fits_better(one: _Use, use: _Use, other: _Use) -> bool:
    """Whether another use stands among more of the same words."""
    beside, around = (len(set(u.before + u.after) & set(other.before + other.after)) for u in (one, use))
    return _fits(one, other) and beside > around


def _counts(there: Unit, contrast: tuple[str, str, bool]) -> bool:
    """A result may come out the other way; then it counts only where the manuscript claims support, or of a limit."""
    return there.part not in _RESULT or contrast[2] or bool(_UPHELD.search(there.passage.plain))


OBSERVERS = (contrast_observations,)

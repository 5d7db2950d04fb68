"""Conclusions that say more than the results of the same manuscript, where no label ties the two together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journal.reading.comparison.document import Unit
from journal.reading.comparison.sections import Part
from journal.reading.comparison.sides import Sides
from journal.reading.comparison.verdicts import overclaims
from journal.reading.comparison.words import is_number
from workflows.comparing.finding import Evidence, Kind, Observation

_UPHELD = re.compile(
    r"\b(?:all|every|each|both|the (?:two|three|four|five))\b[^.]{0,50}"
    r"\b(?:hypothes[ie]s|predictions?|expectations?)\b[^.]{0,60}\b(?:supported|confirmed|held|upheld|borne out|met)\b",
    re.IGNORECASE,
)
_PREDICTION = re.compile(r"\b(?:predict(?:ion|ed)s?|hypothes[ie]s|hypothesi[sz]ed|expectations?)\b", re.IGNORECASE)
_P = re.compile(r"\bp\s?(?P<how>[=>])\s?(?P<value>0?\.\d+)")
_SMALL_P = re.compile(r"\bp\s?[<=]\s?0?\.0[0-4]\d*")
_DENIED = re.compile(
    r"\bnot (?:\w+ )?(?:supported|confirmed|upheld|significant|borne out)|\b(?:contradicted|refuted|inconclusive)\b",
    re.IGNORECASE,
)
_IN_ALL = re.compile(r"\b(?:in|for|across|by|of) (?:all|every|each|both)\b(?: (?:of )?(?:the )?\w+)?", re.IGNORECASE)
_BUT_NOT = re.compile(
    r"\bbut not (?:in|for|with|by)\b|\bexcept (?:in|for)?\b|\bwith the exception\b"
    r"|\bonly (?:in|for) (?:one|two|three)\b|\bin (?:one|two|three) (?:of|models|groups|samples|conditions|sites)\b",
    re.IGNORECASE,
)
_CONCLUDES = (Part.ABSTRACT, Part.DISCUSSION)
_TOLD_IN = (Part.RESULTS, Part.SECONDARY, Part.OTHER, Part.GATES)
_ALIKE, _SHARED = 0.25, 4
_FIVE_PERCENT = 0.05


def unlabelled_overclaims(sides: Sides) -> Iterator[Observation]:
    """All predictions are said to hold, and a sentence of the results on a prediction has a p above five percent."""
    if next(overclaims(sides), None) is not None:
        return
    against = next((unit for unit in _told(sides) if _PREDICTION.search(unit.plain) and _fails(unit)), None)
    claim = next((unit for unit in sides.manuscript.in_parts(*_CONCLUDES) if _UPHELD.search(unit.plain)), None)
    if against is not None and claim is not None and not _DENIED.search(claim.plain):
        yield _observation(claim, against, strength=0.8)


def wider_claims(sides: Sides) -> Iterator[Observation]:
    """A conclusion that says `in all` of what the results tell of some only."""
    limited = [unit for unit in _told(sides) if _BUT_NOT.search(unit.plain)]
    for claim in sides.manuscript.in_parts(*_CONCLUDES):
        if not _IN_ALL.search(claim.plain) or _BUT_NOT.search(claim.plain):
            continue
        against = next((unit for unit in limited if _alike(sides, claim, unit)), None)
        if against is not None:
            yield _observation(claim, against, strength=0.65)


def _told(sides: Sides) -> Iterator[Unit]:
    return sides.manuscript.in_parts(*_TOLD_IN)


def _fails(unit: Unit) -> bool:
    if _DENIED.search(unit.plain):
        return True
    values = [float(match["value"]) for match in _P.finditer(unit.plain)]
    return bool(values) and max(values) > _FIVE_PERCENT and not _SMALL_P.search(unit.plain)


def _alike(sides: Sides, claim: Unit, unit: Unit) -> bool:
    ours, theirs = (frozenset(t for t in one.bag if not is_number(t)) for one in (claim, unit))
    smaller = min(sides.weights.sum(ours), sides.weights.sum(theirs))
    return len(ours & theirs) >= _SHARED and sides.weights.sum(ours & theirs) >= _ALIKE * smaller


def _observation(claim: Unit, against: Unit, *, strength: float) -> Observation:
    return Observation(
        kind=Kind.CLAIM_WIDER,
        strength=strength,
        weight=0.85,
        words=" ".join(against.plain.split()[:36]),
        manuscript=claim.span,
        evidence=Evidence.TEXT,
        group="wider",
    )


OBSERVERS = (unlabelled_overclaims, wider_claims)

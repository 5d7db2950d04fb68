"""How each hypothesis is to be judged, beside how the manuscript judges it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journal.reading.comparison.document import Unit
from journal.reading.comparison.hypotheses import VERDICT, same_hypothesis
from journal.reading.comparison.labels import Labelled, content_terms
from journal.reading.comparison.registered import NO_PLAN
from journal.reading.comparison.sections import Part
from journal.reading.comparison.sides import Sides
from workflows.comparing.finding import Evidence, Kind, Observation

_JUDGES = re.compile(
    r"\b(?:confirmed|supported|refuted|rejected|falsified|accepted|publish|success\w*|failure|reversal)\b.{0,80}\b(?:if|iff|when|only)\b"
    r"|\b(?:if|when|unless)\b.{0,160}\b(?:confirmed|supported|refuted|rejected|falsified|publish|report(?:ed)?|conclude|interpret\w*|retired|restated)\b"
    r"|\b(?:publish(?:ed)?|report(?:ed)?|interpreted|count(?:s|ed)?) as\b|→",
    re.IGNORECASE,
)
_NOT_MET = re.compile(r"\bnot (?:testable|tested|interpretable)\b|\buntestable\b|\bno hypothesis is\b", re.IGNORECASE)
_FOLLOWING = 5
_NO_JUDGEMENT = frozenset({Part.HYPOTHESES, Part.METHODS, Part.ANALYSIS, Part.ABSTRACT, Part.SAMPLE, Part.MEASURES})
_FEWEST, _RESTATED = 4, 0.6


def rule_observations(sides: Sides) -> Iterator[Observation]:
    """Rules of judgement for a hypothesis whose words are not where the manuscript judges it."""
    for label, entry in sides.hypotheses.items():
        told = sides.reported.get(label)
        verdict = _verdict(told)
        if told is None or verdict is None or not same_hypothesis(sides, entry, told):
            continue
        all_told = told.all_terms() | _around(sides, told)
        for unit in entry.mentions:
            wanted = content_terms(unit.plain)
            if (
                unit.part in NO_PLAN
                or _NOT_MET.search(unit.plain)
                or not _JUDGES.search(unit.plain)
                or len(wanted) < _FEWEST
            ):
                continue
            share = sides.weights.sum(wanted & all_told) / sides.weights.sum(wanted)
            if share < _RESTATED:
                yield Observation(
                    kind=Kind.RULE_DIFFERS,
                    strength=min(1.0, 0.35 + (_RESTATED - share)),
                    weight=0.65,
                    about=label,
                    words="the rule is not restated where the manuscript judges the hypothesis",
                    protocol=unit.span,
                    manuscript=verdict.span,
                    evidence=Evidence.TEXT,
                    declared=sides.declaration_of(wanted) or sides.declared_dropped((label,)),
                    group=f"rule/{label}",
                )


def _verdict(told: Labelled | None) -> Unit | None:
    if told is None:
        return None
    places = [unit for unit in told.mentions if unit.part not in _NO_JUDGEMENT]
    judged = [unit for unit in places if VERDICT.search(unit.plain)]
    return next(iter(judged or places), None)


def _around(sides: Sides, told: Labelled) -> frozenset[str]:
    """The words of the paragraphs that name it, and of what follows them in their sections, as a list does."""
    units = sides.manuscript.units
    near = {at for unit in told.mentions for at in range(unit.at, min(unit.at + _FOLLOWING, len(units)))}
    named = {unit.passage.section for unit in told.mentions}
    return frozenset(t for at in near if units[at].passage.section in named for t in units[at].bag)


OBSERVERS = (rule_observations,)

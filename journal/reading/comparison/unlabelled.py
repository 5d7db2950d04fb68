"""Results that were not registered, or may be told only with a label that they do not carry."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journal.reading.comparison.document import Unit
from journal.reading.comparison.labels import labels_in
from journal.reading.comparison.sections import Part
from journal.reading.comparison.sides import Sides
from journal.reading.comparison.words import is_number, terms
from journal.reading.passages import Block, Passage
from workflows.comparing.finding import Evidence, Kind, Observation

_ONLY = re.compile(
    r"\b(?:all (?:other|others|remaining)|everything else|any other|other analyses"
    r"|others)\b.{0,80}\b(?:exploratory|secondary|descriptive)\b"
    r"|\bonly\b.{0,60}\bconfirmatory\b|\bno p-?values?\b.{0,60}\bwithout\b",
    re.IGNORECASE,
)
_ONE = re.compile(r"\b(?:only|single|sole|primary (?:test|hypothesis|endpoint|analysis))\b", re.IGNORECASE)
P_VALUE = re.compile(r"\bp\s?(?:-?values?)?\s?[<=>≈~]\s?0?\.\d+", re.IGNORECASE)
_STATISTIC = re.compile(
    r"\bp\s?[<=>≈~]\s?0?\.\d|\b(?:r|ρ|rho|κ|kappa|d|β|b|F|t|z|U|χ2|BF\d*|OR|AUC|AUROC|R2)\s?(?:\([^)]{1,14}\))?\s?[=<>≈]\s?[-−+]?\.?\d"
    r"|\b\d{2} ?% (?:CI|interval|confidence)|[-−+]?\d*\.\d+ (?:to|–) [-−+]?\d*\.\d+\)",
    re.IGNORECASE,
)
_LABELS_IT = re.compile(
    r"\bexplorator|\bpost[- ]?hoc|\bnot (?:pre-?)?registered|\bunregistered|\bsecondary\b|\bdescriptive\b"
    r"|\bhypothesis[- ]generating",
    re.IGNORECASE,
)
_CITES = re.compile(r"\bet al\b|[A-Z][a-z]+,? \(?(?:19|20)\d\d\b")
_PLANNED = re.compile(
    r"\b(?:pre-?registered|as (?:registered|planned|specified)|(?:our|the) registered)\b", re.IGNORECASE
)
_OF_PREDICTIONS = re.compile(r"\b(?:predict(?:ion|ed)|hypothes[ie]s)\b", re.IGNORECASE)
_CAPTION = re.compile(r"(?:Table|Figure|Fig\.)\s?[A-Z]?\d")
# A sentence by itself is covered more easily than its paragraph.
_TRACED, _ALONE, _TITLE_PLANNED = 0.42, 0.2, 0.75
_WHERE = frozenset({Part.RESULTS, Part.OTHER, Part.SECONDARY, Part.GATES, Part.MEASURES})


def unlabelled(sides: Sides) -> Iterator[Observation]:
    """Where the protocol calls all but some tests exploratory: p values that stand without that word."""
    rule = next((u for u in sides.protocol.said() if _ONLY.search(u.plain) and u.part is not Part.DEVIATIONS), None)
    if rule is None:
        return
    only_one = bool(_ONE.search(rule.passage.plain))
    primary = {label for label in sides.hypotheses if _is_primary(sides, label)}
    bare = [
        unit
        for unit in sides.manuscript.said()
        if _is_bare(sides, unit, primary) and (only_one or not _is_planned(sides, unit))
    ]
    if bare:
        yield Observation(
            kind=Kind.UNLABELLED,
            strength=0.75,
            weight=0.75,
            about=f"{len(bare)} {'place' if len(bare) == 1 else 'places'}",
            protocol=rule.span,
            manuscript=bare[0].span,
            declared=None,
        )


def _is_planned(sides: Sides, unit: Unit) -> bool:
    """Whether the protocol has the words of a sentence, its numbers aside: then it is no other analysis."""
    if sides.in_protocol.match((t for t in unit.bag if not is_number(t)), reach=2).score > 0.5:  # noqa: PLR2004
        return True
    title = [term for name in unit.passage.section[-1:] for term in terms(name) if not is_number(term)]
    if len(title) > 1 and sides.in_protocol.match(title, reach=0).score > _TITLE_PLANNED:
        return True
    return bool(_OF_PREDICTIONS.search(unit.passage.plain))


def _is_primary(sides: Sides, label: str) -> bool:
    text = " ".join(unit.plain for unit in sides.hypotheses[label].stated()[:1]).lower()
    return "secondary" not in text and "explor" not in text


def _is_bare(sides: Sides, unit: Unit, primary: set[str]) -> bool:
    if not P_VALUE.search(unit.plain) or unit.part in {Part.EXPLORATORY, Part.METHODS, Part.ANALYSIS, Part.REFERENCES}:
        return False
    if _LABELS_IT.search(unit.passage.plain) or any(_LABELS_IT.search(title) for title in unit.passage.section):
        return False
    named = set(labels_in(unit.passage.plain)) | {label for title in unit.passage.section for label in labels_in(title)}
    return not named & primary and not _rule_names(sides, unit)


def _rule_names(sides: Sides, unit: Unit) -> bool:
    """Whether the sentence tells the registered primary test itself."""
    primary = [
        u
        for u in sides.protocol.said()
        if re.search(r"\bprimary (?:test|analysis|comparison)\b", u.plain, re.IGNORECASE)
    ]
    return any(sides.weights.sum(u.bag & unit.bag) > 0.6 * sides.weights.sum(u.bag) for u in primary)


def added_analyses(sides: Sides) -> Iterator[Observation]:
    """Paragraphs with a statistic about something of which the protocol has no trace, and that are not called so."""
    seen: set[int] = set()
    for unit in sides.manuscript.said():
        passage = unit.passage
        if id(passage) in seen or unit.part not in _WHERE or unit.block in {Block.HEADING, Block.ROW}:
            continue
        if (
            not _STATISTIC.search(unit.plain)
            or _names_it(passage)
            or _CITES.search(passage.plain)
            or _CAPTION.match(passage.plain)
        ):
            continue
        seen.add(id(passage))
        units = [u for u in sides.manuscript.units[max(0, unit.at - 12) : unit.at + 6] if u.passage is passage]
        match = sides.in_protocol.match(frozenset(t for u in units for t in u.bag if not t.startswith("#")), reach=2)
        alone = sides.in_protocol.match((t for t in unit.bag if not is_number(t)), reach=2).score
        if (
            max(match.score, alone - _ALONE) < _TRACED
            and not _said_to_be_planned(sides, unit)
            and not list(labels_in(passage.plain))
        ):
            yield Observation(
                kind=Kind.ANALYSIS_ADDED,
                strength=min(1.0, (0.62 - match.score) / 0.4),
                weight=0.6 if unit.part is Part.RESULTS else 0.5,
                about=passage.lead or " ".join(unit.plain.split()[:8]),
                manuscript=sides.manuscript.stretch(units[0], unit),
                evidence=Evidence.TEXT,
                declared=sides.declared_beside(unit) or sides.declaration_of(unit.bag),
                group="added",
            )


def _names_it(passage: Passage) -> bool:
    return bool(_LABELS_IT.search(passage.plain)) or any(_LABELS_IT.search(title) for title in passage.section)


def _said_to_be_planned(sides: Sides, unit: Unit) -> bool:
    """Whether the sentences around, in the same section, call it planned or registered."""
    near = sides.manuscript.units[max(0, unit.at - 6) : unit.at + 1]
    return any(_PLANNED.search(u.plain) for u in near if u.passage.section == unit.passage.section)

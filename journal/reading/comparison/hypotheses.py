"""Hypotheses by label and by content, independently: dropped, added, relabelled, without a verdict."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journal.reading.comparison.document import Unit
from journal.reading.comparison.labels import COUNTED, Labelled, asked, content_terms, labels_in
from journal.reading.comparison.sections import Part
from journal.reading.comparison.sides import Sides
from journal.reading.passages import Block
from workflows.comparing.finding import Evidence, Kind, Observation, Span

_SAME, _OTHER = 0.32, 0.45
_FEWEST_TERMS, _NEAR = 3, 0.5
VERDICT = re.compile(
    r"\b(?:support(?:s|ed)?|confirm(?:s|ed)?|hold(?:s)?|held|reject(?:s|ed)?|refuted?|contradict(?:s|ed)?|inconclusive|fail(?:s|ed)?"
    r"|met|not met|success|reversal|reversed|yes|no|null|passe?[sd]?|untestable|not testable|not tested"
    r"|ambiguous|partial\w*"
    r"|supported|falsified|significant\w*|did not|was not|p\s?[<=>])(?!\w)",
    re.IGNORECASE,
)


def hypothesis_observations(sides: Sides) -> Iterator[Observation]:
    """What the labels and words of hypotheses bring up."""
    used = {entry.series for label, entry in sides.reported.items() if label in sides.hypotheses}
    for label, entry in _numbered(sides.hypotheses).items():
        told = sides.reported.get(label)
        if told is None:
            yield from _unnamed(sides, entry, series_used=entry.series in used - COUNTED)
        elif (found := _kinship(sides, entry, told)) < _SAME and _defines(told):
            yield _reused(sides, entry, told, found)
        elif (other := _nearer(sides, entry, told)) is not None:
            yield _reused(sides, entry, told, 0.2, like=other)
        elif not _has_verdict(told):
            yield _without_verdict(sides, entry, told)
    yield from _added(sides, used)


def _numbered(found: dict[str, Labelled]) -> dict[str, Labelled]:
    """Labels whose numbers run on; one far beyond the others is no label of this series (an era, a code)."""
    kept = {}
    for label, entry in found.items():
        number = int("".join(re.findall(r"\d+", label)[:1]) or 0)
        if number <= 2 * sum(other.series == entry.series for other in found.values()) + 2:
            kept[label] = entry
    return kept


def terms_of(units: tuple[Unit, ...]) -> frozenset[str]:
    """The terms of some units without labels and verdicts."""
    return frozenset(term for unit in units for term in content_terms(unit.plain))


def _kinship(sides: Sides, entry: Labelled, told: Labelled) -> float:
    """How much both documents speak of the same thing under one label: the best of either direction."""
    weights = sides.weights
    all_promised, all_told = entry.all_terms(), told.all_terms()
    stretches = [*told.definitions, *((unit,) for unit in told.mentions)]
    shares = [
        weights.sum(terms & all_promised) / weights.sum(terms)
        for stretch in stretches
        if len(terms := terms_of(stretch)) >= _FEWEST_TERMS
    ]
    own = terms_of(entry.stated())
    shares.append(weights.sum(own & all_told) / max(weights.sum(own), 0.01))
    return max(shares)


def same_hypothesis(sides: Sides, entry: Labelled, told: Labelled) -> bool:
    """Whether both documents speak of the same thing under one label."""
    return _kinship(sides, entry, told) >= _SAME and _nearer(sides, entry, told) is None


def _defines(told: Labelled) -> bool:
    """Whether the manuscript states the hypothesis itself: in a heading, a list, a table or a labelled paragraph."""
    return any(
        stretch[0].block in {Block.HEADING, Block.ITEM, Block.ROW} or stretch[0].passage.lead
        for stretch in told.definitions
        if len(terms_of(stretch)) >= _FEWEST_TERMS
    )


def _nearer(sides: Sides, entry: Labelled, told: Labelled) -> str | None:
    """Another hypothesis of the protocol to which every stretch under this label is much nearer than to its own."""
    stretches = [terms_of(stretch) for stretch in told.definitions if len(terms_of(stretch)) >= _FEWEST_TERMS]
    if not stretches:
        return None
    own = max(_shared(sides, entry, terms) for terms in stretches)
    others = {
        label: max(_shared(sides, other, terms) for terms in stretches)
        for label, other in sides.hypotheses.items()
        if label != entry.label
        and other.series == entry.series
        and label in sides.reported
        and other.parent != entry.label
    }
    like = max(others, key=lambda label: others[label], default="")
    return like if like and own < _OTHER and others[like] > own + 0.25 and others[like] > 0.5 else None  # noqa: PLR2004


def _shared(sides: Sides, entry: Labelled, terms: frozenset[str]) -> float:
    own = terms_of(entry.stated())
    return sides.weights.sum(own & terms) / max(sides.weights.sum(own), 0.01)


def _reused(sides: Sides, entry: Labelled, told: Labelled, kinship: float, *, like: str = "") -> Observation:
    others = {
        label: _kinship(sides, other, told)
        for label, other in sides.hypotheses.items()
        if label not in {entry.label, entry.parent}
    }
    nearest = max(others, key=lambda label: others[label], default="")
    like = like or (nearest if others.get(nearest, 0) > _OTHER else "")
    words = f"its words are nearer to those of {like} in the protocol" if like else ""
    return Observation(
        kind=Kind.LABEL_REUSED,
        strength=min(1.0, 0.75 + (_SAME - kinship)),
        weight=1.0,
        about=entry.label,
        words=words,
        protocol=_shown(sides, entry.stated()),
        manuscript=_shown_in_manuscript(sides, told),
        evidence=Evidence.STRUCTURE,
        declared=sides.declaration_of(frozenset({entry.label.lower()}) | terms_of(entry.stated())),
    )


def _shown(sides: Sides, units: tuple[Unit, ...]) -> Span:
    last = next((unit for unit in units[1:3] if unit.block is not Block.HEADING), units[0])
    return sides.protocol.stretch(units[0], last)


def _shown_in_manuscript(sides: Sides, told: Labelled) -> Span:
    units = told.stated()
    return sides.manuscript.stretch(units[0], units[min(1, len(units) - 1)])


def _unnamed(sides: Sides, entry: Labelled, *, series_used: bool) -> Iterator[Observation]:
    """A registered label that the manuscript never names."""
    parent_named = entry.parent != entry.label and entry.parent in sides.reported
    terms = terms_of(entry.stated())
    match = sides.in_manuscript.match(terms, reach=2)
    renamed = match.score >= (0.7 if series_used else 0.62)
    if renamed or (parent_named and match.score > _OTHER and "." not in entry.label):
        return
    strength = (0.95 if series_used else 0.6) - 0.3 * max(0.0, match.score - 0.3)
    yield Observation(
        kind=Kind.HYPOTHESIS_MISSING,
        strength=strength - (0.25 if parent_named and "." not in entry.label else 0.0),
        weight=0.95,
        about=entry.label,
        words="other labels of the same series are named" if series_used else "",
        protocol=_shown(sides, entry.stated()),
        manuscript=_nearest(match.units) if match.score >= _NEAR else None,
        evidence=Evidence.STRUCTURE,
        declared=sides.declaration_of(terms | {entry.label.lower()}),
    )


def _nearest(units: tuple[Unit, ...]) -> Span | None:
    return units[0].span if units else None


def _has_verdict(told: Labelled) -> bool:
    return any(VERDICT.search(unit.passage.plain) for unit in told.mentions if unit.part is not Part.HYPOTHESES) or any(
        VERDICT.search(unit.plain) for stretch in told.definitions for unit in stretch
    )


def _without_verdict(sides: Sides, entry: Labelled, told: Labelled) -> Observation:
    return Observation(
        kind=Kind.VERDICT_MISSING,
        strength=0.6,
        weight=0.8,
        about=entry.label,
        protocol=_shown(sides, entry.stated()),
        manuscript=told.mentions[0].span,
        evidence=Evidence.STRUCTURE,
        declared=sides.declaration_of(terms_of(entry.stated())),
    )


def _added(sides: Sides, used: set[str]) -> Iterator[Observation]:
    """A label of the protocol's series that the protocol does not have, told as if it were one."""
    for label, entry in _numbered(asked(sides.reported) | _with_verdicts(sides.reported, used)).items():
        if label in sides.promised or entry.series not in used - COUNTED or entry.parent in sides.promised:
            continue
        if any(label in labels_in(unit.plain) for unit in sides.protocol.units):
            continue
        yield Observation(
            kind=Kind.HYPOTHESIS_ADDED,
            strength=0.9,
            weight=0.85,
            about=label,
            manuscript=_shown_in_manuscript(sides, entry),
            evidence=Evidence.STRUCTURE,
            declared=sides.declaration_of(frozenset({label.lower()})),
        )


def _with_verdicts(found: dict[str, Labelled], used: set[str]) -> dict[str, Labelled]:
    return {label: entry for label, entry in found.items() if entry.series in used and _has_verdict(entry)}

"""What the manuscript says of itself: called registered, done otherwise, a status, a section that was promised."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journal.reading.comparison.document import Unit
from journal.reading.comparison.sections import Part
from journal.reading.comparison.sides import DECLARES, Sides
from journal.reading.comparison.similarity import GENERAL, Match
from journal.reading.comparison.words import is_number, terms
from journal.reading.passages import Block
from workflows.comparing.finding import Evidence, Kind, Observation, Span

_CALLS = re.compile(
    r"\b(?:pre-?registered|pre-?specified|as (?:registered|planned|pre-?registered)"
    r"|per (?:the )?(?:pre-?registration|protocol)"
    r"|(?:our|the) registered|registered (?:rule|test|analysis|threshold|fallback|criterion))\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"\b(?:in|of|from) (?:a|an|our|this|the) (?:fully )?pre-?registered (?:study|experiment|trial|survey|report)\b"
    r"|\b(?:everything|all (?:procedures|analyses|hypotheses|of it)|hypotheses|methods"
    r"|(?:this|the|our) (?:whole )?(?:study|plan|analysis plan|design))"
    r" (?:was|were|is|has been|have been) pre-?registered\b",
    re.IGNORECASE,
)
_PHRASE_AFTER, _PHRASE_BEFORE = 80, 50
_CALLED = re.compile(r"\b(?:pre-?)?(?:regist|specif|plan)\w*|\bprotocol\b", re.IGNORECASE)
_TELLS = re.compile(
    r"\bwe (?:\w+ )?(?:decided|chose|opted|resorted|switched|abandoned|dropped|omitted|replaced|removed"
    r"|had to|reduced|relaxed)\b"
    r"|\bresorted to\b|\bdeferred (?:to|until)\b|\bin place of the (?:planned|registered)\b"
    r"|\bearlier (?:version|draft|sample|run|read(?:ing)?|analysis|judge|attempt)|(?:sample|run|version"
    r"|attempt|judge) earlier\b"
    r"|\bpreviously (?:planned|read|reported)\b"
    r"|\b(?:was|were|is|are) (?:\w+ )?(?:dropped|replaced|omitted|abandoned|deferred|not (?:separately |re-?)?"
    r"(?:run|tested|possible|feasible|included|estimat\w+|collected|reported|evaluated|available|re-?tested|computed|fitted))\b"
    r"|\bcould not be \w+|\bdid not (?:run|test|collect|evaluate|compute|measure|register|administer)\b"
    r"|\b(?:an?|the) (?:earlier|previous|initial|first) (?:version|draft|sample|run|attempt|analysis"
    r"|stimulus|combined)\b"
    r"|\boriginally\b|\binstead of the (?:planned|registered|pre)|\bafter (?:seeing|inspecting|looking at)\b"
    r"|\bdue to (?:time|cost|budget|compute)\b"
    r"|\bfewer than planned\b|\bsmaller than (?:planned|registered)\b|\bnot separately\b|\bonly \d+ of (?:the )?\d+\b",
    re.IGNORECASE,
)
_OURSELVES = re.compile(
    r"\bwe (?:\w+ )?(?:decided|resorted|dropped|omitted|removed|abandoned|switched)\b", re.IGNORECASE
)
_HEDGES = re.compile(r"\b(?:perhaps|may|might|could have|future work|would)\b", re.IGNORECASE)
_CHOOSES = re.compile(r"\bas (?:our|the) (?:final|best|selected)\b|\bdecided (?:up)?on\b", re.IGNORECASE)
_ENDS = re.compile(r"[.!?:;)\]\"”]\s*$")
_FEW_TERMS = 5
_FORESEEN = re.compile(
    r"\bas (?:foreseen|planned|(?:pre-?)?registered|(?:pre-?)?specified|in the (?:plan|protocol))\b", re.IGNORECASE
)
_POINTS_BACK = re.compile(r"\b(?:them|they|these|those|this|it|such)\b", re.IGNORECASE)
_NOT_OURS = frozenset({Part.BACKGROUND, Part.REFERENCES, Part.ADMINISTRATIVE, Part.DEVIATIONS})
_ALL_OF_IT = re.compile(
    r"\bwithout (?:any )?deviations?\b|\bno deviations?\b|\b(?:exactly|precisely"
    r"|fully) as (?:pre-?)?registered\b|\bdid not deviate\b"
    r"|\bfollowed (?:the )?(?:pre-?registration|protocol|plan) (?:exactly|fully|in full|without)\b"
    r"|\ball (?:\w+ )?(?:analys[ei]s|procedures|methods|steps|tests)\b[^.]{0,40}\b"
    r"(?:followed|adhered to|in (?:line|accordance) with) (?:the|our) "
    r"(?:(?:pre-?)?registered )?(?:plan|protocol|(?:pre-?)?registration)\b",
    re.IGNORECASE,
)
_STATUS = re.compile(
    r"\b(?:registered report|in-principle acceptance|stage 2 (?:manuscript|report)|results-blind)\b", re.IGNORECASE
)
_TITLED = re.compile(
    r"\b(?:section|subsection|table|appendix|chapter|paragraph|file|figure)s?\b[^.\"“”]{0,40}[\"“](?P<title>[^\"“”]{4,80}?)[.,]?[\"”]",
    re.IGNORECASE,
)


def called_registered(sides: Sides) -> Iterator[Observation]:
    """Sentences that call something registered of which the protocol has no trace."""
    for unit in sides.manuscript.said():
        if (
            not _CALLS.search(unit.plain)
            or unit.block is Block.HEADING
            or DECLARES.search(unit.plain)
            or unit.part in _NOT_OURS
        ):
            continue
        wanted = _of_words(_CALLED.sub(" ", unit.plain))
        phrase = _phrase(unit.plain)
        match = sides.in_protocol.match(wanted, reach=2)
        score = _trace(sides, wanted, phrase)
        if _WHOLE.search(unit.plain) or len(wanted) < 4 or len(phrase - GENERAL) < 2 or score > 0.55:  # noqa: PLR2004
            continue
        yield Observation(
            kind=Kind.CLAIM_UNFOUNDED,
            strength=min(1.0, (0.75 - score) / 0.45),
            weight=0.45 if unit.part in {Part.DISCUSSION, Part.RESULTS} else 0.6,
            about=_short(unit),
            manuscript=unit.span,
            protocol=_span_of(match.best),
            declared=sides.declaration_of(wanted),
            group="called",
        )


def _trace(sides: Sides, wanted: frozenset[str], phrase: frozenset[str]) -> float:
    """How much of a trace the protocol has: of the sentence, of the words just around, and of each of them anywhere."""
    whole = sides.weights.sum(phrase)
    known = sides.weights.sum(term for term in phrase if sides.in_protocol.has(term)) / whole if whole else 1.0
    near = sides.in_protocol.match(phrase, reach=2).score
    return 0.25 * sides.in_protocol.match(wanted, reach=2).score + 0.45 * near + 0.3 * known


def _of_words(text: str) -> frozenset[str]:
    return frozenset(term for term in terms(text) if not is_number(term))


def _phrase(plain: str) -> frozenset[str]:
    """The words just around the place where something is called registered."""
    found: set[str] = set()
    for match in _CALLS.finditer(plain):
        rest = plain[match.end() :].lstrip(" ,")
        after = re.split(r"[.;:,(]", rest[:_PHRASE_AFTER], maxsplit=1)[0]
        before = re.split(r"[.;:,)]", plain[max(0, match.start() - _PHRASE_BEFORE) : match.start()])[-1]
        found |= _of_words(_CALLED.sub(" ", f"{before} {after}"))
    return frozenset(found)


def departures(sides: Sides) -> Iterator[Observation]:
    """Sentences that tell of something done otherwise, dropped or put off, about what the protocol speaks of."""
    for unit in sides.manuscript.said():
        told = _TELLS.search(unit.plain)
        if (
            told is None
            or _FORESEEN.search(unit.plain)
            or unit.part in _NOT_OURS
            or unit.block in {Block.HEADING, Block.ROW}
        ):
            continue
        if _HEDGES.search(unit.plain) or _CHOOSES.search(unit.plain) or not _ENDS.search(unit.plain):
            continue
        first = _before(sides, unit) if _POINTS_BACK.search(unit.plain) and len(unit.bag) < 9 else unit  # noqa: PLR2004
        wanted = unit.bag | first.bag
        bags = [bag for bag in (unit.bag, wanted) if bag == wanted or len(bag) > _FEW_TERMS]
        match = max((sides.in_protocol.match(bag, reach=1) for bag in bags), key=_score)
        named = DECLARES.search(unit.plain) and _CALLED.search(f"{first.plain} {unit.plain}")
        least = 0.05 if named or _OURSELVES.search(unit.plain) else 0.18
        if not least <= match.score <= 0.75 or _planned(sides, match.best, unit, told[0]):  # noqa: PLR2004
            continue
        yield Observation(
            kind=Kind.DEPARTURE_TOLD,
            strength=0.45 + 0.5 * match.score,
            weight=0.6,
            about=_short(unit),
            protocol=_span_of(match.best),
            manuscript=sides.manuscript.stretch(first, unit),
            declared=unit.span if named else sides.declaration_of(wanted, told_openly=True),
            group="told",
        )


def _score(match: Match) -> float:
    return match.score


def _planned(sides: Sides, planned: Unit | None, unit: Unit, told: str) -> bool:
    """Whether the protocol itself says that this will be dropped, removed or replaced."""
    if planned is None or not set(terms(told)) & planned.bag:
        return False
    smaller = min(sides.weights.sum(planned.bag), sides.weights.sum(unit.bag))
    return sides.weights.sum(planned.bag & unit.bag) > 0.45 * smaller


def _before(sides: Sides, unit: Unit) -> Unit:
    """Two sentences earlier in the same paragraph: what `them` or `this` points to."""
    units = sides.manuscript.units
    first = unit
    for at in (unit.at - 1, unit.at - 2):
        if at >= 0 and units[at].passage is unit.passage:
            first = units[at]
    return first


def statuses(sides: Sides) -> Iterator[Observation]:
    """Claims that everything was done as registered, and of a status that files cannot show."""
    seen: set[int] = set()
    for pattern, weight in ((_ALL_OF_IT, 0.7), (_STATUS, 0.65)):
        for unit in sides.manuscript.said():
            if unit.at in seen:
                break
            if pattern.search(unit.plain) and unit.part not in {Part.REFERENCES, Part.BACKGROUND}:
                seen.add(unit.at)
                ground = next(
                    (u for u in sides.protocol.said() if _STATUS.search(u.plain) or re.search(r"\bIPA\b", u.plain)),
                    None,
                )
                yield Observation(
                    kind=Kind.STATUS_CLAIM,
                    strength=0.8,
                    weight=weight,
                    about=_short(unit),
                    manuscript=unit.span,
                    protocol=_span_of(ground if pattern is _STATUS else None),
                    evidence=Evidence.HISTORY,
                )
                break


def promised_titles(sides: Sides) -> Iterator[Observation]:
    """Sections and tables that the protocol promises by title and the manuscript does not have."""
    titles = [unit.bag for unit in sides.manuscript.units if unit.block is Block.HEADING]
    for unit in sides.protocol.said():
        for match in _TITLED.finditer(unit.plain):
            wanted = frozenset(terms(match["title"]))
            if wanted and not any(len(wanted & title) >= 0.8 * len(wanted) for title in titles):
                yield Observation(
                    kind=Kind.PROMISE_MISSING,
                    strength=0.85,
                    weight=0.6,
                    about=match["title"],
                    protocol=unit.span,
                    evidence=Evidence.STRUCTURE,
                )


def _short(unit: Unit) -> str:
    return " ".join(unit.plain.split()[:8])


def _span_of(unit: Unit | None) -> Span | None:
    return None if unit is None else unit.span

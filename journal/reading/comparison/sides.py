"""The two sides of a comparison with what all of its parts look things up in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from journal.reading.comparison.document import Document, Unit
from journal.reading.comparison.labels import Labelled, asked, labelled, labels_in
from journal.reading.comparison.sections import Part
from journal.reading.comparison.similarity import Index, Weights
from journal.reading.comparison.words import is_number, number_token, stem, terms
from journal.reading.passages import Block
from workflows.comparing.finding import Place, Span

_DATED = re.compile(
    r"\b(?:19|20)\d\d-\d\d-\d\d\b|\b\d{1,2} (?:January|February|March|April|May|June|July|August|September"
    r"|October|November|December)\b"
)
_HAPPENED = re.compile(
    r"\b(?:was|were|had|has been|have been|changed|replaced|ran|removed|used|dropped|added|switched|decided|tried)\b",
    re.IGNORECASE,
)
_FORESEES = re.compile(r"\b(?:will be|would be|e\.g\.|if a|any (?:departure|deviation|change))\b", re.IGNORECASE)
DECLARES = re.compile(
    r"(?<!standard )(?<!absolute )(?<!mean )\bdeviat\w+|\bdeparture from\b|\bdeparted from\b"
    r"|\bnot (?:as )?(?:originally )?pre-?registered\b|\bunregistered\b"
    r"|\bcontrary to (?:the|our) (?:plan|protocol|pre)|\bexploratory,? not\b|\babandon\w*|\bamend(?:ed|ment)"
    r"|\b(?:had )?originally (?:intended|planned)|\b(?:instead of|rather than) the (?:pre-?)?(?:registered|planned)"
    r"|\bnot (?:part of|in) (?:the|our) (?:pre-?registration|protocol|plan)\b|\bpost[- ]hoc\b|\bas foreseen\b"
    r"|\b(?:registered|planned) (?:test|analysis|model)\w* (?:was|is|could)\b"
    r"|\bhad (?:planned|intended|meant|foreseen|proposed|registered) (?:to|a|an|the|that)\b"
    r"|\b(?:plan|protocol|(?:pre-?)?registration)(?:'s)? (?:had )?"
    r"(?:foreseen|foresaw|called for|asked for|prescribed|says)\b"
    r"|\bin place of the (?:planned|(?:pre-?)?registered)\b"
    r"|\b(?:was|were|had been) (?:originally |initially )?(?:planned|(?:pre-?)?registered|foreseen)\b"
    r"[^.;]{0,80}\b(?:but|instead)\b",
    re.IGNORECASE,
)
DENIES = re.compile(r"\b(?:without|no|not|nor|never)\b[^.;]{0,25}(?<!standard )\bdeviat", re.IGNORECASE)
_BESIDE, _TELLING = 3, 2.0
# A log of many pages tells much besides departures: there an entry has to say that something changed, and cover more.
_LONG_LOG, _OF_LONG_LOGS, _LONGEST_TITLE = 60, 0.12, 8
_CHANGES = re.compile(
    r"(?<!standard )\b(?:deviat|depart|chang|instead|replac|drop|remov|switch|amend|fix|correct|re-?run|post[- ]hoc"
    r"|revis|abandon)\w*",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[.;|:]\s")
_DROPPED = re.compile(
    r"\b(?:not (?:be )?(?:tested|run|analy[sz]ed|examined|reported|carried out)|dropped|left out|omitted"
    r"|abandoned|removed|skipped|untested|postponed|deferred)\b",
    re.IGNORECASE,
)
# A sentence that begins so goes on with the one before it.
_POINTS = re.compile(
    r"\W*(?:this|these|that|those|it|they|both|instead|therefore|hence|thus|because|the (?:reason|change|deviation))\b",
    re.IGNORECASE,
)
_CHUNK = re.compile(r"(?<=[.;!?])\s+")
# A declaration covers an item with this share of its weight and so many of its telling words, or with less and more.
_COVERED, _SHARED, _COVERED_LESS, _SHARED_MORE, _NEAREST = 0.42, 3, 0.36, 5, 0.3


@dataclass(frozen=True)
class Sides:
    """Protocol and manuscript with their indexes; `logs` are documents that list deviations or amendments.

    `results` are numbers of supplied files, `counterparts` keeps what was looked up.
    """

    protocol: Document
    manuscript: Document
    logs: tuple[Document, ...] = ()
    results: tuple[Any, ...] = ()
    counterparts: dict[int, tuple[Unit, ...]] = field(default_factory=dict)

    @cached_property
    def weights(self) -> Weights:
        """How much each term tells."""
        return Weights((self.protocol, self.manuscript))

    @cached_property
    def in_protocol(self) -> Index:
        """Where terms stand in the protocol, its log of deviations aside."""
        return Index(self.protocol, self.weights, without=Part.DEVIATIONS)

    @cached_property
    def in_manuscript(self) -> Index:
        """Where terms stand in the manuscript."""
        return Index(self.manuscript, self.weights)

    @cached_property
    def promised(self) -> dict[str, Labelled]:
        """The labels of the protocol."""
        return labelled(self.protocol)

    @cached_property
    def reported(self) -> dict[str, Labelled]:
        """The labels of the manuscript."""
        return labelled(self.manuscript)

    @cached_property
    def hypotheses(self) -> dict[str, Labelled]:
        """The labels of the protocol's hypotheses and questions."""
        return asked(self.promised)

    @cached_property
    def declared(self) -> tuple[Declaration, ...]:
        """What authors declare as a departure: entries of logs, and sentences that say so."""
        return tuple(_declarations(self))

    def declared_beside(self, unit: Unit) -> Span | None:
        """A sentence of the same section, at most three away, in which the authors declare a departure."""
        units = self.manuscript.units
        near = (units[at] for at in range(max(0, unit.at - _BESIDE), min(len(units), unit.at + _BESIDE + 1)))
        found = (one for one in near if one.passage.section == unit.passage.section and DECLARES.search(one.plain))
        return next((o.span for o in found if not DENIES.search(o.plain) and (o is unit or self._share(o, unit))), None)

    def declared_number(self, value: float, nouns: tuple[str, ...]) -> Span | None:
        """The declaration that names a value together with something that it counts."""
        token, things = number_token(abs(value)), {stem(noun) for noun in nouns}
        return next((one.span for one in self.declared if token in one.terms and things & one.terms), None)

    @cached_property
    def _nearest_declared(self) -> dict[int, Span]:
        """The units of the protocol that an entry of a list of deviations is nearest to, with the entry."""
        found: dict[int, Span] = {}
        for declaration in self.declared:
            words = (term for term in terms(declaration.span.quote) if not is_number(term))
            match = self.in_protocol.match(words, reach=0)
            if declaration.listed and not declaration.in_long_log and match.best and match.score >= _NEAREST:
                found.setdefault(match.best.at, declaration.span)
        return found

    def declared_missing(self, unit: Unit, labels: Iterable[str]) -> Span | None:
        """The declaration that something registered was not done: by its words, its label, or as the nearest to it."""
        covering = self.declaration_of(unit.bag) or self.declared_dropped(labels)
        return covering or self._nearest_declared.get(unit.at)

    def declared_dropped(self, labels: Iterable[str]) -> Span | None:
        """The declaration that says of a hypothesis, in one clause and of no other label, that it was dropped."""
        wanted = set(labels) & set(self.hypotheses)
        for declaration in self.declared if wanted else ():
            clauses = (clause for clause in _CLAUSE.split(declaration.span.quote) if _DROPPED.search(clause))
            if any(set(labels_in(clause)) and set(labels_in(clause)) <= wanted for clause in clauses):
                return declaration.span
        return None

    def _share(self, one: Unit, other: Unit) -> bool:
        """Whether two units have a telling word in common."""
        return any(not is_number(term) and self.weights.of(term) > _TELLING for term in one.bag & other.bag)

    def declaration_of(self, terms: frozenset[str], *, told_openly: bool = False) -> Span | None:
        """The declaration that covers some terms, if there is one; of what is told openly less has to be covered."""
        best, found = 0.0, None
        whole = self.weights.sum(terms)
        for declaration in self.declared:
            shared = terms & declaration.terms
            telling = sum(1 for term in shared if not is_number(term) and self.weights.of(term) > 2.0)  # noqa: PLR2004
            score = self.weights.sum(shared) / whole if whole else 0.0
            more = _OF_LONG_LOGS if declaration.in_long_log else 0.0
            covers = (telling >= _SHARED and score >= _COVERED + more) or (
                telling >= (_SHARED if told_openly else _SHARED_MORE) and score >= _COVERED_LESS + more
            )
            if covers and score > best:
                best, found = score, declaration.span
        return found


@dataclass(frozen=True)
class Declaration:
    """One stretch in which authors declare a departure."""

    span: Span
    terms: frozenset[str] = field(default_factory=frozenset)
    in_long_log: bool = False
    listed: bool = False


def _declarations(sides: Sides) -> Iterator[Declaration]:
    for document in (sides.protocol, sides.manuscript, *sides.logs):
        is_log = document in sides.logs
        is_long = is_log and len(document.units) > _LONG_LOG
        for unit in document.said():
            listed = is_log or unit.part in {Part.DEVIATIONS, Part.AMENDED}
            told = document is sides.manuscript and DECLARES.search(unit.plain)
            if (unit.block is Block.HEADING and not (is_log and _is_told(unit))) or DENIES.search(unit.plain):
                continue
            if not (listed or told):
                continue
            if (listed and not is_log and not _is_entry(unit)) or (is_long and not _CHANGES.search(unit.passage.plain)):
                continue
            yield from _chunks(document, unit, is_long=is_long, is_listed=listed)


def _is_told(unit: Unit) -> bool:
    """Whether a line that stands as a heading is an entry of a log: a sentence that says that something changed."""
    return len(unit.plain.split()) > _LONGEST_TITLE and bool(_CHANGES.search(unit.plain))


def _is_entry(unit: Unit) -> bool:
    text = unit.passage.plain
    return bool(_DATED.search(text) or (_HAPPENED.search(unit.plain) and not _FORESEES.search(unit.plain)))


def _chunks(document: Document, unit: Unit, *, is_long: bool, is_listed: bool) -> Iterator[Declaration]:
    """A long entry in pairs of sentences: what it says of one thing does not declare another."""
    pieces = _CHUNK.split(unit.plain) if unit.block is Block.ROW else [unit.plain]
    around = _neighbour(document, unit, is_listed=is_listed) if unit.block is not Block.ROW else frozenset()
    for first, second in zip(pieces, [*pieces[1:], ""], strict=True):
        yield Declaration(unit.span, frozenset(terms(first)) | frozenset(terms(second)) | around, is_long, is_listed)


def _neighbour(document: Document, unit: Unit, *, is_listed: bool) -> frozenset[str]:
    """The terms of the sentences beside an entry; of one in running text only of those that are tied to it."""
    units: Sequence[Unit] = document.units
    near = [units[at] for at in (unit.at - 1, unit.at + 1) if 0 <= at < len(units)]
    same = [one for one in near if one.passage is unit.passage]
    tied = [one for one in same if is_listed or _POINTS.match((one if one.at > unit.at else unit).plain)]
    return frozenset(term for one in tied for term in one.bag)


def place_of(unit: Unit) -> Place:
    """Where a unit stands."""
    return unit.place

"""How much of one text another covers: terms weighted by how rare they are in the two documents at hand."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest

from journal.reading.comparison.document import Document, Unit
from journal.reading.comparison.sections import Part
from journal.reading.comparison.words import is_number, stem
from journal.reading.passages import Block

# What every plan and every report speaks of: it tells little about whether a given item was reported.
GENERAL = frozenset(
    stem(word)
    for word in (
        *[
            "analysis",
            "test",
            "study",
            "data",
            "result",
            "report",
            "model",
            "sample",
            "effect",
            "hypothesis",
            "method",
            "primary",
            "secondary",
            "main",
            "final",
        ],
        *[
            "value",
            "number",
            "rate",
            "case",
            "plan",
            "registered",
            "significant",
            "difference",
            "compare",
            "measure",
            "define",
            "include",
            "follow",
            "set",
        ],
        *[
            "paper",
            "protocol",
            "manuscript",
            "author",
            "section",
            "approach",
            "condition",
            "experiment",
            "planned",
            "analyse",
            "analyze",
            "compute",
        ],
    )
)
_WEIGHT_OF_GENERAL, _WEIGHT_OF_NUMBER = 0.45, 0.8
_SHARED_BEGINNING = 6
_LIKELY = 16


@dataclass(frozen=True)
class Match:
    """The best place for some terms: how much of their weight it covers (0 to 1), and which terms it lacks."""

    score: float
    units: tuple[Unit, ...] = ()
    missing: frozenset[str] = frozenset()

    @property
    def best(self) -> Unit | None:
        """The unit that covers most by itself."""
        return self.units[0] if self.units else None


class Weights:
    """How much each term tells, from both documents."""

    def __init__(self, documents: Sequence[Document]) -> None:
        counts: Counter[str] = Counter()
        total = 0
        for document in documents:
            for unit in document.units:
                counts.update(unit.bag)
                total += 1
        self._counts, self._total = counts, max(total, 1)
        self._known: dict[str, float] = {}

    def of(self, term: str) -> float:
        """The weight of one term."""
        if term not in self._known:
            weight = math.log((self._total + 1) / (self._counts[term] + 0.5))
            factor = _WEIGHT_OF_NUMBER if is_number(term) else _WEIGHT_OF_GENERAL if term in GENERAL else 1.0
            self._known[term] = max(weight, 0.1) * factor
        return self._known[term]

    def sum(self, terms: Iterable[str]) -> float:
        """The weight of some terms together."""
        of, known = self.of, self._known
        return sum(known[term] if term in known else of(term) for term in terms)


class Index:
    """Where the terms of a document stand, and how well any place covers a set of terms."""

    def __init__(self, document: Document, weights: Weights, *, without: Part | None = None) -> None:
        self.document, self._weights = document, weights
        self._at: dict[str, list[int]] = {}
        self._alike: dict[str, list[int]] = {}
        for unit in document.said():
            for term in unit.bag if unit.part is not without else ():
                self._at.setdefault(term, []).append(unit.at)

    @cached_property
    def _by_beginning(self) -> dict[str, list[str]]:
        beginnings: dict[str, list[str]] = defaultdict(list)
        for term in self._at:
            if not is_number(term) and len(term) >= _SHARED_BEGINNING:
                beginnings[term[:_SHARED_BEGINNING]].append(term)
        return beginnings

    def places(self, term: str) -> list[int]:
        """The units in which a term stands, each once, or a word that begins alike if it stands nowhere."""
        if term in self._at:
            return self._at[term]
        if term not in self._alike:
            likes = () if is_number(term) or len(term) < _SHARED_BEGINNING else self._begin_like(term)
            self._alike[term] = sorted({at for like in likes for at in self._at[like]})
        return self._alike[term]

    def _begin_like(self, term: str) -> list[str]:
        return self._by_beginning.get(term[:_SHARED_BEGINNING], [])

    def has(self, term: str) -> bool:
        """Whether a term stands anywhere."""
        return bool(self.places(term))

    def match(self, terms: Iterable[str], *, reach: int = 1) -> Match:
        """The place that covers most of the terms: a unit with `reach` neighbours of its section on either side."""
        wanted = frozenset(terms)
        whole = self._weights.sum(wanted)
        if not whole:
            return Match(0.0)
        held: dict[int, set[str]] = defaultdict(set)
        own: dict[int, float] = defaultdict(float)
        for term in wanted:
            weight = self._weights.of(term)
            for at in self.places(term):
                held[at].add(term)
                own[at] += weight
        if not held:
            return Match(0.0, (), wanted)
        likely = _heaviest(own, _LIKELY)
        scored = [(self._around(at, held, reach), at) for at in likely]
        found, at = max(scored, key=lambda pair: (self._weights.sum(pair[0]) + 0.25 * own[pair[1]], -pair[1]))
        near = sorted((n for n in self._near(at, reach) if n in held and n != at), key=lambda n: -own[n])
        units = self.document.units
        return Match(self._weights.sum(found) / whole, (units[at], *(units[n] for n in near)), wanted - found)

    def nearest(self, terms: Iterable[str], many: int) -> list[Unit]:
        """The units that by themselves cover most of some terms."""
        own: dict[int, float] = defaultdict(float)
        for term in frozenset(terms):
            weight = self._weights.of(term)
            for at in self.places(term):
                own[at] += weight
        return [self.document.units[at] for at in _heaviest(own, many)]

    def _around(self, at: int, held: dict[int, set[str]], reach: int) -> set[str]:
        return set().union(*(held.get(near, ()) for near in self._near(at, reach)))

    def _near(self, at: int, reach: int) -> list[int]:
        units = self.document.units
        unit = units[at]
        if unit.block is Block.ROW:
            reach = 0
        return [
            near
            for near in range(max(0, at - reach), min(len(units), at + reach + 1))
            if near == at
            or (units[near].passage.section == unit.passage.section and units[near].block is not Block.ROW)
        ]


def _heaviest(own: dict[int, float], many: int) -> list[int]:
    """The places with most weight, the earlier first where two are even."""
    return [at for _weight, at in nsmallest(many, ((-weight, at) for at, weight in own.items()))]


def likeness(first: Iterable[str], second: Iterable[str], weights: Weights) -> float:
    """How much two sets of terms share, from 0 to 1: the weight of what both have against that of the smaller."""
    one, other = frozenset(first), frozenset(second)
    smaller = min(weights.sum(one), weights.sum(other))
    return weights.sum(one & other) / smaller if smaller else 0.0

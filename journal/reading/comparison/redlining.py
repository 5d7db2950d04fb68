"""Which sentences of a protocol and a manuscript belong together, and the redline of both that follows from it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from journal.reading.comparison.document import Document, Unit
from journal.reading.comparison.sections import Part, part_of
from journal.reading.comparison.sides import Sides
from journal.reading.passages import Block
from workflows.comparing.layout import Couple, Sentence, laid_out
from workflows.comparing.redline import Chapter, Redline
from workflows.comparing.wording import folded

_ASIDE = frozenset({Part.ABSTRACT, Part.ADMINISTRATIVE, Part.REFERENCES, Part.DEVIATIONS, Part.AMENDED})
_TOLD = frozenset({Part.RESULTS, Part.DISCUSSION})
# Sentences belong together with so much of their weight in common; of one in the results more is asked, for results
# say again what was done. A neighbour joins where the share grows by so much.
_ALIKE, _ALIKE_IN_RESULTS, _GROWS = 0.5, 0.85, 0.06
_FEWEST_TERMS, _RAREST, _MOST_FREQUENT, _CANDIDATES = 3, 8, 60, 6


def redline_of(sides: Sides) -> Redline:
    """Introduction, hypotheses and methods of both documents as one text."""
    plan, report = _units(sides.protocol), _units(sides.manuscript)
    couples = list(_joined(sides, plan, report, list(_couples(sides, plan, report))))
    return laid_out(
        list(_sentences(plan, told_from=None)), list(_sentences(report, told_from=_results(report))), couples
    )


def _units(document: Document) -> list[Unit]:
    """The sentences and rows; headings and what only heads a paragraph are titles, and are not compared as text."""
    return [unit for unit in document.said() if unit.block is not Block.HEADING and not _is_title(unit)]


def _is_title(unit: Unit) -> bool:
    return not unit.plain.strip(" |") or unit.plain.rstrip(". :") == unit.passage.lead


def _results(units: Sequence[Unit]) -> int:
    """Where the first unit of the results stands; after it only what is called method is laid out."""
    return next((at for at, unit in enumerate(units) if unit.part is Part.RESULTS), len(units))


def _sentences(units: Sequence[Unit], *, told_from: int | None) -> Iterator[Sentence]:
    """The units as sentences. `told_from` is where the results begin; None of a plan, which has none."""
    before: Unit | None = None
    for at, unit in enumerate(units):
        yield Sentence(
            words=unit.plain.strip("| "),
            place=unit.place,
            chapter=_chapter(unit.part),
            begins=before is None or before.passage is not unit.passage,
            shown=_is_shown(unit, after_results=told_from is not None and at >= told_from),
        )
        before = unit


def _chapter(part: Part) -> Chapter | None:
    if part is Part.OTHER:
        return None
    return {Part.BACKGROUND: Chapter.INTRODUCTION, Part.HYPOTHESES: Chapter.HYPOTHESES}.get(part, Chapter.METHODS)


def _is_shown(unit: Unit, *, after_results: bool) -> bool:
    if unit.part in _ASIDE | _TOLD or any(part_of((title,)) in _TOLD for title in unit.passage.section[1:]):
        return False
    return not (after_results and unit.part in {Part.OTHER, Part.EXPLORATORY, Part.SECONDARY, Part.GATES})


def _couples(sides: Sides, plan: Sequence[Unit], report: Sequence[Unit]) -> Iterator[tuple[int, int]]:
    """Pairs of places, each used once: what is the same first, then what is most alike."""
    taken: tuple[set[int], set[int]] = (set(), set())
    ranked = sorted(_likely(sides, plan, report), key=lambda one: (-one[0], one[1]))
    for _score, _apart, at, there in ranked:
        if at not in taken[0] and there not in taken[1]:
            taken[0].add(at)
            taken[1].add(there)
            yield at, there


def _likely(sides: Sides, plan: Sequence[Unit], report: Sequence[Unit]) -> Iterator[tuple[float, float, int, int]]:
    """Pairs that are alike enough: how much, how far apart in their texts, and both places."""
    same, places = defaultdict(list), defaultdict(list)
    for there, unit in enumerate(report):
        same[folded(unit.plain)].append(there)
        for term in unit.bag:
            places[term].append(there)
    for at, unit in enumerate(plan):
        found = same.get(folded(unit.plain), [])[:_CANDIDATES]
        scored = [(1.0, there) for there in found] or [
            (score, there)
            for there in _candidates(sides, unit, places)
            if (score := _alike(sides, unit.bag, report[there].bag)) >= _least(report[there])
        ]
        for score, there in scored:
            yield score, abs(at / len(plan) - there / len(report)), at, there


def _candidates(sides: Sides, unit: Unit, places: dict[str, list[int]]) -> Iterable[int]:
    """The places that share most of a unit's rarest terms."""
    if len(unit.bag) < _FEWEST_TERMS:
        return ()
    known = (term for term in unit.bag if 0 < len(places.get(term, ())) <= _MOST_FREQUENT)
    rarest = sorted(known, key=lambda term: (-sides.weights.of(term), term))
    shared: Counter[int] = Counter()
    for term in rarest[:_RAREST]:
        for there in places[term]:
            shared[there] += 1
    return [there for there, _many in shared.most_common(_CANDIDATES)]


def _alike(sides: Sides, one: frozenset[str], other: frozenset[str]) -> float:
    """The weight of what two sets of terms share, against the mean of both."""
    whole = sides.weights.sum(one) + sides.weights.sum(other)
    return 2 * sides.weights.sum(one & other) / whole if whole else 0.0


def _least(unit: Unit) -> float:
    return _ALIKE_IN_RESULTS if unit.part in _TOLD | _ASIDE else _ALIKE


def _joined(
    sides: Sides, plan: Sequence[Unit], report: Sequence[Unit], pairs: Sequence[tuple[int, int]]
) -> Iterator[Couple]:
    """Couples, with a neighbour that belongs to no other where one sentence became two, or two became one."""
    free = ({*range(len(plan))} - {at for at, _there in pairs}, {*range(len(report))} - {there for _at, there in pairs})
    for at, there in pairs:
        couple = Couple(at, there)
        longer = max(
            _longer(couple, plan, report, free), key=lambda one: _share(sides, one, plan, report), default=couple
        )
        if _share(sides, longer, plan, report) > _share(sides, couple, plan, report) + _GROWS:
            free[0].difference_update(range(longer.first, longer.first + longer.many))
            free[1].difference_update(range(longer.there, longer.there + longer.many_there))
            couple = longer
        yield couple


def _longer(
    couple: Couple, plan: Sequence[Unit], report: Sequence[Unit], free: tuple[set[int], set[int]]
) -> Iterator[Couple]:
    for step in (-1, 1):
        at, there = couple.first + step, couple.there + step
        if at in free[0] and plan[at].passage is plan[couple.first].passage:
            yield replace(couple, first=min(at, couple.first), many=2)
        if there in free[1] and report[there].passage is report[couple.there].passage:
            yield replace(couple, there=min(there, couple.there), many_there=2)


def _share(sides: Sides, couple: Couple, plan: Sequence[Unit], report: Sequence[Unit]) -> float:
    ours = frozenset().union(*(unit.bag for unit in plan[couple.first : couple.first + couple.many]))
    theirs = frozenset().union(*(unit.bag for unit in report[couple.there : couple.there + couple.many_there]))
    return _alike(sides, ours, theirs)

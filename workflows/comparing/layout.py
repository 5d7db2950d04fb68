"""Two texts and which of their sentences belong together, laid out as one in the order of the second."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from workflows.comparing.finding import Place
from workflows.comparing.redline import Chapter, Fate, Line, Mark, Redline, Section
from workflows.comparing.wording import all_marked, folded, marked_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence or row of one text. One that is not `shown` takes part only where it belongs to one that is."""

    words: str
    place: Place
    chapter: Chapter | None = None
    begins: bool = True
    shown: bool = True

    @property
    def path(self) -> tuple[str, ...]:
        """The headings it stands under; of a text without headings one that is empty."""
        return self.place.section or ("",)


@dataclass(frozen=True, slots=True)
class Couple:
    """Sentences that belong together: from `first` on so many of the plan, and from `there` on of the report."""

    first: int
    there: int
    many: int = 1
    many_there: int = 1


@dataclass(slots=True)
class _Laid:
    line: Line
    chapter: Chapter | None
    ours: tuple[str, ...]
    theirs: tuple[str, ...]


@dataclass(slots=True)
class _Laying:
    plan: Sequence[Sentence]
    report: Sequence[Sentence]
    by_plan: dict[int, Couple]
    by_report: dict[int, Couple]
    stays: set[Couple]
    laid: list[_Laid] = field(default_factory=list)


def laid_out(plan: Sequence[Sentence], report: Sequence[Sentence], couples: Sequence[Couple]) -> Redline:
    """One text of two: in the order of the report, with what only the plan has where the plan had it.

    A couple that does not keep its order among the others has moved.
    """
    work = _Laying(
        plan,
        report,
        {at: couple for couple in couples for at in range(couple.first, couple.first + couple.many)},
        {at: couple for couple in couples for at in range(couple.there, couple.there + couple.many_there)},
        set(_in_order([couple for couple in couples if report[couple.there].shown])),
    )
    at = there = 0
    for couple in sorted(work.stays, key=lambda one: one.there):
        _lay_plan(work, at, couple.first)
        _lay_report(work, there, couple.there)
        _lay_couple(work, couple)
        at, there = couple.first + couple.many, couple.there + couple.many_there
    _lay_plan(work, at, len(plan))
    _lay_report(work, there, len(report))
    return Redline(sections=tuple(_sections(work.laid)))


def _in_order(couples: Sequence[Couple]) -> list[Couple]:
    """The most couples that keep their order in both texts."""
    ordered = sorted(couples, key=lambda couple: couple.first)
    ends: list[int] = []
    last: list[int] = []
    before: list[int | None] = []
    for at, couple in enumerate(ordered):
        place = bisect_left(ends, couple.there)
        before.append(last[place - 1] if place else None)
        ends[place:] = [couple.there, *ends[place + 1 :]]
        last[place:] = [at, *last[place + 1 :]]
    found: list[Couple] = []
    step = last[-1] if last else None
    while step is not None:
        found.append(ordered[step])
        step = before[step]
    return found[::-1]


def _lay_plan(work: _Laying, start: int, end: int) -> None:
    """What only the plan has, and what moved to where the report is not laid out."""
    for at in range(start, end):
        sentence, couple = work.plan[at], work.by_plan.get(at)
        if couple is None and sentence.shown:
            line = Line(
                fate=Fate.GONE,
                segments=all_marked(sentence.words, Mark.GONE),
                protocol=sentence.place,
                begins=sentence.begins,
            )
            work.laid.append(_Laid(line, sentence.chapter, sentence.path, ()))
        elif couple is not None and at == couple.first and sentence.shown and not work.report[couple.there].shown:
            line = _line(work, couple, Fate.MOVED)
            work.laid.append(_Laid(line, sentence.chapter, sentence.path, ()))


def _lay_report(work: _Laying, start: int, end: int) -> None:
    """What only the report has, and what moved here."""
    for at in range(start, end):
        sentence, couple = work.report[at], work.by_report.get(at)
        if not sentence.shown:
            continue
        if couple is None:
            line = Line(
                fate=Fate.NEW,
                segments=all_marked(sentence.words, Mark.NEW),
                manuscript=sentence.place,
                begins=sentence.begins,
            )
            work.laid.append(_Laid(line, sentence.chapter, (), sentence.path))
        elif couple not in work.stays and at == couple.there:
            work.laid.append(_Laid(_line(work, couple, Fate.MOVED), sentence.chapter, (), sentence.path))


def _lay_couple(work: _Laying, couple: Couple) -> None:
    ours, theirs = work.plan[couple.first], work.report[couple.there]
    line = _line(work, couple, Fate.SAME)
    if any(segment.mark is not Mark.SAME for segment in line.segments):
        line = replace(line, fate=Fate.CHANGED)
    work.laid.append(_Laid(line, theirs.chapter or ours.chapter, ours.path, theirs.path))


def _line(work: _Laying, couple: Couple, fate: Fate) -> Line:
    ours = work.plan[couple.first : couple.first + couple.many]
    theirs = work.report[couple.there : couple.there + couple.many_there]
    return Line(
        fate=fate,
        segments=marked_words(" ".join(one.words for one in ours), " ".join(one.words for one in theirs)),
        protocol=ours[0].place,
        manuscript=theirs[0].place,
        begins=theirs[0].begins,
    )


def _sections(laid: Sequence[_Laid]) -> Iterator[Section]:
    """Lines gathered under the headings of the report; what only the plan has, under its own if none there fits."""
    _place_gone(laid)
    chapter = Chapter.INTRODUCTION
    for (_alone, _path), group in groupby(laid, key=lambda one: (not one.theirs, one.theirs or one.ours)):
        lines = list(group)
        chapter = next((one.chapter for one in lines if one.chapter), chapter)
        titles = Counter(one.ours[-1] for one in lines if one.ours).most_common(1)
        ours, theirs = titles[0][0] if titles else "", lines[0].theirs[-1] if lines[0].theirs else ""
        yield Section(
            chapter=chapter,
            protocol=theirs if folded(ours) == folded(theirs) else ours,
            manuscript=theirs,
            lines=tuple(one.line for one in lines),
        )


def _place_gone(laid: Sequence[_Laid]) -> None:
    """A line of the plan alone stands with the line before or after it that comes from the same section of the plan."""
    for order in (laid, laid[::-1]):
        before: _Laid | None = None
        for one in order:
            if before is not None and not one.theirs and one.ours == before.ours:
                one.theirs = before.theirs
            before = one if one.ours else before

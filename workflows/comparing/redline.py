"""The text of a plan and of its report as one: section by section, what stayed, what went, what is new, what moved.

Plain dataclasses of text and numbers, so that a redline can be kept, shown and published as it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from workflows.comparing.finding import Place

# From so many unchanged words on, a stretch is folded away for whoever reads for what changed.
LONG = 60


class Mark(StrEnum):
    """What became of some words: in both texts, in the plan alone, in the report alone."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


class Fate(StrEnum):
    """What became of a sentence or row."""

    SAME = "same"
    CHANGED = "changed"
    GONE = "gone"
    NEW = "new"
    MOVED = "moved"


class Chapter(StrEnum):
    """The chapters that a plan and its report have in common."""

    INTRODUCTION = "introduction"
    HYPOTHESES = "hypotheses"
    METHODS = "methods"


@dataclass(frozen=True, slots=True)
class Segment:
    """Some words with one mark, without markup. Of words in both texts, those of the report."""

    mark: Mark
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sentence or row in both texts, or in one. `begins` says that a paragraph, item or row begins with it.

    A moved line stands where the report has it; if that is a chapter that is not laid out (the results), where the
    plan had it.
    """

    fate: Fate
    segments: tuple[Segment, ...]
    protocol: Place | None = None
    manuscript: Place | None = None
    begins: bool = True

    @property
    def words(self) -> int:
        """How many words it has, those of both texts once."""
        return sum(len(segment.words.split()) for segment in self.segments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Lines under one heading. The title of either document is empty where the lines stand in the other alone.

    Titles that differ in numbering alone are both the report's.
    """

    chapter: Chapter
    protocol: str = ""
    manuscript: str = ""
    lines: tuple[Line, ...] = ()

    def stretches(self) -> Iterator[tuple[bool, tuple[Line, ...]]]:
        """The lines in order, cut where unchanged ones begin and end; with each whether it can be folded away."""
        for unchanged, group in groupby(self.lines, key=lambda line: line.fate is Fate.SAME):
            lines = tuple(group)
            yield unchanged and sum(line.words for line in lines) >= LONG, lines


@dataclass(frozen=True, slots=True, kw_only=True)
class Redline:
    """Introduction, hypotheses and methods of both documents, in the order of the report."""

    sections: tuple[Section, ...] = ()

    def counts(self) -> dict[Fate, int]:
        """How many lines of each fate there are."""
        fates = [line.fate for section in self.sections for line in section.lines]
        return {fate: fates.count(fate) for fate in Fate}

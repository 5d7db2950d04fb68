"""A document as the comparison sees it: sentences and rows in order, each with its terms, its place and its part."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from journal.reading.comparison.sections import Part, part_of
from journal.reading.comparison.words import terms
from journal.reading.passages import Block, Passage
from workflows.comparing.finding import Place, Span

_LONGEST_QUOTE = 900
_NEARLY_ALL = 0.7
_LONGEST_QUESTION = 12


@dataclass(frozen=True)
class Unit:
    """A sentence, a table row, a heading or a line of code. `at` is its place among the units of its document."""

    at: int
    text: str
    plain: str
    passage: Passage
    line: int | None
    part: Part

    @cached_property
    def terms(self) -> tuple[str, ...]:
        """Its terms in order."""
        return terms(self.plain)

    @cached_property
    def bag(self) -> frozenset[str]:
        """Its terms, each once."""
        return frozenset(self.terms)

    @property
    def block(self) -> Block:
        """What its passage is."""
        return self.passage.block

    @property
    def span(self) -> Span:
        """Its words and where they stand."""
        return Span(self.text, self.place)

    @property
    def place(self) -> Place:
        """Where it stands."""
        passage = self.passage
        return Place(passage.file, self.line, passage.paragraph, passage.section)


@dataclass(frozen=True)
class Document:
    """All units of some files in order. `texts` are the files as text, for quotes that run over several units."""

    units: tuple[Unit, ...]
    texts: Mapping[str, str] = field(default_factory=dict)
    unread: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to compare."""
        return bool(self.units)

    def said(self) -> Iterator[Unit]:
        """The units in which authors speak, but for references."""
        return iter(self._said)

    @cached_property
    def _said(self) -> tuple[Unit, ...]:
        return tuple(unit for unit in self.units if unit.block.says and unit.part is not Part.REFERENCES)

    def in_parts(self, *parts: Part) -> Iterator[Unit]:
        """The said units of some parts."""
        return (unit for unit in self.said() if unit.part in parts)

    def stretch(self, first: Unit, last: Unit) -> Span:
        """The words from one unit to another, verbatim; the first alone where the file or the length forbids it."""
        if first.passage is last.passage:
            text: str | None = first.passage.source
        else:
            text = self.texts.get(first.passage.file)
        if first.at >= last.at or text is None or first.passage.file != last.passage.file:
            return first.span
        start = text.find(first.text)
        while start >= 0:
            end = text.find(last.text, start)
            if 0 <= end - start <= _LONGEST_QUOTE:
                return Span(text[start : end + len(last.text)], first.place)
            start = text.find(first.text, start + 1)
        return first.span

    @cached_property
    def plain(self) -> str:
        """All words, for looking whether something occurs at all."""
        return " ".join(unit.plain for unit in self.units)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """All terms that are said."""
        return frozenset(term for unit in self.said() for term in unit.bag)


def document_of(
    passages: Sequence[Passage], texts: Mapping[str, str], unread: Sequence[str] = (), *, part: Part | None = None
) -> Document:
    """Cut passages into units. `part` gives all of them one part, as a log of deviations needs."""
    units: list[Unit] = []
    title = _title_of(passages)
    question = ""
    for passage in passages:
        if passage.block is Block.COMMENT or passage.block is Block.FRONT_MATTER:
            continue
        question = _question(passage, question)
        where = part or _part(passage, title)
        where = part_of((question,)) if where is Part.OTHER and question else where
        for text, plain, line in _pieces(passage):
            units.append(Unit(len(units), text, plain, passage, line, where))
    return Document(tuple(units), texts, tuple(unread))


def _question(passage: Passage, before: str) -> str:
    """The question of a form that a passage answers: the last one set in bold, until a heading ends it."""
    if passage.block is Block.HEADING:
        return ""
    source = passage.source.strip()
    is_bold = source.startswith("**") and source.endswith("**") and source.count("**") == 2  # noqa: PLR2004
    return " ".join(passage.plain.split()[:_LONGEST_QUESTION]) if is_bold else before


def _title_of(passages: Sequence[Passage]) -> str:
    """The title of the document: the heading above nearly everything, which names no part of it."""
    tops = [passage.section[0] for passage in passages if passage.section]
    headings = {passage.plain for passage in passages if passage.block is Block.HEADING}
    first = tops[0] if tops and tops[0] in headings else ""
    return first if tops.count(first) > _NEARLY_ALL * len(tops) else ""


def _part(passage: Passage, title: str) -> Part:
    section = passage.section[1:] if passage.section[:1] == (title,) else passage.section
    if passage.block is Block.HEADING:
        return Part.OTHER if passage.plain == title else part_of((*section, passage.plain))
    own = part_of((passage.lead,)) if passage.lead else Part.OTHER
    outer = part_of(section)
    if outer in {Part.DEVIATIONS, Part.AMENDED, Part.REFERENCES, Part.ADMINISTRATIVE, Part.ABSTRACT, Part.EXPLORATORY}:
        return outer
    if outer is Part.HYPOTHESES:
        return outer
    return outer if own is Part.OTHER or own in {Part.REFERENCES, Part.ADMINISTRATIVE} else own


def _pieces(passage: Passage) -> Iterator[tuple[str, str, int | None]]:
    if passage.block in {Block.ROW, Block.HEADING}:
        yield passage.source, passage.plain, passage.line
        return
    for sentence in passage.sentences:
        if sentence.plain:
            yield sentence.text, sentence.plain, sentence.line

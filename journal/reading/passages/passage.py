"""What a document is read into: passages, each with its verbatim text, its place and its sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from journal.reading.passages.markup import Markup, plain
from journal.reading.passages.splitting import Span, clauses_of, sentences_of


class Block(StrEnum):
    """What a passage is in its document. Only the first group is what the authors say."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "list item"
    ROW = "table row"
    QUOTE = "block quote"
    FOOTNOTE = "footnote"
    PREFORMATTED = "preformatted"

    CODE = "code"
    COMMENT = "comment"
    FRONT_MATTER = "front matter"
    INSTRUCTION = "template instruction"

    @property
    def says(self) -> bool:
        """Whether the authors speak here: not a program, an aside to themselves, or the form they fill in."""
        return self not in _SILENT


_SILENT = frozenset({Block.CODE, Block.COMMENT, Block.FRONT_MATTER, Block.INSTRUCTION})


class Emphasis(StrEnum):
    """How the whole of a passage is set apart from the text around it."""

    NONE = ""
    ITALIC = "italic"
    BOLD = "bold"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, a clause of a long one, or a cell: `text` verbatim, `plain` without markup.

    It begins at `start` in the source of its passage and on `line` of the file.
    """

    text: str
    plain: str
    start: int
    line: int | None


@dataclass(frozen=True)
class Passage:
    r"""One paragraph, heading, list item, table row or piece of code.

    `source` is an exact substring of the file (line ends as \n); of a Word file it is the plain text, for there is no
    other. `line` counts from 1 and is None in a Word file, which counts `paragraph` instead. `section` is the path of
    headings above. `lead` is the label a passage begins with (bold, italic, or a few words and a colon), without its
    markup. A row has its `cells` as spans of `source` (empty ones too) and the `header` of its table; `under` is the
    plain sentence that introduces the list or table; `asked` the question of a form that it answers, if no heading
    stands between. `language` is that of code.
    """

    file: str
    block: Block
    source: str
    number: int
    line: int | None = None
    paragraph: int | None = None
    section: tuple[str, ...] = ()
    lead: str = ""
    emphasis: Emphasis = Emphasis.NONE
    level: int = 0
    cells: tuple[Span, ...] = ()
    header: tuple[str, ...] = ()
    under: str = ""
    asked: str = ""
    language: str = ""
    markup: Markup = Markup.NONE

    @cached_property
    def plain(self) -> str:
        """The words without markup, white space folded."""
        return words_of(self.source, self.block, self.markup)

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences in order; of a row its cells, of code its lines."""
        return tuple(self._cut(span) for span in self._spans())

    def clauses(self, sentence: Sentence, *, longest: int) -> tuple[Sentence, ...]:
        """The sentence itself, or if it has more than `longest` words, its clauses."""
        span = (sentence.start, sentence.start + len(sentence.text))
        return tuple(self._cut(clause) for clause in clauses_of(self.source, span, longest))

    def _spans(self) -> tuple[Span, ...]:
        if self.cells:
            return tuple(span for span in self.cells if span[0] < span[1])
        if self.block in {Block.CODE, Block.PREFORMATTED}:
            return tuple(_lines_of(self.source))
        return sentences_of(self.source)

    def _cut(self, span: Span) -> Sentence:
        text = self.source[span[0] : span[1]]
        line = None if self.line is None else self.line + self.source.count("\n", 0, span[0])
        return Sentence(text, plain(text, self.markup), span[0], line)


def words_of(source: str, block: Block, markup: Markup) -> str:
    """The words of some source without markup; of a comment what it says."""
    if block is Block.COMMENT:
        return " ".join(source.strip("<!->% \n").split())
    return plain(source, markup)


def _lines_of(source: str) -> Iterator[Span]:
    place = 0
    for line in source.split("\n"):
        words = line.strip()
        if words:
            start = place + line.index(words[0])
            yield (start, start + len(words))
        place += len(line) + 1


@dataclass(frozen=True, slots=True)
class Passages:
    """All that was read of some files, in the order of the text, and what could not be read, in sentences."""

    passages: tuple[Passage, ...]
    unread: tuple[str, ...] = ()
    facts: Mapping[str, int] = field(default_factory=dict)

    def said(self) -> tuple[Passage, ...]:
        """The passages in which the authors speak."""
        return tuple(passage for passage in self.passages if passage.block.says)

"""Cuts Markdown, R Markdown, Quarto and plain text into passages at their source lines.

markdown-it-py finds the blocks and says on which lines they stand; its inline rules, where hostile text can be slow,
are off. The passages are then cut from the lines themselves.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from journal.reading.passages.gathering import Gathered
from journal.reading.passages.instructions import form_question
from journal.reading.passages.markup import Markup, plain
from journal.reading.passages.passage import Block, Passage
from journal.reading.passages.splitting import Span

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_FENCE = re.compile(r"^[ \t]*(?:```|~~~)", re.MULTILINE)
_FENCED_DIV = re.compile(r"^[ \t]*:{3,}.*$", re.MULTILINE)
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:[ \t]+")
_RULE = re.compile(r"[+|\s:=-]*[-=]{3,}[+|\s:=-]*")
_WIDE_GAP = re.compile(r"\S+(?: \S+)*")
_PROSE_LANGUAGES = frozenset({"", "text", "txt", "plain", "plaintext", "md", "markdown", "math", "latex", "tex"})
_HEADING_LINE = re.compile(r"(?:\d+(?:\.\d+)*\.?\s+|[A-Z]\.\s+)?[A-Z][^.!?:;]{2,60}\Z")
_CONTAINERS = frozenset({"list_item_open", "blockquote_open", "list_item_close", "blockquote_close"})


def gather_markdown(text: str, gathered: Gathered, *, is_plain: bool = False) -> None:
    """Add the passages of a text. In plain text nothing is indented code, and a short line alone is a heading."""
    written = text
    matter = _FRONT_MATTER.match(text)
    if matter:
        gathered.add(Passage("", Block.FRONT_MATTER, matter[0].strip(), 0, line=1))
        text = _blanked(text, matter.span())
    for comment in _comments(text):
        gathered.add(Passage("", Block.COMMENT, comment[0].strip(), 0, line=_line_at(text, comment.start())))
    for mask in (*_comments(text), *_FENCED_DIV.finditer(text)):
        text = _blanked(text, mask.span())
    _Cutting(written, gathered, is_plain=is_plain).cut(_blocks(text, is_plain=is_plain))
    gathered.passages.sort(key=lambda passage: passage.line or 0)


def _comments(text: str) -> list[re.Match[str]]:
    """Comments outside of code."""
    fences = [match.start() for match in _FENCE.finditer(text)]
    return [match for match in _COMMENT.finditer(text) if bisect(fences, match.start()) % 2 == 0]


def _blanked(text: str, span: Span) -> str:
    """The text with a part made white, so that every other part keeps its place."""
    return text[: span[0]] + re.sub(r"[^\n]", " ", text[span[0] : span[1]]) + text[span[1] :]


def _line_at(text: str, place: int) -> int:
    return text.count("\n", 0, place) + 1


def _blocks(text: str, *, is_plain: bool) -> Sequence[Token]:
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    if is_plain:
        parser.disable(["code", "lheading", "html_block"])
    return parser.parse(text)


class _Cutting:
    """Walks the blocks and cuts each from its lines."""

    def __init__(self, text: str, gathered: Gathered, *, is_plain: bool) -> None:
        self._lines = text.split("\n")
        self._gathered = gathered
        self._is_plain = is_plain
        self._within: list[str] = []
        self._header: tuple[str, ...] = ()

    def cut(self, tokens: Sequence[Token]) -> None:
        for place, token in enumerate(tokens):
            if token.type in _CONTAINERS:
                self._enter_or_leave(token.type)
            elif token.type == "tr_open":
                self._row(tokens[place:])
            elif token.type in {"fence", "code_block"}:
                self._code(token)
            elif token.type == "html_block":
                self._add(Block.PARAGRAPH, token)
            elif token.type == "inline" and tokens[place - 1].type in {"paragraph_open", "heading_open"}:
                self._words(token, tokens[place - 1])

    def _enter_or_leave(self, kind: str) -> None:
        if kind.endswith("_open"):
            self._within.append(kind)
        else:
            self._within.pop()

    def _words(self, token: Token, opening: Token) -> None:
        if opening.type == "heading_open":
            self._add(Block.HEADING, token, level=int(opening.tag[1:]))
        elif _is_drawn_table(token.content):
            self._drawn_rows(token)
        elif _FOOTNOTE.match(token.content):
            self._add(Block.FOOTNOTE, token)
        elif self._is_plain and not self._within and self._is_title(token.content.strip()):
            self._add(Block.HEADING, token, level=2 if self._gathered.passages else 1)
        elif (question := form_question(token.content)) is not None:
            self._question_and_answer(token, question)
        else:
            self._add(self._block(), token)

    def _question_and_answer(self, token: Token, question: str) -> None:
        """Text of a form where the answer follows on the next line."""
        first, last = token.map or (0, 0)
        source, line = self._between(first, last, token.content)
        lines = question.count("\n") + 1
        answer = "\n".join(source.split("\n")[lines:]).strip()
        self._gathered.add(Passage("", Block.INSTRUCTION, source[: len(question)], 0, line=line))
        self._gathered.add(Passage("", Block.PARAGRAPH, answer, 0, line=line + lines))

    def _is_title(self, words: str) -> bool:
        """Whether a line of plain text alone is a heading, as the first one is."""
        return bool(_HEADING_LINE.fullmatch(words)) or ("\n" not in words and not self._gathered.passages)

    def _block(self) -> Block:
        innermost = self._within[-1] if self._within else ""
        return {"list_item_open": Block.ITEM, "blockquote_open": Block.QUOTE}.get(innermost, Block.PARAGRAPH)

    def _add(self, block: Block, token: Token, *, level: int = 0) -> None:
        first, last = token.map or (0, 0)
        source, line = self._between(first, last, token.content)
        self._gathered.add(Passage("", block, source, 0, line=line, level=level))

    def _between(self, first: int, last: int, content: str) -> tuple[str, int]:
        """The words of some lines, without the marks of lists and quotes before the first of them."""
        lines = self._lines[first:last]
        while lines and not lines[0].strip():
            lines, first = lines[1:], first + 1
        text = "\n".join(lines).rstrip()
        begins = content.lstrip().split("\n", 1)[0].strip()
        start = text.find(begins) if begins else 0
        return text[max(start, 0) :], first + 1

    def _code(self, token: Token) -> None:
        first, last = token.map or (0, 0)
        inner = (first + 1, last - 1) if token.type == "fence" else (first, last)
        language = token.info.strip().strip("{}").split(",")[0].split(" ")[0].lower().lstrip(".")
        is_text = language in _PROSE_LANGUAGES and not token.info.strip().startswith("{")
        source = "\n".join(self._lines[inner[0] : inner[1]])
        block = Block.PREFORMATTED if is_text else Block.CODE
        self._gathered.add(Passage("", block, source, 0, line=inner[0] + 1, language=language))

    def _row(self, tokens: Sequence[Token]) -> None:
        first = (tokens[0].map or (0, 0))[0]
        source = self._lines[first].strip()
        cells = tuple(_cells_in(source, _contents(tokens)))
        if next(token for token in tokens if token.type in {"th_open", "td_open"}).type == "th_open":
            self._header = tuple(plain(source[a:b], Markup.MARKDOWN) for a, b in cells)
        else:
            row = Passage("", Block.ROW, source, 0, line=first + 1, cells=cells, header=self._header)
            self._gathered.add(row)

    def _drawn_rows(self, token: Token) -> None:
        """Rows of tables that only pandoc knows: drawn with + and |, or with gaps under dashes."""
        first = (token.map or (0, 0))[0]
        header: tuple[str, ...] = ()
        for number, line in enumerate(self._lines[slice(*(token.map or (0, 0)))], first + 1):
            source = line.strip()
            if not source or _RULE.fullmatch(source):
                continue
            cells = tuple(_drawn_cells(source))
            self._gathered.add(Passage("", Block.ROW, source, 0, line=number, cells=cells, header=header))
            header = header or tuple(plain(source[a:b], Markup.MARKDOWN) for a, b in cells)


def _contents(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "tr_close":
            return
        if token.type == "inline":
            yield token.content


def _cells_in(source: str, contents: Iterator[str]) -> Iterator[Span]:
    place = 0
    for content in contents:
        written = content if source.find(content, place) >= 0 else content.replace("|", "\\|")
        start = source.find(written, place)
        place = max(start, place) + (len(written) if start >= 0 else 0)
        yield (place - len(written), place) if start >= 0 else (place, place)


def _is_drawn_table(content: str) -> bool:
    lines = [line.strip() for line in content.split("\n")]
    return len(lines) > 2 and any(_RULE.fullmatch(line) and ("  " in line or line[0] in "+|-") for line in lines)  # noqa: PLR2004


def _drawn_cells(source: str) -> Iterator[Span]:
    if source.startswith("|"):
        return (match.span() for match in re.finditer(r"[^|\s](?:[^|]*[^|\s])?", source))
    return (match.span() for match in _WIDE_GAP.finditer(source))

"""Reads a Word file into passages: opened and packed anew, then read by pandoc, both in the confined child."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from journal.reading.inspection import Kind, Refused, inspect
from journal.reading.pandoc import Converted, convert
from journal.reading.passages.gathering import Gathered
from journal.reading.passages.passage import Block, Emphasis, Passage
from journal.reading.passages.splitting import Span
from journal.reading.tree import TOO_DEEP, Node, rows_of, text_of, walk, why_too_large

_LABEL = 120
_COLUMNS_OF_A_FORM, _HEADER_WORDS = 2, 5


def gather_word(body: bytes, gathered: Gathered, *, reject: bool) -> int | str:
    """Add the passages of a Word file; how many tracked changes it has, or why it cannot be read."""
    inspected = inspect(Kind.WORD, body)
    if isinstance(inspected, Refused):
        return inspected.words
    changes = "reject" if reject else "accept"
    converted = convert(inspected.clean, ["-f", "docx", f"--track-changes={changes}", "-t", "json"])
    if not isinstance(converted, Converted):
        return converted.words
    try:
        tree: Mapping[str, Any] = json.loads(converted.text)
    except RecursionError:
        return TOO_DEEP
    too_large = why_too_large([*tree["blocks"], tree["meta"]])
    if too_large:
        return too_large
    _Walking(gathered).read(tree["blocks"])
    return int(inspected.facts.get("changes", 0))


class _Walking:
    """Walks pandoc's blocks, counting paragraphs as a reader of the Word file would."""

    def __init__(self, gathered: Gathered) -> None:
        self._gathered = gathered
        self._paragraph = 0

    def read(self, blocks: list[Node], block: Block = Block.PARAGRAPH) -> None:
        for node in blocks:
            self._read(node, block)

    def _read(self, node: Node, block: Block) -> None:
        kind, content = node["t"], node.get("c", [])
        if kind == "Header":
            self._words(content[2], Block.HEADING, level=content[0])
        elif kind in {"Para", "Plain"}:
            self._words(content, block)
        elif kind == "CodeBlock":
            self._add(Passage("", Block.CODE, content[1], 0))
        elif kind == "Table":
            self._table(node)
        else:
            for inner, inner_block in _inner(kind, content, block):
                self.read(inner, inner_block)

    def _words(self, inlines: list[Node], block: Block, *, level: int = 0) -> None:
        source = text_of(inlines)
        emphasis = _emphasis(inlines)
        self._add(Passage("", block, source, 0, level=level, lead=_lead(inlines, source), emphasis=emphasis))
        for note in (node for node in walk(inlines) if node["t"] == "Note"):
            self.read(note["c"], Block.FOOTNOTE)

    def _table(self, table: Node) -> None:
        rows = [_texts(row) for row in rows_of(table)]
        has_header = bool(rows) and (bool(table["c"][3][1]) or _could_be_header(rows[0]))
        header = tuple(rows[0]) if has_header else ()
        self._paragraph += has_header
        for texts in rows[has_header:]:
            source, cells = _joined(texts)
            self._add(Passage("", Block.ROW, source, 0, cells=cells, header=header))

    def _add(self, passage: Passage) -> None:
        self._paragraph += 1
        self._gathered.add(replace(passage, paragraph=self._paragraph))


def _texts(row: list[Any]) -> list[str]:
    return [" ".join(filter(None, (text_of(block) for block in cell[4]))) for cell in row[1]]


def _could_be_header(texts: list[str]) -> bool:
    """Whether a first row that Word does not mark names columns: a form of two columns asks in it already."""
    return len(texts) > _COLUMNS_OF_A_FORM and all(text and len(text.split()) <= _HEADER_WORDS for text in texts)


def _inner(kind: str, content: list[Any], block: Block) -> Iterator[tuple[list[Node], Block]]:
    if kind in {"BulletList", "OrderedList"}:
        items = content if kind == "BulletList" else content[1]
        yield from ((item, Block.ITEM) for item in items)
    elif kind in {"BlockQuote", "Div"}:
        yield (content, Block.QUOTE) if kind == "BlockQuote" else (content[1], block)
    elif kind == "Figure":
        yield content[1][1], block
    elif kind == "DefinitionList":
        for term, meanings in content:
            yield [{"t": "Plain", "c": term}], Block.ITEM
            yield from ((meaning, Block.ITEM) for meaning in meanings)


def _joined(texts: list[str]) -> tuple[str, tuple[Span, ...]]:
    """The cells of a row as one text, a tab between them, and where each stands in it."""
    cells: list[Span] = []
    place = 0
    for text in texts:
        cells.append((place, place + len(text)))
        place += len(text) + 1
    return "\t".join(texts), tuple(cells)


def _lead(inlines: list[Node], source: str) -> str:
    """The bold or italic words that a paragraph begins with, if it goes on after them."""
    first = next((node for node in inlines if node["t"] not in {"Space", "SoftBreak", "Span"}), None)
    words = text_of(first) if first is not None and first["t"] in {"Strong", "Emph", "Underline"} else ""
    return words.rstrip(".: ") if words and len(words) < _LABEL and len(source) > len(words) + 2 else ""


def _emphasis(inlines: list[Node]) -> Emphasis:
    """How the whole of a paragraph is set apart, if it is."""
    kinds = {node["t"] for node in inlines} - {"Space", "SoftBreak", "LineBreak"}
    if len(kinds) != 1:
        return Emphasis.NONE
    return {"Emph": Emphasis.ITALIC, "Strong": Emphasis.BOLD}.get(kinds.pop(), Emphasis.NONE)

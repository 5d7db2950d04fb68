"""The words of a document, one paragraph, heading, row or line of code a line: for search and for comparing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from journal.reading.tree import Node, rows_of, text_of, walk


def plain_text(blocks: list[Node]) -> str:
    """All lines that have words, notes directly after what calls them."""
    return "\n".join(line for line in _lines(blocks) if line.strip())


def _lines(blocks: list[Node]) -> Iterator[str]:
    for block in blocks:
        yield from _lines_of(block)


def _lines_of(block: Node) -> Iterator[str]:
    kind, content = block["t"], block.get("c", [])
    if kind in {"Para", "Plain"}:
        yield from _with_notes(content)
    elif kind == "Header":
        yield from _with_notes(content[2])
    elif kind == "CodeBlock":
        yield from content[1].splitlines()
    elif kind == "LineBlock":
        yield from map(text_of, content)
    elif kind == "Table":
        yield from _lines(content[1][1])
        yield from ("\t".join(" ".join(_lines(cell[4])) for cell in row[1]) for row in rows_of(block))
    else:
        yield from (line for part in _parts_of(kind, content) for line in _lines(part))


def _parts_of(kind: str, content: list[Any]) -> list[list[Node]]:
    """The lists of blocks that a block holds, in the order of the text."""
    match kind:
        case "BlockQuote" | "Div":
            parts = [content if kind == "BlockQuote" else content[1]]
        case "BulletList" | "OrderedList":
            parts = content if kind == "BulletList" else content[1]
        case "Figure":
            parts = [content[1][1]]
        case "DefinitionList":
            parts = [part for term, meanings in content for part in ([{"t": "Plain", "c": term}], *meanings)]
        case _:
            parts = []
    return parts


def _with_notes(inlines: list[Node]) -> Iterator[str]:
    yield text_of(inlines)
    for node in walk(inlines):
        if node["t"] == "Note":
            yield from _lines(node["c"])

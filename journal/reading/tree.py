"""The document tree as pandoc writes it in JSON (pandoc-types 1.23): walking it, measuring it, reading text from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

Node = dict[str, Any]

NO_ATTRIBUTES: tuple[str, list[str], list[list[str]]] = ("", [], [])
DEEPEST, MOST_CELLS, MOST_COLUMNS, MOST_LETTERS, MOST_NODES = 100, 20_000, 100, 3_000_000, 2_000_000
SPACES = {"Space", "SoftBreak", "LineBreak"}
PARAGRAPHS = {"Para", "Plain", "Header"}
WITHOUT_WORDS = {"Note", "Table", "RawInline", "RawBlock"}
QUOTES = {"SingleQuote": "'", "DoubleQuote": '"'}
WORDS_AT: Mapping[str, tuple[int, ...]] = {
    **dict.fromkeys(
        ("Code", "Math", "CodeBlock", "Link", "Image", "Span", "Div", "Cite", "Quoted", "OrderedList"), (1,)
    ),
    "Header": (2,),
    "Figure": (1, 1),
}
TOO_DEEP = (
    f"The manuscript nests lists, quotations or blocks more than {DEEPEST} deep. Look for lines that begin with many"
    " > signs, or for blocks that never close, and upload it again."
)
TOO_MANY_CELLS = (
    f"The manuscript's tables have more than {MOST_CELLS:,} cells, or one has more than {MOST_COLUMNS} columns. Move"
    " the largest into a supplementary data file and show what matters of it."
)
TOO_LONG = (
    "The manuscript is longer than 3 million letters. Move material into supplementary files and upload it again."
)


def no_attributes() -> list[Any]:
    """A fresh empty attribute: no id, no classes, no pairs."""
    return ["", [], []]


def strings(words: str) -> list[Node]:
    """Inlines that say these words."""
    inlines: list[Node] = []
    for word in words.split():
        inlines += [{"t": "Str", "c": word}, {"t": "Space"}]
    return inlines[:-1]


def walk(value: object) -> Iterator[Node]:
    """Every element below a value, in the order of the text, without recursion."""
    waiting = [value]
    while waiting:
        current = waiting.pop()
        if isinstance(current, dict):
            if "t" in current:
                yield current
                waiting.append(current.get("c"))
            else:
                waiting.extend(reversed(current.values()))
        elif isinstance(current, list):
            waiting.extend(reversed(current))


def text_of(value: object) -> str:
    """The plain words below a value, formulas as their TeX, notes left out."""
    parts: list[str] = []
    waiting = [value]
    while waiting:
        current = waiting.pop()
        if isinstance(current, str):
            parts.append(current)
        elif isinstance(current, list):
            waiting.extend(reversed(current))
        elif isinstance(current, dict):
            waiting.append(_words_in(current))
    return " ".join("".join(parts).split())


def _words_in(node: Mapping[str, Any]) -> list[Any]:
    """What of an element is words, as strings and as elements that hold more."""
    kind, content = str(node.get("t")), node.get("c", [])
    if kind in SPACES:
        return [" "]
    if kind in WITHOUT_WORDS:
        return []
    for place in WORDS_AT.get(kind, ()):
        content = content[place]
    marks = QUOTES.get(node["c"][0]["t"], "") if kind == "Quoted" else " " if kind in PARAGRAPHS else ""
    return [marks, content, marks]


def why_too_large(blocks: list[Node]) -> str | None:
    """What the author is told of a tree beyond the limits; None for one within them. Does not recurse."""
    letters = nodes = cells = 0
    waiting: list[tuple[object, int]] = [(blocks, 0)]
    while waiting:
        current, depth = waiting.pop()
        if isinstance(current, str):
            letters += len(current)
        elif isinstance(current, list):
            waiting.extend((item, depth) for item in current)
        elif isinstance(current, dict):
            nodes += 1
            if current.get("t") == "Table":
                cells += _cells(current)
            waiting.extend((item, depth + ("t" in current)) for item in current.values())
        if depth > DEEPEST:
            return TOO_DEEP
        if cells > MOST_CELLS:
            return TOO_MANY_CELLS
        if letters > MOST_LETTERS or nodes > MOST_NODES:
            return TOO_LONG
    return None


def _cells(table: Node) -> int:
    columns = len(table["c"][2])
    if columns > MOST_COLUMNS:
        return MOST_CELLS + 1
    return sum(len(row[1]) for row in rows_of(table))


def rows_of(table: Node) -> list[list[Any]]:
    """The rows of a table, head, bodies and foot; each `[attributes, cells]`."""
    _attributes, _caption, _columns, head, bodies, foot = table["c"]
    inner = [row for body in bodies for row in (*body[2], *body[3])]
    return [*head[1], *inner, *foot[1]]

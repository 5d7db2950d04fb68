"""Invented protocols in the field's many styles, with what a careful reader lists. Imports nothing of ours."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "fixtures" / "protocols"
SILENT = "silent"
ENOUGH = 0.6
_LIST = re.compile(r"^(?P<kind>[a-z]+): (?P<quote>.+)$", re.MULTILINE)
_WORD = re.compile(r"[^\W_]+(?:[.,][0-9]+)*|[<>=≤≥±−]")


@dataclass(frozen=True)
class Item:
    """One item of a protocol as a reader listed it."""

    kind: str
    quote: str


@dataclass(frozen=True)
class Study:
    """A protocol with its files, the manuscript first, what is listed, and what must not be taken for plan."""

    name: str
    files: Mapping[str, bytes]
    items: tuple[Item, ...]
    silent: tuple[str, ...]


def studies() -> list[Study]:
    """All invented studies."""
    return [study(folder.name) for folder in sorted(FOLDER.iterdir()) if folder.is_dir()]


def study(name: str) -> Study:
    """One of them."""
    folder = FOLDER / name
    listed = [
        Item(match["kind"], match["quote"]) for match in _LIST.finditer((folder / "items.txt").read_text("utf-8"))
    ]
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != "items.txt")
    paths.sort(key=lambda path: path.stem != "protocol")
    return Study(
        name,
        {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths},
        tuple(item for item in listed if item.kind != SILENT),
        tuple(item.quote for item in listed if item.kind == SILENT),
    )


def words(text: str) -> list[str]:
    """The words of a text as they are compared: without marks of any format, in small letters."""
    text = text.replace("{,}", ",").replace("\\%", "%").replace("\\alpha", "α").replace("---", " ")
    return _WORD.findall(text.replace("`", "").replace("*", "").replace("$", "").lower())


def covers(quote: str, listed: str) -> bool:
    """Whether a quote shows a listed item: the words of one in order are mostly those of the other."""
    ours, theirs = words(quote), words(listed)
    shared = _in_order(ours, theirs)
    return shared >= ENOUGH * len(theirs) or (len(ours) > 3 and shared == len(ours))


def _in_order(left: list[str], right: list[str]) -> int:
    """The length of the longest sequence of words that both have in the same order."""
    best = [0] * (len(right) + 1)
    for word in left:
        before = 0
        for place, other in enumerate(right, 1):
            before, best[place] = best[place], before + 1 if word == other else max(best[place], best[place - 1])
    return best[-1]


def recall(quotes: list[str], items: tuple[Item, ...]) -> list[Item]:
    """The items that no quote shows."""
    return [item for item in items if not any(covers(quote, item.quote) for quote in quotes)]

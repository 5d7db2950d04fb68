"""A file as a tree whose every value knows its line, before anything is understood of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

DEPTH_LIMIT = 20
NODE_LIMIT = 100_000


@dataclass(frozen=True, slots=True)
class Problem(Exception):
    """Why a file cannot be read: the line (from 1), what is wrong, what to do. `field` is where it stands."""

    line: int
    words: str
    remedy: str
    field: str = ""

    def __str__(self) -> str:
        """The problem as a line for people."""
        return f"line {self.line}: {self.words} {self.remedy}"


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as it was typed. `plain` means without quotes: then `null` is nothing and `true` is yes."""

    line: int
    text: str
    plain: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """A list."""

    line: int
    items: "Sequence[Node]"


@dataclass(frozen=True, slots=True)
class Keyed:
    """Fields by name, in order. No name comes twice."""

    line: int
    items: "Sequence[tuple[Scalar, Node]]"


Node: TypeAlias = Scalar | Listed | Keyed


def keyed(line: int, items: "Sequence[tuple[Scalar, Node]]") -> Keyed:
    """Fields by name. Raises Problem where a name comes twice."""
    seen: dict[str, int] = {}
    for key, _ in items:
        if key.text in seen:
            words = f"{key.text} stands here a second time; the first is in line {seen[key.text]}."
            raise Problem(key.line, words, "Remove one of the two, or give it its own entry.", key.text)
        seen[key.text] = key.line
    return Keyed(line, items)

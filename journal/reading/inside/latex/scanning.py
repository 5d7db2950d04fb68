"""Finds groups and arguments in LaTeX source."""

from __future__ import annotations

import re
from collections.abc import Callable

_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_SPACE = re.compile(r"\s*")
_OPTION = re.compile(r"\s*(?:\[[^\[\]]*\]|\*)")


def group(text: str, place: int) -> tuple[str, int] | None:
    """What stands in the braces that open at `place` (after white space), and where they end; None where none do."""
    start = _after_space(text, place)
    if not text.startswith("{", start):
        return None
    depth = 0
    for match in _BRACE.finditer(text, start):
        if match[0] in "{}":
            depth += 1 if match[0] == "{" else -1
        if depth == 0:
            return text[start + 1 : match.start()], match.end()
    return None


def _after_space(text: str, place: int) -> int:
    match = _SPACE.match(text, place)
    return match.end() if match else place


def arguments(text: str, place: int, count: int) -> tuple[list[str], int] | None:
    """`count` groups from `place` on, options in square brackets passed over; None where there are fewer."""
    found: list[str] = []
    while len(found) < count:
        while option := _OPTION.match(text, place):
            place = option.end()
        one = group(text, place)
        if one is None:
            return None
        found.append(one[0])
        place = one[1]
    return found, place


def rewritten(text: str, command: re.Pattern[str], count: int, say: Callable[[re.Match[str], list[str]], str]) -> str:
    """`text` with each `command` and its `count` arguments replaced by what `say` answers; the inner ones last."""
    parts: list[str] = []
    place = 0
    for match in command.finditer(text):
        if match.start() < place:
            continue
        taken = arguments(text, match.end(), count)
        if taken is None:
            continue
        parts += [text[place : match.start()], say(match, taken[0])]
        place = taken[1]
    return "".join([*parts, text[place:]]) if parts else text

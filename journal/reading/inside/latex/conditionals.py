"""Settles the conditions of a LaTeX source (iffalse, ifx, the author's own switches) by what the source says."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"\\newif\s*\\if[A-Za-z]+|\\(?P<word>if(?:false|true|x|[A-Za-z]*)|else|fi)(?![A-Za-z])")
_NEW = re.compile(r"\\newif\s*\\if(?P<name>[A-Za-z]+)")
_COMPARED = re.compile(r"\s*\\(?P<one>[A-Za-z@]+)\s*\\(?P<other>[A-Za-z@]+)")
_EMPTY = re.compile(r"\\(?:(?:re)?newcommand\*?|providecommand\*?|def)\s*\{?\\(?P<name>[A-Za-z]+)\}?\s*\{\s*\}")
_DEFINED = re.compile(r"\\(?:(?:re)?newcommand\*?|providecommand\*?|def)\s*\{?\\(?P<name>[A-Za-z]+)\}?")
_NOTHING = frozenset({"empty", "@empty"})
_UNKNOWN = frozenset({"undefined", "@undefined"})
DEEPEST = 40


def settled(text: str) -> str:
    """`text` with each condition replaced by the branch it takes; as it was where conditions are not balanced."""
    switches = {match["name"]: False for match in _NEW.finditer(text)}
    for name in switches:
        turned = re.findall(rf"\\{name}(true|false)(?![A-Za-z])", text)
        switches[name] = bool(turned) and turned[-1] == "true"
    known = _Known(switches, _names(_EMPTY, text), _names(_DEFINED, text))
    parts: list[str] = []
    place = _through(text, 0, parts, known, 0)
    return "".join(parts) if place == len(text) else text


class _Known:
    """What the source says of its own commands."""

    def __init__(self, switches: dict[str, bool], empty: frozenset[str], defined: frozenset[str]) -> None:
        self.switches, self.empty, self.defined = switches, empty, defined

    def is_condition(self, word: str) -> bool:
        """Whether a word that begins with "if" is a condition (iff is a sign)."""
        return word in {"iffalse", "iftrue", "ifx"} or word.removeprefix("if") in self.switches

    def holds(self, word: str, text: str, place: int) -> tuple[bool, int]:
        """Whether a condition holds, and where its first branch begins."""
        if word != "ifx":
            return word == "iftrue" or self.switches.get(word.removeprefix("if"), False), place
        compared = _COMPARED.match(text, place)
        if compared is None:
            return False, place
        pair = {compared["one"], compared["other"]}
        named = pair - _NOTHING - _UNKNOWN
        is_empty = bool(pair & _NOTHING) and named <= self.empty
        is_unknown = bool(pair & _UNKNOWN) and not named & self.defined
        return is_empty or is_unknown, compared.end()


def _names(pattern: re.Pattern[str], text: str) -> frozenset[str]:
    return frozenset(match["name"] for match in pattern.finditer(text))


def _through(text: str, place: int, parts: list[str], known: _Known, depth: int) -> int:
    """Copy from `place` to the end, or to the else or fi that ends a branch, and say where that begins."""
    while match := _TOKEN.search(text, place):
        word = match["word"]
        if word in {"else", "fi"} and depth:
            parts.append(text[place : match.start()])
            return match.start()
        if word is None or not known.is_condition(word) or depth > DEEPEST:
            parts.append(text[place : match.end()])
            place = match.end()
            continue
        parts.append(text[place : match.start()])
        place = _condition(text, match, parts, known, depth)
        if place < 0:
            return place
    if depth:
        return -1
    parts.append(text[place:])
    return len(text)


def _condition(text: str, match: re.Match[str], parts: list[str], known: _Known, depth: int) -> int:
    holds, place = known.holds(str(match["word"]), text, match.end())
    first: list[str] = []
    second: list[str] = []
    place = _through(text, place, first, known, depth + 1)
    if place >= 0 and text.startswith("\\else", place):
        place = _through(text, place + len("\\else"), second, known, depth + 1)
    if place < 0 or not text.startswith("\\fi", place):
        return -1
    parts += first if holds else second
    return place + len("\\fi")

"""Cuts a paragraph into sentences, and a long sentence into clauses, as spans of the source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import TypeAlias

Span: TypeAlias = "tuple[int, int]"

_ABBREVIATION = re.compile(
    r"e\.g|i\.e|eg|ie|vs|cf|al|figs?|eqs?|secs?|sect|tab|nos?|nr|pp?|ca|approx|resp|dr|prof|mrs?|ms|st|jr|inc|ltd|co"
    r"|eds?|vol|ch|app|refs?|incl|excl|min|max|avg|est|std|dev|viz|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
    r"|hyp|exp|n\.b|a\.k\.a|w\.r\.t"
)
_CLOSING, _OPENING = r"[\"'”’»)\]}*_`]*", r"[\"'“‘«(\[{*_`$\\~]*"
_END = re.compile(rf"(?P<mark>[.!?…]){_CLOSING}(?P<space>\s+)(?={_OPENING}[A-Z0-9À-ÖØ-ÞΑ-Ω<>≥≤±]|[`$]|\*\*|\\)")
# Lines that stand for themselves though no blank line parts them: hard breaks, and "**Label:** value" under another.
_LINE_END = re.compile(r"(?:  +|\\)\n|\n(?=\s*(?:\*\*|__)[^*_\n]{1,60}(?::(?:\*\*|__)|(?:\*\*|__):))")
_WORD_BEFORE = re.compile(r"[\w.]+\Z")
_NUMBERED = re.compile(r"[\s*_(\[]*(?:\d+|[A-Za-z])\Z")
_CLAUSE = re.compile(
    r"(?<=;)\s+|\s+(?=[—–→]\s)|(?<=:)\s+|(?<=\))[,;]\s+|\s+(?=\([a-z0-9]{1,3}\)\s)|(?<=,)\s+(?=(?:and|or|but)\s)"
)
_LETTER = re.compile(r"\w")


def words_in(text: str) -> int:
    """How many words a text has."""
    return sum(_LETTER.search(word) is not None for word in text.split())


def sentences_of(source: str) -> tuple[Span, ...]:
    """The sentences of a paragraph. Abbreviations, initials, decimals and numbers of a list end none."""
    cuts = sorted({*(cut for cut in _ends(source)), *(match.end() for match in _LINE_END.finditer(source))})
    return tuple(_trimmed(source, [0, *cuts, len(source)]))


def _ends(source: str) -> Iterator[int]:
    last = 0
    for match in _END.finditer(source):
        if match["mark"] != "." or not _is_abbreviated(source[last : match.start()]):
            last = match.end()
            yield last


def _is_abbreviated(before: str) -> bool:
    word = _WORD_BEFORE.search(before)
    if word is None:
        return False
    last = word[0].lower().strip(".")
    is_initial = len(last) == 1 and last.isalpha() and word[0].isupper()
    return (
        bool(_ABBREVIATION.fullmatch(last))
        or (is_initial and not before.rstrip().endswith(")"))
        or bool(_NUMBERED.match(before))
    )


def clauses_of(source: str, span: Span, longest: int) -> tuple[Span, ...]:
    """The span itself if it has at most `longest` words, or its clauses, joined as long as that many allow."""
    start, end = span
    if words_in(source[start:end]) <= longest:
        return (span,)
    cuts = [start + match.end() for match in _CLAUSE.finditer(source[start:end])]
    joined = [start]
    following_cuts = [*cuts[1:], end] if cuts else []
    for cut, following in zip(cuts, following_cuts, strict=True):
        if words_in(source[joined[-1] : following]) > longest:
            joined.append(cut)
    return tuple(_trimmed(source, [*joined, end]))


def _trimmed(source: str, cuts: list[int]) -> Iterator[Span]:
    for start, end in pairwise(cuts):
        text = source[start:end]
        if words := text.strip():
            first = start + text.index(words)
            yield (first, first + len(words))

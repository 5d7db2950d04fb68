"""Marks the words of a quote that the quote beside it does not have."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from workflows.comparing.finding import Finding, Span, Wording

_PIECES = re.compile(r"(\s+)")
_BARE = re.compile(r"^\W+|\W+$")
_MOST_MARKED = 0.6


def marked(finding: Finding, span: Span) -> Markup:
    """A quote with the words marked that the other lacks, where something differs and most words are the same."""
    other = finding.manuscript if span is finding.protocol else finding.protocol
    if other is None or finding.wording is not Wording.DIFFERS:
        return escape(span.quote)
    known = {_bare(word) for word in other.quote.split()}
    pieces = _PIECES.split(span.quote)
    new = [bool(_bare(piece)) and _bare(piece) not in known for piece in pieces]
    words = sum(bool(piece.strip()) for piece in pieces)
    if sum(new) > _MOST_MARKED * words:
        return escape(span.quote)
    shown = (
        Markup("<mark>{}</mark>").format(piece) if is_new else escape(piece)
        for piece, is_new in zip(pieces, new, strict=True)
    )
    return Markup("").join(shown)


def _bare(word: str) -> str:
    return _BARE.sub("", word).lower()

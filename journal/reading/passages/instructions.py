"""Tells the questions of a form from the answers in it."""

from __future__ import annotations

import re

from journal.reading.passages.passage import Block, Emphasis, Passage
from journal.reading.passages.splitting import sentences_of

# A form speaks to its reader; a plan does not.
_ADDRESSES = re.compile(r"\b(?:you|your|yours|please|if applicable)\b", re.IGNORECASE)
_ASKS = re.compile(
    r"^(?:please|what|which|how|why|who|when|where|will|do|does|are|is|have|list|state|describe|specify|explain|provide|indicate"
    r"|define|give|note|name|include|enter|select|choose|report|outline|summari[sz]e|identify|justify|example)\b",
    re.IGNORECASE,
)
# What only a form says so: a request with nothing of the study in it.
_REQUESTS = re.compile(
    r"^(?:describe|specify|list|indicate|provide|explain|outline|state (?:if|whether|which|the|how|what)) [^\d=]*\Z",
    re.IGNORECASE,
)
_OURS = re.compile(r"\b(?:we|our|I|my)\b")
_EMPHASISED = re.compile(r"\s*(?P<mark>\*{1,3}|_{1,3})(?=[^\s*_])(?P<words>.+?)\s*(?P=mark)\s*\Z", re.DOTALL)
_TEX_EMPHASISED = re.compile(r"\s*(?:\{\\(?:it|em|itshape)\b|\\(?:emph|textit)\{)(?P<words>.+)\}\s*\Z", re.DOTALL)
_BRACKETED = re.compile(r"\s*[\[{<](?P<words>[^\[\]{}<>]+)[\]}>]\s*\Z", re.DOTALL)
_QUOTED = re.compile(r"[\"“”«»`]")


def is_instruction(passage: Passage, words: str) -> bool:
    """Whether a passage (with its plain words) is a form's own text: advice set apart, or a question to be answered."""
    if not words or _QUOTED.search(words[:3]):
        return False
    if passage.emphasis is Emphasis.ITALIC or _set_apart(passage.source):
        return bool(_ASKS.match(words) or _ADDRESSES.search(words))
    if _REQUESTS.match(words) and not _OURS.search(words) and passage.block is Block.PARAGRAPH:
        return True
    return bool(_ADDRESSES.search(words) and (_ASKS.match(words) or words.rstrip(") ").endswith("?")))


def form_question(text: str) -> str | None:
    """The question or request that some text begins with, when it ends its line and the answer follows on the next."""
    first = next(iter(sentences_of(text)), None)
    if first is None:
        return None
    question = text[first[0] : first[1]]
    goes_on = text[first[1] : first[1] + 3].lstrip(" ").startswith("\n")
    return question if goes_on and (_ASKS.match(question) or _ADDRESSES.search(question)) else None


def _set_apart(source: str) -> bool:
    match = _EMPHASISED.match(source) or _TEX_EMPHASISED.match(source)
    if match is not None:
        return "\n\n" not in match["words"] and match.groupdict().get("mark", "*") not in {"**", "__"}
    return bool(_BRACKETED.match(source))

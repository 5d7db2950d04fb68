"""Whether a text is English: the cues are, and a guess in another language would be worse than none."""

from __future__ import annotations

import re

_FUNCTION_WORDS = re.compile(
    r"the|of|and|to|is|that|for|be|are|will|with|on|by|as|or|not|we|from|this|each|which|if|at|it|have|has|than|between"
    r"|all|our|their|any|no|per"
)
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-z]")
ENOUGH_WORDS = 40
LEAST_SHARE = 0.12
NOT_ENGLISH = (
    "The manuscript does not seem to be in English. Proposals are read from English only, so none is made: enter the"
    " rows in the form, or give an English translation."
)


def is_english(text: str) -> bool:
    """Whether enough of its words are English function words; a text too short to tell is taken for English."""
    words = _WORD.findall(text.lower())
    if len(words) < ENOUGH_WORDS:
        return len(_LATIN.findall(text)) * 2 >= len("".join(words))
    return sum(_FUNCTION_WORDS.fullmatch(word) is not None for word in words) >= LEAST_SHARE * len(words)

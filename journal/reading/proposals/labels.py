"""The labels that authors give to what they ask: H1, Hypothesis 2a, RQ3, Prediction 1, Branch B2."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from journal.reading.proposals.proposal import Kind
from journal.reading.proposals.sections import themes_of

_NUMBER = r"\s?[-.#_]?\s?\d{1,2}(?:[a-z]|[.-]\w+)?['′*]?"
_STRONG = re.compile(
    rf"(?P<label>(?:(?:primary|secondary|main|exploratory|confirmatory)\s+)?(?:hypothesis|research question|prediction"
    rf"|conjecture|branch)(?:{_NUMBER}|\s[A-Z]\d?\b)|(?:H|RQ|Hyp\.?){_NUMBER}(?!\w)"
    r"|(?:null|primary|secondary|main|alternative) hypothesis\b)",
    re.IGNORECASE,
)
_WEAK = re.compile(r"(?P<label>(?:[PQCEAB]|Claim|Question|Aim|Objective|Expectation)\s?-?\d{1,2}[a-z]?)(?!\w)")
_AFTER = re.compile(r"\s*(?:\([^()]*\)\s*)?[★*:.)\]—–|→-]*\s*(?:\([^()]*\)\s*)?[:.—–-]?\s*")
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label and the words after it; `is_strong` for labels that only hypotheses and questions bear."""

    label: str
    rest: str
    is_strong: bool


def labelled(words: str) -> Labelled | None:
    """The label that some words begin with, or None. A label that names a rule or a test of something is not one."""
    words = unicodedata.normalize("NFKC", words)  # subscripts are numbers too
    strong = _STRONG.match(words)
    match = strong or _WEAK.match(words)
    if match is None:
        return None
    after = _AFTER.match(words, match.end())
    rest = words[after.end() :] if after else ""
    if after is not None and not after[0].strip() and rest:
        return None if _names_something_else(rest) else Labelled(match["label"], rest, strong is not None)
    return Labelled(match["label"], rest, strong is not None)


def _names_something_else(rest: str) -> bool:
    """Whether the words go on without a break, as in "H2 test" or "H1 is supported if"."""
    return bool(rest[:1].islower() or themes_of(rest[:40]) - {Kind.HYPOTHESIS})


def is_title(rest: str) -> bool:
    """Whether what follows a label in a heading only names it, and the statement comes below."""
    return len(rest.split()) <= _SHORT

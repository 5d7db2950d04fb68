"""What two worlds may differ in: the values themselves, each folded to one word. All else is compared as bytes."""

import re
from dataclasses import dataclass

from tests.noninterference.tokens import without_tokens
from tests.resultblind.directions import Direction
from workflows.outcomes import Outcome
from workflows.verdicts import Verdict

_WORDS = [each.words for each in (*Outcome, *Verdict)]
_CONCLUSIONS = sorted({*_WORDS, "null", "unclear", *(each.value for each in (*Outcome, *Verdict))}, key=len)[::-1]
_SIGN = "[-\N{MINUS SIGN}+]?"
_NUMBERS = sorted({text.lstrip("-") for each in Direction for text in each.value[1:]})


@dataclass(frozen=True)
class Fold:
    """A value that may differ, and why it may."""

    why: str
    pattern: re.Pattern[str]
    becomes: str


def _fold(why: str, pattern: str, becomes: str) -> Fold:
    return Fold(why, re.compile(pattern, re.IGNORECASE), becomes)


FOLDS = (
    _fold(
        "what is missing for a null to be informative, told where a null is",
        r"<p>A null would be informative[^<]*</p>|<p><b>Why uninformative\.</b>[^<]*</p>"
        r"| An informative null would need more: [^<]*",
        "",
    ),
    _fold("whether the interval excludes the smallest effect", r"effects as large are (?:not )?excluded", "EXCLUDED"),
    _fold("the same as data", r'"excludes_smallest_effect": (?:true|false|null)', '"excludes_smallest_effect"'),
    _fold("marks of findings, made from what was found", r"\b[0-9a-f]{32}\b", "FINDING"),
    _fold("digests of files made from the results", r"\b[0-9a-f]{64}\b|\b[0-9a-f]{8}\N{HORIZONTAL ELLIPSIS}", "DIGEST"),
    _fold("marks of drafts", r'(?<=name="version" value=")[0-9a-f]{16}', "MARK"),
    _fold("sizes of files made from the results", r'"size": ?\d+|\b\d+ k?B\b', "SIZE"),
    _fold("whether it is a null result", r'"null_result": (?:true|false)', '"null_result"'),
    _fold(
        "the same in the archive's words", r"(?<=<meta-name>null-result</meta-name>)<meta-value>\w+</meta-value>", ""
    ),
    _fold("how many rows came out in which way", r'<p class="row sums">.*?</p>', "SUMS"),
    _fold("that a reader is told it is a null result", r" · null result(?= · )", ""),
    _fold("what is missing for a null to be informative, as data", r'"missing": \[[^\]]*\]', '"missing"'),
    _fold("what is drawn of the results", r'<svg aria-hidden="true"(?: class="[^"]*")?>.*?</svg>', "DRAWN"),
    _fold(
        "which verdict an author has chosen",
        r'(?<=<input )checked (?=[^>]*name="outcomes-\d-verdict")',
        "",
    ),
    _fold(
        "estimates and ends of intervals", rf"(?<![\d.]){_SIGN}(?:{'|'.join(map(re.escape, _NUMBERS))})0*(?!\d)", "#"
    ),
    _fold("verdicts and outcomes", rf"\b(?:{'|'.join(map(re.escape, _CONCLUSIONS))})\b", "CONCLUSION"),
)


def folded(body: bytes) -> str:
    """The page with its values folded, and forms' tokens by place and size."""
    text = without_tokens(body).decode()
    for fold in FOLDS:
        text = fold.pattern.sub(fold.becomes, text)
    return text

"""Words as the comparison counts them: stems without endings, numbers without ways of writing them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_TOKEN = re.compile(
    r"(?P<number>[-−+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[-−+]?\d+)?|(?<![\w.])\.\d+)(?P<unit>\s?%|(?=[a-z]?\b))?"
    r"|(?P<word>[^\W\d_](?:[\w'’ΔÀ-ÿ]|[-.](?=\w))*)",
)
_SUFFIXES = (
    *("izations", "isations", "ization", "isation", "ational", "ications", "ication", "ations", "ation", "ators"),
    *("ences", "ence", "ances", "ance", "encies", "ency"),
    *("ator", "ments", "ment", "ness", "ings", "ing", "edly", "ied", "ed", "iers", "ier", "ies", "ers", "er", "ors"),
    *("or", "ions", "ion", "ives", "ive", "ally", "al", "ly", "es", "s", "y", "e"),
)
_SHORTEST_STEM = 4
SMALL = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
    "twice": 2,
    "once": 1,
    "half": 0.5,
    "fifteen": 15,
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "hundred": 100,
}
# Words that say the same in a plan and in a report; the first of each group stands for all.
_SAME = (
    "exclud remov drop omit discard eliminat",
    "participant subject respondent",
    "two-sided two-tailed twosided",
    "one-sided one-tailed",
    "sided tail tailed",
    "alpha α significance-level",
    "confirm support",
    "contradict refut reject falsif",
    "preregist pre-regist regist prespecif pre-specif",
    "interval ci cis",
    "show demonstrat",
    "item question",
    "run ran execut",
    "rep reply repli response respons answer",
    "great larg bigg high",
    "less small low few",
    "greater larger bigger higher more",
    "lower smaller fewer less",
    "kappa κ",
    "rater coder annotat",
    "resampl bootstrap",
    "seed draw",
    "gap differ",
    "average mean",
    "percent percentage-point pp",
)
_FOLDED = {word: group.split()[0] for group in _SAME for word in group.split()}
STOP = frozenset(
    (
        *[
            "a",
            "an",
            "and",
            "or",
            "nor",
            "of",
            "the",
            "to",
            "in",
            "on",
            "at",
            "by",
            "for",
            "from",
            "with",
            "without",
            "into",
            "onto",
            "than",
            "then",
            "that",
            "this",
            "these",
            "those",
            "it",
            "its",
        ],
        *[
            "is",
            "are",
            "was",
            "were",
            "be",
            "been",
            "being",
            "am",
            "do",
            "does",
            "did",
            "done",
            "has",
            "have",
            "had",
            "having",
            "will",
            "would",
            "shall",
            "should",
            "can",
            "could",
            "may",
        ],
        *[
            "might",
            "must",
            "we",
            "our",
            "ours",
            "us",
            "i",
            "my",
            "they",
            "their",
            "them",
            "he",
            "she",
            "his",
            "her",
            "you",
            "your",
            "as",
            "if",
            "so",
            "such",
            "not",
            "no",
            "only",
            "also",
            "both",
        ],
        *[
            "each",
            "every",
            "any",
            "all",
            "some",
            "which",
            "who",
            "whom",
            "whose",
            "what",
            "when",
            "where",
            "while",
            "whether",
            "how",
            "there",
            "here",
            "over",
            "under",
            "between",
        ],
        *[
            "per",
            "via",
            "within",
            "across",
            "about",
            "after",
            "before",
            "during",
            "above",
            "below",
            "up",
            "down",
            "out",
            "off",
            "again",
            "more",
            "most",
            "other",
            "others",
            "same",
        ],
        *[
            "very",
            "just",
            "too",
            "e.g",
            "i.e",
            "eg",
            "ie",
            "etc",
            "see",
            "section",
            "table",
            "figure",
            "fig",
            "appendix",
            "use",
            "used",
            "using",
            "based",
            "given",
        ],
    )
)


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """A word without its ending, folded with those that say the same: `classified`, `classifier` -> `classif`."""
    low = word.lower().replace("’", "'").removesuffix("'s").strip("'.-")
    if low in _FOLDED:
        return _FOLDED[low]
    for suffix in _SUFFIXES:
        if low.endswith(suffix) and len(low) - len(suffix) >= _SHORTEST_STEM:
            low = low.removesuffix(suffix)
            break
    low = low.rstrip("e") if len(low) > _SHORTEST_STEM else low
    return _FOLDED.get(low, low)


def value_of(text: str) -> float:
    """The number that a way of writing it means: `10,000`, `.05`, `1e-4`, with any minus sign."""
    return float(text.replace(",", "").replace("−", "-").replace(" ", ""))


def number_token(value: float) -> str:
    """A number as a term: `#10000`, `#0.05`."""
    return f"#{value:.10g}"


@lru_cache(maxsize=20_000)
def terms(plain: str) -> tuple[str, ...]:
    """The terms of a text in order: stems of its content words, its numbers, and the parts of compounds."""
    return tuple(_terms(plain))


def _terms(plain: str) -> Iterator[str]:
    for match in _TOKEN.finditer(plain):
        if match["number"]:
            yield number_token(abs(value_of(match["number"])))
            continue
        word = match["word"]
        low = word.lower()
        if low in SMALL:
            yield number_token(SMALL[low])
        elif low not in STOP and (len(low) > 1 or word.isupper() or not word.isascii()):
            yield stem(word)
            if "-" in word:
                yield from (
                    stem(part)
                    for part in word.split("-")
                    if len(part) > 2 and part.lower() not in STOP  # noqa: PLR2004
                )


def is_number(term: str) -> bool:
    """Whether a term is a number."""
    return term.startswith("#")

"""Reads fields out of a quote, as they are written: metric, comparator, threshold, unit, n, seed, model, alpha."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from journal.reading.proposals.cues import MODEL_NAME, TESTS, UNITS

_NUMBER = r"[±+−-]?\s?(?:\d[\d,]*(?:\.\d+)?|\.\d+)(?:e-?\d+)?"
_UNIT = (
    r"(?:%|‰|×|(?:percentage |percent )?points?\b|pp\b|percent\b|SDs?\b|standard deviations?\b|seconds?\b|minutes?\b"
    r"|hours?\b|days?\b|weeks?\b|months?\b|years?\b|ms\b|degrees?\b|items?\b|steps?\b|tokens?\b|runs?\b|words?\b)"
)
_WORDED: tuple[tuple[str, str], ...] = (
    (">=", r"≥|>=|⩾|\bat least\b|\bno (?:less|fewer) than\b|\bnot (?:less|fewer) than\b|\bat or above\b"),
    ("<=", r"≤|<=|⩽|\bat most\b|\bno more than\b|\bnot more than\b|\bup to\b|\bat or below\b"),
    (">", r">|\b(?:more|greater|higher|larger|longer) than\b|\bexceed(?:s|ing)?\b|\babove\b|\bover\b"),
    ("<", r"<|\b(?:less|fewer|lower|smaller|shorter) than\b|\bbelow\b|\bunder\b|\bbeneath\b"),
    ("=", r"="),
)
_COMPARED = re.compile(
    r"(?P<metric>[^,;:()]{0,80}?)(?:"
    + "|".join(f"(?P<c{place}>{words})" for place, (_sign, words) in enumerate(_WORDED))
    + rf")\s*(?:a |an |the |of )*(?P<threshold>{_NUMBER})\s*-?(?P<unit>{_UNIT})?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(rf"\bbetween (?P<low>{_NUMBER}\s?%?) and (?P<high>{_NUMBER})\s*(?P<unit>{_UNIT})?", re.IGNORECASE)
_WITHIN = re.compile(rf"\bwithin (?P<bound>±\s?{_NUMBER})\s*(?P<unit>{_UNIT})?", re.IGNORECASE)
_N = re.compile(r"\bn\s*=\s*(?P<n>\d[\d,]*)", re.IGNORECASE)
_COUNT = re.compile(rf"(?<![\w.])(?P<n>\d[\d,]*)(?:\s+[\w-]+){{0,2}}?\s+(?P<of>{UNITS})\b", re.IGNORECASE)
_SEED = re.compile(r"\bseeds?\b[\w\s\"'`=:.()]{0,24}?(?P<seed>\d+(?:(?:,| to| and|, and) ?\d+)*)", re.IGNORECASE)
_ALPHA = re.compile(
    r"(?:α|\balpha)\s*(?:=|of|level of|is|at)?\s*(?P<alpha>0?\.\d+)|\bp\s*[<≤]\s*(?P<p>0?\.\d+)", re.IGNORECASE
)
_MODEL, _TEST = re.compile(MODEL_NAME, re.IGNORECASE), re.compile(TESTS, re.IGNORECASE)
_NO_METRIC = re.compile(
    r"^(?:(?:if|when|unless|that|where|the|a|an|any|of|with|and|or|is|are|be|by|must|will|then|has|have|to|score|reach)\s+)+",
    re.IGNORECASE,
)
_LAST_WORDS = 7
_LOOKED_AT = 600


def fields_of(words: str) -> Mapping[str, str]:
    """The fields of a sentence (plain words), in the words of the sentence but for the comparator's sign."""
    return dict(_fields(words[:_LOOKED_AT]))


def _fields(words: str) -> Iterator[tuple[str, str]]:
    yield from _comparison(words)
    if (counted := _N.search(words) or _COUNT.search(words)) is not None:
        yield "n", counted["n"]
        if counted.groupdict().get("of"):
            yield "of", counted["of"]
    if (seed := _SEED.search(words)) is not None:
        yield "seed", seed["seed"]
    if (model := _MODEL.search(words)) is not None:
        yield "model", model[0].rstrip(".:")
    if (alpha := _ALPHA.search(words)) is not None:
        yield "alpha", alpha["alpha"] or alpha["p"]
    if (test := _TEST.search(words)) is not None:
        yield "test", test[0]


def _comparison(words: str) -> Iterator[tuple[str, str]]:
    if (between := _BETWEEN.search(words)) is not None:
        yield from (("comparator", "between"), ("threshold", f"{between['low']} and {between['high']}"))
        yield from _unit(between)
    elif (within := _WITHIN.search(words)) is not None:
        yield from (("comparator", "within"), ("threshold", within["bound"]))
        yield from _unit(within)
    elif (compared := _COMPARED.search(words)) is not None:
        sign = next(sign for place, (sign, _words) in enumerate(_WORDED) if compared[f"c{place}"] is not None)
        if metric := _metric(compared["metric"]):
            yield "metric", metric
        yield from (("comparator", sign), ("threshold", compared["threshold"].strip()))
        yield from _unit(compared)


def _unit(match: re.Match[str]) -> Iterator[tuple[str, str]]:
    if match["unit"]:
        yield "unit", match["unit"]


def _metric(before: str) -> str:
    metric = " ".join(before.split()[-_LAST_WORDS:])
    return _NO_METRIC.sub("", metric + " ").strip(" |—–-")

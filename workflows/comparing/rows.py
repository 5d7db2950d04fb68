"""Rows that the author has confirmed, against the rows that were registered: exact, but for ways of writing.

A row is what a protocol or an outcome says of one item: its label, its kind and its fields (n, alpha, threshold,
comparator, model, statement ...), each as it is written. Here nothing is read out of prose, so nothing is missed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from workflows.comparing.finding import Wording

_EMPTY: Mapping[str, str] = MappingProxyType({})
_NUMBERS = {
    word: number
    for number, word in enumerate(
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_SAME = (
    (r"\bpercentage[- ]points?\b|\bpp\b|\bpoints?\b", " points "),
    (r"\bper ?cent\b|\bpercent\b", "% "),
    (r"\bsignificance level(?: of)?\b|\u03b1", "alpha "),
    (r"\btwo[- ](?:sided|tailed)\b", " two-sided "),
    (r"\bone[- ](?:sided|tailed)\b", " one-sided "),
    (r"\bno more than\b|\bat most\b|\bup to\b|<=", " \u2264 "),
    (r"\bno (?:less|fewer) than\b|\bat least\b|>=", " \u2265 "),
    (r"\bmore than\b|\blonger than\b|\bgreater than\b|\babove\b|\bexceed(?:s|ed|ing)?\b", " > "),
    (r"\bless than\b|\bfewer than\b|\bshorter than\b|\bbelow\b|\bunder\b", " < "),
    (r"\bminutes?\b|\bmins?\b", " min "),
    (r"\bseconds?\b|\bsecs?\b", " s "),
    (r"\bhours?\b|\bhrs?\b", " h "),
)
_COMPILED = tuple((re.compile(pattern), put) for pattern, put in _SAME)
_NUMBER = re.compile(r"[-\u2212+]?(?:\d{1,3}(?:,\d{3})+|\d*\.?\d+)(?:\.\d+)?(?:e[-\u2212+]?\d+)?")
_TIMES = {"min": 60.0, "h": 3600.0, "s": 1.0}
_TOKEN = re.compile(
    rf"(?P<number>{_NUMBER.pattern})\s*(?P<unit>%|min\b|h\b|s\b)?|(?P<word>[^\W\d_][\w.'-]*"
    rf"|[<>\u2264\u2265=\u00b1])"
)
_IDLE = frozenset({"a", "an", "the", "of", "is", "was", "were", "are", "be", "been", "=", "at", "in", "and", "or"})


@dataclass(frozen=True, slots=True)
class ConfirmedRow:
    """One item as it was registered, or as it is reported: its label, its kind, and its fields as they are written."""

    label: str
    kind: str
    fields: Mapping[str, str] = field(default_factory=lambda: _EMPTY)


@dataclass(frozen=True, slots=True)
class RowDifference:
    """What differs in a row: the field (empty for the whole row), and both texts."""

    label: str
    field: str
    wording: Wording
    registered: str
    reported: str


def compare_rows(registered: Iterable[ConfirmedRow], reported: Iterable[ConfirmedRow]) -> tuple[RowDifference, ...]:
    """Every row that is missing or was added, and every field that differs by more than how it is written."""
    ours, theirs = ({(row.kind, row.label): row for row in rows} for rows in (registered, reported))
    found = [difference for key, row in ours.items() for difference in _of_row(row, theirs.get(key))]
    added = [row for key, row in theirs.items() if key not in ours]
    return (*found, *(RowDifference(row.label, "", Wording.DIFFERS, "", _words(row)) for row in added))


def _of_row(row: ConfirmedRow, reported: ConfirmedRow | None) -> Iterator[RowDifference]:
    if reported is None:
        yield RowDifference(row.label, "", Wording.NOT_FOUND, _words(row), "")
        return
    for name, words in row.fields.items():
        told = reported.fields.get(name, "")
        if not told.strip():
            yield RowDifference(row.label, name, Wording.NOT_FOUND, words, "")
        elif not same_words(words, told):
            yield RowDifference(row.label, name, Wording.DIFFERS, words, told)


def _words(row: ConfirmedRow) -> str:
    return "; ".join(f"{name}: {words}" for name, words in row.fields.items())


def same_words(one: str, other: str) -> bool:
    """Whether two ways of writing say the same: numbers by value, units and comparators by meaning, others by word."""
    return list(_canonical(one)) == list(_canonical(other))


def _canonical(text: str) -> Iterator[str]:
    low = text.lower().replace("\u2019", "'").replace("\u2212", "-")
    for pattern, put in _COMPILED:
        low = pattern.sub(put, low)
    for match in _TOKEN.finditer(_in_figures(low)):
        if match["number"]:
            yield f"{_value(match['number'], match['unit'] or ''):.9g}"
        elif match["word"] not in _IDLE:
            yield match["word"].strip(".'-")


def _value(number: str, unit: str) -> float:
    value = float(number.replace(",", ""))
    return value / 100 if unit == "%" else value * _TIMES.get(unit, 1.0)


def _in_figures(text: str) -> str:
    """Numbers written as words, in figures: `five hundred` is 500."""
    words = text.split(" ")
    kept: list[str] = []
    for word in words:
        if word in _SCALES and kept and kept[-1].isdigit():
            kept[-1] = str(int(kept[-1]) * _SCALES[word])
        else:
            kept.append(str(_NUMBERS[word]) if word in _NUMBERS else word)
    return " ".join(kept)

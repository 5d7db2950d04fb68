"""What a manuscript reports of each registered row: proposed with its sentence, for the authors to take over or not.

Rather nothing than a wrong number: a sentence that names two rows, or has two intervals, proposes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from journal.reading.comparison.document import Document, Unit
from journal.reading.comparison.intake import take
from journal.reading.comparison.labels import content_terms, labels_in
from journal.reading.comparison.sections import Part
from journal.reading.passages import Block
from workflows.comparing.finding import Span
from workflows.protocol import Protocol, Row
from workflows.verdicts import Verdict

_NUM = r"[-\u2212+]?\d*\.?\d+"
_INTERVAL = re.compile(
    rf"(?:(?P<level>\d{{2}}(?:\.\d)?)\s?%\s?(?:\w+[\s-]){{0,2}}(?:C\.?I\.?|CrI|HDI|HPDI|intervals?|bounds?)\s*(?:of|was|is)?\s*"
    rf"[:=,|]?\s*)?(?P<open>[\[(])\s?(?P<low>{_NUM})\s?%?\s?(?:,|;|to|\u2013)\s?(?P<high>{_NUM})\s?%?\s?[\])]"
)
_ALONE = re.compile(rf"(?<![\w.\-\u2212+]){_NUM}(?![\w.]*\w)")
_REACH = 100
_P = re.compile(rf"(?<![\w-])p\s?=\s?(?P<value>{_NUM})")
_BAYES = re.compile(rf"\bBF_?\{{?(?:10)?\}}?\s?=\s?(?P<value>{_NUM})")
_SAMPLE = re.compile(r"(?<!\w)[nN]\s?=\s?(?P<value>\d{1,3}(?:,\d{3})+|\d{2,})")
_CONDITION = re.compile(
    r"\b(?:if|iff|unless|would|will|only when|required?|registered rule|by the rule)\b", re.IGNORECASE
)
_TOLD = frozenset({Part.ABSTRACT, Part.RESULTS, Part.DISCUSSION, Part.SECONDARY, Part.OTHER})
_VERDICTS = (
    (Verdict.NOT_TESTABLE, re.compile(r"\bnot testable\b|\buntestable\b", re.IGNORECASE)),
    (Verdict.NOT_TESTED, re.compile(r"\bnot (?:tested|run|evaluated)\b", re.IGNORECASE)),
    (Verdict.CONTRADICTED, re.compile(r"\b(?:contradicted|refuted|falsified|reversed)\b", re.IGNORECASE)),
    (Verdict.INCONCLUSIVE, re.compile(r"\binconclusive\b", re.IGNORECASE)),
    (Verdict.SUPPORTED, re.compile(r"\b(?:supported|confirmed|upheld)\b", re.IGNORECASE)),
)
_DENIED = re.compile(
    r"\b(?:not|nor|neither|never|only|part(?:ly|ially)|weakly|mixed|none|no|zero|0 of)\b|n't\b", re.IGNORECASE
)
_BY_NAME, _BY_HEADING, _BY_WORDS = 1.0, 0.8, 0.6
_FEWEST_TERMS, _COVERED, _AHEAD = 4, 0.6, 0.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What one sentence says of the row called `label`: values by the fields of `OutcomeRow`, as they stand there."""

    label: str
    values: Mapping[str, str]
    said: Span
    sureness: float


def propose_values(protocol: Protocol, manuscript: Mapping[str, bytes]) -> tuple[Proposed, ...]:
    """Proposals for the protocol's rows, in their order: at most one sentence for numbers and one for the verdict.

    `manuscript` is files by name, the document first. Raises `ConfinementFailed` as every reading does.
    """
    return propose_from(protocol, take(manuscript).document)


def propose_from(protocol: Protocol, document: Document) -> tuple[Proposed, ...]:
    """The same from a document that was read."""
    told = [unit for unit in document.said() if _tells(unit)]
    return tuple(each for row in protocol.rows for each in _of_row(row, protocol.rows, told))


def _tells(unit: Unit) -> bool:
    return unit.part in _TOLD and unit.block is not Block.HEADING and not _CONDITION.search(unit.plain)


def _of_row(row: Row, rows: Sequence[Row], told: Sequence[Unit]) -> Iterator[Proposed]:
    about = [(sure, unit) for unit in told if (sure := _speaks_of(row, rows, unit))]
    about.sort(key=_first)
    numbers = next(((sure, unit, found) for sure, unit in about if (found := _numbers(unit.plain))), None)
    verdict = next(((sure, unit, found) for sure, unit in about if (found := _verdict(row, unit, sure))), None)
    if numbers is not None and verdict is not None and numbers[1] is verdict[1]:
        yield _proposed(row, numbers[1], numbers[0], {**numbers[2], **verdict[2]})
        return
    for each in (numbers, verdict):
        if each is not None:
            yield _proposed(row, each[1], each[0], each[2])


def _first(found: tuple[float, Unit]) -> tuple[float, bool, int]:
    """The surest first, and what the results say before what the abstract does."""
    sure, unit = found
    return -sure, unit.part is not Part.RESULTS, unit.at


def _proposed(row: Row, unit: Unit, sure: float, values: Mapping[str, str]) -> Proposed:
    where = unit.passage.section[-1] if unit.passage.section else ""
    return Proposed(
        label=row.label, values={**values, **({"where": where} if where else {})}, said=unit.span, sureness=sure
    )


def _speaks_of(row: Row, rows: Sequence[Row], unit: Unit) -> float:
    """How surely a unit speaks of one row and of no other: by its name, its heading or its words; 0 if it does not."""
    own, others = _names(row.label), {name for other in rows if other is not row for name in _names(other.label)}
    named = _named(unit.plain)
    if named & others or (named and not named & own):
        return 0.0
    if named & own:
        return _BY_NAME
    if unit.block is Block.ROW:  # a row of a table tells of what its own cells name
        return 0.0
    headed = _named(" ".join(unit.passage.section[-2:]))
    if headed & own:
        return _BY_HEADING if not headed & others else 0.0
    return 0.0 if headed & others else _by_words(row, rows, unit)


def _names(label: str) -> frozenset[str]:
    return frozenset({label}) | frozenset(labels_in(label))


def _named(text: str) -> frozenset[str]:
    return frozenset(labels_in(text))


def _by_words(row: Row, rows: Sequence[Row], unit: Unit) -> float:
    scores = {other.label: _covers(other, unit) for other in rows}
    rivals = max((score for label, score in scores.items() if label != row.label), default=0.0)
    return _BY_WORDS if scores[row.label] >= _COVERED and scores[row.label] >= rivals + _AHEAD else 0.0


def _covers(row: Row, unit: Unit) -> float:
    wanted = content_terms(row.hypothesis or row.question)
    return len(wanted & unit.bag) / len(wanted) if len(wanted) >= _FEWEST_TERMS else 0.0


def _numbers(plain: str) -> dict[str, str]:
    """Estimate and interval, p, Bayes factor and n, each only where the sentence has exactly one."""
    found = _interval(plain)
    for field, pattern in (("p", _P), ("bayes_factor", _BAYES), ("sample", _SAMPLE)):
        matches = list(pattern.finditer(plain))
        if len(matches) == 1:
            found[field] = matches[0]["value"]
    return found if found.keys() - {"sample"} else {}


def _interval(plain: str) -> dict[str, str]:
    matches = [match for match in _INTERVAL.finditer(plain) if match["level"] or match["open"] == "["]
    if len(matches) != 1:
        return {}
    match = matches[0]
    low, high = (_value(match[name]) for name in ("low", "high"))
    if low > high:
        return {}
    found = {"low": match["low"], "high": match["high"], **({"level": match["level"]} if match["level"] else {})}
    within = [each for each in _ALONE.findall(plain[: match.start()][-_REACH:]) if low <= _value(each) <= high]
    if len(within) == 1:
        found["estimate"] = within[0]
    return found


def _value(text: str) -> float:
    return float(text.replace("\u2212", "-"))


def _verdict(row: Row, unit: Unit, sure: float) -> dict[str, str]:
    """The verdict that a sentence gives in so many words. "Not supported" is none: it may be either of two."""
    near = _around(row, unit.plain) if sure == _BY_NAME else unit.plain if len(unit.plain) <= _SHORT else ""
    given = [verdict for verdict, pattern in _VERDICTS if pattern.search(near)]
    if not row.kind.tests or len(given) != 1 or (given[0] not in _OPEN and _DENIED.search(near)):
        return {}
    return {"verdict": given[0].value}


def _around(row: Row, plain: str) -> str:
    """The words around where a sentence names the row, as far as one verdict reaches."""
    spellings = "|".join(re.escape(name) for name in _names(row.label))
    number = re.escape(row.label.lstrip("HQR"))
    match = re.search(rf"(?<!\w)(?:{spellings}|hypothesis {number}|question {number})(?!\w)", plain, re.IGNORECASE)
    return plain[max(0, match.start() - _BACK) : match.end() + _ON] if match else ""


_BACK, _ON, _SHORT = 25, 60, 120
_OPEN = (Verdict.NOT_TESTABLE, Verdict.NOT_TESTED)

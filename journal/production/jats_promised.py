"""What was promised and what was done, in JATS: tables at the head of `<back>`, and metadata of each row.

No element of JATS is for a registered plan, so these are ordinary sections whose `sec-type` says what they are.
"""

import re
from collections.abc import Iterator, Sequence

from lxml import etree
from lxml.builder import ElementMaker

from journal.formats.evidence import inputs_of, measured
from journal.formats.promised_words import DONE, TOWARD, in_short, kind_words, settled_words
from journal.formats.words import minus
from workflows.declassify import PublicRecord
from workflows.promised import Result

# What XML 1.0 cannot hold at all.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_E = ElementMaker()


def clean(text: str) -> str:
    """`text` without the characters that XML cannot hold."""
    return _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


def promised_sections(record: PublicRecord) -> Iterator[etree._Element]:
    """The ledger of deviations, every row and part with what became of it, and what was not registered."""
    if record.deviations:
        yield _section("deviations", "Deviations from the registered protocol", *_ledger(record))
    yield _section("promised-and-done", "What was promised and what was done", *_account(record))
    if record.unregistered:
        yield _section("unregistered-analyses", "Analyses that were not registered", *_unregistered(record))


def row_metadata(result: Result) -> Iterator[tuple[str, str]]:
    """Name and value of what is told of one row for programs: how it was done, and on what its outcome rests."""
    label, answer = result.row.label, result.answer
    yield f"done {label}", answer.done.value if answer.done else "no-answer"
    yield f"evidence {label}", ". ".join(inputs_of(result))
    if answer.where:
        yield f"where {label}", answer.where
    for value in answer.values:
        yield f"value {label} {value.metric}", measured(value)


def _section(kind: str, title: str, *parts: etree._Element) -> etree._Element:
    return _E.sec(_E.title(title), *parts, {"sec-type": kind})


def _ledger(record: PublicRecord) -> Iterator[etree._Element]:
    heads = ("No.", "Concerns", "What was done instead", "Kind", "Why", "Decided", "Effect on inference", "Argument")
    rows = [
        (
            str(number),
            each.row or "the whole study",
            each.what,
            each.kind.words if each.kind else "not said",
            each.why,
            each.when.words if each.when else "not said",
            TOWARD[each.toward],
            each.effect,
            each.answer or "no answer",
        )
        for number, each in enumerate(record.deviations, start=1)
    ]
    yield _table((*heads, "Editor’s answer"), rows)


def _account(record: PublicRecord) -> Iterator[etree._Element]:
    settled = settled_words(record.settled)
    if settled:
        told = "; ".join(f"{count} {words}" for count, words in settled)
        yield _E.p(f"Differences that comparing with the plan found before acceptance: {told}.")
    rows = [*map(_of_row, record.results), *_of_checks(record)]
    rows += [
        (
            part.label,
            kind_words(part),
            in_short(part),
            DONE[part.done],
            _what(part.account, part.found, part.branch),
            part.where,
        )
        for part in record.parts
    ]
    yield _table(("Label", "Kind", "Registered", "Done", "What was done", "In the text"), rows)


def _of_row(result: Result) -> tuple[str, ...]:
    row, answer = result.row, result.answer
    numbers = f"{minus(answer.estimate)} {row.unit}".strip() if answer.estimate else ""
    said = (result.outcome.words, numbers, ". ".join(inputs_of(result)), answer.account, answer.why)
    what = "; ".join(text for text in said if text.strip())
    return row.label, row.kind.value, row.hypothesis or row.question, DONE[answer.done], what, answer.where


def _of_checks(record: PublicRecord) -> Iterator[tuple[str, ...]]:
    seen: set[str] = set()
    for result in record.results:
        for check, found in zip(result.checks, result.check_results, strict=True):
            if check.label not in seen:
                seen.add(check.label)
                passed = found.passed.words if found.passed else "no result"
                registered = "; ".join(text for text in (check.what, check.threshold) if text.strip())
                yield check.label, "check", registered, passed, found.found, found.where


def _what(account: str, found: str, branch: str) -> str:
    said = (account, f"reported: {found}" if found else "", f"branch {branch}" if branch else "")
    return "; ".join(text for text in said if text.strip())


def _unregistered(record: PublicRecord) -> Iterator[etree._Element]:
    rows = [(each.what, each.why, each.where) for each in record.unregistered]
    yield _table(("Analysis", "Why it was made", "In the text"), rows)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> etree._Element:
    head = _E.thead(_E.tr(*(_E.th(words, {"scope": "col"}) for words in heads)))
    body = _E.tbody(*(_E.tr(*(_E.td(clean(text)) for text in row)) for row in rows))
    return _E("table-wrap", _E.table(head, body))

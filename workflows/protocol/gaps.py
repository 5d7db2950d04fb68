"""What a protocol must say before it can be submitted."""

from collections.abc import Iterator, Sequence

from workflows.machine import Refusal
from workflows.protocol.chapters import chapter_gaps
from workflows.protocol.numbers import number
from workflows.protocol.plan import ABSTRACT_LIMIT, LABEL_LIMIT, TITLE_LIMIT, Protocol
from workflows.protocol.rows import Row

_ROW_NEEDS = (
    ("question", "what is asked"),
    ("sampling", "the sampling plan and when sampling stops"),
    ("analysis", "the analysis that answers it"),
    ("decision_rule", "the rule by which you will conclude"),
    ("interpretation", "what each possible outcome would mean"),
)


def gaps(protocol: Protocol) -> tuple[Refusal, ...]:
    """What `protocol` still lacks before it can be submitted, in the order of the form."""
    return (
        *_heading_gaps(protocol),
        *_row_gaps(protocol),
        *_check_gaps(protocol),
        *chapter_gaps(protocol),
        *_statement_gaps(protocol),
        *_file_gaps(protocol),
    )


def _heading_gaps(protocol: Protocol) -> Iterator[Refusal]:
    if not protocol.title.strip():
        yield Refusal("title_missing", "Give the study a title.", "title")
    if len(protocol.title) > TITLE_LIMIT:
        words = f"The title has {len(protocol.title)} characters; {TITLE_LIMIT} is the most. Shorten it."
        yield Refusal("title_long", words, "title")
    if not protocol.abstract.strip():
        words = "Write an abstract: the question, the plan, what the answer would decide."
        yield Refusal("abstract_missing", words, "abstract")
    if len(protocol.abstract) > ABSTRACT_LIMIT:
        words = f"The abstract has {len(protocol.abstract)} characters; {ABSTRACT_LIMIT} is the most. Shorten it."
        yield Refusal("abstract_long", words, "abstract")
    if not protocol.topics:
        words = "Choose at least one topic, so that readers and reviewers find the study."
        yield Refusal("topics_missing", words, "topics")


def _row_gaps(protocol: Protocol) -> Iterator[Refusal]:
    if not protocol.rows:
        yield Refusal("rows_missing", "Add at least one row: a question and how you will answer it.", "rows")
    labels = [row.label for row in protocol.rows]
    for index, row in enumerate(protocol.rows):
        place = f"rows-{index}"
        name = row.label.strip()[:LABEL_LIMIT] or f"row {index + 1}"
        yield from _label_gap(row.label, labels[:index], name=f"Row {index + 1}", place=place)
        if row.kind.tests and not row.hypothesis.strip():
            words = f"State the hypothesis of {name}, or choose a kind without one."
            yield Refusal("hypothesis_missing", words, f"{place}-hypothesis")
        for field, what in _ROW_NEEDS:
            if not getattr(row, field).strip() and not (field == "question" and row.hypothesis.strip()):
                yield Refusal(f"{field}_missing", f"Say for {name}: {what}.", f"{place}-{field}")
        yield from _effect_gap(row, name=name, place=place)


def _label_gap(label: str, before: Sequence[str], *, name: str, place: str) -> Iterator[Refusal]:
    """What is wrong with a label: answers, findings and deviations refer to rows and checks by it alone."""
    plain = label.strip()
    if not plain:
        words = f"{name} has no label. Give it a short one: H1, RQ1, C1 or the like."
        yield Refusal("label_missing", words, f"{place}-label")
    elif len(plain) > LABEL_LIMIT:
        words = f"The label of {name.lower()} has {len(plain)} characters; {LABEL_LIMIT} is the most. Shorten it."
        yield Refusal("label_long", words, f"{place}-label")
    elif plain.casefold() in {other.strip().casefold() for other in before}:
        words = f"Two rows or checks are called {plain}. Give one of them another label."
        yield Refusal("label_twice", words, f"{place}-label")


def _effect_gap(row: Row, *, name: str, place: str) -> Iterator[Refusal]:
    if not row.smallest_effect.strip():
        return
    value = number(row.smallest_effect)
    if value is None or value <= 0:
        words = f"The smallest effect of interest of {name} must be a number above zero, such as 0.15."
        yield Refusal("smallest_effect_invalid", words, f"{place}-smallest_effect")


def _check_gaps(protocol: Protocol) -> Iterator[Refusal]:
    rows = [row.label for row in protocol.rows]
    labels = [*rows, *(check.label for check in protocol.checks)]
    for index, check in enumerate(protocol.checks):
        place = f"checks-{index}"
        name = check.label.strip()[:LABEL_LIMIT] or f"check {index + 1}"
        yield from _label_gap(check.label, labels[: len(rows) + index], name=f"Check {index + 1}", place=place)
        if not check.what.strip():
            yield Refusal("what_missing", f"Say for {name}: what is checked.", f"{place}-what")
        if not check.consequence.strip():
            words = f"Say for {name}: what follows for the conclusions if it fails."
            yield Refusal("consequence_missing", words, f"{place}-consequence")
        unknown = [label for label in check.rows if label not in rows]
        if unknown:
            words = f"{name} names {unknown[0][:LABEL_LIMIT]}, but no row is called so. Choose the rows it bears on."
            yield Refusal("check_row_unknown", words, f"{place}-rows")


_STATEMENT_WORDS = {
    "funding": "Say who funds the study, or that nobody does.",
    "ethics": "Say which ethics review applies, or why none does.",
    "competing_interests": "State competing interests, or that there are none.",
    "data": "Say where the data will be, or the legal or ethical reason why not.",
    "code": "Say where the code will be, or the legal or ethical reason why not.",
    "materials": "Say where the materials will be, or the legal or ethical reason why not.",
}


def _statement_gaps(protocol: Protocol) -> Iterator[Refusal]:
    for field, words in _STATEMENT_WORDS.items():
        if not getattr(protocol.statements, field).strip():
            yield Refusal(f"{field}_missing", words, field)


def _file_gaps(protocol: Protocol) -> Iterator[Refusal]:
    if not protocol.files:
        yield Refusal("manuscript_missing", "Upload the stage-1 manuscript, in Markdown or Word.", "manuscript")

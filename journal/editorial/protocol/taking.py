"""What a proposal becomes when an author accepts it: a new part of the plan, or words and numbers of one that is there.

Nothing that stands in the plan is overwritten: words are added below, a number only where there was none.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, TypeVar

from journal.editorial.protocol.suggesting import (
    BRANCH,
    WORDS_OF_A_ROW,
    Into,
    Taking,
    comparison_of,
    concerned,
    read_number,
)
from journal.editorial.protocol.typed import free_label, labels_of
from workflows.protocol import (
    Analysis,
    Check,
    Comparison,
    Contingency,
    Exclusion,
    Failing,
    Kind,
    Labelled,
    Measure,
    Part,
    Pin,
    Protocol,
    Row,
    Sample,
    Sight,
    Thing,
    sentence,
)

PartT = TypeVar("PartT", bound=Labelled)
ChoiceT = TypeVar("ChoiceT")
_FAILING = (
    (r"not (?:be )?testable|uninterpretable|cannot be (?:tested|interpreted)|void", Failing.NOT_TESTABLE),
    (r"\bstops?\b|\bhalt|\babort|do(?:es)? not proceed|not be run", Failing.STOPS),
    (r"exploratory", Failing.EXPLORATORY),
    (r"\breport|\bflag|\bdisclos|\bcaveat", Failing.REPORTED),
)
_PART_CUES = (
    (r"exploratory|post.hoc", Part.EXPLORATORY),
    (r"robustness|sensitivity analys|secondary|supplement", Part.ROBUSTNESS),
)
_BEFORE = re.compile(r"before|prior to|blind|by construction|a priori", re.IGNORECASE)
_VERSION = re.compile(r"20\d\d-\d\d-\d\d|20\d{6}|(?<=@)[0-9a-f]{7,}")
# A part's list, class, letter and field of prose.
_PARTS: dict[Into, tuple[str, type[Any], str, str]] = {
    Into.ROW: ("rows", Row, "H", "hypothesis"),
    Into.CHECK: ("checks", Check, "C", "what"),
    Into.MEASURE: ("measures", Measure, "M", "what"),
    Into.SAMPLE: ("samples", Sample, "N", "account"),
    Into.EXCLUSION: ("exclusions", Exclusion, "X", "what"),
    Into.ANALYSIS: ("analyses", Analysis, "A", "test"),
    Into.PIN: ("pins", Pin, "P", "account"),
    Into.BRANCH: ("contingencies", Contingency, "B", "condition"),
}
_ALSO = {Into.SAMPLE: "sampling", Into.ANALYSIS: "analysis"}
_EQUAL = re.compile(r"equivalen|no (?:\w+ )?difference|as good as|within ±|not (?:be )?worse", re.IGNORECASE)


def take(plan: Protocol, taking: Taking, *, before: Protocol | None = None) -> tuple[Protocol, str]:
    """`plan` with what was accepted, and the label of what it became. `before` is the plan before the press: what
    it had no words for takes the words of everything that one press accepts.
    """
    of_row = WORDS_OF_A_ROW.get(taking.into)
    if of_row is not None:
        wanted = [label.strip() for label in taking.label.split(",")] if taking.label.strip() else labels_of(plan.rows)
        found = [label for label in wanted if plan.row(label)]
        changed = _into_rows(plan, of_row, taking.text, found)
        return (_smallest(changed, taking, found) if taking.into is Into.SMALLEST else changed), ", ".join(wanted)
    name, made, letter, prose = _PARTS[taking.into]
    label = taking.label.strip() or free_label(letter, labels_of(plan.parts()))
    parts = list(getattr(plan, name))
    at = next((index for index, part in enumerate(parts) if part.label.casefold() == label.casefold()), len(parts))
    if at == len(parts):
        parts.append(made(label=label))
    parts[at] = _filled(parts[at], prose, taking, plan)
    changes: dict[str, Any] = {name: tuple(parts)}
    changed = replace(plan, **changes)
    if taking.into in _ALSO:
        also = _ALSO[taking.into]
        wordless = [row.label for row in (before or plan).rows if not getattr(row, also).strip()]
        rows = concerned(plan, taking.text) or taking.rows or labels_of(plan.rows)
        changed = _into_rows(changed, also, taking.text, [row for row in rows if row in wordless])
    return changed, label


def _smallest(plan: Protocol, taking: Taking, labels: Iterable[str]) -> Protocol:
    """`plan` with the smallest effect of the rows that state none."""
    value, unit = read_number(taking.fields.get("threshold", "")), taking.fields.get("unit", "")
    wanted = set(labels)
    rows = (
        replace(row, smallest_effect=value, unit=row.unit or unit)
        if value and row.label in wanted and not row.smallest_effect.strip()
        else row
        for row in plan.rows
    )
    return replace(plan, rows=tuple(rows))


def told(taking: Taking, plan: Protocol) -> tuple[tuple[str, str], ...]:
    """What an acceptance would set beside its words: names of fields and what they would say."""
    if taking.into is Into.SMALLEST:
        said: dict[str, Any] = {"smallest effect": read_number(taking.fields.get("threshold", ""))}
    elif taking.into in WORDS_OF_A_ROW:
        return ()
    else:
        _, made, _, prose = _PARTS[taking.into]
        said = {name: value for name, value in _read(made(label=""), taking, plan).items() if name != prose}
    words = ((name.replace("_", " "), _in_words(value)) for name, value in said.items() if value)
    return tuple((name, text) for name, text in words if text)


def _in_words(value: object) -> str:
    match value:
        case str():
            return getattr(value, "words", value)
        case tuple():
            return ", ".join(sentence(each) if isinstance(each, Comparison) else str(each) for each in value)
        case _:
            return ""


def _into_rows(plan: Protocol, name: str, text: str, labels: Iterable[str]) -> Protocol:
    wanted = set(labels)

    def changed(row: Row) -> Row:
        before: str = getattr(row, name)
        if row.label not in wanted:
            return row
        values: dict[str, Any] = {name: _below(before, text)}
        return replace(row, **values)

    return replace(plan, rows=tuple(changed(row) for row in plan.rows))


def _below(before: str, text: str) -> str:
    """`text` added to what stands there, once."""
    if text.strip() in before:
        return before
    return f"{before.rstrip()}\n\n{text}" if before.strip() else text


def _filled(part: PartT, prose: str, taking: Taking, plan: Protocol) -> PartT:
    """`part` with the words, and with what was read of numbers where it had none."""
    read = _read(part, taking, plan)
    kept = {name: value for name, value in read.items() if not getattr(part, name)}
    words: dict[str, Any] = {} if prose in kept else {prose: _below(getattr(part, prose), taking.text)}
    return replace(part, **kept, **words)


def _read(part: Labelled, taking: Taking, plan: Protocol) -> dict[str, Any]:
    """The fields of `part` that follow from what was read in the sentence."""
    reader = _READERS.get(type(part))
    named = concerned(plan, f"{taking.label} {taking.text}")
    rows = tuple(dict.fromkeys((*named, *(label for label in taking.rows if plan.row(label)))))
    return reader(part, taking, rows) if reader else {}


def _of_row(row: Row, taking: Taking, _: tuple[str, ...]) -> dict[str, Any]:
    smallest = read_number(taking.fields.get("threshold", ""))
    found: dict[str, Any] = {"smallest_effect": smallest, "unit": taking.fields.get("unit", "")} if smallest else {}
    kind = Kind.EQUIVALENCE if _EQUAL.search(taking.text) else Kind.DIRECTIONAL
    return found if row.hypothesis.strip() else {**found, "kind": kind}


def _of_check(_: Check, taking: Taking, rows: tuple[str, ...]) -> dict[str, Any]:
    passes = comparison_of(taking.fields)
    failing = _first_cue(_FAILING, taking.text)
    said: dict[str, Any] = {"passes": (passes,), "threshold": sentence(passes)} if passes else {}
    consequence = failing.words if failing else ""
    return {**said, "rows": rows, "failing": failing, "consequence": consequence}


def _of_exclusion(_: Exclusion, taking: Taking, rows: tuple[str, ...]) -> dict[str, Any]:
    return {"rows": rows, "sight": Sight.BEFORE if _BEFORE.search(taking.text) else None}


def _of_sample(_: Sample, taking: Taking, rows: tuple[str, ...]) -> dict[str, Any]:
    said = taking.fields
    target = read_number(said.get("n", ""))
    return {"target": target, "unit": said.get("of", ""), "alpha": said.get("alpha", ""), "rows": rows}


def _of_analysis(_: Analysis, taking: Taking, rows: tuple[str, ...]) -> dict[str, Any]:
    part = _first_cue(_PART_CUES, taking.text) or Part.CONFIRMATORY
    return {"threshold": taking.fields.get("alpha", ""), "rows": rows, "part": part}


def _of_pin(_: Pin, taking: Taking, __: tuple[str, ...]) -> dict[str, Any]:
    model, seed = taking.fields.get("model", ""), taking.fields.get("seed", "")
    version = _VERSION.search(model)
    thing = Thing.MODEL if model else Thing.SEED if seed else None
    return {"thing": thing, "value": model or seed, "version": version[0] if version else ""}


def _first_cue(cues: Iterable[tuple[str, ChoiceT]], text: str) -> ChoiceT | None:
    """The choice whose words come in `text`, the first of the list that does."""
    return next((choice for words, choice in cues if re.search(words, text, re.IGNORECASE)), None)


def _of_branch(_: Contingency, taking: Taking, rows: tuple[str, ...]) -> dict[str, Any]:
    found = BRANCH.match(taking.text)
    said = {"condition": found["condition"], "then": found["then"]} if found else {}
    return {**said, "rows": rows}


_READERS: dict[type, Callable[[Any, Taking, tuple[str, ...]], dict[str, Any]]] = {
    Row: _of_row,
    Check: _of_check,
    Measure: lambda _, taking, __: {"unit": taking.fields.get("unit", "")},
    Sample: _of_sample,
    Exclusion: _of_exclusion,
    Analysis: _of_analysis,
    Pin: _of_pin,
    Contingency: _of_branch,
}

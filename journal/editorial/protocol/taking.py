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
    Contingency,
    Exclusion,
    Kind,
    Labelled,
    Measure,
    Pin,
    Protocol,
    Row,
    Sample,
    Thing,
    sentence,
)

PartT = TypeVar("PartT", bound=Labelled)
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
        rows = concerned(plan, taking.text) or labels_of(plan.rows)
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
    return reader(part, taking, concerned(plan, f"{taking.label} {taking.text}")) if reader else {}


def _of_row(row: Row, taking: Taking, _: tuple[str, ...]) -> dict[str, Any]:
    smallest = read_number(taking.fields.get("threshold", ""))
    found: dict[str, Any] = {"smallest_effect": smallest, "unit": taking.fields.get("unit", "")} if smallest else {}
    kind = Kind.EQUIVALENCE if _EQUAL.search(taking.text) else Kind.DIRECTIONAL
    return found if row.hypothesis.strip() else {**found, "kind": kind}


def _of_check(_: Check, taking: Taking, __: tuple[str, ...]) -> dict[str, Any]:
    passes = comparison_of(taking.fields)
    return {"passes": (passes,), "threshold": sentence(passes)} if passes else {}


def _of_sample(_: Sample, taking: Taking, rows: tuple[str, ...]) -> dict[str, Any]:
    said = taking.fields
    target = read_number(said.get("n", ""))
    return {"target": target, "unit": said.get("of", ""), "alpha": said.get("alpha", ""), "rows": rows}


def _of_analysis(_: Analysis, taking: Taking, rows: tuple[str, ...]) -> dict[str, Any]:
    return {"threshold": taking.fields.get("alpha", ""), "rows": rows}


def _of_pin(_: Pin, taking: Taking, __: tuple[str, ...]) -> dict[str, Any]:
    model, seed = taking.fields.get("model", ""), taking.fields.get("seed", "")
    return {"thing": Thing.MODEL if model else Thing.SEED if seed else None, "value": model or seed}


def _of_branch(_: Contingency, taking: Taking, rows: tuple[str, ...]) -> dict[str, Any]:
    found = BRANCH.match(taking.text)
    said = {"condition": found["condition"], "then": found["then"]} if found else {}
    return {**said, "rows": rows}


_READERS: dict[type, Callable[[Any, Taking, tuple[str, ...]], dict[str, Any]]] = {
    Row: _of_row,
    Check: _of_check,
    Measure: lambda _, taking, __: {"unit": taking.fields.get("unit", "")},
    Sample: _of_sample,
    Analysis: _of_analysis,
    Pin: _of_pin,
    Contingency: _of_branch,
}

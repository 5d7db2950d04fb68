"""What a proposal becomes when an author accepts it: a new part of the plan, or words and numbers of one that is there.

Nothing that stands in the plan is overwritten: words are added below, a number only where there was none.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, TypeVar

from journal.dossier.proposals import Item
from journal.editorial.protocol.typed import free_label, labels_of
from workflows.protocol import (
    LABEL_LIMIT,
    Analysis,
    Check,
    Comparator,
    Comparison,
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
    number,
    sentence,
)

PartT = TypeVar("PartT", bound=Labelled)


class Into(StrEnum):
    """What a proposal can become."""

    ROW = "row"
    RULE = "rule"
    SAMPLING = "sampling"
    ANALYSIS_PLAN = "analysis_plan"
    SENSITIVITY = "sensitivity"
    CHECK = "check"
    MEASURE = "measure"
    SAMPLE = "sample"
    EXCLUSION = "exclusion"
    ANALYSIS = "analysis"
    PIN = "pin"
    BRANCH = "branch"

    @property
    def words(self) -> str:
        """The choice as authors make it."""
        return _WORDS[self]


_WORDS = {
    Into.ROW: "Row: a hypothesis",
    Into.RULE: "Decision rule of a row",
    Into.SAMPLING: "Sampling plan of a row, in words",
    Into.ANALYSIS_PLAN: "Analysis plan of a row, in words",
    Into.SENSITIVITY: "Sensitivity of a row, in words",
    Into.CHECK: "Check that must pass",
    Into.MEASURE: "Measure",
    Into.SAMPLE: "Sample, and the sampling plan of its rows",
    Into.EXCLUSION: "Exclusion",
    Into.ANALYSIS: "Analysis, and the analysis plan of its rows",
    Into.PIN: "Something fixed: a model, a seed",
    Into.BRANCH: "Branch: if, then",
}
_BY_KIND = {
    "hypothesis": Into.ROW,
    "analysis": Into.ANALYSIS,
    "gate": Into.CHECK,
    "exclusion": Into.EXCLUSION,
    "sample": Into.SAMPLE,
    "measure": Into.MEASURE,
}
# Which words of a row an acceptance adds to, and the part's list, class, letter and field of prose.
_OF_A_ROW = {
    Into.RULE: "decision_rule",
    Into.SAMPLING: "sampling",
    Into.ANALYSIS_PLAN: "analysis",
    Into.SENSITIVITY: "sensitivity",
}
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
_NAME = re.compile(r"(?:H|RQ|Q|E|S|B|P|C|G|SH|EH)\d+(?:\.\d+)?[a-z]?\b")
_CONCLUDES = re.compile(r"support|confirm|refut|reject|contradict|falsif|inconclusive|disconfirm", re.IGNORECASE)
_EQUAL = re.compile(r"equivalen|no (?:\w+ )?difference|as good as|within ±|not (?:be )?worse", re.IGNORECASE)
_GROUPED = re.compile(r"\d{1,3}(?:[,\u202f\u00a0]\d{3})+")
_MARKS = re.compile(r"\*\*|__|`|(?<!\w)[*_]|[*_](?!\w)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """An acceptance as the author edited it: what it becomes, of which label, with which words and numbers."""

    into: Into
    label: str = ""
    text: str = ""
    fields: dict[str, str] = field(default_factory=dict)


def suggested(item: Item, plan: Protocol) -> Taking:
    """What an item would become if nothing is changed about it."""
    into, text = _BY_KIND.get(item.kind, Into.MEASURE), plain(item.quote)
    named = _NAME.search(item.label)
    rows = concerned(plan, f"{item.label} {text}")
    if into is Into.CHECK and _CONCLUDES.search(text) and rows:
        return Taking(into=Into.RULE, label=", ".join(rows), text=text, fields=dict(item.fields))
    if into is Into.SAMPLE and not item.fields.get("n") and (item.fields.get("model") or item.fields.get("seed")):
        return Taking(into=Into.PIN, text=text, fields=dict(item.fields))
    label = named[0] if named and (into is Into.ROW or named[0] not in labels_of(plan.parts())) else ""
    return Taking(into=into, label=label[:LABEL_LIMIT], text=text, fields=dict(item.fields))


def plain(quote: str) -> str:
    """A quote as a form shows it: without marks of emphasis and breaks of lines."""
    return " ".join(_MARKS.sub("", quote).split())


def concerned(plan: Protocol, text: str) -> tuple[str, ...]:
    """The labels of the rows that `text` names."""
    return tuple(
        label for label in labels_of(plan.rows) if label and re.search(rf"(?<!\w){re.escape(label)}(?!\w)", text)
    )


def take(plan: Protocol, taking: Taking) -> tuple[Protocol, str]:
    """`plan` with what was accepted, and the label of what it became."""
    of_row = _OF_A_ROW.get(taking.into)
    if of_row is not None:
        wanted = [label.strip() for label in taking.label.split(",")] if taking.label.strip() else labels_of(plan.rows)
        return _into_rows(plan, of_row, taking.text, [label for label in wanted if plan.row(label)]), ", ".join(wanted)
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
        rows = concerned(plan, taking.text) or labels_of(plan.rows)
        changed = _into_rows(changed, _ALSO[taking.into], taking.text, rows, only_empty=True)
    return changed, label


def _into_rows(plan: Protocol, name: str, text: str, labels: Iterable[str], *, only_empty: bool = False) -> Protocol:
    wanted = set(labels)

    def changed(row: Row) -> Row:
        before: str = getattr(row, name)
        if row.label not in wanted or (only_empty and before.strip()):
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
    values = {prose: _below(getattr(part, prose), taking.text), **_read(part, taking, plan)}
    kept = {name: value for name, value in values.items() if name == prose or not getattr(part, name)}
    return replace(part, **kept)


def _read(part: Labelled, taking: Taking, plan: Protocol) -> dict[str, Any]:
    """The fields of `part` that follow from what was read in the sentence."""
    reader = _READERS.get(type(part))
    return reader(part, taking, concerned(plan, f"{taking.label} {taking.text}")) if reader else {}


def _of_row(row: Row, taking: Taking, _: tuple[str, ...]) -> dict[str, Any]:
    smallest = _number(taking.fields.get("threshold", ""))
    found: dict[str, Any] = {"smallest_effect": smallest, "unit": taking.fields.get("unit", "")} if smallest else {}
    kind = Kind.EQUIVALENCE if _EQUAL.search(taking.text) else Kind.DIRECTIONAL
    return found if row.hypothesis.strip() else {**found, "kind": kind}


def _of_check(_: Check, taking: Taking, __: tuple[str, ...]) -> dict[str, Any]:
    passes = comparison_of(taking.fields)
    return {"passes": (passes,), "threshold": sentence(passes)} if passes else {}


def _of_sample(_: Sample, taking: Taking, rows: tuple[str, ...]) -> dict[str, Any]:
    said = taking.fields
    target = _number(said.get("n", ""))
    return {"target": target, "unit": said.get("of", ""), "alpha": said.get("alpha", ""), "rows": rows}


def _of_analysis(_: Analysis, taking: Taking, rows: tuple[str, ...]) -> dict[str, Any]:
    return {"threshold": taking.fields.get("alpha", ""), "rows": rows}


def _of_pin(_: Pin, taking: Taking, __: tuple[str, ...]) -> dict[str, Any]:
    model, seed = taking.fields.get("model", ""), taking.fields.get("seed", "")
    return {"thing": Thing.MODEL if model else Thing.SEED if seed else None, "value": model or seed}


_READERS: dict[type, Callable[[Any, Taking, tuple[str, ...]], dict[str, Any]]] = {
    Row: _of_row,
    Check: _of_check,
    Measure: lambda _, taking, __: {"unit": taking.fields.get("unit", "")},
    Sample: _of_sample,
    Analysis: _of_analysis,
    Pin: _of_pin,
}


def comparison_of(said: dict[str, str]) -> Comparison | None:
    """The comparison that was read in a sentence, if it is whole."""
    comparators = {each.value: each for each in Comparator}
    comparator, value = comparators.get(said.get("comparator", "")), _number(said.get("threshold", ""))
    if comparator is None or comparator is Comparator.BETWEEN or not value:
        return None
    return Comparison(metric=said.get("metric", ""), comparator=comparator, value=value, unit=said.get("unit", ""))


def _number(text: str) -> str:
    """A number as the plan keeps it: "1,800" is 1800; what is none is left out."""
    bare = re.sub(r"[,\u202f\u00a0]", "", text) if _GROUPED.fullmatch(text.strip()) else text.strip()
    return bare if number(bare) is not None else ""

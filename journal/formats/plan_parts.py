"""The parts of a design as words: one list for the printed protocol, the paper and the public page alike."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeAlias

from workflows.protocol import Check, Known, Protocol, Row
from workflows.protocol.building import sentence_of
from workflows.registered import Design

Pair: TypeAlias = tuple[str, str]
Fields: TypeAlias = tuple[tuple[str, str], ...]

_ALSO = ("Also", "account")
_ROWS = ("Rows", "rows")
_PARTS: dict[str, tuple[str, Fields]] = {
    "measures": ("Measures", (("Measured", "what"), ("For", "role"), ("Unit", "unit"), _ROWS, _ALSO)),
    "samples": (
        "Samples",
        (
            ("How many", "target"),
            ("Of what", "unit"),
            ("At most", "most"),
            ("Conditions", "groups"),
            ("Stops", "stopping"),
            ("Rests on", "basis"),
            ("Computed", "method"),
            ("Power of", "test"),
            ("Alpha", "alpha"),
            ("Power", "power"),
            ("Effect assumed", "effect"),
            ("Because", "rationale"),
            _ROWS,
            _ALSO,
        ),
    ),
    "exclusions": (
        "Exclusions, in the order in which they are applied",
        (("Left out", "what"), ("Takes out", "level"), ("Sight", "sight"), _ROWS, _ALSO),
    ),
    "analyses": (
        "Analyses",
        (
            ("Test or model", "test"),
            ("For", "part"),
            _ROWS,
            ("Measures", "measures"),
            ("Sides", "sides"),
            ("Threshold", "threshold"),
            ("Multiplicity", "correction"),
            ("Software", "software"),
            ("Version", "version"),
            ("Known already", "known"),
            ("This rests on", "basis"),
            _ALSO,
        ),
    ),
    "contingencies": ("Branches of the plan", (("If", "condition"), ("Then", "then"), _ROWS)),
    "pins": (
        "What is fixed",
        (
            ("What", "thing"),
            ("Name", "value"),
            ("Version", "version"),
            ("Digest", "digest"),
            ("Place", "place"),
            _ALSO,
        ),
    ),
}
_ROW = (
    ("Question", "question"),
    ("Hypothesis", "hypothesis"),
    ("Predicted", "kind"),
    ("Sampling", "sampling"),
    ("Analysis", "analysis"),
    ("Sensitivity", "sensitivity"),
    ("Because", "rationale"),
    ("Decision rule", "decision_rule"),
    ("What each outcome would mean", "interpretation"),
    ("Theory at stake", "theory"),
)
_LONG = 160


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part: its label, and what it says, by the names of its fields."""

    label: str
    said: tuple[Pair, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The parts of one kind; `said` is what is said beside them."""

    name: str
    title: str
    parts: tuple[Part, ...] = ()
    said: tuple[Pair, ...] = ()


def sections(design: Design) -> tuple[Section, ...]:
    """The design, section by section; nothing empty is in it."""
    found = [Section(name=name, title=title, parts=_parts(design, name, of)) for name, (title, of) in _PARTS.items()]
    beside = (
        Section(name="contamination", title="Kept apart from training", said=_pairs([("", design.contamination)])),
        Section(name="exploratory", title="Exploration", said=_pairs([("", design.exploratory)])),
    )
    return tuple(each for each in (*found, *beside) if each.parts or each.said)


def _parts(design: Design, name: str, of: Fields) -> tuple[Part, ...]:
    return tuple(Part(label=part.label, said=_said(part, of)) for part in getattr(design, name))


def rows_of(plan: Protocol) -> tuple[Part, ...]:
    """The rows. A long text that an earlier row has word for word is not said again."""
    return tuple(map(_row, spared(plan.rows)))


def spared(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows as they are read: a long text that an earlier row has word for word is "As for H1." instead."""
    told: dict[Pair, str] = {}
    return tuple(_spared(row, told) for row in rows)


def _spared(row: Row, told: dict[Pair, str]) -> Row:
    changes: dict[str, Any] = {}
    for _, name in _ROW:
        text = getattr(row, name)
        first = told.setdefault((name, text), row.label) if len(text) > _LONG else row.label
        if first != row.label:
            changes[name] = f"As for {first}."
    return replace(row, **changes)


def _row(row: Row) -> Part:
    smallest = f"{row.smallest_effect} {row.unit}".strip()
    built = sentence_of(row) if row.rule.clauses else ""
    more = [("Smallest effect of interest", smallest), ("The rule as built", _unless(built, row.decision_rule))]
    return Part(label=row.label, said=(*_said(row, _ROW), *_pairs(more)))


def checks_of(plan: Protocol) -> tuple[Part, ...]:
    """The checks that must pass, with what follows if one does not."""
    return tuple(Part(label=check.label, said=said_of_check(check)) for check in plan.checks)


def said_of_check(check: Check) -> tuple[Pair, ...]:
    """What one check says."""
    named = (("Checked", "what"), ("Kind", "gate"), ("Threshold", "threshold"), ("If it fails", "consequence"))
    built = _unless(sentence_of(check), check.threshold)
    more = [
        ("The threshold as built", built),
        ("In a word", _word(check.failing)),
        ("Bears on", ", ".join(check.rows) or "all rows"),
    ]
    return (*_said(check, named), *_pairs(more))


def _unless(text: str, other: str) -> str:
    return "" if text == other.strip() else text


def _said(part: object, of: Iterable[Pair]) -> tuple[Pair, ...]:
    return _pairs((title, _word(getattr(part, name))) for title, name in of)


def _pairs(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    return tuple((title, text) for title, text in pairs if text.strip())


def _word(value: Any) -> str:  # noqa: ANN401 - a text, a choice, labels, or nothing
    match value:
        case None:
            return ""
        case Known():
            return f"level {value.level} of 6"
        case StrEnum():
            return str(getattr(value, "words", value))
        case tuple():
            return ", ".join(map(str, value))
        case _:
            return str(value)

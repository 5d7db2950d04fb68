"""The protocol: the plan of a study as data, and what it must say before it can be submitted."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from workflows.machine import Refusal

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"

TITLE_LIMIT = 300
ABSTRACT_LIMIT = 5000
TEXT_LIMIT = 50_000
LABEL_LIMIT = 40
NUMBER_LIMIT = 40


class Kind(StrEnum):
    """What a row of the protocol asks. `ESTIMATION` and `EXPLORATORY` rows have no hypothesis to support."""

    DIRECTIONAL = "directional"
    EQUIVALENCE = "equivalence"
    ESTIMATION = "estimation"
    EXPLORATORY = "exploratory"

    @property
    def words(self) -> str:
        """The kind as authors choose it."""
        return _KIND_WORDS[self]

    @property
    def tests(self) -> bool:
        """Whether a row of this kind can be supported or contradicted."""
        return self in (Kind.DIRECTIONAL, Kind.EQUIVALENCE)


_KIND_WORDS = {
    Kind.DIRECTIONAL: "directional: an effect in a stated direction",
    Kind.EQUIVALENCE: "equivalence: no effect worth caring about",
    Kind.ESTIMATION: "estimation: how large, without a hypothesis",
    Kind.EXPLORATORY: "exploratory: nothing is predicted",
}

# What each bias-control level says, after PCI Registered Reports. Level 0 is listed so that it can be refused in words.
BIAS_LEVELS = {
    6: "The data do not exist yet and will not before in-principle acceptance.",
    5: "All data exist, but nobody on the team can reach them: a gatekeeper holds them.",
    4: "The data exist and could be reached; the authors certify that they have not looked.",
    3: "The data have been reached, but nothing in them has been observed.",
    2: "Parts have been observed, but no key variable; extra control of bias is in place.",
    1: "Key variables have been observed, but no planned analysis has been run; strict extra control is in place.",
    0: "Some planned analyses have already been run.",
}


# No more than people write: Decimal also reads "1_000", "Infinity" and exponents that no arithmetic survives.
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,2})?", re.ASCII | re.IGNORECASE)


def number(text: str) -> Decimal | None:
    """The number that `text` states, such as "-0.3", ".5" or "2e-4" (Unicode minus understood), or None."""
    plain = text.strip().replace("\N{MINUS SIGN}", "-")
    return Decimal(plain) if len(plain) <= NUMBER_LIMIT and _NUMBER.fullmatch(plain) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the study design table: a question, and everything needed to conclude from its answer.

    `smallest_effect` is the smallest effect of interest, a positive number as typed, in `unit`.
    """

    label: str
    question: str = ""
    hypothesis: str = ""
    kind: Kind = Kind.DIRECTIONAL
    primary: bool = True
    sampling: str = ""
    analysis: str = ""
    sensitivity: str = ""
    decision_rule: str = ""
    smallest_effect: str = ""
    unit: str = ""
    interpretation: str = ""
    theory: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """An outcome-neutral check (gate): a positive control, a manipulation check, a quality threshold."""

    label: str
    what: str = ""
    threshold: str = ""
    consequence: str = ""
    rows: tuple[str, ...] = ()

    def concerns(self, label: str) -> bool:
        """Whether the check bears on the row `label`. A check that names no row bears on all."""
        return not self.rows or label in self.rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Statements:
    """What authors state beside the plan. Each is prose; a no is as good as a yes when it has a reason."""

    funding: str = ""
    ethics: str = ""
    competing_interests: str = ""
    data: str = ""
    code: str = ""
    materials: str = ""

    def else_as(self, planned: "Statements") -> "Statements":
        """These statements; what they leave empty stands as it was planned."""
        return Statements(
            **{each.name: getattr(self, each.name) or getattr(planned, each.name) for each in fields(self)}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDigest:
    """A file that belongs to the protocol, by its neutral name, SHA-256 (hex) and size in bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """The stage-1 plan. What its canonical JSON contains is what the digest at acceptance binds."""

    title: str = ""
    abstract: str = ""
    topics: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    checks: tuple[Check, ...] = ()
    bias_level: int | None = None
    bias_account: str = ""
    statements: Statements = Statements()
    files: tuple[FileDigest, ...] = ()

    def row(self, label: str) -> Row | None:
        """The row called `label`, if there is one."""
        return next((row for row in self.rows if row.label == label), None)

    def checks_of(self, label: str) -> tuple[Check, ...]:
        """The checks that bear on the row `label`."""
        return tuple(check for check in self.checks if check.concerns(label))


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
            if not getattr(row, field).strip():
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

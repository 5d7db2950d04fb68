"""What was promised and what was done, as the public may read it: each row, check and part of the plan, answered.

Part of `declassify`. Every field of the classes here is public once its record is released. What a part of the plan
shows is written down field by field, so that one that is added some day stays out until somebody lets it in.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import assert_never

from workflows.comparing.redline import Redline
from workflows.deviations import Deviation
from workflows.outcomes import (
    LEAST_LEVEL,
    CheckResult,
    Competence,
    Done,
    Outcome,
    OutcomeRow,
    Outcomes,
    PartAnswer,
    conclude,
    excludes_the_smallest,
)
from workflows.protocol import (
    BIAS_LEVELS,
    Analysis,
    Check,
    Contingency,
    Exclusion,
    Known,
    Measure,
    Pin,
    Protocol,
    Row,
    Sample,
)
from workflows.unanswered import Asked, asked_parts


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the rule of docs/outcomes.md was given for one row, beside its checks. Numbers are kept as typed.

    `excludes` says whether the interval excludes effects as large as the smallest of interest, None where one of the
    two is missing; `least_level` is the level that an interval must have at least, in per cent.
    """

    low: str
    high: str
    level: str
    smallest_effect: str
    unit: str
    excludes: bool | None
    least_level: int = LEAST_LEVEL


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One row of the protocol with its answer, its outcome and the evidence for it."""

    row: Row
    checks: tuple[Check, ...]
    answer: OutcomeRow
    check_results: tuple[CheckResult, ...]
    outcome: Outcome
    competence: Competence
    evidence: Evidence


class PartKind(StrEnum):
    """What kind of part of a plan it is, beside its rows and checks."""

    SAMPLE = "sample"
    MEASURE = "measure"
    EXCLUSION = "exclusion"
    ANALYSIS = "analysis"
    CONTINGENCY = "contingency"
    PIN = "pin"

    @property
    def one(self) -> str:
        """One of the kind, as readers call it."""
        return {PartKind.CONTINGENCY: "branch", PartKind.PIN: "fixed"}.get(self, self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One thing that was registered of a part: the name of its field, that name for people, and the words."""

    field: str
    name: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPart:
    """A part of the plan beside its rows and checks, and what became of it.

    Of an announced protocol `done` is None and the rest of the answer empty.
    """

    kind: PartKind
    label: str
    registered: tuple[Said, ...]
    done: Done | None = None
    found: str = ""
    account: str = ""
    branch: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """How the findings of the comparison with the protocol ended: how many each way. What they say is not public."""

    declared: int = 0
    corrected: int = 0
    dismissed: int = 0


def results_of(protocol: Protocol, outcomes: Outcomes) -> tuple[Result, ...]:
    """Every row of the protocol with what became of it."""
    return tuple(_result(protocol, outcomes, row) for row in protocol.rows)


def parts_of(protocol: Protocol, outcomes: Outcomes) -> tuple[PublicPart, ...]:
    """Every other part that stage 2 is asked about, with what became of it."""
    return tuple(_part(part, outcomes.part(part.label)) for part in asked_parts(protocol))


def without_marks(deviations: Iterable[Deviation]) -> tuple[Deviation, ...]:
    """The ledger without the marks of findings that deviations were made from: digests of what is not public."""
    return tuple(replace(each, finding="") for each in deviations)


def without_places(redline: Redline | None) -> Redline | None:
    """Both texts as one, without the places in files that are not public."""
    if redline is None:
        return None
    sections = tuple(
        replace(each, lines=tuple(replace(line, protocol=None, manuscript=None) for line in each.lines))
        for each in redline.sections
    )
    return Redline(sections=sections)


def _result(protocol: Protocol, outcomes: Outcomes, row: Row) -> Result:
    concluded = conclude(protocol, outcomes, row.label)
    checks = protocol.checks_of(row.label)
    answer = outcomes.row(row.label) or OutcomeRow(label=row.label)
    return Result(
        row=row,
        checks=checks,
        answer=answer,
        check_results=tuple(outcomes.check(check.label) or CheckResult(label=check.label) for check in checks),
        outcome=concluded.outcome,
        competence=concluded.competence,
        evidence=_evidence(row, answer),
    )


def _evidence(row: Row, answer: OutcomeRow) -> Evidence:
    return Evidence(
        low=answer.low,
        high=answer.high,
        level=answer.level,
        smallest_effect=row.smallest_effect,
        unit=row.unit,
        excludes=excludes_the_smallest(row, answer),
    )


def _part(part: Asked, answer: PartAnswer | None) -> PublicPart:
    told = answer or PartAnswer(label=part.label)
    return PublicPart(
        kind=kind_of(part),
        label=part.label,
        registered=tuple(_said(part)),
        done=told.done,
        found=told.found,
        account=told.account,
        branch=told.branch,
        where=told.where,
    )


def kind_of(part: Asked) -> PartKind:
    """What kind of part it is."""
    match part:
        case Sample():
            return PartKind.SAMPLE
        case Measure():
            return PartKind.MEASURE
        case Exclusion():
            return PartKind.EXCLUSION
        case Analysis():
            return PartKind.ANALYSIS
        case Contingency():
            return PartKind.CONTINGENCY
        case Pin():
            return PartKind.PIN
        case _:
            assert_never(part)


# What is public of a part, in the order of pages, and what pages call it.
PUBLIC_FIELDS = {
    PartKind.SAMPLE: {
        "target": "How many",
        "unit": "Of what",
        "most": "At most",
        "groups": "Groups",
        "stopping": "When it stops",
        "basis": "Rests on",
        "method": "Computed by",
        "test": "Power of",
        "alpha": "Alpha",
        "power": "Power",
        "effect": "Effect assumed",
        "rationale": "Why so many",
        "rows": "Bears on",
        "account": "In words",
    },
    PartKind.MEASURE: {"what": "What", "role": "Role", "unit": "Unit", "rows": "Bears on", "account": "In words"},
    PartKind.EXCLUSION: {
        "what": "What is left out",
        "level": "Takes out",
        "sight": "Outcome",
        "rows": "Bears on",
        "account": "In words",
    },
    PartKind.ANALYSIS: {
        "test": "Test or model",
        "part": "Part",
        "sides": "Sides",
        "threshold": "Threshold",
        "correction": "Correction",
        "rows": "Decides",
        "measures": "Measures",
        "software": "Software",
        "version": "Version",
        "known": "Data when registered",
        "basis": "Which rests on",
        "account": "In words",
    },
    PartKind.CONTINGENCY: {"condition": "If", "then": "Then", "rows": "Bears on"},
    PartKind.PIN: {
        "thing": "Kind",
        "value": "Which",
        "version": "Version",
        "digest": "Digest",
        "place": "Where it is",
        "account": "In words",
    },
}


def _said(part: Asked) -> Iterator[Said]:
    for field, name in PUBLIC_FIELDS[kind_of(part)].items():
        text = _words(getattr(part, field))
        if text.strip():
            yield Said(field=field, name=name, text=text)


def _words(value: str | StrEnum | Iterable[str] | None) -> str:
    match value:
        case None:
            return ""
        case Known():
            return BIAS_LEVELS[value.level]
        case StrEnum():
            return str(getattr(value, "words", value.value))
        case str():
            return value
        case _:
            return ", ".join(value)

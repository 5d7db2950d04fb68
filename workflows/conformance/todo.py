"""Findings as a list of what is left to do before results are sent: the cheapest first."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum

from workflows.comparing.finding import Kind, Wording
from workflows.conformance.finding import Finding, Found, State, bars, beginning
from workflows.deviations import Departure, Deviation
from workflows.protocol import Analysis, Check, Contingency, Exclusion, Measure, Pin, Protocol, Sample
from workflows.reviewing import Severity
from workflows.unanswered import asked_parts


class Effort(IntEnum):
    """What it takes to answer a finding."""

    ONE_PRESS = 0
    DECLARING = 1
    CORRECTING = 2
    READING = 3
    NONE = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A finding with what its authors said of it; `answer` is empty where they said nothing."""

    finding: Finding
    effort: Effort
    answer: str = ""

    @property
    def is_open(self) -> bool:
        """Whether acceptance will wait for it, and its authors said nothing of it yet."""
        return self.effort is not Effort.NONE and not self.answer


def tasks(protocol: Protocol, found: Iterable[Finding], answers: dict[str, str]) -> tuple[Task, ...]:
    """The findings in the order in which authors do best to answer them: open ones first, and of these the cheapest."""
    every = [Task(finding=each, effort=effort_of(protocol, each), answer=answers.get(each.mark, "")) for each in found]
    return tuple(sorted(every, key=_order))


def _order(task: Task) -> tuple[bool, int, int, float]:
    severities = list(Severity)
    return (
        not task.is_open,
        task.effort,
        severities.index(task.finding.severity),
        -task.finding.sureness,
    )


def effort_of(protocol: Protocol, finding: Finding) -> Effort:
    """What it takes to answer a finding. A part without an answer takes one press; a text has to be read."""
    if not bars(finding.severity, beginning(finding)):
        return Effort.NONE
    if finding.kind.of_texts:
        return Effort.READING
    if finding.kind is Found.MISSING and finding.place in {part.label for part in asked_parts(protocol)}:
        return Effort.ONE_PRESS
    return Effort.DECLARING if finding.kind is Found.UNEXPLAINED else Effort.CORRECTING


def with_declared(found: Iterable[Finding], deviations: Iterable[Deviation]) -> tuple[Finding, ...]:
    """The findings, those declared that a deviation was made from."""
    told = {each.finding: each.why.strip() or each.what.strip() for each in deviations if each.what.strip()}
    return tuple(
        replace(each, declared=told[each.mark]) if each.mark in told and not each.declared else each for each in found
    )


def is_declared(finding: Finding) -> bool:
    """Whether its authors declare it."""
    return beginning(finding) is State.DECLARED


_KINDS = {
    Departure.HYPOTHESIS: (
        Kind.LABEL_REUSED,
        Kind.HYPOTHESIS_MISSING,
        Kind.HYPOTHESIS_CHANGED,
        Kind.PREDICTION_MISSING,
    ),
    Departure.SAMPLE: (Kind.SAMPLE_MISSING, Kind.SHARE_DIFFERS),
    Departure.EXCLUSION: (Kind.EXCLUSION_MISSING,),
    Departure.MEASURE: (Kind.MEASURE_DIFFERS,),
    Departure.MATERIALS: (Kind.PIN_DIFFERS, Kind.PIN_MISSING),
    Departure.ANALYSIS: (Kind.ANALYSIS_MISSING, Kind.ANALYSIS_ADDED, Kind.ROWS_MISSING),
    Departure.DESIGN: (Kind.DESIGN_DIFFERS,),
    Departure.PROCEDURE: (Kind.GATE_MISSING, Kind.GATE_UNMET),
    Departure.INFERENCE: (Kind.RULE_DIFFERS,),
}
_BY_TOPIC = {topic.value: departure for departure, topics in _KINDS.items() for topic in topics}
_BY_PART: dict[type, Departure] = {
    Sample: Departure.SAMPLE,
    Measure: Departure.MEASURE,
    Exclusion: Departure.EXCLUSION,
    Analysis: Departure.ANALYSIS,
    Contingency: Departure.PROCEDURE,
    Pin: Departure.MATERIALS,
    Check: Departure.PROCEDURE,
}


def as_deviation(protocol: Protocol, finding: Finding) -> Deviation:
    """A deviation begun from a finding, to be completed: what it concerns, of which kind, and what stands there now."""
    parts = {part.label: part for part in (*protocol.rows, *protocol.checks, *asked_parts(protocol))}
    part = parts.get(finding.place)
    return Deviation(
        row=finding.place if part is not None else "",
        kind=_BY_TOPIC.get(finding.topic) or _BY_PART.get(type(part)),
        what=_what(finding),
        finding=finding.mark,
    )


def _what(finding: Finding) -> str:
    if finding.wording is Wording.NOT_FOUND or not finding.reported.strip():
        return f"Not done as registered: {finding.promised.strip()}" if finding.promised.strip() else ""
    return finding.reported.strip()

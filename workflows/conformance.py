"""Conformance: what comparing stage 2 with the frozen protocol found. Findings lay side by side; they do not accuse."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from workflows.deviations import Deviation
from workflows.outcomes import CheckResult, Done, OutcomeRow, Outcomes, Passed
from workflows.protocol import Check, Protocol, Row
from workflows.reviewing import Criterion, Severity
from workflows.verdicts import Verdict


class Found(StrEnum):
    """What kind of difference a finding is."""

    MISSING = "missing"
    CHANGED = "changed"
    UNEXPLAINED = "unexplained"
    UNREGISTERED = "unregistered"
    AT_ODDS = "at_odds"

    @property
    def words(self) -> str:
        """The kind as a heading."""
        return {
            Found.MISSING: "Registered, not reported",
            Found.CHANGED: "Done differently, declared",
            Found.UNEXPLAINED: "Done differently, not explained",
            Found.UNREGISTERED: "Reported, not registered",
            Found.AT_ODDS: "Verdict at odds with a check",
        }[self]

    @property
    def bears_on(self) -> Criterion:
        """The criterion of stage 2 that is at stake if the finding is upheld."""
        return {
            Found.MISSING: Criterion.FOLLOWED,
            Found.CHANGED: Criterion.FOLLOWED,
            Found.UNEXPLAINED: Criterion.FOLLOWED,
            Found.UNREGISTERED: Criterion.UNREGISTERED,
            Found.AT_ODDS: Criterion.CONCLUSIONS,
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One difference, with both texts. `place` is the label of the row or check."""

    kind: Found
    severity: Severity
    place: str
    promised: str
    reported: str
    sentence: str


def compare(protocol: Protocol, outcomes: Outcomes, deviations: tuple[Deviation, ...]) -> tuple[Finding, ...]:
    """The findings of a stage-2 submission against its frozen protocol, in the protocol's order."""
    return (
        *(finding for row in protocol.rows for finding in _row_findings(row, protocol, outcomes, deviations)),
        *(finding for check in protocol.checks for finding in _check_findings(check, outcomes, deviations)),
        *_unregistered(protocol, outcomes),
    )


def _row_findings(
    row: Row, protocol: Protocol, outcomes: Outcomes, deviations: tuple[Deviation, ...]
) -> Iterator[Finding]:
    answer = outcomes.row(row.label)
    if answer is None or answer.verdict is None or answer.done is None:
        yield _missing(row.label, _promise(row), "The row has no answer.")
        return
    if answer.done is not Done.AS_REGISTERED:
        yield _departure(row, answer, declared=_declared(row.label, deviations))
    failed = [check.label for check in protocol.checks_of(row.label) if _failed(outcomes.check(check.label))]
    if failed and answer.verdict not in (Verdict.NOT_TESTABLE, Verdict.NOT_TESTED):
        yield Finding(
            kind=Found.AT_ODDS,
            severity=Severity.MUST,
            place=row.label,
            promised="; ".join(_consequence(protocol, label) for label in failed),
            reported=f"{row.label}: {answer.verdict.words}",
            sentence=f"{', '.join(failed)} failed, yet {row.label} has a verdict. What does the protocol say follows?",
        )


_EXPLAINED = {True: "; the authors say why.", False: ", and no deviation explains it."}


def _departure(row: Row, answer: OutcomeRow, *, declared: bool) -> Finding:
    how = "not carried out" if answer.done is Done.NOT_DONE else "carried out differently"
    explained = declared or (answer.done is Done.NOT_DONE and bool(answer.why.strip()))
    return Finding(
        kind=Found.CHANGED if explained else Found.UNEXPLAINED,
        severity=Severity.NOTE if explained else Severity.MUST,
        place=row.label,
        promised=_promise(row),
        reported=answer.account or answer.why,
        sentence=f"{row.label} was {how}{_EXPLAINED[explained]}",
    )


def _check_findings(check: Check, outcomes: Outcomes, deviations: tuple[Deviation, ...]) -> Iterator[Finding]:
    result = outcomes.check(check.label)
    promised = f"{check.what.rstrip(' .')}. Threshold: {check.threshold}." if check.threshold else check.what
    if result is None or result.passed is None:
        yield _missing(check.label, promised, "The registered check has no result.")
    elif result.passed is Passed.NOT_RUN:
        declared = _declared(check.label, deviations)
        yield Finding(
            kind=Found.CHANGED if declared else Found.UNEXPLAINED,
            severity=Severity.NOTE if declared else Severity.MUST,
            place=check.label,
            promised=promised,
            reported=result.found,
            sentence=f"{check.label} was not run{_EXPLAINED[declared]}",
        )


def _unregistered(protocol: Protocol, outcomes: Outcomes) -> Iterator[Finding]:
    registered = {row.label for row in protocol.rows}
    for answer in outcomes.rows:
        if answer.label not in registered:
            yield Finding(
                kind=Found.UNREGISTERED,
                severity=Severity.NOTE,
                place=answer.label,
                promised="",
                reported=answer.account or answer.why,
                sentence=f"{answer.label} was not registered. It is listed as an unregistered analysis.",
            )


def _missing(place: str, promised: str, sentence: str) -> Finding:
    return Finding(
        kind=Found.MISSING, severity=Severity.MUST, place=place, promised=promised, reported="", sentence=sentence
    )


def _promise(row: Row) -> str:
    return row.hypothesis or row.question


def _consequence(protocol: Protocol, label: str) -> str:
    return next((f"{check.label}: {check.consequence}" for check in protocol.checks if check.label == label), label)


def _declared(place: str, deviations: tuple[Deviation, ...]) -> bool:
    return any(deviation.row == place and deviation.what.strip() for deviation in deviations)


def _failed(result: CheckResult | None) -> bool:
    return result is not None and result.passed is Passed.FAILED

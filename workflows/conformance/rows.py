"""Answered rows and checks beside the frozen ones."""

from collections.abc import Iterator

from workflows.comparing.finding import Wording
from workflows.conformance.finding import Finding, Found
from workflows.deviations import Deviation
from workflows.outcomes import Done, OutcomeRow, Outcomes, PartAnswer, Passed
from workflows.protocol import Check, Failing, Protocol, Row
from workflows.reviewing import Criterion, Severity
from workflows.verdicts import Verdict


def row_findings(
    row: Row, protocol: Protocol, outcomes: Outcomes, deviations: tuple[Deviation, ...]
) -> Iterator[Finding]:
    """What differs in one row: no answer, done otherwise, or a verdict although a check failed."""
    answer = outcomes.row(row.label)
    if answer is None or answer.verdict is None or answer.done is None:
        yield missing(row.label, _promise(row), "The row has no answer.")
        return
    if answer.done not in (Done.AS_REGISTERED, Done.BRANCHED):
        yield _departure(row, answer, declared=declared(row.label, deviations))
    failed = [check.label for check in protocol.checks_of(row.label) if _follows(check, outcomes)]
    if failed and answer.verdict not in (Verdict.NOT_TESTABLE, Verdict.NOT_TESTED):
        yield Finding(
            kind=Found.AT_ODDS,
            severity=Severity.MUST,
            place=row.label,
            promised="; ".join(_consequence(protocol, label) for label in failed),
            reported=f"{row.label}: {answer.verdict.words}",
            sentence=f"{', '.join(failed)} failed, yet {row.label} has a verdict. What does the protocol say follows?",
            criterion=Criterion.CONCLUSIONS,
        )


_EXPLAINED = {True: "; the authors say why.", False: ", and no deviation explains it."}


def _departure(row: Row, answer: OutcomeRow, *, declared: bool) -> Finding:
    explained = declared or (answer.done is Done.NOT_DONE and bool(answer.why.strip()))
    return departure(answer, _promise(row), answer.account or answer.why, explained=explained)


def departure(answer: OutcomeRow | PartAnswer, promised: str, reported: str, *, explained: bool) -> Finding:
    """What was registered and done otherwise. A branch that the protocol has is no departure: it is a note."""
    return Finding(
        kind=Found.CHANGED if explained else Found.UNEXPLAINED,
        severity=Severity.NOTE if explained else Severity.MUST,
        place=answer.label,
        promised=promised,
        reported=reported,
        sentence=f"{answer.label} {_HOW[answer.done]}{_EXPLAINED[explained]}",
        wording=Wording.NOT_FOUND if answer.done is Done.NOT_DONE else Wording.DIFFERS,
    )


_HOW = {
    None: "has no answer",
    Done.AS_REGISTERED: "was carried out as registered",
    Done.DIFFERENTLY: "was carried out differently",
    Done.REPLACED: "was replaced by something else",
    Done.BRANCHED: "does not apply, by a branch of the protocol",
    Done.NOT_DONE: "was not carried out",
}


def check_findings(check: Check, outcomes: Outcomes, deviations: tuple[Deviation, ...]) -> Iterator[Finding]:
    """What differs in one check: no result, or it was not run."""
    result = outcomes.check(check.label)
    promised = f"{check.what.rstrip(' .')}. Threshold: {check.threshold}." if check.threshold else check.what
    if result is None or result.passed is None:
        yield missing(check.label, promised, "The registered check has no result.")
    elif result.passed is Passed.NOT_RUN:
        told = declared(check.label, deviations)
        yield Finding(
            kind=Found.CHANGED if told else Found.UNEXPLAINED,
            severity=Severity.NOTE if told else Severity.MUST,
            place=check.label,
            promised=promised,
            reported=result.found,
            sentence=f"{check.label} was not run{_EXPLAINED[told]}",
        )


def unregistered(protocol: Protocol, outcomes: Outcomes) -> Iterator[Finding]:
    """What is reported and was not registered: rows under labels that the protocol has not, and what authors list."""
    registered = {row.label for row in protocol.rows}
    for answer in outcomes.rows:
        if answer.label not in registered:
            words = f"{answer.label} was not registered. It is listed as an unregistered analysis."
            yield _added(answer.label, answer.account or answer.why, words)
    for at, added in enumerate(outcomes.unregistered, 1):
        words = f"An unregistered analysis. The authors' reason: {added.why}"
        yield _added(f"Unregistered {at}", added.what, words)


def _added(place: str, reported: str, sentence: str) -> Finding:
    return Finding(
        kind=Found.UNREGISTERED,
        severity=Severity.NOTE,
        place=place,
        promised="",
        reported=reported,
        sentence=sentence,
        criterion=Criterion.UNREGISTERED,
    )


def missing(place: str, promised: str, sentence: str) -> Finding:
    """What is registered and has no answer."""
    return Finding(
        kind=Found.MISSING,
        severity=Severity.MUST,
        place=place,
        promised=promised,
        reported="",
        sentence=sentence,
        wording=Wording.NOT_FOUND,
    )


def _promise(row: Row) -> str:
    return row.hypothesis or row.question


def _consequence(protocol: Protocol, label: str) -> str:
    return next((f"{check.label}: {check.consequence}" for check in protocol.checks if check.label == label), label)


def declared(place: str, deviations: tuple[Deviation, ...]) -> bool:
    """Whether a deviation that says something names `place`."""
    return any(deviation.row == place and deviation.what.strip() for deviation in deviations)


def _follows(check: Check, outcomes: Outcomes) -> bool:
    """Whether the check failed and the protocol says that something follows for the verdict."""
    result = outcomes.check(check.label)
    return result is not None and result.passed is Passed.FAILED and check.failing is not Failing.REPORTED

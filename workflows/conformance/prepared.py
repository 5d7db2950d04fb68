"""What is prepared for each criterion of stage 2, as plain lines: facts, in the protocol's order, and no judgement."""

from collections.abc import Iterator, Mapping

from workflows.conformance.parts import promise_of
from workflows.conformance.verdicts import by_rule
from workflows.outcomes import Done, OutcomeRow, Outcomes, PartAnswer, conclude
from workflows.protocol import Check, Protocol, Row
from workflows.reviewing import Criterion
from workflows.unanswered import asked_parts


def prepared(protocol: Protocol, outcomes: Outcomes, *, amended: int) -> Mapping[Criterion, tuple[str, ...]]:
    """Lines for 2A to 2E. `amended` is how often the protocol was amended with approval."""
    return {
        Criterion.TESTABLE: tuple(_checks(protocol, outcomes)),
        Criterion.UNCHANGED: tuple(_unchanged(protocol, amended)),
        Criterion.FOLLOWED: tuple(_followed(protocol, outcomes)),
        Criterion.UNREGISTERED: tuple(_unregistered(outcomes)),
        Criterion.CONCLUSIONS: tuple(_concluded(row, protocol, outcomes) for row in protocol.rows),
    }


def _checks(protocol: Protocol, outcomes: Outcomes) -> Iterator[str]:
    if not protocol.checks:
        yield "No outcome-neutral check was registered."
    for check in protocol.checks:
        yield f"{check.label} {_came_out(check, outcomes)}"


def _came_out(check: Check, outcomes: Outcomes) -> str:
    result = outcomes.check(check.label)
    if result is None or result.passed is None:
        return "has no result."
    found = f": {result.found}" if result.found.strip() else ""
    threshold = f" Threshold: {check.threshold.rstrip(' .')}." if check.threshold.strip() else ""
    return f"{result.passed.words}{found}.{threshold}"


def _unchanged(protocol: Protocol, amended: int) -> Iterator[str]:
    times = {0: "was not amended", 1: "was amended once, with approval"}
    yield f"The accepted protocol {times.get(amended, f'was amended {amended} times, with approval')}."
    for row in protocol.rows:
        if row.hypothesis.strip():
            yield f"{row.label}, as accepted: {row.hypothesis}"


def _followed(protocol: Protocol, outcomes: Outcomes) -> Iterator[str]:
    answers: list[tuple[str, str, OutcomeRow | PartAnswer | None]] = [
        (row.label, row.sampling, outcomes.row(row.label)) for row in protocol.rows
    ]
    answers += [(part.label, promise_of(part), outcomes.part(part.label)) for part in asked_parts(protocol)]
    others = [each for each in answers if each[2] is None or each[2].done is not Done.AS_REGISTERED]
    yield f"{len(answers) - len(others)} of {len(answers)} rows and parts: as registered, the authors say."
    for label, promise, answer in others:
        done = answer.done.words if answer and answer.done else "no answer"
        account = f". {answer.account}" if answer and answer.account.strip() else ""
        yield f"{label}: {done}{account}" + (f" Registered: {promise}" if promise.strip() else "")


def _unregistered(outcomes: Outcomes) -> Iterator[str]:
    if not outcomes.unregistered:
        yield "The authors list no unregistered analysis."
    for each in outcomes.unregistered:
        where = f" ({each.where})" if each.where.strip() else ""
        yield f"{each.what.rstrip(' .')}{where}. Why: {each.why}"


def _concluded(row: Row, protocol: Protocol, outcomes: Outcomes) -> str:
    answer = outcomes.row(row.label) or OutcomeRow(label=row.label)
    concluded = conclude(protocol, outcomes, row.label)
    given = by_rule(row, answer)
    computed = (
        "the rule cannot be recomputed from what is reported"
        if given is None
        else f"by the registered rule {' or '.join(sorted(each.words for each in given)) or 'no verdict'}"
    )
    claimed = answer.verdict.words if answer.verdict else "none"
    lacking = concluded.competence.missing
    missing = f" An informative null would need more: {'; '.join(lacking)}." if lacking else ""
    passed = f"{concluded.competence.passed} of {concluded.competence.registered} checks passed"
    return (
        f"{row.label}: claimed {claimed}; {computed}. {passed}. Readers are told: {concluded.outcome.words}.{missing}"
    )

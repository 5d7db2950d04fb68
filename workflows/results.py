"""The rows of a protocol with what came out of them, as a public record shows them."""

from dataclasses import dataclass

from workflows.outcomes import CheckResult, Competence, Outcome, OutcomeRow, Outcomes, conclude
from workflows.protocol import Check, Protocol, Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One row of the protocol with its answer, its outcome and the evidence for it."""

    row: Row
    checks: tuple[Check, ...]
    answer: OutcomeRow
    check_results: tuple[CheckResult, ...]
    outcome: Outcome
    competence: Competence


def results_of(protocol: Protocol, outcomes: Outcomes) -> tuple[Result, ...]:
    """Every row, in the order of the protocol, with its answer."""
    return tuple(_result(protocol, outcomes, row) for row in protocol.rows)


def _result(protocol: Protocol, outcomes: Outcomes, row: Row) -> Result:
    concluded = conclude(protocol, outcomes, row.label)
    checks = protocol.checks_of(row.label)
    return Result(
        row=row,
        checks=checks,
        answer=outcomes.row(row.label) or OutcomeRow(label=row.label),
        check_results=tuple(outcomes.check(check.label) or CheckResult(label=check.label) for check in checks),
        outcome=concluded.outcome,
        competence=concluded.competence,
    )

"""All findings on a stage-2 submission whose rows its authors have answered."""

from workflows.conformance.finding import Finding
from workflows.conformance.parts import part_findings
from workflows.conformance.rows import check_findings, row_findings, unregistered
from workflows.conformance.verdicts import verdict_findings
from workflows.deviations import Deviation
from workflows.outcomes import Outcomes
from workflows.protocol import Protocol


def compare(protocol: Protocol, outcomes: Outcomes, deviations: tuple[Deviation, ...]) -> tuple[Finding, ...]:
    """The findings of a stage-2 submission against its frozen protocol, in the protocol's order."""
    return (
        *(finding for row in protocol.rows for finding in row_findings(row, protocol, outcomes, deviations)),
        *(finding for check in protocol.checks for finding in check_findings(check, outcomes, deviations)),
        *verdict_findings(protocol, outcomes),
        *part_findings(protocol, outcomes, deviations),
        *unregistered(protocol, outcomes),
    )

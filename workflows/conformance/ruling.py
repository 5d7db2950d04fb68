"""When an editor may dismiss a finding, take that back, or answer a deviation."""

from workflows.conformance.finding import State, bars
from workflows.machine import Refusal
from workflows.reviewing import Severity
from workflows.stages import Stage

RULING = (Stage.STAGE_2_SUBMITTED, Stage.STAGE_2_IN_REVIEW, Stage.STAGE_2_REVISION)
"""While nothing is proposed: the second editor confirms what they read."""

NOT_NOW = Refusal(
    "not_possible",
    "This is not possible now: a decision is proposed or taken, or the report is delayed. Look at the report's page.",
)
REASON_MISSING = Refusal(
    "reason_missing", "Give the reason. The authors and the reviewers of this report read it.", "reason"
)
NONE_MARKED = Refusal("none_marked", "Mark at least one open finding first.", "findings")
UPHELD = Refusal(
    "finding_upheld",
    "You have upheld one of these findings. Take that back on the page of the reviews before you dismiss it.",
    "findings",
)


def may_dismiss(severity: Severity, state: State, *, upheld: bool) -> Refusal | None:
    """Whether a finding can be dismissed: one that is open, asks something, and is not upheld."""
    if not bars(severity, state):
        return NONE_MARKED
    return UPHELD if upheld else None


def may_rule(stage: Stage, *, clocks_stopped: bool) -> Refusal | None:
    """Whether the handling editor can dismiss findings and answer deviations now."""
    return None if stage in RULING and not clocks_stopped else NOT_NOW

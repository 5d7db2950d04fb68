"""The timeline of a report: what happened, in words, as far as each of its people may know."""

from workflows.people import EDITORS, Capacity
from workflows.stages import Action

# What only editors learn of: a proposal is no decision, and may never become one.
_AMONG_EDITORS = frozenset(
    {
        Action.PROPOSE_REVISION,
        Action.PROPOSE_REJECTION,
        Action.PROPOSE_IPA,
        Action.PROPOSE_ACCEPTANCE,
        Action.SEND_BACK,
        Action.RECALL,
        Action.TYPESET_AGAIN,
        Action.PROPOSE_AMENDMENT,
        Action.SEND_BACK_AMENDMENT,
    }
)

# Read as "<target stage>: words"; for a confirmation the stage it led to says what was decided.
_WORDS = {
    Action.SUBMIT: "submitted",
    Action.RETURN: "returned for a change",
    Action.DESK_REJECT: "not sent to review",
    Action.SEND_TO_REVIEW: "sent to review",
    Action.PROPOSE_REVISION: "a revision proposed",
    Action.PROPOSE_REJECTION: "a rejection proposed",
    Action.PROPOSE_IPA: "in-principle acceptance proposed",
    Action.PROPOSE_ACCEPTANCE: "acceptance proposed",
    Action.CONFIRM: "decision confirmed",
    Action.SEND_BACK: "proposal sent back",
    Action.RECALL: "proposal withdrawn",
    Action.RESUBMIT: "revision submitted",
    Action.BEGIN_STAGE_2: "stage 2 started",
    Action.FALL_DUE: "results due",
    Action.FALL_OVERDUE: "results overdue",
    Action.EXTEND: "more time given",
    Action.LAPSE: "counted as withdrawn",
    Action.WITHDRAW: "withdrawn",
    Action.TYPESET: "typeset",
    Action.TYPESET_AGAIN: "sent to be typeset again",
    Action.SEND_PROOF: "proof sent",
    Action.REQUEST_CHANGES: "changes to the proof asked for",
    Action.APPROVE_PROOF: "proof approved",
    Action.APPROVE_FOR_AUTHORS: "proof approved, as the authors' week had passed",
    Action.PUBLISH: "published",
    Action.CORRECT: "corrected",
    Action.RETRACT: "retracted",
    Action.ASK_AMENDMENT: "amendment of the protocol asked for",
    Action.TAKE_BACK_AMENDMENT: "amendment taken back",
    Action.REFUSE_AMENDMENT: "amendment not approved",
    Action.PROPOSE_AMENDMENT: "approval of the amendment proposed",
    Action.SEND_BACK_AMENDMENT: "approval of the amendment sent back",
    Action.CONFIRM_AMENDMENT: "amendment approved: a new version of the protocol",
}
# No steps of the table, but days that everybody on the report may know.
_RECORDED = {"record_dates": "days of data collection recorded"}


def happened(action: str, acting_as: frozenset[Capacity]) -> str | None:
    """What a step is called on the timeline of somebody with the capacities `acting_as`; None if it is not for them.

    What else is no step of the table (a hold, a note, a role) is on nobody's timeline.
    """
    if action in _RECORDED:
        return _RECORDED[action]
    try:
        step = Action(action)
    except ValueError:
        return None
    if step in _AMONG_EDITORS and not acting_as & (EDITORS | {Capacity.OFFICER}):
        return None
    return _WORDS[step]

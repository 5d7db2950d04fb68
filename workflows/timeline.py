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
}


def happened(action: str, acting_as: frozenset[Capacity]) -> str | None:
    """What a step is called on the timeline of somebody with the capacities `acting_as`; None if it is not for them.

    What is no step of the table (a hold, a note, a role) is on nobody's timeline.
    """
    try:
        step = Action(action)
    except ValueError:
        return None
    if step in _AMONG_EDITORS and not acting_as & (EDITORS | {Capacity.OFFICER}):
        return None
    return _WORDS[step]

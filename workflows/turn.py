"""Whose turn it is: for each stage who acts next, and what they do, in words that every page repeats."""

from dataclasses import dataclass
from datetime import timedelta

from workflows import deadlines
from workflows.people import Capacity
from workflows.stages import AWAITING_RESULTS, Stage


@dataclass(frozen=True, slots=True)
class Turn:
    """Who acts next (None when the report has ended), what they do, and how long they have, if anything is agreed."""

    who: Capacity | None
    what: str
    within: timedelta | None = None


_AUTHOR = Capacity.CORRESPONDING_AUTHOR
_CONFIRM = Turn(Capacity.SECOND_EDITOR, "confirm the proposed decision", deadlines.DECISION_TIME)
_SCREEN = Turn(Capacity.HANDLING_EDITOR, "screen the submission and send it to review", deadlines.TRIAGE_TIME)
_AGAIN = Turn(Capacity.HANDLING_EDITOR, "invite the reviewers of stage 1 and send it to review", deadlines.TRIAGE_TIME)
_INVITE = Turn(Capacity.HANDLING_EDITOR, "invite reviewers", deadlines.TRIAGE_TIME)
_DECIDE = Turn(Capacity.HANDLING_EDITOR, "weigh the reviews and propose a decision", deadlines.DECISION_TIME)
_ASSIGN = Turn(Capacity.EDITOR_IN_CHIEF, "assign an editor to the free seat")
_ANSWER = Turn(_AUTHOR, "answer the reviews")
_MEND = Turn(Capacity.HANDLING_EDITOR, "look at the changes the authors ask for in the proof", deadlines.PROOF_TIME)
_AMENDING = {
    Capacity.HANDLING_EDITOR: Turn(
        Capacity.HANDLING_EDITOR, "decide on the amendment the authors ask for", deadlines.DECISION_TIME
    ),
    Capacity.SECOND_EDITOR: Turn(
        Capacity.SECOND_EDITOR, "confirm the approval of the amendment", deadlines.DECISION_TIME
    ),
}

_TURNS = {
    Stage.DRAFT: Turn(_AUTHOR, "write and submit the protocol"),
    Stage.SUBMITTED: Turn(Capacity.EDITOR_IN_CHIEF, "look at the submission", deadlines.TRIAGE_TIME),
    Stage.RETURNED: Turn(_AUTHOR, "mend the submission and submit it again", deadlines.REVISION_TIME),
    Stage.DESK_REJECTED: Turn(None, "Not sent to review."),
    Stage.IN_REVIEW: Turn(Capacity.REVIEWER, "review the protocol", deadlines.REVIEW_TIME),
    Stage.REVISION_PROPOSED: _CONFIRM,
    Stage.REJECTION_PROPOSED: _CONFIRM,
    Stage.IPA_PROPOSED: _CONFIRM,
    Stage.REVISION: Turn(_AUTHOR, "revise the protocol and answer the points", deadlines.REVISION_TIME),
    Stage.REJECTED: Turn(None, "Rejected at stage 1."),
    Stage.IPA: Turn(Capacity.AUTHOR, "collect the data as registered, then start stage 2"),
    Stage.STAGE_2_DRAFT: Turn(_AUTHOR, "fill in the outcomes and submit the results"),
    Stage.STAGE_2_DUE: Turn(_AUTHOR, "submit the results, or ask for more time"),
    Stage.STAGE_2_OVERDUE: Turn(_AUTHOR, "submit the results, or ask for more time"),
    Stage.STAGE_2_SUBMITTED: _AGAIN,
    Stage.STAGE_2_IN_REVIEW: Turn(Capacity.REVIEWER, "review the results against the protocol", deadlines.REVIEW_TIME),
    Stage.STAGE_2_REVISION_PROPOSED: _CONFIRM,
    Stage.STAGE_2_REJECTION_PROPOSED: _CONFIRM,
    Stage.ACCEPTANCE_PROPOSED: _CONFIRM,
    Stage.STAGE_2_REVISION: Turn(_AUTHOR, "revise the results and answer the points", deadlines.REVISION_TIME),
    Stage.STAGE_2_REJECTED: Turn(None, "Rejected at stage 2."),
    Stage.ACCEPTED: Turn(Capacity.PRESS, "typeset the paper"),
    Stage.TYPESET: Turn(Capacity.HANDLING_EDITOR, "look at the typeset paper and send the proof", deadlines.PROOF_TIME),
    Stage.PROOF: Turn(_AUTHOR, "read the proof", deadlines.PROOF_TIME),
    Stage.READY: Turn(Capacity.PRESS, "publish at the next release"),
    Stage.PUBLISHED: Turn(None, "Published."),
    Stage.CORRECTED: Turn(None, "Published, with a correction."),
    Stage.RETRACTED: Turn(None, "Retracted."),
    Stage.WITHDRAWN: Turn(None, "Withdrawn before acceptance."),
    Stage.WITHDRAWN_AFTER_IPA: Turn(None, "Withdrawn after in-principle acceptance."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What decides whose turn it is beside the stage: whether somebody handles the report, and whether somebody
    confirms (`seconded`); and of the newest round of the stage under review, how many are asked (and have not
    declined), how many reviews arrived, how many it takes, and whether the authors were asked for answers that have
    not come and are not late. Of a typeset paper, whether the authors have just sent its proof back. Of an accepted
    protocol, which editor has to act on an amendment.
    """

    handled: bool
    seconded: bool
    asked: int
    arrived: int
    needed: int
    answering: bool = False
    sent_back: bool = False
    amending: Capacity | None = None


def turn(stage: Stage, standing: Standing) -> Turn:
    """Whose turn it is at `stage`, as the report stands: the editor-in-chief's where the seat of the next is free."""
    amends = standing.amending if stage in AWAITING_RESULTS else None
    whose = _AMENDING[amends] if amends else _turn(stage, standing)
    free = (whose.who is Capacity.HANDLING_EDITOR and not standing.handled) or (
        whose.who is Capacity.SECOND_EDITOR and not standing.seconded
    )
    return _ASSIGN if free else whose


def _turn(stage: Stage, standing: Standing) -> Turn:
    if stage is Stage.SUBMITTED and standing.handled:
        return _SCREEN
    in_review = stage in (Stage.IN_REVIEW, Stage.STAGE_2_IN_REVIEW)
    if in_review and standing.answering:
        return _ANSWER
    if in_review and standing.arrived >= standing.needed:
        return _DECIDE
    if in_review and standing.asked < standing.needed:
        return _INVITE
    if stage is Stage.TYPESET and standing.sent_back:
        return _MEND
    return _TURNS[stage]


STAGE_WORDS = {
    Stage.DRAFT: "Draft",
    Stage.SUBMITTED: "Submitted",
    Stage.RETURNED: "Returned to the authors",
    Stage.DESK_REJECTED: "Not sent to review",
    Stage.IN_REVIEW: "In review",
    Stage.REVISION_PROPOSED: "Decision proposed",
    Stage.REJECTION_PROPOSED: "Decision proposed",
    Stage.IPA_PROPOSED: "Decision proposed",
    Stage.REVISION: "Revision asked",
    Stage.REJECTED: "Rejected",
    Stage.IPA: "Accepted in principle",
    Stage.STAGE_2_DRAFT: "Stage 2 in preparation",
    Stage.STAGE_2_DUE: "Stage 2 due",
    Stage.STAGE_2_OVERDUE: "Stage 2 overdue",
    Stage.STAGE_2_SUBMITTED: "Stage 2 submitted",
    Stage.STAGE_2_IN_REVIEW: "Stage 2 in review",
    Stage.STAGE_2_REVISION_PROPOSED: "Decision proposed",
    Stage.STAGE_2_REJECTION_PROPOSED: "Decision proposed",
    Stage.ACCEPTANCE_PROPOSED: "Decision proposed",
    Stage.STAGE_2_REVISION: "Stage 2 revision asked",
    Stage.STAGE_2_REJECTED: "Rejected at stage 2",
    Stage.ACCEPTED: "Accepted",
    Stage.TYPESET: "Typeset",
    Stage.PROOF: "Proof with the authors",
    Stage.READY: "Ready for release",
    Stage.PUBLISHED: "Published",
    Stage.CORRECTED: "Corrected",
    Stage.RETRACTED: "Retracted",
    Stage.WITHDRAWN: "Withdrawn",
    Stage.WITHDRAWN_AFTER_IPA: "Withdrawn after acceptance",
}

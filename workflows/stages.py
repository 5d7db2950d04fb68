"""The stages of a report and the actions that move it, as words."""

from enum import StrEnum


class Stage(StrEnum):
    """Where a report stands. A hold is not a stage: it is a dated fact beside it."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    DESK_REJECTED = "desk_rejected"
    IN_REVIEW = "in_review"
    REVISION_PROPOSED = "revision_proposed"
    REJECTION_PROPOSED = "rejection_proposed"
    IPA_PROPOSED = "ipa_proposed"
    REVISION = "revision"
    REJECTED = "rejected"
    IPA = "ipa"
    STAGE_2_DRAFT = "stage_2_draft"
    STAGE_2_DUE = "stage_2_due"
    STAGE_2_OVERDUE = "stage_2_overdue"
    STAGE_2_SUBMITTED = "stage_2_submitted"
    STAGE_2_IN_REVIEW = "stage_2_in_review"
    STAGE_2_REVISION_PROPOSED = "stage_2_revision_proposed"
    STAGE_2_REJECTION_PROPOSED = "stage_2_rejection_proposed"
    ACCEPTANCE_PROPOSED = "acceptance_proposed"
    STAGE_2_REVISION = "stage_2_revision"
    STAGE_2_REJECTED = "stage_2_rejected"
    ACCEPTED = "accepted"
    TYPESET = "typeset"
    PROOF = "proof"
    READY = "ready"
    PUBLISHED = "published"
    CORRECTED = "corrected"
    RETRACTED = "retracted"
    WITHDRAWN = "withdrawn"
    WITHDRAWN_AFTER_IPA = "withdrawn_after_ipa"


class Action(StrEnum):
    """What somebody does to a report, as a verb."""

    SUBMIT = "submit"
    RETURN = "return"
    DESK_REJECT = "desk_reject"
    SEND_TO_REVIEW = "send_to_review"
    PROPOSE_REVISION = "propose_revision"
    PROPOSE_REJECTION = "propose_rejection"
    PROPOSE_IPA = "propose_ipa"
    PROPOSE_ACCEPTANCE = "propose_acceptance"
    CONFIRM = "confirm"
    SEND_BACK = "send_back"
    RECALL = "recall"
    RESUBMIT = "resubmit"
    BEGIN_STAGE_2 = "begin_stage_2"
    FALL_DUE = "fall_due"
    FALL_OVERDUE = "fall_overdue"
    EXTEND = "extend"
    LAPSE = "lapse"
    WITHDRAW = "withdraw"
    TYPESET = "typeset"
    TYPESET_AGAIN = "typeset_again"
    SEND_PROOF = "send_proof"
    REQUEST_CHANGES = "request_changes"
    APPROVE_PROOF = "approve_proof"
    APPROVE_FOR_AUTHORS = "approve_for_authors"
    PUBLISH = "publish"
    CORRECT = "correct"
    RETRACT = "retract"
    ASK_AMENDMENT = "ask_amendment"
    TAKE_BACK_AMENDMENT = "take_back_amendment"
    REFUSE_AMENDMENT = "refuse_amendment"
    PROPOSE_AMENDMENT = "propose_amendment"
    SEND_BACK_AMENDMENT = "send_back_amendment"
    CONFIRM_AMENDMENT = "confirm_amendment"


PROPOSED_1 = (Stage.REVISION_PROPOSED, Stage.REJECTION_PROPOSED, Stage.IPA_PROPOSED)
PROPOSED_2 = (Stage.STAGE_2_REVISION_PROPOSED, Stage.STAGE_2_REJECTION_PROPOSED, Stage.ACCEPTANCE_PROPOSED)
PROPOSED = PROPOSED_1 + PROPOSED_2

UNDER_STAGE_1 = (Stage.IN_REVIEW, *PROPOSED_1, Stage.REVISION)
BEFORE_IPA = (Stage.DRAFT, Stage.SUBMITTED, Stage.RETURNED, *UNDER_STAGE_1)
AWAITING_RESULTS = (Stage.IPA, Stage.STAGE_2_DRAFT, Stage.STAGE_2_DUE, Stage.STAGE_2_OVERDUE)
STAGE_2_OPEN = (Stage.STAGE_2_DRAFT, Stage.STAGE_2_DUE, Stage.STAGE_2_OVERDUE)
UNDER_STAGE_2 = (Stage.STAGE_2_SUBMITTED, Stage.STAGE_2_IN_REVIEW, *PROPOSED_2, Stage.STAGE_2_REVISION)
IN_PRODUCTION = (Stage.ACCEPTED, Stage.TYPESET, Stage.PROOF, Stage.READY)
OUT = (Stage.PUBLISHED, Stage.CORRECTED, Stage.RETRACTED)
HOLDS_IPA = AWAITING_RESULTS + UNDER_STAGE_2 + IN_PRODUCTION
ENDED = (Stage.DESK_REJECTED, Stage.REJECTED, Stage.STAGE_2_REJECTED, Stage.WITHDRAWN, Stage.WITHDRAWN_AFTER_IPA)

# These leave the stage as it is, and what counts from its beginning.
AMENDING = tuple(action for action in Action if action.value.endswith("_amendment"))

# A draft of the protocol can be written in these, a draft of the results in those.
PROTOCOL_OPEN = (Stage.DRAFT, Stage.RETURNED, Stage.REVISION)
RESULTS_OPEN = (*STAGE_2_OPEN, Stage.STAGE_2_REVISION)

"""THE table of transitions of a report, and `advance`, the only way a stage changes."""

from dataclasses import dataclass
from enum import StrEnum

from workflows import guards
from workflows.facts import Facts
from workflows.machine import Guard, Refusal, Transition
from workflows.people import Capacity
from workflows.stages import (
    AMENDING,
    AWAITING_RESULTS,
    BEFORE_IPA,
    HOLDS_IPA,
    PROPOSED_1,
    PROPOSED_2,
    STAGE_2_OPEN,
    UNDER_STAGE_1,
    UNDER_STAGE_2,
    Action,
    Stage,
)


class FollowUp(StrEnum):
    """A job that follows a transition; it enters the outbox in the transaction of the change."""

    TELL_AUTHORS = "tell_authors"
    TELL_EDITOR_IN_CHIEF = "tell_editor_in_chief"
    TELL_HANDLING_EDITOR = "tell_handling_editor"
    TELL_SECOND_EDITOR = "tell_second_editor"
    TELL_REVIEWERS = "tell_reviewers"
    TYPESET = "typeset"


Row = Transition[Stage, Action, Capacity, Facts, FollowUp]

_AUTHOR = frozenset({Capacity.CORRESPONDING_AUTHOR})
_ANY_AUTHOR = frozenset({Capacity.AUTHOR})
_HANDLING = frozenset({Capacity.HANDLING_EDITOR})
_SECOND = frozenset({Capacity.SECOND_EDITOR})
_CHIEF = frozenset({Capacity.EDITOR_IN_CHIEF})
_CLOCK = frozenset({Capacity.CLOCK})
_PRESS = frozenset({Capacity.PRESS})

_COMPLETE = (guards.complete, guards.bias_level_admissible, guards.coauthors_consented)
_REVIEWED = (guards.enough_reviews, guards.criteria_judged, guards.letter_written, guards.second_editor_assigned)
_TO_AUTHORS = (FollowUp.TELL_AUTHORS,)
_TO_HANDLING = (FollowUp.TELL_HANDLING_EDITOR,)
_TO_SECOND = (FollowUp.TELL_SECOND_EDITOR,)


def _row(  # noqa: PLR0913 - one argument a column of the table
    source: Stage,
    action: Action,
    target: Stage,
    by: frozenset[Capacity],
    *,
    when: tuple[Guard[Facts], ...] = (),
    then: tuple[FollowUp, ...] = (),
) -> Row:
    return Transition(source, action, target, by, when, then)


# One line or two for each row, so that the table reads as a table.
# fmt: off
_STAGE_1 = (
    _row(Stage.DRAFT, Action.SUBMIT, Stage.SUBMITTED, _AUTHOR,
         when=_COMPLETE, then=(FollowUp.TELL_AUTHORS, FollowUp.TELL_EDITOR_IN_CHIEF)),
    _row(Stage.RETURNED, Action.SUBMIT, Stage.SUBMITTED, _AUTHOR,
         when=_COMPLETE, then=(FollowUp.TELL_AUTHORS, FollowUp.TELL_EDITOR_IN_CHIEF)),
    _row(Stage.SUBMITTED, Action.RETURN, Stage.RETURNED, _CHIEF, when=(guards.reason_given,), then=_TO_AUTHORS),
    _row(Stage.SUBMITTED, Action.DESK_REJECT, Stage.DESK_REJECTED, _CHIEF,
         when=(guards.reason_given,), then=_TO_AUTHORS),
    _row(Stage.SUBMITTED, Action.SEND_TO_REVIEW, Stage.IN_REVIEW, _HANDLING,
         when=(guards.handling_editor_assigned, guards.conflict_cleared, guards.hazard_screened), then=_TO_AUTHORS),
    _row(Stage.IN_REVIEW, Action.PROPOSE_REVISION, Stage.REVISION_PROPOSED, _HANDLING, when=_REVIEWED, then=_TO_SECOND),
    _row(Stage.IN_REVIEW, Action.PROPOSE_REJECTION, Stage.REJECTION_PROPOSED, _HANDLING,
         when=(*_REVIEWED, guards.rejection_names_criterion), then=_TO_SECOND),
    _row(Stage.IN_REVIEW, Action.PROPOSE_IPA, Stage.IPA_PROPOSED, _HANDLING,
         when=(*_REVIEWED, guards.due_date_agreed), then=_TO_SECOND),
    _row(Stage.REVISION_PROPOSED, Action.CONFIRM, Stage.REVISION, _SECOND,
         when=(guards.second_person,), then=_TO_AUTHORS),
    _row(Stage.REJECTION_PROPOSED, Action.CONFIRM, Stage.REJECTED, _SECOND,
         when=(guards.second_person, guards.rejection_names_criterion),
         then=(FollowUp.TELL_AUTHORS, FollowUp.TELL_REVIEWERS)),
    _row(Stage.IPA_PROPOSED, Action.CONFIRM, Stage.IPA, _SECOND,
         when=(guards.second_person, guards.due_date_agreed, guards.protocol_frozen),
         then=(FollowUp.TELL_AUTHORS, FollowUp.TELL_REVIEWERS)),
    _row(Stage.REVISION, Action.RESUBMIT, Stage.IN_REVIEW, _AUTHOR,
         when=(*_COMPLETE, guards.answers_given), then=(FollowUp.TELL_AUTHORS, FollowUp.TELL_HANDLING_EDITOR)),
)

_PROPOSALS = tuple(
    row
    for stages, review in ((PROPOSED_1, Stage.IN_REVIEW), (PROPOSED_2, Stage.STAGE_2_IN_REVIEW))
    for stage in stages
    for row in (
        _row(stage, Action.SEND_BACK, review, _SECOND, when=(guards.reason_given,), then=_TO_HANDLING),
        _row(stage, Action.RECALL, review, _HANDLING),
    )
)

_WAITING = (
    _row(Stage.IPA, Action.BEGIN_STAGE_2, Stage.STAGE_2_DRAFT, _ANY_AUTHOR),
    _row(Stage.IPA, Action.FALL_DUE, Stage.STAGE_2_DUE, _CLOCK,
         when=(guards.clocks_run, guards.fallen_due), then=_TO_AUTHORS),
    _row(Stage.STAGE_2_DRAFT, Action.FALL_DUE, Stage.STAGE_2_DUE, _CLOCK,
         when=(guards.clocks_run, guards.fallen_due), then=_TO_AUTHORS),
    _row(Stage.STAGE_2_DUE, Action.FALL_OVERDUE, Stage.STAGE_2_OVERDUE, _CLOCK,
         when=(guards.clocks_run, guards.long_overdue), then=(FollowUp.TELL_AUTHORS, FollowUp.TELL_HANDLING_EDITOR)),
    _row(Stage.STAGE_2_OVERDUE, Action.LAPSE, Stage.WITHDRAWN_AFTER_IPA, _CLOCK,
         when=(guards.clocks_run, guards.abandoned), then=(FollowUp.TELL_AUTHORS, FollowUp.TELL_HANDLING_EDITOR)),
    _row(Stage.IPA, Action.EXTEND, Stage.IPA, _HANDLING, when=(guards.extended,), then=_TO_AUTHORS),
    _row(Stage.STAGE_2_DRAFT, Action.EXTEND, Stage.STAGE_2_DRAFT, _HANDLING, when=(guards.extended,), then=_TO_AUTHORS),
    _row(Stage.STAGE_2_DUE, Action.EXTEND, Stage.STAGE_2_DRAFT, _HANDLING,
         when=(guards.extended,), then=_TO_AUTHORS),
    _row(Stage.STAGE_2_OVERDUE, Action.EXTEND, Stage.STAGE_2_DRAFT, _HANDLING,
         when=(guards.extended,), then=_TO_AUTHORS),
)

_STAGE_2 = (
    *(
        _row(stage, Action.SUBMIT, Stage.STAGE_2_SUBMITTED, _AUTHOR,
             when=(guards.complete, guards.protocol_cited, guards.coauthors_consented),
             then=(FollowUp.TELL_AUTHORS, FollowUp.TELL_HANDLING_EDITOR))
        for stage in STAGE_2_OPEN
    ),
    _row(Stage.STAGE_2_SUBMITTED, Action.SEND_TO_REVIEW, Stage.STAGE_2_IN_REVIEW, _HANDLING,
         when=(guards.returning_reviewers_asked,), then=_TO_AUTHORS),
    _row(Stage.STAGE_2_IN_REVIEW, Action.PROPOSE_REVISION, Stage.STAGE_2_REVISION_PROPOSED, _HANDLING,
         when=_REVIEWED, then=_TO_SECOND),
    _row(Stage.STAGE_2_IN_REVIEW, Action.PROPOSE_REJECTION, Stage.STAGE_2_REJECTION_PROPOSED, _HANDLING,
         when=(*_REVIEWED, guards.rejection_sustained), then=_TO_SECOND),
    _row(Stage.STAGE_2_IN_REVIEW, Action.PROPOSE_ACCEPTANCE, Stage.ACCEPTANCE_PROPOSED, _HANDLING,
         when=(*_REVIEWED, guards.findings_settled), then=_TO_SECOND),
    _row(Stage.STAGE_2_REVISION_PROPOSED, Action.CONFIRM, Stage.STAGE_2_REVISION, _SECOND,
         when=(guards.second_person,), then=_TO_AUTHORS),
    _row(Stage.STAGE_2_REJECTION_PROPOSED, Action.CONFIRM, Stage.STAGE_2_REJECTED, _SECOND,
         when=(guards.second_person, guards.rejection_sustained),
         then=(FollowUp.TELL_AUTHORS, FollowUp.TELL_REVIEWERS)),
    _row(Stage.ACCEPTANCE_PROPOSED, Action.CONFIRM, Stage.ACCEPTED, _SECOND,
         when=(guards.second_person, guards.findings_settled),
         then=(FollowUp.TELL_AUTHORS, FollowUp.TELL_REVIEWERS, FollowUp.TYPESET)),
    _row(Stage.STAGE_2_REVISION, Action.RESUBMIT, Stage.STAGE_2_IN_REVIEW, _AUTHOR,
         when=(guards.complete, guards.protocol_cited, guards.coauthors_consented, guards.answers_given),
         then=(FollowUp.TELL_AUTHORS, FollowUp.TELL_HANDLING_EDITOR)),
)

_PRODUCTION = (
    _row(Stage.ACCEPTED, Action.TYPESET, Stage.TYPESET, _PRESS, when=(guards.rendition_kept,), then=_TO_HANDLING),
    _row(Stage.TYPESET, Action.TYPESET_AGAIN, Stage.ACCEPTED, _HANDLING, then=(FollowUp.TYPESET,)),
    _row(Stage.TYPESET, Action.SEND_PROOF, Stage.PROOF, _HANDLING, then=_TO_AUTHORS),
    _row(Stage.PROOF, Action.REQUEST_CHANGES, Stage.TYPESET, _AUTHOR, when=(guards.reason_given,), then=_TO_HANDLING),
    _row(Stage.PROOF, Action.APPROVE_PROOF, Stage.READY, _AUTHOR, then=_TO_HANDLING),
    _row(Stage.PROOF, Action.APPROVE_FOR_AUTHORS, Stage.READY, _HANDLING,
         when=(guards.authors_silent,), then=_TO_AUTHORS),
    _row(Stage.READY, Action.PUBLISH, Stage.PUBLISHED, _PRESS,
         when=(guards.rendition_kept,), then=(FollowUp.TELL_AUTHORS, FollowUp.TELL_REVIEWERS)),
    _row(Stage.PUBLISHED, Action.CORRECT, Stage.CORRECTED, _HANDLING, when=(guards.notice_written,), then=_TO_AUTHORS),
    _row(Stage.CORRECTED, Action.CORRECT, Stage.CORRECTED, _HANDLING, when=(guards.notice_written,), then=_TO_AUTHORS),
    _row(Stage.PUBLISHED, Action.RETRACT, Stage.RETRACTED, _CHIEF,
         when=(guards.notice_written, guards.retraction_recommended), then=_TO_AUTHORS),
    _row(Stage.CORRECTED, Action.RETRACT, Stage.RETRACTED, _CHIEF,
         when=(guards.notice_written, guards.retraction_recommended), then=_TO_AUTHORS),
)

_AMENDMENTS = tuple(
    row
    for stage in AWAITING_RESULTS
    for row in (
        _row(stage, Action.ASK_AMENDMENT, stage, _AUTHOR,
             when=(guards.complete, guards.bias_level_admissible, guards.still_amendable),
             then=(FollowUp.TELL_AUTHORS, FollowUp.TELL_HANDLING_EDITOR)),
        _row(stage, Action.TAKE_BACK_AMENDMENT, stage, _AUTHOR),
        _row(stage, Action.REFUSE_AMENDMENT, stage, _HANDLING, when=(guards.reason_given,), then=_TO_AUTHORS),
        _row(stage, Action.PROPOSE_AMENDMENT, stage, _HANDLING,
             when=(guards.second_editor_assigned,), then=_TO_SECOND),
        _row(stage, Action.SEND_BACK_AMENDMENT, stage, _SECOND, when=(guards.reason_given,), then=_TO_HANDLING),
        _row(stage, Action.CONFIRM_AMENDMENT, stage, _SECOND,
             when=(guards.second_person, guards.protocol_frozen), then=_TO_AUTHORS),
    )
)

_TO_ALL_AT_WORK = (FollowUp.TELL_AUTHORS, FollowUp.TELL_HANDLING_EDITOR, FollowUp.TELL_REVIEWERS)
_WITHDRAWALS = (
    _row(Stage.DRAFT, Action.WITHDRAW, Stage.WITHDRAWN, _AUTHOR, then=_TO_AUTHORS),
    *(
        _row(stage, Action.WITHDRAW, Stage.WITHDRAWN, _AUTHOR,
             when=(guards.reason_given,),
             then=_TO_ALL_AT_WORK if stage in UNDER_STAGE_1 else _TO_ALL_AT_WORK[:2])
        for stage in BEFORE_IPA if stage is not Stage.DRAFT
    ),
    *(
        _row(stage, Action.WITHDRAW, Stage.WITHDRAWN_AFTER_IPA, _AUTHOR,
             when=(guards.reason_given,),
             then=_TO_ALL_AT_WORK if stage in UNDER_STAGE_2 else _TO_ALL_AT_WORK[:2])
        for stage in HOLDS_IPA
    ),
)

# fmt: on
TABLE: tuple[Row, ...] = (*_STAGE_1, *_PROPOSALS, *_WAITING, *_AMENDMENTS, *_STAGE_2, *_PRODUCTION, *_WITHDRAWALS)

_BY_STEP = {(row.source, row.action): row for row in TABLE}


@dataclass(frozen=True, slots=True)
class Advanced:
    """A transition that may happen: what the ledger records and what follows."""

    source: Stage
    action: Action
    target: Stage
    capacity: Capacity
    follow: tuple[FollowUp, ...]

    @property
    def begins_a_stage(self) -> bool:
        """Whether what counts from the beginning of a stage counts anew."""
        return self.action not in AMENDING


def occasion(action: Action, target: Stage) -> str:
    """What the letters about a step are named after: the action and where it led, or what stays where it is alone."""
    return action.value if action in AMENDING else f"{action.value}_{target.value}"


def advance(stage: Stage, action: Action, *, acting_as: frozenset[Capacity], facts: Facts) -> Advanced | Refusal:
    """Whether `action` may move a report on from `stage`, for somebody with the capacities `acting_as`.

    This is the only way a stage changes. Who has no say learns only that there is nothing for them to do.
    """
    row = _BY_STEP.get((stage, action))
    if row is None or not row.by & acting_as:
        return Refusal("not_possible", "This step is not possible now. The report may have moved on: reload its page.")
    refusal = row.first_refusal(facts)
    if refusal is not None:
        return refusal
    capacity = min(row.by & acting_as)
    return Advanced(row.source, row.action, row.target, capacity, row.follow)


def actions_open(stage: Stage, acting_as: frozenset[Capacity]) -> tuple[Action, ...]:
    """The actions the table offers from `stage` to somebody with the capacities `acting_as`, guards aside."""
    return tuple(row.action for row in TABLE if row.source is stage and row.by & acting_as)

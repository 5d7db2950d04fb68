"""The table of transitions and its complement: what it names happens under favourable facts, all else is refused."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product

import pytest

from tests.workflows.examples import favouring
from tests.workflows.unfavourable import CASES
from workflows import guards, stages
from workflows.facts import Facts
from workflows.machine import Refusal
from workflows.people import Capacity
from workflows.report import TABLE, Advanced, FollowUp, Row, actions_open, advance
from workflows.stages import Action, Stage

NAMED = {(row.source, row.action, capacity) for row in TABLE for capacity in row.by}
TERMINAL = {Stage.RETRACTED, *stages.ENDED}


def said(row: Row) -> str:
    """A row of the table as the name of a test."""
    return f"{row.source}-{row.action}"


@pytest.mark.parametrize("stage", Stage)
def test_what_the_table_does_not_name_is_refused(stage: Stage) -> None:
    for action, capacity in product(Action, Capacity):
        if (stage, action, capacity) in NAMED:
            continue
        for row in TABLE:
            answer = advance(stage, action, acting_as=frozenset({capacity}), facts=favouring(row))
            assert isinstance(answer, Refusal), f"{capacity} can {action} at {stage}"
            assert answer.code == "not_possible"


@pytest.mark.parametrize("row", TABLE, ids=said)
def test_what_the_table_names_happens_when_facts_are_favourable(row: Row) -> None:
    for capacity in row.by:
        answer = advance(row.source, row.action, acting_as=frozenset({capacity}), facts=favouring(row))
        assert answer == Advanced(row.source, row.action, row.target, capacity, row.follow)


@pytest.mark.parametrize("row", TABLE, ids=said)
def test_each_guard_of_a_row_bars_it(row: Row) -> None:
    for guard in row.guards:
        for _, code, changes in (case for case in CASES if case[0] is guard):
            answer = advance(row.source, row.action, acting_as=row.by, facts=replace(favouring(row), **changes))
            assert isinstance(answer, Refusal)
            assert answer.code == code


@pytest.mark.parametrize("row", [row for row in TABLE if row.guards], ids=said)
def test_who_has_no_say_is_never_told_what_is_missing(row: Row) -> None:
    spoilt = [replace(favouring(row), **changes) for _, _, changes in CASES]
    others = frozenset(Capacity) - row.by
    answers = {advance(row.source, row.action, acting_as=others, facts=facts) for facts in spoilt}
    assert {answer.code for answer in answers if isinstance(answer, Refusal)} == {"not_possible"}
    assert len(answers) == 1


@pytest.mark.parametrize("stage", Stage)
def test_nobody_can_do_anything_without_a_capacity(stage: Stage) -> None:
    assert actions_open(stage, frozenset()) == ()
    for action in Action:
        answers = {advance(stage, action, acting_as=frozenset(), facts=favouring(row)) for row in TABLE}
        assert all(isinstance(answer, Refusal) for answer in answers)


def test_a_stage_and_an_action_lead_to_one_place() -> None:
    steps = [(row.source, row.action) for row in TABLE]
    assert len(steps) == len(set(steps))


@pytest.mark.parametrize("stage", Stage)
def test_the_actions_offered_are_those_the_table_names(stage: Stage) -> None:
    for capacity in Capacity:
        offered = actions_open(stage, frozenset({capacity}))
        assert set(offered) == {action for action in Action if (stage, action, capacity) in NAMED}, capacity
        assert len(offered) == len(set(offered)), capacity


def test_only_the_engine_moves_what_no_person_decides() -> None:
    by_nobody = {row.action for row in TABLE if row.by <= {Capacity.CLOCK, Capacity.PRESS}}
    assert by_nobody == {Action.FALL_DUE, Action.FALL_OVERDUE, Action.LAPSE, Action.TYPESET, Action.PUBLISH}
    assert all(not row.by & {Capacity.CLOCK, Capacity.PRESS} for row in TABLE if row.action not in by_nobody)


def test_an_officer_a_reviewer_or_a_plain_co_author_decides_nothing() -> None:
    actions = {row.action for row in TABLE if row.by & {Capacity.OFFICER, Capacity.REVIEWER, Capacity.AUTHOR}}
    assert actions == {Action.BEGIN_STAGE_2}


def test_every_action_has_its_place_in_the_table() -> None:
    assert {row.action for row in TABLE} == set(Action)


def reached_from(*start: Stage) -> set[Stage]:
    """Every stage that favourable facts lead to from `start`, each step through `advance`."""
    found = set(start)
    while True:
        steps = (
            advance(stage, row.action, acting_as=row.by, facts=favouring(row))
            for stage in found
            for row in TABLE
            if row.source is stage
        )
        more = {step.target for step in steps if isinstance(step, Advanced)} - found
        if not more:
            return found
        found |= more


def test_every_stage_is_reached_from_a_draft() -> None:
    assert reached_from(Stage.DRAFT) == set(Stage)


@pytest.mark.parametrize("stage", stages.HOLDS_IPA)
def test_whoever_holds_the_promise_can_be_published_whatever_the_result(stage: Stage) -> None:
    assert Stage.PUBLISHED in reached_from(stage)


def test_what_has_ended_stays_ended() -> None:
    assert {stage for stage in Stage if reached_from(stage) == {stage}} == TERMINAL


def test_a_promise_once_lost_or_never_given_is_not_reached_again() -> None:
    for stage in (*stages.ENDED, *stages.OUT):
        assert not reached_from(stage) & set(stages.HOLDS_IPA)


@pytest.mark.parametrize("stage", [*stages.BEFORE_IPA, *stages.HOLDS_IPA])
def test_the_authors_can_withdraw_until_the_work_is_out(stage: Stage) -> None:
    assert Action.WITHDRAW in actions_open(stage, frozenset({Capacity.CORRESPONDING_AUTHOR}))


@pytest.mark.parametrize("row", [row for row in TABLE if row.action is Action.WITHDRAW], ids=said)
def test_reviewers_at_work_are_told_that_the_authors_withdrew(row: Row) -> None:
    at_work = row.source in (*stages.UNDER_STAGE_1, *stages.UNDER_STAGE_2)
    assert (FollowUp.TELL_REVIEWERS in row.follow) is at_work


def test_each_stage_is_before_the_promise_under_it_out_or_ended() -> None:
    parts = [*stages.BEFORE_IPA, *stages.HOLDS_IPA, *stages.OUT, *stages.ENDED]
    assert sorted(parts) == sorted(Stage)


@pytest.mark.parametrize("row", [row for row in TABLE if row.source in stages.PROPOSED], ids=said)
def test_a_proposal_is_confirmed_sent_back_recalled_or_withdrawn_by_the_right_person(row: Row) -> None:
    by = {
        Action.CONFIRM: Capacity.SECOND_EDITOR,
        Action.SEND_BACK: Capacity.SECOND_EDITOR,
        Action.RECALL: Capacity.HANDLING_EDITOR,
        Action.WITHDRAW: Capacity.CORRESPONDING_AUTHOR,
    }
    assert row.by == {by[row.action]}


@pytest.mark.parametrize(
    ("stage", "action", "needed"),
    [
        (Stage.DRAFT, Action.SUBMIT, {guards.complete, guards.bias_level_admissible, guards.coauthors_consented}),
        (Stage.SUBMITTED, Action.SEND_TO_REVIEW, {guards.conflict_cleared, guards.hazard_screened}),
        (Stage.IN_REVIEW, Action.PROPOSE_IPA, {guards.enough_reviews, guards.criteria_judged}),
        (Stage.IPA_PROPOSED, Action.CONFIRM, {guards.second_person, guards.due_date_agreed, guards.protocol_frozen}),
        (Stage.STAGE_2_DRAFT, Action.SUBMIT, {guards.complete, guards.protocol_cited, guards.coauthors_consented}),
        (Stage.STAGE_2_IN_REVIEW, Action.PROPOSE_REJECTION, {guards.rejection_sustained}),
        (Stage.STAGE_2_REJECTION_PROPOSED, Action.CONFIRM, {guards.second_person, guards.rejection_sustained}),
        (Stage.STAGE_2_OVERDUE, Action.LAPSE, {guards.clocks_run, guards.abandoned}),
        (Stage.PUBLISHED, Action.RETRACT, {guards.notice_written, guards.retraction_recommended}),
    ],
)
def test_the_steps_that_matter_most_keep_their_guards(
    stage: Stage, action: Action, needed: set[Callable[[Facts], Refusal | None]]
) -> None:
    row = next(row for row in TABLE if (row.source, row.action) == (stage, action))
    assert needed <= set(row.guards)


@pytest.mark.parametrize("row", [row for row in TABLE if row.action is Action.CONFIRM], ids=said)
def test_every_confirmation_takes_a_second_person(row: Row) -> None:
    assert guards.second_person in row.guards

"""Whose turn it is: every stage has its answer, and whoever is named can do something there."""

import pytest

from workflows import stages
from workflows.people import Capacity
from workflows.report import actions_open
from workflows.stages import Stage
from workflows.turn import STAGE_WORDS, Standing, turn

OVER = {*stages.ENDED, *stages.OUT}
# Reviewers write reviews, and the editor-in-chief assigns editors, which moves no stage.
ACTS_BESIDE_THE_TABLE = {Capacity.REVIEWER, Capacity.EDITOR_IN_CHIEF}


NEW = Standing(handled=False, seconded=False, asked=2, arrived=0, needed=2)
STANDINGS = [
    NEW,
    Standing(handled=True, seconded=True, asked=0, arrived=0, needed=2),
    Standing(handled=True, seconded=True, asked=2, arrived=1, needed=2),
    Standing(handled=True, seconded=True, asked=3, arrived=2, needed=2),
    Standing(handled=True, seconded=True, asked=2, arrived=2, needed=2, answering=True),
    Standing(handled=True, seconded=True, asked=2, arrived=2, needed=2, sent_back=True),
]


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_says_who_acts_next_or_that_nobody_does(stage: Stage) -> None:
    next_up = turn(stage, NEW)
    assert (next_up.who is None) is (stage in OVER)
    assert next_up.what.strip()
    assert next_up.what.endswith(".") is (stage in OVER)


@pytest.mark.parametrize("standing", STANDINGS)
@pytest.mark.parametrize("stage", [stage for stage in Stage if stage not in OVER])
def test_whoever_is_named_has_something_to_do(stage: Stage, standing: Standing) -> None:
    who = turn(stage, standing).who
    assert who is not None
    assert who in ACTS_BESIDE_THE_TABLE or actions_open(stage, frozenset({who}))


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_has_its_words(stage: Stage) -> None:
    assert STAGE_WORDS[stage][0].isupper()
    assert not STAGE_WORDS[stage].endswith(".")


def test_a_proposal_reads_the_same_whatever_is_proposed() -> None:
    assert {STAGE_WORDS[stage] for stage in stages.PROPOSED} == {"Decision proposed"}
    assert len({turn(stage, NEW) for stage in stages.PROPOSED}) == 1


@pytest.mark.parametrize(
    ("stage", "standing", "who"),
    [
        (Stage.SUBMITTED, STANDINGS[0], Capacity.EDITOR_IN_CHIEF),
        (Stage.SUBMITTED, STANDINGS[1], Capacity.HANDLING_EDITOR),
        (Stage.STAGE_2_SUBMITTED, STANDINGS[0], Capacity.EDITOR_IN_CHIEF),
        (Stage.TYPESET, STANDINGS[0], Capacity.EDITOR_IN_CHIEF),
        (Stage.IPA_PROPOSED, STANDINGS[0], Capacity.EDITOR_IN_CHIEF),
        (Stage.IPA_PROPOSED, STANDINGS[1], Capacity.SECOND_EDITOR),
        (Stage.IN_REVIEW, STANDINGS[1], Capacity.HANDLING_EDITOR),
        (Stage.IN_REVIEW, STANDINGS[2], Capacity.REVIEWER),
        (Stage.IN_REVIEW, STANDINGS[3], Capacity.HANDLING_EDITOR),
        (Stage.STAGE_2_IN_REVIEW, STANDINGS[2], Capacity.REVIEWER),
        (Stage.STAGE_2_IN_REVIEW, STANDINGS[3], Capacity.HANDLING_EDITOR),
        (Stage.IN_REVIEW, STANDINGS[4], Capacity.CORRESPONDING_AUTHOR),
        (Stage.STAGE_2_IN_REVIEW, STANDINGS[4], Capacity.CORRESPONDING_AUTHOR),
    ],
)
def test_the_turn_passes_on_when_the_facts_do(stage: Stage, standing: Standing, who: Capacity) -> None:
    assert turn(stage, standing).who is who


def test_an_editor_without_enough_reviewers_is_told_to_invite_and_with_enough_reviews_to_decide() -> None:
    assert turn(Stage.IN_REVIEW, STANDINGS[1]).what == "invite reviewers"
    assert turn(Stage.IN_REVIEW, STANDINGS[3]).what == "weigh the reviews and propose a decision"


def test_a_proof_that_came_back_asks_for_another_thing_than_a_fresh_paper() -> None:
    assert "changes" in turn(Stage.TYPESET, STANDINGS[5]).what
    assert "changes" not in turn(Stage.TYPESET, STANDINGS[3]).what

"""Whose turn it is: every stage has its answer, and whoever is named can do something there."""

import pytest

from workflows import stages
from workflows.people import Capacity
from workflows.report import actions_open
from workflows.stages import Stage
from workflows.turn import STAGE_WORDS, turn

OVER = {*stages.ENDED, *stages.OUT}
# Reviewers write reviews, which moves no stage: their editor does that when enough have arrived.
ACTS_BESIDE_THE_TABLE = {Capacity.REVIEWER}


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_says_who_acts_next_or_that_nobody_does(stage: Stage) -> None:
    next_up = turn(stage)
    assert (next_up.who is None) is (stage in OVER)
    assert next_up.what.strip()
    assert next_up.what.endswith(".") is (stage in OVER)


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage not in OVER])
def test_whoever_is_named_has_something_to_do(stage: Stage) -> None:
    who = turn(stage).who
    assert who is not None
    assert who in ACTS_BESIDE_THE_TABLE or actions_open(stage, frozenset({who}))


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_has_its_words(stage: Stage) -> None:
    assert STAGE_WORDS[stage][0].isupper()
    assert not STAGE_WORDS[stage].endswith(".")


def test_a_proposal_reads_the_same_whatever_is_proposed() -> None:
    assert {STAGE_WORDS[stage] for stage in stages.PROPOSED} == {"Decision proposed"}
    assert len({turn(stage) for stage in stages.PROPOSED}) == 1

"""What an amendment must say before it can be asked for, part by part."""

from dataclasses import replace

import pytest

from tests.workflows.examples import PROTOCOL
from workflows.amendments import Amendment, Reason, Seen, gaps
from workflows.changes import changed
from workflows.protocol import Row

H1, RQ1 = PROTOCOL.rows
LARGER = replace(PROTOCOL, rows=(replace(H1, sampling="2,400 prompts."), RQ1))
LONGER = replace(PROTOCOL, rows=(H1, RQ1, Row(label="H2", question="And in Welsh?")))
SAID = Reason(place="rows/H1", why="Two models are gone.", seen=Seen.NO_DATA, effect="Less power for RQ1.")


def codes(amendment: Amendment, *, adds: bool = False) -> list[str]:
    return [refusal.code for refusal in gaps(changed(PROTOCOL, LARGER), amendment, adds=adds)]


def test_a_change_with_its_reason_what_was_seen_and_its_effect_can_be_asked_for() -> None:
    assert codes(Amendment(reasons=(SAID,))) == []


@pytest.mark.parametrize(
    ("spoilt", "code"),
    [
        (replace(SAID, why=" "), "why_missing"),
        (replace(SAID, seen=None), "seen_missing"),
        (replace(SAID, effect=""), "effect_missing"),
    ],
)
def test_each_of_the_three_is_asked_for(spoilt: Reason, code: str) -> None:
    assert codes(Amendment(reasons=(spoilt,))) == [code]


def test_what_was_said_of_another_part_does_not_count() -> None:
    elsewhere = replace(SAID, place="rows/RQ1")
    assert codes(Amendment(reasons=(elsewhere,))) == ["why_missing", "seen_missing", "effect_missing"]


def test_nothing_changed_is_nothing_to_ask_for() -> None:
    assert [refusal.code for refusal in gaps((), Amendment(), adds=False)] == ["nothing_changed"]


def test_adding_a_study_leaves_what_was_accepted_alone() -> None:
    said = Amendment(reasons=(SAID, replace(SAID, place="rows/H2")))
    assert codes(said, adds=True) == ["accepted_changed"]
    assert list(gaps(changed(PROTOCOL, LONGER), said, adds=True)) == []

"""Letters about invitations without an answer and reviews that do not come: to reviewers, and to who waits."""

import random
from pathlib import Path

import pytest
from sqlalchemy import select

from journal.demonstration.visitor import Visitor
from journal.dossier.clock import run_clock
from storage.rows.chases import ChaseRow
from storage.rows.reviewing import Invitation
from tests.stories.lateness import go_on, stop
from tests.stories.reports import TITLE
from tests.stories.reviewing import AUTHOR, HANDLING, accepted, invite, put_at, report_in_review
from tests.stories.worlds import World, address_of, make_world
from workflows.people import Role
from workflows.stages import Stage

ROSA = "rosa@example.net"
NUDGE, SOON, LATE = "A review you were asked for", "Your review is due soon", "Your review is awaited"
UNANSWERED, STILL_LATE = "An invitation has no answer", "A review is a week late"
REMINDERS = (NUDGE, SOON, LATE, UNANSWERED, STILL_LATE)


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = make_world(tmp_path)
    world.person(AUTHOR)
    world.person(HANDLING, Role.EDITOR)
    return world


@pytest.fixture
def editor(world: World) -> Visitor:
    return world.signed_in(HANDLING)


@pytest.fixture
def report_id(world: World) -> str:
    return report_in_review(world)


def letters(world: World, *, days: float) -> list[str]:
    """Time passes, somebody looks at the clock twice, and letters go out: their subjects, the reviewer's first."""
    people = (ROSA, address_of(HANDLING))
    before = [len(world.mails(person)) for person in people]
    world.clock.advance(days=days)
    run_clock(world.resources)
    run_clock(world.resources)
    world.run_jobs()
    new = [world.mails(person)[seen:] for person, seen in zip(people, before, strict=True)]
    return [mail["subject"] for mails in new for mail in mails if mail["subject"] in REMINDERS]


def by_day(world: World, days: int) -> dict[int, list[str]]:
    return {day: told for day in range(1, days + 1) if (told := letters(world, days=1))}


def test_an_invitation_is_recalled_once_and_then_the_editor_hears(
    world: World, editor: Visitor, report_id: str
) -> None:
    invite(editor, report_id, ROSA)
    world.run_jobs()
    assert by_day(world, 20) == {4: [NUDGE], 8: [UNANSWERED]}
    nudge = next(mail for mail in world.mails(ROSA) if mail["subject"] == NUDGE)
    assert "/review/" in nudge["text"]
    assert "translated" not in nudge["text"], "it says no more than the invitation did"
    told = next(mail for mail in world.mails(address_of(HANDLING)) if mail["subject"] == UNANSWERED)
    assert f"/reports/{report_id}/reviewers" in told["text"]
    assert ROSA not in told["text"]


def test_the_link_of_a_reminder_opens_the_review(world: World, editor: Visitor, report_id: str) -> None:
    accepted(world, editor, report_id, ROSA)
    assert by_day(world, 21) == {21: [SOON]}
    mail = next(mail for mail in world.mails(ROSA) if mail["subject"] == SOON)
    link = next(line for line in mail["text"].splitlines() if line.startswith("http"))
    assert world.visitor().open(link).title == TITLE, "who accepted reads at once"


def test_a_late_review_is_asked_for_each_week_and_the_editor_hears_once(
    world: World, editor: Visitor, report_id: str
) -> None:
    accepted(world, editor, report_id, ROSA)
    assert letters(world, days=21) == [SOON]
    assert by_day(world, 40) == {1: [LATE], 8: [LATE, STILL_LATE], 15: [LATE]}


@pytest.mark.thorough
@pytest.mark.parametrize("over", ["declined_at", "cancelled_at"])
def test_who_is_no_longer_waited_for_gets_no_letter(world: World, editor: Visitor, report_id: str, over: str) -> None:
    accepted(world, editor, report_id, ROSA)
    with world.work() as uow:
        setattr(uow.session.scalars(select(Invitation)).one(), over, uow.now)
        uow.commit()
    assert by_day(world, 30) == {}


@pytest.mark.thorough
def test_a_report_that_moved_on_waits_for_nobody(world: World, editor: Visitor, report_id: str) -> None:
    accepted(world, editor, report_id, ROSA)
    put_at(world, report_id, Stage.REVISION)
    assert by_day(world, 30) == {}


def test_a_letter_is_not_sent_when_its_occasion_is_gone(world: World, editor: Visitor, report_id: str) -> None:
    invite(editor, report_id, ROSA)
    world.run_jobs()
    world.clock.advance(days=4)
    run_clock(world.resources)
    with world.work() as uow:
        uow.session.scalars(select(Invitation)).one().accepted_at = uow.now
        uow.commit()
    world.run_jobs()
    assert NUDGE not in [mail["subject"] for mail in world.mails(ROSA)]


def test_while_the_clocks_stand_nobody_is_reminded_and_afterwards_nobody_twice(
    world: World, editor: Visitor, report_id: str
) -> None:
    accepted(world, editor, report_id, ROSA)
    assert letters(world, days=21) == [SOON]
    hold = stop(world, report_id)
    assert by_day(world, 30) == {}
    go_on(world, report_id, hold)
    told = by_day(world, 12)
    assert SOON not in [letter for day in told.values() for letter in day], "the day moved, and so did the letter"
    assert LATE in [letter for day in told.values() for letter in day]


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(3))
def test_whatever_days_nobody_looks_each_letter_goes_out_once(
    world: World, editor: Visitor, report_id: str, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - which days nobody looks
    accepted(world, editor, report_id, ROSA)
    told = [letter for _ in range(12) for letter in letters(world, days=chance.choice([1, 2, 3, 8, 20]))]
    assert told.count(SOON) <= 1
    assert told.count(LATE) == 3
    assert told.count(STILL_LATE) == 1
    with world.work(writes=False) as uow:
        rows = uow.session.scalars(select(ChaseRow)).all()
        assert len(rows) == len(told)

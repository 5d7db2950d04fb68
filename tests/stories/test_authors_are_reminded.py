"""Letters before results are due, on the day, and every month after: each once, whatever happens to the clock."""

import random
from itertools import pairwise

import pytest
from sqlalchemy import select

from journal.dossier.clock import run_clock
from storage.rows.contacts import ReminderRow
from storage.rows.ledger import LedgerRow
from storage.rows.reports import Report
from tests.stories.deciding import AUTHOR, HANDLING, people
from tests.stories.lateness import DUE, LAPSED, OVERDUE, SOON, STILL, go_on, letters_after, promised, stop
from tests.stories.worlds import START, World, address_of, stage_of
from workflows.stages import Stage


@pytest.fixture(autouse=True)
def _people(world: World) -> None:
    people(world)


def moved_to(world: World, report_id: str, stage: Stage) -> None:
    with world.work() as uow:
        uow.session.get_one(Report, report_id).stage = stage
        uow.commit()


# Each day on which something is due, and the days before and after it.
AROUND = sorted({day + beside for day in (30, 53, 60, 90, 120, 150, 180, 210, 240, 243) for beside in (-1, 0, 1)})


def letters_by_day(world: World, days: list[int]) -> dict[int, list[str]]:
    """The letters that go out when somebody looks on these days, counted from the first."""
    told = {}
    for day in days:
        if letters := letters_after(world, days=day - (world.clock.now - START).days):
            told[day] = letters
    return told


def test_authors_are_reminded_before_on_and_after_the_day_and_then_the_promise_lapses(world: World) -> None:
    report_id = promised(world, days=60)
    told = letters_by_day(world, [*AROUND, 259])
    assert told == {
        30: [SOON],
        53: [SOON],
        60: [DUE],
        90: [OVERDUE],
        **{day: [STILL] for day in (120, 150, 180, 210, 240)},
        243: [LAPSED],
    }
    assert stage_of(world, report_id) is Stage.WITHDRAWN_AFTER_IPA
    mail = next(mail for mail in world.mails(address_of(AUTHOR)) if mail["subject"] == SOON)
    assert f"/reports/{report_id}/progress" in mail["text"]
    assert "Do probes find lies?" in mail["text"]
    editors = [mail["subject"] for mail in world.mails(address_of(HANDLING))]
    assert "A study has ended" in editors
    with world.work(writes=False) as uow:
        newest = select(LedgerRow).where(LedgerRow.report_id == report_id).order_by(LedgerRow.n.desc())
        last = uow.session.scalars(newest).first()
        assert last is not None
        assert (last.action, last.capacity) == ("lapse", "clock")


@pytest.mark.thorough
@pytest.mark.parametrize("seed", range(3))
def test_letters_go_out_once_whatever_days_nobody_looks(world: World, seed: int) -> None:
    """Against the real clock, outbox and mail: no letter twice, never two a day, and not one too few."""
    chance = random.Random(seed)  # noqa: S311 - which days nobody looks
    report_id, told = promised(world, days=60), dict[int, str]()
    while (day := (world.clock.now - START).days) < 330 and stage_of(world, report_id) is not Stage.WITHDRAWN_AFTER_IPA:
        letters = letters_after(world, days=chance.choice([1, 2, 3, 5, 8, 40]))
        assert len(letters) <= 1
        told |= dict.fromkeys([(world.clock.now - START).days], *letters) if letters else {}
        assert (world.clock.now - START).days > day
    assert list(told.values()).count(SOON) <= 2
    late = [day for day, letter in told.items() if letter in (OVERDUE, STILL)]
    assert len(late) >= 3
    assert all(after - before >= 30 for before, after in pairwise(late))
    assert told[max(told)] == LAPSED
    assert max(told) >= late[2] + 14, "the third letter had its two weeks"


def test_a_date_that_was_agreed_late_is_not_told_again_at_once(world: World) -> None:
    promised(world, days=20)
    assert letters_after(world, days=1) == []
    assert letters_after(world, days=13) == [SOON]


@pytest.mark.thorough
def test_nobody_is_reminded_of_a_report_whose_clocks_stand_still(world: World) -> None:
    report_id = promised(world, days=31)
    assert letters_after(world, days=1) == [SOON]
    hold_id = stop(world, report_id)
    assert letters_after(world, days=25) == []
    assert letters_after(world, days=60) == []
    go_on(world, report_id, hold_id)
    assert letters_after(world, days=1) == [], "the day moved, and what was said of it counts"
    assert letters_after(world, days=23) == [SOON]
    assert letters_after(world, days=8) == [DUE]


def test_a_letter_that_is_overtaken_before_it_is_written_is_not_sent(world: World) -> None:
    report_id = promised(world, days=31)
    world.clock.advance(days=1)
    run_clock(world.resources)
    moved_to(world, report_id, Stage.STAGE_2_SUBMITTED)
    assert letters_after(world, days=0) == []
    moved_to(world, report_id, Stage.STAGE_2_OVERDUE)
    world.clock.advance(days=65)
    run_clock(world.resources)
    stop(world, report_id)
    assert letters_after(world, days=0) == []
    with world.work(writes=False) as uow:
        rows = uow.session.scalars(select(ReminderRow).where(ReminderRow.report_id == report_id)).all()
        assert [row.sent_at for row in rows] == [None, None], "what was not sent is no contact"

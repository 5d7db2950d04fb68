"""Letters about seats: which are owed when, and that each is sent once whatever happens to the clock."""

import random
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from workflows.chasing import AGAIN_AFTER, MOST_LATE, NUDGE_AFTER, SOON_BEFORE, Chase, Seat, chases_owed
from workflows.deadlines import INVITATION_TIME, REVIEW_TIME, Stop, due_after

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
ASKED = Seat(invited_at=MONDAY, due=due_after(MONDAY, REVIEW_TIME))
ACCEPTED = replace(ASKED, accepted=True)


def told(seat: Seat, *chases: Chase, at: datetime) -> Seat:
    return replace(seat, asked={**seat.asked, **{chase: (*seat.asked.get(chase, ()), at) for chase in chases}})


@pytest.mark.parametrize(
    ("seat", "days", "owed"),
    [
        (ASKED, 0, ()),
        (ASKED, 3, ()),
        (ASKED, 4, (Chase.ANSWER,)),
        (told(ASKED, Chase.ANSWER, at=MONDAY), 4, ()),
        (ASKED, 7, (Chase.ANSWER,)),
        (ASKED, 8, (Chase.UNANSWERED,)),
        (told(ASKED, Chase.UNANSWERED, at=MONDAY), 30, ()),
        (ACCEPTED, 4, ()),
        (ACCEPTED, 17, ()),
        (ACCEPTED, 21, (Chase.SOON,)),
        (ACCEPTED, 22, (Chase.LATE,)),
        (ACCEPTED, 29, (Chase.LATE, Chase.STILL_LATE)),
        (replace(ACCEPTED, over=True), 29, ()),
        (replace(ASKED, over=True), 9, ()),
    ],
)
def test_what_is_owed_follows_from_the_state(seat: Seat, days: int, owed: tuple[Chase, ...]) -> None:
    assert chases_owed(seat, now=MONDAY + days * DAY) == owed


def test_no_first_letter_at_a_weekend_and_none_is_forgotten() -> None:
    seat = replace(ASKED, invited_at=MONDAY + DAY, due=ASKED.due + DAY)
    days = {day: chases_owed(seat, now=seat.invited_at + day * DAY) for day in range(3, 7)}
    assert days == {3: (), 4: (), 5: (), 6: (Chase.ANSWER,)}


def test_a_day_that_left_no_time_for_a_reminder_gets_none() -> None:
    tight = replace(ACCEPTED, due=due_after(MONDAY, 2 * DAY))
    assert chases_owed(tight, now=MONDAY + DAY) == ()


def test_no_letter_while_the_clocks_stand_and_the_time_does_not_count() -> None:
    stopped = replace(ASKED, stops=(Stop(since=MONDAY + DAY),))
    assert chases_owed(stopped, now=MONDAY + 30 * DAY) == ()
    again = replace(ASKED, stops=(Stop(since=MONDAY + DAY, until=MONDAY + 29 * DAY),))
    assert chases_owed(again, now=MONDAY + 30 * DAY) == ()
    assert chases_owed(again, now=MONDAY + 32 * DAY) == (Chase.ANSWER,)


def test_only_editors_are_told_of_others() -> None:
    assert {chase for chase in Chase if chase.to_editor} == {Chase.UNANSWERED, Chase.STILL_LATE}


@dataclass
class Life:
    """A seat over many days, looked at by a clock that fails and jumps, and changed by chance."""

    chance: random.Random
    seat: Seat = ACCEPTED
    sent: list[tuple[datetime, Chase]] = field(default_factory=list)

    def look(self, now: datetime) -> None:
        for chase in chases_owed(self.seat, now=now):
            self.sent.append((now, chase))
            self.seat = told(self.seat, chase, at=now)

    def change(self, now: datetime) -> None:
        """Now and then somebody accepts, gets more time, hands in, or is paused."""
        what = self.chance.random()
        if what < 0.02:
            self.seat = replace(self.seat, due=due_after(max(now, self.seat.due), 7 * DAY), asked={})
        elif what < 0.03:
            self.seat = replace(self.seat, over=True)
        elif what < 0.05 and not any(stop.until is None for stop in self.seat.stops):
            self.seat = replace(self.seat, stops=(*self.seat.stops, Stop(since=now)))
        elif what < 0.1:
            self.seat = replace(
                self.seat, stops=tuple(replace(stop, until=stop.until or now) for stop in self.seat.stops)
            )


@pytest.mark.parametrize("seed", range(4))
def test_over_ten_thousand_days_each_letter_is_sent_once(seed: int) -> None:
    """Outages of any length, clocks that are set back, and changes of state: no letter twice, none after its state."""
    chance = random.Random(seed)  # noqa: S311 - a simulation
    days = 0
    while days < 10_000 // 4:
        start = MONDAY + timedelta(days=chance.randrange(7))
        life = Life(chance, seat=replace(ACCEPTED, invited_at=start, due=due_after(start, REVIEW_TIME)))
        now = start
        for _ in range(60):
            now += chance.choice([timedelta(hours=1), DAY, DAY, 3 * DAY, 20 * DAY, timedelta(hours=-2)])
            days += 1
            before = life.seat
            life.look(now)
            life.look(now)
            _is_sound(life, before, now)
            life.change(now)


def _is_sound(life: Life, before: Seat, now: datetime) -> None:
    new = [chase for at, chase in life.sent if at == now]
    assert len(new) == len(set(new)), "a second look sends no letter twice"
    assert not (new and before.over), "no letter once the seat is over"
    assert not (new and any(stop.until is None and stop.since <= now for stop in before.stops)), "clocks stand still"
    late = life.seat.asked.get(Chase.LATE, ())
    assert len(late) <= MOST_LATE
    assert all(later - earlier >= AGAIN_AFTER for earlier, later in pairwise(late))
    assert all(len(times) == 1 for chase, times in life.seat.asked.items() if chase is not Chase.LATE)


def test_the_spans_fit_into_one_another() -> None:
    assert NUDGE_AFTER < INVITATION_TIME
    assert SOON_BEFORE < REVIEW_TIME

"""What is due when: at the end of a day anywhere on Earth, and late from the next second on."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.deadlines import (
    ANYWHERE,
    Stop,
    days_late,
    due_after,
    end_of_date_anywhere,
    end_of_day_anywhere,
    moved,
    still_due,
    stopped_time,
    stretch_ending,
)

MOMENTS = st.integers(min_value=0, max_value=80 * 366 * 86_400).map(
    lambda seconds: datetime(2020, 1, 2, tzinfo=UTC) + timedelta(seconds=seconds)
)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("moment", "end"),
    [
        (datetime(2027, 3, 1, 12, 0, 0, tzinfo=UTC), datetime(2027, 3, 2, 11, 59, 59, tzinfo=UTC)),
        (datetime(2027, 3, 1, 11, 59, 59, tzinfo=UTC), datetime(2027, 3, 1, 11, 59, 59, tzinfo=UTC)),
        (datetime(2027, 12, 31, 23, 30, tzinfo=UTC), datetime(2028, 1, 1, 11, 59, 59, tzinfo=UTC)),
        (datetime(2028, 2, 29, 12, 0, tzinfo=UTC), datetime(2028, 3, 1, 11, 59, 59, tzinfo=UTC)),
        (
            datetime(2027, 3, 1, 0, 30, tzinfo=timezone(timedelta(hours=14))),
            datetime(2027, 2, 28, 11, 59, 59, tzinfo=UTC),
        ),
    ],
)
def test_a_day_ends_when_it_has_ended_everywhere(moment: datetime, end: datetime) -> None:
    assert end_of_day_anywhere(moment) == end


def test_a_chosen_date_ends_when_it_has_ended_everywhere() -> None:
    assert end_of_date_anywhere(date(2027, 3, 1)) == datetime(2027, 3, 2, 11, 59, 59, tzinfo=UTC)


@given(MOMENTS)
def test_the_end_of_a_day_is_its_last_second_and_never_before_it(moment: datetime) -> None:
    end = end_of_day_anywhere(moment)
    assert moment <= end < moment + timedelta(days=1)
    assert end.astimezone(ANYWHERE).date() == moment.astimezone(ANYWHERE).date()
    assert (end + SECOND).astimezone(ANYWHERE).date() > moment.astimezone(ANYWHERE).date()
    assert end_of_day_anywhere(end) == end
    assert end.tzinfo is UTC


@given(MOMENTS, st.integers(min_value=0, max_value=400))
def test_something_due_in_days_is_due_at_the_end_of_the_last(moment: datetime, days: int) -> None:
    due = due_after(moment, timedelta(days=days))
    assert due == end_of_day_anywhere(moment + timedelta(days=days))
    assert still_due(due, now=moment)


DUE = datetime(2027, 3, 1, 11, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("after", "late"),
    [
        (-timedelta(days=9), 0),
        (-SECOND, 0),
        (timedelta(0), 0),
        (SECOND, 1),
        (timedelta(days=1) - SECOND, 1),
        (timedelta(days=1), 2),
        (timedelta(days=2, hours=3), 3),
    ],
)
def test_lateness_counts_the_days_begun(after: timedelta, late: int) -> None:
    assert days_late(DUE, now=DUE + after) == late
    assert still_due(DUE, now=DUE + after) is (late == 0)


def test_what_has_no_date_is_neither_due_nor_late() -> None:
    assert days_late(None, now=DUE) == 0
    assert not still_due(None, now=DUE)


HOUR = timedelta(hours=1)


def hours(*stretches: tuple[int, int | None]) -> list[Stop]:
    return [Stop(DUE + HOUR * since, None if until is None else DUE + HOUR * until) for since, until in stretches]


@pytest.mark.parametrize(
    ("stops", "stood", "stretch"),
    [
        ([], 0, 0),
        ([(2, 10)], 8, 8),
        ([(2, 6), (4, 10)], 8, 8),
        ([(2, 10), (4, 6)], 8, 8),
        ([(2, 6), (6, 10)], 8, 8),
        ([(2, 5), (6, 10)], 7, 4),
        ([(2, 6)], 4, 0),
        ([(2, 10), (4, None)], 8, 0),
        ([(-5, 1), (9, 12)], 2, 0),
        ([(2, 2)], 0, 0),
    ],
)
def test_overlapping_stops_count_once(stops: list[tuple[int, int | None]], stood: int, stretch: int) -> None:
    """From the first hour to the tenth, and without a pause up to the tenth."""
    assert stopped_time(hours(*stops), since=DUE, until=DUE + 10 * HOUR) == stood * HOUR
    assert stretch_ending(hours(*stops), at=DUE + 10 * HOUR) == stretch * HOUR


HOURS = st.integers(min_value=0, max_value=40)
STOPS = st.lists(st.tuples(HOURS, st.none() | HOURS).filter(lambda stop: stop[1] is None or stop[0] <= stop[1]))


@given(STOPS, HOURS, HOURS)
def test_the_time_stopped_is_that_of_the_hours_in_which_something_stopped(
    stops: list[tuple[int, int | None]], since: int, span: int
) -> None:
    until = since + span
    stood = [hour for hour in range(since, until) if any(a <= hour and (b is None or hour < b) for a, b in stops)]
    found = stopped_time(hours(*stops), since=DUE + HOUR * since, until=DUE + HOUR * until)
    assert found == len(stood) * HOUR


@given(STOPS)
def test_moved_each_time_the_clocks_start_again_a_day_moves_by_all_the_time_they_stood(
    stops: list[tuple[int, int | None]],
) -> None:
    """Whatever overlaps whatever: nothing is lost, and nothing counted twice."""
    last = 41
    whole = [(since, last if until is None else until) for since, until in stops]
    ends = sorted({until for _, until in whole})
    began = [
        hours(*((since, until if until <= end else None) for since, until in whole if since <= end)) for end in ends
    ]
    found = sum((stretch_ending(seen, at=DUE + HOUR * end) for seen, end in zip(began, ends, strict=True)), timedelta())
    assert found == stopped_time(hours(*whole), since=DUE, until=DUE + HOUR * last)


@given(MOMENTS, st.integers(min_value=0, max_value=1000))
def test_a_day_that_moves_never_takes_time_away(due: datetime, stood: int) -> None:
    assert moved(due, timedelta()) == due
    assert timedelta() <= moved(due, stood * HOUR) - due - stood * HOUR < timedelta(days=1)

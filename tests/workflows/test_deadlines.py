"""What is due when: at the end of a day anywhere on Earth, and late from the next second on."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.deadlines import ANYWHERE, days_late, due_after, end_of_date_anywhere, end_of_day_anywhere, still_due

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

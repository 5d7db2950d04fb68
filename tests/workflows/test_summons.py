"""Who is called to an overdue case, and when: each step once, a missed one made up for, whatever the clock does."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.summons import called, deputy_of, step_reached, steps_owed

DUE = datetime(2027, 3, 2, 11, 59, 59, tzinfo=UTC)
SECOND = timedelta(seconds=1)
FREE = ("ann", "bob", "eve")


@pytest.mark.parametrize(
    ("late", "step"),
    [
        (-SECOND, None),
        (timedelta(), None),
        (SECOND, 0),
        (timedelta(days=3) - SECOND, 0),
        (timedelta(days=3), 1),
        (timedelta(days=6) - SECOND, 1),
        (timedelta(days=6), 2),
        (timedelta(days=13) - SECOND, 2),
        (timedelta(days=13), 3),
        (timedelta(days=27), 5),
    ],
)
def test_a_step_is_reached_on_its_day(late: timedelta, step: int | None) -> None:
    assert step_reached(DUE, now=DUE + late) == step


def test_what_is_not_due_calls_nobody() -> None:
    assert step_reached(None, now=DUE) is None
    assert steps_owed(None, taken=(), now=DUE) == ()


@pytest.mark.parametrize(
    ("days", "taken", "owed"),
    [
        (1, (), (0,)),
        (1, (0,), ()),
        (4, (), (0, 1)),
        (4, (0,), (1,)),
        (7, (), (0, 1, 2)),
        (28, (), (0, 1, 2, 5)),
        (28, (0, 1, 2), (5,)),
        (22, (0, 1, 2, 5), ()),
        (1, (0, 1, 2), ()),
    ],
)
def test_what_was_missed_is_made_up_for_and_nothing_done_twice(
    days: int, taken: tuple[int, ...], owed: tuple[int, ...]
) -> None:
    assert steps_owed(DUE, taken=taken, now=DUE + timedelta(days=days)) == owed


@given(st.lists(st.integers(min_value=-100, max_value=1500), max_size=30))
def test_whatever_the_clock_does_no_step_is_taken_twice_and_none_of_the_first_left_out(hours: list[int]) -> None:
    taken: list[int] = []
    for hour in hours:
        taken += steps_owed(DUE, taken=taken, now=DUE + timedelta(hours=hour))
    assert len(set(taken)) == len(taken)
    assert taken == sorted(taken)
    assert taken[:3] == [0, 1, 2][: len(taken)]


@pytest.mark.parametrize(
    ("first", "named", "deputy"),
    [
        ("ann", None, "bob"),
        ("bob", None, "eve"),
        ("eve", None, "ann"),
        ("ann", "eve", "eve"),
        ("ann", "ann", "bob"),
        ("ann", "gone", "bob"),
        (None, None, "ann"),
        ("chief", None, "eve"),
    ],
)
def test_the_deputy_is_who_was_named_or_the_next(first: str | None, named: str | None, deputy: str) -> None:
    assert deputy_of(FREE, first=first, named=named) == deputy


def test_one_officer_has_no_deputy() -> None:
    assert deputy_of(("ann",), first="ann") is None


@pytest.mark.parametrize(
    ("step", "first", "deputy", "whom"),
    [
        (0, "ann", "bob", ("ann",)),
        (0, None, "bob", FREE),
        (0, "gone", "bob", FREE),
        (1, "ann", "bob", ("bob",)),
        (1, "ann", None, FREE),
        (2, "ann", "bob", FREE),
        (7, "ann", "bob", FREE),
    ],
)
def test_each_step_calls_whom_it_means(step: int, first: str | None, deputy: str | None, whom: tuple[str, ...]) -> None:
    assert called(step, first=first, deputy=deputy, free=FREE) == whom

"""A second factor counts for ten minutes, and for nothing when a clock was wrong."""

from datetime import timedelta

import pytest

from tests.workflows.examples import NOW
from workflows.holds import Hold, HoldKind, Scope
from workflows.lifting import FRESH_FOR, is_fresh, refuse_unproven, wants_second_factor

SECOND = timedelta(seconds=1)
AGES = [
    (timedelta(), True),
    (FRESH_FOR, True),
    (FRESH_FOR + SECOND, False),
    (timedelta(days=1), False),
    (-SECOND, False),
]


def hold(kind: HoldKind) -> Hold:
    return Hold(kind=kind, scope=Scope.EXISTENCE, placed_by="placer", placed_at=NOW)


@pytest.mark.parametrize(("age", "fresh"), AGES)
def test_it_counts_for_ten_minutes(age: timedelta, *, fresh: bool) -> None:
    assert timedelta(minutes=10) == FRESH_FOR
    assert is_fresh(NOW - age, now=NOW) is fresh
    for kind in HoldKind:
        refused = refuse_unproven(hold(kind), shown_at=NOW - age, now=NOW) is not None
        assert refused is (wants_second_factor(hold(kind)) and not fresh)


@pytest.mark.parametrize("kind", HoldKind)
def test_only_what_a_date_ends_is_ended_without(kind: HoldKind) -> None:
    assert wants_second_factor(hold(kind)) is not kind.opens_by_date
    assert (refuse_unproven(hold(kind), shown_at=None, now=NOW) is None) is kind.opens_by_date

"""Announcing: what a silence tells, and from when a protocol may be seen."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.examples import NOW
from workflows.announcing import (
    Announce,
    announced_from,
    hazard_behind_silence,
    refuse_choice,
    silence_at,
    silences,
)

RATES = st.decimals(min_value="0.001", max_value=100, places=3)
DAY = date(2027, 5, 1)


@pytest.mark.parametrize(
    ("held", "unpublished", "per_cent"),
    [(1, 5, 17), (Decimal("0.1"), 5, 2), (5, 5, 50), (1, 20, 5), (1, 0, 100), (0, 5, 0)],
)
def test_what_a_silence_tells(held: int | Decimal, unpublished: int, per_cent: int) -> None:
    assert silence_at(Decimal(held), Decimal(unpublished)).hazard == per_cent


@given(held=RATES, unpublished=RATES, more=RATES)
def test_a_silence_tells_more_where_more_is_held_and_less_where_more_fails_otherwise(
    held: Decimal, unpublished: Decimal, more: Decimal
) -> None:
    told = hazard_behind_silence(held, unpublished)
    assert 0 < told < 1
    assert hazard_behind_silence(held + more, unpublished) > told > hazard_behind_silence(held, unpublished + more)


@pytest.mark.parametrize(("held", "unpublished"), [(0, 0), (-1, 5), (5, -1)])
def test_what_is_no_rate_has_no_answer(held: int, unpublished: int) -> None:
    with pytest.raises(ValueError, match="rates"):
        hazard_behind_silence(Decimal(held), Decimal(unpublished))


def test_the_table_has_every_pair_of_rates() -> None:
    assert [each.hazard for each in silences()] == [2, 17, 50, 0, 5, 20]


@pytest.mark.parametrize(
    ("choice", "data_end", "expected"),
    [
        (Announce.NEVER, DAY, None),
        (Announce.NOW, DAY, NOW),
        (Announce.DATE, None, datetime(2027, 5, 1, tzinfo=UTC)),
        (Announce.AFTER_DATA, None, None),
        (Announce.AFTER_DATA, date(2027, 2, 28), datetime(2027, 3, 1, tzinfo=UTC)),
    ],
)
def test_from_when_a_protocol_may_be_seen(choice: Announce, data_end: date | None, expected: datetime | None) -> None:
    assert announced_from(choice, day=DAY, data_end=data_end, now=NOW) == expected


@pytest.mark.parametrize(
    ("choice", "day", "is_public", "code"),
    [
        (None, None, False, "announce_missing"),
        (Announce.DATE, None, False, "day_missing"),
        (Announce.DATE, DAY, False, None),
        (Announce.NEVER, None, False, None),
        *((choice, DAY, True, "is_public") for choice in Announce),
    ],
)
def test_what_readers_have_seen_cannot_be_taken_back(
    choice: Announce | None, day: date | None, code: str | None, *, is_public: bool
) -> None:
    refusal = refuse_choice(choice, day=day, is_public=is_public)
    assert (refusal.code if refusal else None) == code

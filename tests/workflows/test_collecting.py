"""The days of data collection: an end that has come is not taken back, and a first day is held against the plan."""

from datetime import date

import pytest

from tests.workflows.examples import NOW
from workflows.collecting import Evidence, at_odds, has_ended, refuse_days

TODAY = NOW.date()
BEFORE, LATER = date(2027, 2, 1), date(2027, 6, 1)


@pytest.mark.parametrize(("end", "ended"), [(None, False), (LATER, False), (TODAY, True), (BEFORE, True)])
def test_collection_has_ended_from_its_last_day_on(end: date | None, ended: bool) -> None:  # noqa: FBT001
    assert has_ended(end, now=NOW) is ended


@pytest.mark.parametrize(
    ("start", "end", "recorded", "code"),
    [
        (BEFORE, LATER, None, None),
        (LATER, BEFORE, None, "dates_reversed"),
        (BEFORE, TODAY, BEFORE, None),
        (BEFORE, LATER, BEFORE, "end_recorded"),
        (BEFORE, None, TODAY, "end_recorded"),
        (BEFORE, None, LATER, None),
    ],
)
def test_which_days_can_be_recorded(
    start: date | None, end: date | None, recorded: date | None, code: str | None
) -> None:
    refusal = refuse_days(start, end, recorded_end=recorded, now=NOW)
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize(
    ("level", "start", "accepted", "odd"),
    [
        (6, BEFORE, TODAY, True),
        (6, TODAY, TODAY, False),
        (6, None, TODAY, False),
        (5, BEFORE, TODAY, False),
        (None, BEFORE, TODAY, False),
        (6, BEFORE, None, False),
    ],
)
def test_a_first_day_before_acceptance_contradicts_that_no_data_existed(
    level: int | None,
    start: date | None,
    accepted: date | None,
    odd: bool,  # noqa: FBT001
) -> None:
    assert bool(at_odds(level, start=start, accepted=accepted)) is odd


def test_blanks_are_no_evidence() -> None:
    assert not Evidence(words=" ")
    assert Evidence(log_sha256="a" * 64)

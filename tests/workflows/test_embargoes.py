"""An authors' embargo opens by its day or its event, whichever is first, and early only when every author agrees."""

from datetime import UTC, date, datetime, timedelta

import pytest

from workflows.embargoes import EmbargoEvent, Term, ends_early, has_come, is_shorter, still_to_agree
from workflows.holds import Hold, HoldKind, Scope, is_active
from workflows.stages import ENDED, IN_PRODUCTION, OUT, UNDER_STAGE_2, Stage

NOW = datetime(2027, 3, 2, tzinfo=UTC)
DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("authors", "agreed", "missing"),
    [
        (("ada",), (), ("ada",)),
        (("ada",), ("ada",), ()),
        (("ada", "ben", "cyd"), ("ada", "ben"), ("cyd",)),
        (("ada", "ben"), ("ada", "ben", "gone"), ()),
        (("ada", "ben"), ("gone", "other"), ("ada", "ben")),
    ],
)
def test_it_ends_early_only_when_all_agree(
    authors: tuple[str, ...], agreed: tuple[str, ...], missing: tuple[str, ...]
) -> None:
    assert still_to_agree(authors, agreed) == missing
    assert ends_early(authors, agreed) is (missing == ())


def test_nobody_agreeing_for_nobody_ends_nothing() -> None:
    assert not ends_early((), ())


@pytest.mark.parametrize("stage", Stage)
def test_results_are_submitted_at_these_stages(stage: Stage) -> None:
    submitted = stage in (*UNDER_STAGE_2, *IN_PRODUCTION, *OUT, Stage.STAGE_2_REJECTED)
    assert has_come(EmbargoEvent.STAGE_2, stage=stage, data_end=None, now=NOW) is submitted
    assert not (stage in ENDED and submitted) or stage is Stage.STAGE_2_REJECTED


@pytest.mark.parametrize(
    ("data_end", "now", "come"),
    [
        (None, NOW, False),
        (date(2027, 3, 1), NOW, True),
        (date(2027, 3, 1), NOW - SECOND, False),
        (date(2027, 3, 2), NOW, False),
    ],
)
def test_data_collection_ends_with_its_last_day(data_end: date | None, now: datetime, come: bool) -> None:  # noqa: FBT001
    assert has_come(EmbargoEvent.DATA_END, stage=Stage.IPA, data_end=data_end, now=now) is come


@pytest.mark.parametrize(
    ("new", "old", "shorter"),
    [
        (Term(until=NOW), Term(until=NOW), False),
        (Term(until=NOW + SECOND), Term(until=NOW), False),
        (Term(until=NOW - SECOND), Term(until=NOW), True),
        (Term(until=NOW + DAY, event=EmbargoEvent.STAGE_2), Term(until=NOW), True),
        (Term(until=NOW), Term(until=NOW, event=EmbargoEvent.STAGE_2), False),
        (Term(until=NOW, event=EmbargoEvent.STAGE_2), Term(until=NOW, event=EmbargoEvent.STAGE_2), False),
        (Term(until=NOW, event=EmbargoEvent.DATA_END), Term(until=NOW, event=EmbargoEvent.STAGE_2), True),
    ],
)
def test_what_could_open_before_is_shorter(new: Term, old: Term, shorter: bool) -> None:  # noqa: FBT001
    assert is_shorter(new, old) is shorter


@pytest.mark.parametrize(
    ("event_at", "now", "active"),
    [
        (None, NOW, True),
        (NOW, NOW - SECOND, True),
        (NOW, NOW, False),
        (None, NOW + DAY, False),
        (NOW + 2 * DAY, NOW + DAY, False),
    ],
)
def test_an_embargo_opens_by_its_day_or_its_event(event_at: datetime | None, now: datetime, active: bool) -> None:  # noqa: FBT001
    hold = Hold(
        kind=HoldKind.AUTHOR_EMBARGO,
        scope=Scope.EXISTENCE,
        placed_by="ada",
        placed_at=NOW - DAY,
        embargo_until=NOW + DAY,
        event_at=event_at,
    )
    assert is_active(hold, now=now) is active


def test_no_event_opens_a_hazard() -> None:
    hold = Hold(kind=HoldKind.INFORMATION_HAZARD, scope=Scope.EXISTENCE, placed_by="ann", placed_at=NOW, event_at=NOW)
    assert is_active(hold, now=NOW + DAY)

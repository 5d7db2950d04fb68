"""Closing: one notice for every ending of announced work, in quarterly batches, and none for what was sealed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.test_declassify import FACTS
from workflows.closing import batch_of, closed_in, ending
from workflows.declassify import Face, PublicRecord, ReportFacts, declassify
from workflows.holds import Hold, HoldKind, Scope
from workflows.stages import ENDED, HOLDS_IPA, OUT, Stage

FEBRUARY = datetime(2027, 2, 3, 8, tzinfo=UTC)
APRIL = datetime(2027, 4, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)
ANNOUNCED = replace(FACTS, stage=Stage.IPA, announce_from=FEBRUARY - timedelta(days=90), was_public=True)
KEEPS_FOR_GOOD = (HoldKind.INFORMATION_HAZARD, HoldKind.LEGAL)
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def held(kind: HoldKind, *, at: datetime = FEBRUARY, until: datetime | None = None) -> Hold:
    return Hold(kind=kind, scope=Scope.EXISTENCE, placed_by="officer", placed_at=at, ended_at=until)


def endings(at: datetime) -> list[tuple[ReportFacts, list[Hold]]]:
    """Every way in which announced work can end unpublished at one moment."""
    over = [(replace(ANNOUNCED, stage=stage, ended_at=at), list[Hold]()) for stage in ENDED]
    withheld = [
        (replace(ANNOUNCED, stage=stage), [held(kind, at=at)]) for stage in HOLDS_IPA for kind in KEEPS_FOR_GOOD
    ]
    both = [
        (replace(ANNOUNCED, stage=stage, ended_at=at), [held(HoldKind.INFORMATION_HAZARD, at=at)]) for stage in ENDED
    ]
    return [*over, *withheld, *both]


@given(at=MOMENTS, later=st.integers(0, 400).map(lambda days: timedelta(days=days)))
def test_the_record_of_a_closure_does_not_depend_on_why(at: datetime, later: timedelta) -> None:
    now = batch_of(at) + later
    records = {declassify(facts, holds, now=now) for facts, holds in endings(at)}
    assert len(records) == 1
    (record,) = records
    assert record is not None
    assert record == PublicRecord(face=Face.CLOSED, identity=FACTS.identity, closed_in=record.closed_in)


def test_until_the_batch_the_protocol_stays_but_under_a_hold() -> None:
    before = APRIL - SECOND
    shown = declassify(ANNOUNCED, [], now=before)
    assert shown is not None
    assert shown.face is Face.PROTOCOL
    for facts, holds in endings(FEBRUARY):
        record = declassify(facts, holds, now=before)
        if holds:
            assert record == PublicRecord(face=Face.TOMBSTONE, identity=FACTS.identity)
        else:
            assert record == shown


@pytest.mark.parametrize("stage", [*ENDED, *HOLDS_IPA])
@pytest.mark.parametrize("kind", KEEPS_FOR_GOOD)
def test_sealed_work_closes_with_nothing(stage: Stage, kind: HoldKind) -> None:
    sealed = replace(FACTS, stage=stage, announce_from=None, ended_at=FEBRUARY if stage in ENDED else None)
    never_seen = replace(sealed, announce_from=FEBRUARY)
    for facts in (sealed, never_seen):
        assert declassify(facts, [held(kind)], now=APRIL + timedelta(days=500)) is None
        if stage in ENDED:
            assert declassify(facts, [], now=APRIL + timedelta(days=500)) is None


def test_a_hold_that_was_lifted_closes_nothing_and_a_flag_neither() -> None:
    lifted = declassify(ANNOUNCED, [held(HoldKind.LEGAL, until=APRIL - SECOND)], now=APRIL)
    flagged = declassify(ANNOUNCED, [held(HoldKind.TRIAGE_FLAG)], now=APRIL)
    assert lifted is not None
    assert flagged is not None
    assert (lifted.face, flagged.face) == (Face.PROTOCOL, Face.TOMBSTONE)


@pytest.mark.parametrize("stage", OUT)
def test_what_was_published_is_never_closed(stage: Stage) -> None:
    record = declassify(replace(ANNOUNCED, stage=stage), [held(HoldKind.LEGAL)], now=APRIL)
    assert record == PublicRecord(face=Face.TOMBSTONE, identity=FACTS.identity)


def test_an_embargo_does_not_close_but_what_ended_under_one_is_closed() -> None:
    embargo = Hold(
        kind=HoldKind.AUTHOR_EMBARGO,
        scope=Scope.EXISTENCE,
        placed_by="author",
        placed_at=FEBRUARY,
        embargo_until=APRIL + timedelta(days=90),
    )
    for stage, face in ((Stage.READY, Face.PROTOCOL), (Stage.WITHDRAWN_AFTER_IPA, Face.CLOSED)):
        record = declassify(replace(ANNOUNCED, stage=stage, ended_at=FEBRUARY), [embargo], now=APRIL)
        assert record is not None
        assert record.face is face


@pytest.mark.parametrize(
    ("moment", "batch", "quarter"),
    [
        (datetime(2027, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC), "2027-Q1"),
        (datetime(2027, 1, 1, tzinfo=UTC) + SECOND, APRIL, "2027-Q2"),
        (APRIL - SECOND, APRIL, "2027-Q2"),
        (datetime(2027, 6, 30, 23, tzinfo=UTC), datetime(2027, 7, 1, tzinfo=UTC), "2027-Q3"),
        (datetime(2027, 8, 8, tzinfo=UTC), datetime(2027, 10, 1, tzinfo=UTC), "2027-Q4"),
        (datetime(2027, 12, 31, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC), "2028-Q1"),
    ],
)
def test_batches_are_at_the_beginning_of_quarters(moment: datetime, batch: datetime, quarter: str) -> None:
    assert batch_of(moment) == batch
    assert closed_in(moment, now=batch) == quarter
    assert closed_in(moment, now=batch - SECOND) == ""
    assert closed_in(None, now=batch) == ""


@given(at=MOMENTS)
def test_a_batch_is_never_before_the_ending_nor_more_than_a_quarter_after_it(at: datetime) -> None:
    assert timedelta() <= batch_of(at) - at <= timedelta(days=92)


def test_the_earliest_ending_counts() -> None:
    later = FEBRUARY + timedelta(days=20)
    assert ending(Stage.WITHDRAWN_AFTER_IPA, later, [held(HoldKind.LEGAL, at=FEBRUARY)]) == FEBRUARY
    assert ending(Stage.IPA, later, []) is None, "nothing has ended"

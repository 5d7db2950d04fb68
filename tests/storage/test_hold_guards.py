"""Both databases refuse to let a hold go, whatever the code above believes: who may agree, and what ends a hold."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from storage.database import writing
from storage.rows.holds import HoldLift, HoldRow
from storage.rows.people import Person, RoleGrant
from storage.rows.reports import Conflict, Report, ReportAuthor
from storage.rows.reviewing import Invitation, Round
from workflows.holds import HoldKind, Scope
from workflows.people import Capacity, Role
from workflows.stages import Stage

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OFFICERS = ("olga", "omar", "author", "reviewer", "gone", "conflicted")
STAYS = [HoldKind.TRIAGE_FLAG, HoldKind.INFORMATION_HAZARD, HoldKind.LEGAL]


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A report whose people are officers as well: what they are to the report must be what counts."""
    with writing(engine) as made:
        made.add_all(_person(name) for name in (*OFFICERS, "editor"))
        made.flush()
        made.add_all(
            RoleGrant(id=f"grant-{name}", person_id=name, role=Role.OFFICER, granted_at=NOW) for name in OFFICERS
        )
        made.add(_report())
        made.flush()
        made.add_all(_people_of_the_report())
        made.flush()
        yield made


def _person(name: str) -> Person:
    return Person(id=name, email=f"{name}@example.org", name=name, fs_uniquifier=name, created_at=NOW)


def _report() -> Report:
    return Report(id="report", stage=Stage.IN_REVIEW, key_name="key", created_at=NOW, stage_since=NOW)


def _people_of_the_report() -> list[object]:
    round_1 = Round(id="round", report_id="report", for_stage=1, number=1, version_number=1, opened_at=NOW)
    return [
        ReportAuthor(
            id="a", report_id="report", position=0, person_id="author", email="author@example.org", details=b"x"
        ),
        Conflict(id="c", report_id="report", person_id="conflicted", declared_at=NOW),
        round_1,
        _invitation("reviewer", declined_at=None),
        _invitation("gone", declined_at=NOW),
    ]


def _invitation(name: str, *, declined_at: datetime | None) -> Invitation:
    return Invitation(
        id=f"i-{name}",
        report_id="report",
        round_id="round",
        email=f"{name}@example.org",
        person_id=name,
        invited_by="editor",
        invited_at=NOW,
        review_due=NOW,
        accepted_at=NOW,
        declined_at=declined_at,
    )


def _hold(why: HoldKind) -> HoldRow:
    return HoldRow(
        id="hold",
        report_id="report",
        kind=why,
        scope=Scope.EXISTENCE,
        reason=b"x",
        placed_by="olga",
        placed_as=Capacity.OFFICER,
        placed_at=NOW,
    )


def _agreement(by: str, *, shown: datetime | None = NOW) -> HoldLift:
    return HoldLift(id=f"lift-{by}", hold_id="hold", by=by, at=NOW, reauthenticated_at=shown, reason=b"x")


def _put(session: Session, *rows: object) -> None:
    for row in rows:
        session.add(row)
        session.flush()


@pytest.mark.parametrize("why", STAYS)
@pytest.mark.parametrize("by", ["olga", "gone"])
def test_an_officer_free_of_the_report_agrees(session: Session, why: HoldKind, by: str) -> None:
    _put(session, _hold(why), _agreement(by))


@pytest.mark.parametrize("why", STAYS)
@pytest.mark.parametrize(
    "given",
    [
        lambda: _agreement("olga", shown=None),
        lambda: _agreement("author"),
        lambda: _agreement("reviewer"),
        lambda: _agreement("conflicted"),
        lambda: _agreement("editor"),
    ],
    ids=["not shown", "author", "reviewer", "conflicted", "no officer"],
)
def test_nobody_else_agrees(session: Session, why: HoldKind, given: "type[HoldLift]") -> None:
    _put(session, _hold(why))
    with pytest.raises(IntegrityError, match="who agrees to lift is an officer"):
        _put(session, given())


def test_a_factor_shown_later_than_the_agreement_is_none(session: Session) -> None:
    _put(session, _hold(HoldKind.LEGAL))
    with pytest.raises(IntegrityError, match="shown_before"):
        _put(session, _agreement("olga", shown=NOW + timedelta(seconds=1)))


def test_an_agreement_is_not_changed_into_one_without(session: Session) -> None:
    given = _agreement("olga")
    _put(session, _hold(HoldKind.LEGAL), given)
    given.reauthenticated_at = None
    with pytest.raises(IntegrityError, match="who agrees to lift is an officer"):
        session.flush()


@pytest.mark.parametrize("why", [HoldKind.AUTHOR_EMBARGO, HoldKind.PRODUCTION_EMBARGO])
def test_an_embargo_is_its_peoples_own_to_end(session: Session, why: HoldKind) -> None:
    hold = _hold(why)
    _put(session, hold, _agreement("author", shown=None))
    hold.ended_at, hold.lifted_by = NOW, "author"
    session.flush()


def test_two_who_agreed_end_it(session: Session) -> None:
    hold = _hold(HoldKind.INFORMATION_HAZARD)
    _put(session, hold, _agreement("olga"), _agreement("omar"))
    hold.ended_at, hold.lifted_by, hold.seconded_by = NOW, "olga", "omar"
    session.flush()


@pytest.mark.parametrize("agreed", [(), ("olga",), ("olga", "gone")], ids=len)
def test_two_names_alone_end_nothing(session: Session, agreed: tuple[str, ...]) -> None:
    hold = _hold(HoldKind.INFORMATION_HAZARD)
    _put(session, hold, *map(_agreement, agreed))
    hold.ended_at, hold.lifted_by, hold.seconded_by = NOW, "olga", "omar"
    with pytest.raises(IntegrityError, match="a hold ends by two officers who agreed"):
        session.flush()


def test_who_became_an_author_meanwhile_does_not_count(session: Session) -> None:
    hold = _hold(HoldKind.INFORMATION_HAZARD)
    _put(session, hold, _agreement("olga"), _agreement("omar"))
    _put(
        session,
        ReportAuthor(id="b", report_id="report", position=1, person_id="omar", email="omar@example.org", details=b"x"),
    )
    hold.ended_at, hold.lifted_by, hold.seconded_by = NOW, "olga", "omar"
    with pytest.raises(IntegrityError, match="a hold ends by two officers who agreed"):
        session.flush()


def test_a_hold_is_not_placed_as_one_that_has_ended(session: Session) -> None:
    hold = _hold(HoldKind.LEGAL)
    hold.ended_at, hold.lifted_by, hold.seconded_by = NOW, "olga", "omar"
    with pytest.raises(IntegrityError, match="a hold ends by two officers who agreed"):
        _put(session, hold)

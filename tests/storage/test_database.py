"""What the database keeps and refuses: instants, words of an enumeration, references, and writing while one reads."""

import sqlite3
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, insert, select, text, update
from sqlalchemy.exc import IntegrityError, StatementError
from sqlalchemy.orm import Session

import storage.rows
from storage.database import UTC as INSTANT
from storage.database import (
    DatabaseBusy,
    DatabaseFull,
    OnlyReading,
    connect,
    reading,
    writing,
)
from tests.storage.kinds import on_postgresql
from tests.storage.tables import Answer, Apart, Moment, Tally

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
ZONES = st.sampled_from([timezone(timedelta(hours=hours)) for hours in (-12, -5, 0, 5.75, 14)])
INSTANTS = st.datetimes(timezones=ZONES, min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1))  # noqa: DTZ001 - hypothesis adds the zone


@pytest.fixture
def engine(engine: Engine) -> Engine:
    Apart.metadata.create_all(engine)
    return engine


def keep(engine: Engine, *rows: Apart) -> None:
    with writing(engine) as session:
        session.add_all(rows)
        session.commit()


def test_an_instant_comes_back_aware_and_in_utc(engine: Engine) -> None:
    keep(engine, Moment(at=NOON.astimezone(timezone(timedelta(hours=-5)))))
    with reading(engine) as session:
        at = session.scalars(select(Moment.at)).one()
    assert at == NOON
    assert at.tzinfo is UTC


def test_a_naive_datetime_is_refused_for_writing_and_for_comparing(engine: Engine) -> None:
    naive = NOON.replace(tzinfo=None)
    with pytest.raises(StatementError, match="an instant is an aware datetime"):
        keep(engine, Moment(at=naive))
    with reading(engine) as session, pytest.raises(StatementError, match="an instant is an aware datetime"):
        session.scalars(select(Moment).where(Moment.at <= naive)).all()


def test_an_embargo_ends_at_its_instant_whatever_the_zone_it_was_typed_in(engine: Engine) -> None:
    in_new_york = timezone(timedelta(hours=-5))
    keep(engine, Moment(at=(NOON - timedelta(minutes=1)).astimezone(in_new_york)))
    with reading(engine) as session:
        over = session.scalars(select(Moment).where(Moment.at <= NOON)).all()
        not_yet = session.scalars(select(Moment).where(Moment.at <= NOON - timedelta(hours=1))).all()
    assert (len(over), len(not_yet)) == (1, 0)


@given(earlier=INSTANTS, later=INSTANTS)
def test_the_text_of_instants_on_sqlite_sorts_as_time_does(earlier: datetime, later: datetime) -> None:
    dialect = connect("sqlite:///never-opened.db").dialect
    kept = [INSTANT().process_bind_param(instant, dialect) for instant in (earlier, later)]
    assert (cast("str", kept[0]) < cast("str", kept[1])) == (earlier < later)
    assert INSTANT().process_result_value(kept[0], dialect) == earlier


@pytest.mark.parametrize("column", ["first", "second"])
def test_no_other_word_than_the_enumerations_gets_into_the_database(engine: Engine, column: str) -> None:
    keep(engine, Moment(at=NOON, first=Answer.YES, second=Answer.NO))
    with writing(engine) as session:
        assert session.execute(text("SELECT first, second FROM moment")).one() == ("of course", "by no means")
        with pytest.raises(IntegrityError, match=f"ck_moment_{column}"):
            session.execute(text(f"UPDATE moment SET {column} = 'perhaps'"))  # noqa: S608 - one of two names


def test_a_reference_to_nothing_is_refused(engine: Engine) -> None:
    with pytest.raises(IntegrityError):
        keep(engine, Moment(at=NOON, tally_id=7))


def test_what_is_not_committed_did_not_happen(engine: Engine) -> None:
    with writing(engine) as session:
        session.add(Tally(score=1))
        session.flush()
    with reading(engine) as session:
        assert session.scalars(select(Tally)).all() == []


def test_a_reading_session_says_so_when_it_is_given_something_to_write(engine: Engine) -> None:
    keep(engine, Tally(id=1, score=1))
    with reading(engine) as session:
        tally = session.get_one(Tally, 1)
        tally.score = 1
        session.flush()  # nothing really changed
        tally.score = 2
        with pytest.raises(OnlyReading, match=r"\(Tally\)"):
            session.commit()
    with reading(engine) as session:
        session.add(Tally())
        with pytest.raises(OnlyReading, match="Tally"):
            session.flush()


def test_the_database_itself_refuses_what_a_reading_session_writes_past_the_rows(engine: Engine) -> None:
    with reading(engine) as session, pytest.raises(OnlyReading, match="only reads"):
        session.execute(insert(Tally).values(score=1, version=1))
    keep(engine, Tally(score=1))  # and the connection it used can write again for another
    with reading(engine) as session:
        assert session.scalars(select(Tally.score)).all() == [1]


def test_a_reader_sees_one_moment_and_waits_for_nobody(engine: Engine) -> None:
    keep(engine, Tally(id=1, score=1))
    with reading(engine) as reader, writing(engine) as writer:
        assert reader.scalars(select(Tally.score)).one() == 1
        writer.execute(update(Tally).values(score=2))
        writer.flush()
        with reading(engine) as other:
            assert other.scalars(select(Tally.score)).one() == 1
        writer.commit()
        assert reader.scalars(select(Tally.score)).one() == 1
        reader.rollback()
        assert reader.scalars(select(Tally.score)).one() == 2


def test_a_writer_whose_turn_does_not_come_is_told_and_can_try_again(engine: Engine) -> None:
    hurried = connect(engine.url, patience=0.1)
    with writing(engine) as first, writing(hurried) as second:
        first.add(Tally(id=1, score=1))
        first.flush()
        with pytest.raises(DatabaseBusy, match="nothing was changed"):
            second.get(Tally, 1)
        first.commit()
        assert second.get_one(Tally, 1).score == 1
    hurried.dispose()


def test_a_session_without_a_posture_can_write(engine: Engine) -> None:
    with Session(engine) as session:
        session.add(Tally(score=3))
        session.commit()
    with reading(engine) as session:
        assert session.scalars(select(Tally.score)).all() == [3]


@on_postgresql
def test_a_connection_that_was_cut_is_trouble_once_and_then_replaced(engine: Engine) -> None:
    cut = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND state <> ''")
    keeper = connect(engine.url)
    with writing(engine) as session:
        session.execute(select(Tally)).all()
        with Session(keeper) as other:
            other.execute(cut)
        with pytest.raises(DatabaseBusy):
            session.execute(select(Tally)).all()
    keeper.dispose()
    keep(engine, Tally(score=1))


def test_a_server_that_is_not_there_is_busy() -> None:
    engine = connect("postgresql://nobody@/nothing?host=/nowhere")
    with reading(engine) as session, pytest.raises(DatabaseBusy):
        session.execute(text("SELECT 1"))


def test_a_full_disk_is_told_apart(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'small.db'}")
    Apart.metadata.create_all(engine)
    with writing(engine) as session:
        session.execute(text("PRAGMA max_page_count = 16"))
        session.add(Moment(at=NOON, names=["long" * 50_000]))
        with pytest.raises(DatabaseFull):
            session.flush()
    engine.dispose()


def test_sqlite_survives_a_power_cut_and_lets_readers_read(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'a.db'}")
    pragmas = ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers", "busy_timeout")
    with reading(engine) as session:
        assert [session.scalar(text(f"PRAGMA {name}")) for name in pragmas] == ["wal", 2, 1, 1, 5000]
    engine.dispose()


@on_postgresql
def test_what_the_address_asks_of_postgresql_is_kept_beside_our_settings(engine: Engine) -> None:
    own = connect(f"{engine.url}&options=-c%20work_mem%3D5MB", patience=2)
    with reading(own) as session:
        settings = [session.scalar(text(f"SHOW {name}")) for name in ("work_mem", "lock_timeout", "timezone")]
    own.dispose()
    assert settings == ["5MB", "2s", "UTC"]


@pytest.mark.parametrize("address", ["sqlite://", "sqlite:///:memory:"])
def test_a_database_that_would_vanish_is_refused(address: str) -> None:
    engine = connect(address)
    with reading(engine) as session, pytest.raises(ValueError, match="local disk"):
        session.execute(text("SELECT 1"))


def test_another_kind_of_database_is_refused() -> None:
    with pytest.raises(ValueError, match="not mysql"):
        connect("mysql://somewhere/journal")


def test_every_noun_of_rows_is_known_to_the_package() -> None:
    folder = Path(next(iter(storage.rows.__path__)))
    nouns = {place.stem for place in folder.glob("*.py")} - {"__init__", "columns"}
    assert nouns == set(storage.rows.__all__)


def test_drivers_are_as_old_as_we_think() -> None:
    assert sqlite3.sqlite_version_info >= (3, 35), "RETURNING and partial indexes are taken for granted"

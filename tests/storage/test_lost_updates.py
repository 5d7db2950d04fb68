"""Two who change the same thing at once: neither change is lost, or somebody is told."""

import pytest
from sqlalchemy import Engine, create_engine, select, update
from sqlalchemy.orm import Session

from storage.database import ChangedMeanwhile, DatabaseBusy, connect, writing
from tests.storage.kinds import on_postgresql
from tests.storage.tables import Apart, Bare, Scored, Tally
from tests.storage.together import together

PEOPLE, TIMES = 6, 15


@pytest.fixture
def engine(engine: Engine) -> Engine:
    Apart.metadata.create_all(engine)
    with writing(engine) as session:
        session.add_all([Tally(id=1), Bare(id=1)])
        session.commit()
    return engine


def score(engine: Engine, table: type[Scored]) -> int:
    with writing(engine) as session:
        return session.scalars(select(table.score)).one()


def test_sqlalchemy_as_it_comes_loses_a_change_without_a_word(engine: Engine) -> None:
    """Shows that there is something to lose: the same two people, through an engine with nobody's settings."""
    unprepared = create_engine(engine.url)
    with Session(unprepared) as first, Session(unprepared) as second:
        seen = [session.get_one(Bare, 1) for session in (first, second)]
        assert [bare.score for bare in seen] == [0, 0]
        for session, bare in zip((first, second), seen, strict=True):
            bare.score += 1
            session.commit()
    unprepared.dispose()
    assert score(engine, Bare) == 1


@pytest.mark.parametrize("table", [Tally, Bare])
def test_nothing_is_lost_among_writers_who_take_turns(engine: Engine, table: type[Scored]) -> None:
    def add_one(_: int) -> None:
        own = connect(engine.url, patience=60)
        for _time in range(TIMES):
            with writing(own) as session:
                tally = session.scalars(select(table)).one()
                tally.score += 1
                session.commit()
        own.dispose()

    together(PEOPLE, add_one)
    assert score(engine, table) == PEOPLE * TIMES


def test_nobody_writes_over_a_version_they_have_not_seen(engine: Engine) -> None:
    """Two tabs: the second was loaded before the first saved, and comes back in a session of its own."""
    with writing(engine) as session:
        seen = session.get_one(Tally, 1)
        session.expunge(seen)
    with writing(engine) as session:
        session.get_one(Tally, 1).score = 10
        session.commit()
    with writing(engine) as session:
        session.add(seen)
        seen.score = 20
        with pytest.raises(ChangedMeanwhile):
            session.commit()
    assert score(engine, Tally) == 10


def test_without_a_turn_whoever_comes_second_is_told(engine: Engine) -> None:
    """A plain session takes no turn on PostgreSQL; there REPEATABLE READ and the version still lose nothing."""
    hurried = connect(engine.url, patience=0.1)
    with Session(engine) as first, Session(hurried) as second:
        mine = first.get_one(Tally, 1)
        mine.score += 1
        if engine.dialect.name == "postgresql":
            theirs = second.get_one(Tally, 1)
            theirs.score += 1
        first.flush()
        with pytest.raises(DatabaseBusy):  # kept waiting by a row there, by the whole database here
            second.connection() if engine.dialect.name == "sqlite" else second.flush()
        first.commit()
    hurried.dispose()
    assert score(engine, Tally) == 1


@on_postgresql
def test_a_snapshot_that_is_out_of_date_is_told(engine: Engine) -> None:
    """On SQLite this cannot even begin: there is one writer."""
    with Session(engine) as second:
        assert second.get_one(Bare, 1).score == 0
        with writing(engine) as first:
            first.get_one(Bare, 1).score += 1
            first.commit()
        with pytest.raises(ChangedMeanwhile):
            second.execute(update(Bare).values(score=Bare.score + 10))
    assert score(engine, Bare) == 1

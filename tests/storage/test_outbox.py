"""The outbox: a job is as sure as its change, is had by one worker at a time, is tried again, and gives up at last."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from storage import outbox
from storage.database import ChangedMeanwhile, connect, reading, writing
from storage.outbox import LOST, MOST_ATTEMPTS, Counts, Job, wait_after
from storage.rows.outbox import OutboxRow, Queue
from tests.storage.kinds import on_postgresql
from tests.storage.together import together

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


class Broken(Exception):
    """What a job failed with."""


def job(number: int = 1, *, queue: Queue = Queue.PAPERS, key: str | None = None, due_at: datetime | None = None) -> Job:
    return Job(f"{number:026}", "typeset", queue, {"report_id": "r" * 26}, due_at=due_at, key=key)


def put(engine: Engine, *jobs: Job, now: datetime = NOON) -> None:
    with writing(engine) as session:
        for one in jobs:
            outbox.put(session, one, now)
        session.commit()


def due(session: Session, now: datetime = NOON, queue: Queue = Queue.PAPERS, limit: int = 100) -> list[int]:
    return [int(row.id) for row in outbox.due(session, now, queue, limit=limit)]


def the_row(session: Session) -> OutboxRow:
    return session.scalars(select(OutboxRow)).one()


def test_a_job_is_due_when_its_change_was_committed_and_not_before(engine: Engine) -> None:
    with writing(engine) as session:
        outbox.put(session, job(), NOON)
    with writing(engine) as session:
        assert due(session) == []
    put(engine, job())
    with writing(engine) as session:
        assert due(session) == [1]
        row = the_row(session)
        assert (row.job, row.arguments, row.attempts) == ("typeset", {"report_id": "r" * 26}, 0)


def test_jobs_wait_for_their_time_and_come_in_its_order(engine: Engine) -> None:
    put(engine, job(1, due_at=NOON + 2 * HOUR), job(2, due_at=NOON + HOUR), job(3), job(4, queue=Queue.MAIL))
    with writing(engine) as session:
        assert due(session) == [3]
        assert due(session, NOON + HOUR - SECOND) == [3]
        assert due(session, NOON + 2 * HOUR) == [3, 2, 1]
        assert due(session, NOON + 2 * HOUR, limit=2) == [3, 2]
        assert due(session, queue=Queue.MAIL) == [4]


@pytest.mark.parametrize("argument", ["The title", "reader@example.org"])
def test_words_about_a_report_do_not_get_to_redis(engine: Engine, argument: str) -> None:
    asked = Job("i" * 26, "mail", Queue.MAIL, {"to": argument})
    with writing(engine) as session, pytest.raises(ValueError, match="no code"):
        outbox.put(session, asked, NOON)


def test_a_key_stands_for_every_identical_job_that_waits(engine: Engine) -> None:
    put(
        engine,
        job(1, key="release", due_at=NOON + HOUR),
        job(2, key="release", due_at=NOON + 2 * HOUR),
        job(3, key="other"),
    )
    with writing(engine) as session:
        assert due(session, NOON + 2 * HOUR) == [3, 1]
    put(engine, job(4, key="release"))
    with writing(engine) as session:
        assert due(session) == [1, 3], "the one that waits is brought forward"


def test_what_is_asked_for_while_a_job_runs_is_another_job(engine: Engine) -> None:
    """It may rest on facts that the running one has not seen."""
    put(engine, job(1, key="release"))
    with writing(engine) as session:
        row = the_row(session)
        outbox.lease(session, row, NOON, seconds=60)
        outbox.put(session, job(2, key="release"), NOON)
        assert due(session) == [2]
        outbox.fail(session, row, NOON, Broken())
        assert due(session, NOON + 2 * SECOND) == [2, 1]


def test_the_database_itself_keeps_a_key_single(engine: Engine) -> None:
    put(engine, job(1, key="release"))
    twin = OutboxRow(id="x", job="j", queue=Queue.MAIL, arguments={}, key="release", created_at=NOON, due_at=NOON)
    with writing(engine) as session:
        session.add(twin)
        with pytest.raises(IntegrityError):
            session.flush()


def test_a_leased_job_belongs_to_its_worker_until_the_lease_runs_out(engine: Engine) -> None:
    put(engine, job())
    with writing(engine) as session:
        row = the_row(session)
        outbox.lease(session, row, NOON, seconds=60)
        assert due(session, NOON + 59 * SECOND) == []
        with pytest.raises(ValueError, match="not due"):
            outbox.lease(session, row, NOON + 59 * SECOND, seconds=60)
        assert due(session, NOON + 60 * SECOND) == [1]
        outbox.lease(session, row, NOON + 60 * SECOND, seconds=60)
        assert row.attempts == 2


def test_a_job_that_is_done_is_done_once(engine: Engine) -> None:
    put(engine, job())
    with writing(engine) as session:
        row = the_row(session)
        outbox.lease(session, row, NOON, seconds=60)
        outbox.finish(session, row, NOON + SECOND)
        outbox.finish(session, row, NOON + HOUR)
        outbox.fail(session, row, NOON + HOUR, Broken())
        outbox.revive(session, row, NOON + HOUR)
        assert (row.done_at, row.last_error) == (NOON + SECOND, "")
        assert due(session, NOON + 100 * HOUR) == []


def test_a_job_that_fails_waits_longer_each_time_and_then_is_dead_until_revived(engine: Engine) -> None:
    put(engine, job())
    now, waits = NOON, []
    with writing(engine) as session:
        row = the_row(session)
        while row.dead_at is None:
            outbox.lease(session, row, now, seconds=60)
            outbox.fail(session, row, now, Broken("quoting a report"))
            assert due(session, row.due_at - SECOND) == []
            waits.append((row.due_at - now).total_seconds())
            now = max(row.due_at, now)
        assert len(waits) == row.attempts == MOST_ATTEMPTS
        assert waits[:4] == [2, 4, 8, 16]
        assert waits[11:-1] == [3600] * (MOST_ATTEMPTS - 12)
        assert row.last_error.endswith("Broken"), "the kind, and nothing that the words may quote"
        assert due(session, now + 100 * HOUR) == []
        outbox.revive(session, row, now)
        assert due(session, now) == [1]
        assert row.attempts == 0


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 2), (2, 4), (11, 2048), (12, 3600), (20, 3600), (10**9, 3600)])
def test_the_wait_doubles_up_to_an_hour(attempts: int, seconds: int) -> None:
    assert wait_after(attempts) == timedelta(seconds=seconds)


def test_a_job_that_kills_every_worker_is_dead_in_the_end(engine: Engine) -> None:
    """Nobody is left to say that it failed; the lease alone tells."""
    put(engine, job())
    now = NOON
    with writing(engine) as session:
        for _ in range(MOST_ATTEMPTS):
            outbox.lease(session, the_row(session), now, seconds=60)
            now += 60 * SECOND
        assert due(session, now) == []
        assert (the_row(session).dead_at, the_row(session).last_error) == (now, LOST)


def test_counts_tell_what_waits_is_leased_and_is_dead(engine: Engine) -> None:
    put(engine, *(job(number) for number in range(1, 6)), job(6, queue=Queue.MAIL))
    with writing(engine) as session:
        first, second, third, *_ = outbox.due(session, NOON, Queue.PAPERS)
        outbox.lease(session, first, NOON, seconds=60)
        outbox.finish(session, second, NOON)
        third.attempts = MOST_ATTEMPTS
        outbox.fail(session, third, NOON, Broken())
        session.commit()
    with reading(engine) as session:
        assert outbox.counts(session, NOON) == {
            Queue.PAPERS: Counts(waiting=2, leased=1, dead=1),
            Queue.RELEASES: Counts(),
            Queue.MAIL: Counts(waiting=1),
        }
        assert outbox.counts(session, NOON + HOUR)[Queue.PAPERS] == Counts(waiting=3, dead=1)


@pytest.mark.parametrize("begin", [writing, Session], ids=["in turn", "without a turn"])
def test_two_sweeps_never_lease_the_same_job(engine: Engine, begin: Callable[[Engine], Session]) -> None:
    put(engine, *(job(number) for number in range(40)))

    def sweep(_: int) -> list[str]:
        own = connect(engine.url, patience=60)
        had: list[str] = []
        found = True
        while found:
            with begin(own) as session:
                try:
                    rows = outbox.due(session, NOON, Queue.PAPERS, limit=3)
                    for row in rows:
                        outbox.lease(session, row, NOON, seconds=60)
                    session.commit()
                except ChangedMeanwhile:
                    assert begin is Session, "who takes turns is never in another's way"
                else:
                    had.extend(row.id for row in rows)
                    found = bool(rows)
        own.dispose()
        return had

    leased = Counter(one for had in together(5, sweep) for one in had)
    assert leased == Counter(f"{number:026}" for number in range(40))


@on_postgresql
def test_sweeps_without_a_turn_share_out_the_jobs_and_wait_for_nobody(engine: Engine) -> None:
    put(engine, job(1), job(2), job(3))
    with Session(engine) as first, Session(engine) as second:
        assert due(first, limit=2) == [1, 2]
        assert due(second) == [3]


def test_whoever_looked_earlier_and_leases_later_is_told(engine: Engine) -> None:
    put(engine, job())
    with writing(engine) as session:
        seen = the_row(session)
        session.expunge(seen)
    with writing(engine) as session:
        outbox.lease(session, the_row(session), NOON, seconds=60)
        session.commit()
    with writing(engine) as session:
        session.add(seen)
        with pytest.raises(ChangedMeanwhile):
            outbox.lease(session, seen, NOON, seconds=60)

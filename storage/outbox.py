"""The outbox: jobs written in the transaction of the change they follow, so that neither happens without the other.

A sweep takes what is `due`, leases it and rings RQ; the job finishes or fails its row. Every job runs at least once,
perhaps twice, so jobs are idempotent. RQ can lose everything it has, and the next sweep asks it again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from storage.codes import refuse_prose
from storage.rows.outbox import OutboxRow, Queue

MOST_ATTEMPTS = 20  # with the longest wait of an hour, a job gives up after about ten hours
LONGEST_WAIT = timedelta(hours=1)
LOST = "its worker was lost"

_IS_OPEN = and_(OutboxRow.done_at.is_(None), OutboxRow.dead_at.is_(None))


@dataclass(frozen=True, slots=True)
class Job:
    """A job to run: `name` as the worker's table of jobs knows it, `arguments` opaque ids and codes.

    `id` is a new opaque identifier. While a job with the same `key` waits, another is not written. Without `due_at`
    it is due at once.
    """

    id: str
    name: str
    queue: Queue
    arguments: Mapping[str, str]
    due_at: datetime | None = None
    key: str | None = None
    report_id: str | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many jobs of a queue wait, are leased, and are dead until somebody revives them."""

    waiting: int = 0
    leased: int = 0
    dead: int = 0


def put(session: Session, job: Job, now: datetime) -> OutboxRow:
    """Write `job`, or return the row with its key that still waits. It runs after the commit, if there is one.

    A row that waits is brought forward if `job` is due earlier. Raises `ValueError` if an argument is prose: RQ keeps
    arguments and logs them.
    """
    refuse_prose(job.arguments)
    due_at = job.due_at or now
    row = _waiting_for(session, job.key)
    if row is not None:
        row.due_at = min(row.due_at, due_at)
    else:
        row = OutboxRow(
            id=job.id,
            job=job.name,
            arguments=dict(job.arguments),
            queue=job.queue,
            key=job.key,
            report_id=job.report_id,
            created_at=now,
            due_at=due_at,
            attempts=0,
        )
        session.add(row)
    session.flush()
    return row


def due(session: Session, now: datetime, queue: Queue, *, limit: int = 100) -> Sequence[OutboxRow]:
    """Return the jobs of `queue` to run now, the longest due first, locked until the transaction ends.

    A lease that ran out counts: whoever had it is gone. A job that was lost with its last attempt is declared dead.
    """
    # Writers take turns, so nothing is locked in a writing session; in any other, two sweeps share out the rows.
    ready = session.scalars(_ready(now, queue).limit(limit).with_for_update(skip_locked=True)).all()
    for row in ready:
        if row.attempts >= MOST_ATTEMPTS:
            _bury(row, now, LOST)
    session.flush()
    return [row for row in ready if row.dead_at is None]


def lease(session: Session, row: OutboxRow, now: datetime, *, seconds: float) -> None:
    """Give `row` to a worker until `seconds` from now, and count the attempt.

    Its key is free again: what is asked for from now on may rest on facts that this run has not seen. Raises
    `ValueError` if the row is not due, `ChangedMeanwhile` if another session was quicker.
    """
    if not is_ready(row, now):
        raise ValueError(f"job {row.id} is not due, so nobody can have it")
    row.leased_until = now + timedelta(seconds=seconds)
    row.attempts += 1
    row.key = None
    session.flush()


def finish(session: Session, row: OutboxRow, now: datetime) -> None:
    """Record that the job was done, in the transaction of what it did. Done stays done: the first time counts."""
    if row.done_at is None:
        row.done_at, row.dead_at, row.leased_until = now, None, None
        session.flush()


def fail(session: Session, row: OutboxRow, now: datetime, error: BaseException) -> None:
    """Record that the job failed, and try again after 2, 4, 8 seconds and so on up to an hour, until it is dead.

    Only the kind of the error is kept, for its words may quote a report. A job that is done or dead stays so.
    """
    if row.done_at is not None or row.dead_at is not None:
        return
    kind = f"{type(error).__module__}.{type(error).__qualname__}"
    if row.attempts >= MOST_ATTEMPTS:
        _bury(row, now, kind)
    else:
        row.leased_until, row.last_error = None, kind[:200]
        row.due_at = now + wait_after(row.attempts)
    session.flush()


def revive(session: Session, row: OutboxRow, now: datetime) -> None:
    """Let a dead job start again from its first attempt, now. Does nothing to any other."""
    if row.dead_at is not None:
        row.dead_at, row.due_at, row.attempts, row.key = None, now, 0, None
        session.flush()


def counts(session: Session, now: datetime) -> dict[Queue, Counts]:
    """Return how many jobs wait, are leased and are dead, for every queue."""
    leased = and_(_IS_OPEN, OutboxRow.leased_until > now)
    waiting = and_(_IS_OPEN, or_(OutboxRow.leased_until.is_(None), OutboxRow.leased_until <= now))
    found = session.execute(
        select(OutboxRow.queue, _how_many(waiting), _how_many(leased), _how_many(OutboxRow.dead_at.is_not(None)))
        .where(OutboxRow.done_at.is_(None))
        .group_by(OutboxRow.queue)
    )
    by_queue = {row[0]: Counts(row[1], row[2], row[3]) for row in found}
    return {queue: by_queue.get(queue, Counts()) for queue in Queue}


def wait_after(attempts: int) -> timedelta:
    """Return how long a job waits after its n-th attempt failed: 2^n seconds, at most an hour."""
    return min(timedelta(seconds=2 ** min(attempts, 16)), LONGEST_WAIT)


def _ready(now: datetime, queue: Queue) -> Select[OutboxRow]:
    free = or_(OutboxRow.leased_until.is_(None), OutboxRow.leased_until <= now)
    return (
        select(OutboxRow)
        .where(_IS_OPEN, OutboxRow.queue == queue, OutboxRow.due_at <= now, free)
        .order_by(OutboxRow.due_at, OutboxRow.id)
    )


def is_ready(row: OutboxRow, now: datetime) -> bool:
    """Say whether `row` waits, is due, and is leased to nobody."""
    is_open = row.done_at is None and row.dead_at is None
    return is_open and row.due_at <= now and (row.leased_until is None or row.leased_until <= now)


def _waiting_for(session: Session, key: str | None) -> OutboxRow | None:
    if key is None:
        return None
    return session.scalars(select(OutboxRow).where(OutboxRow.key == key, _IS_OPEN).with_for_update()).one_or_none()


def _bury(row: OutboxRow, now: datetime, why: str) -> None:
    row.dead_at, row.leased_until, row.last_error = now, None, why[:200]


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(condition)

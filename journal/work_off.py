"""Doing what the outbox asks for, one row at a time, whoever rings the bell.

Every job runs at least once and is idempotent; the row is finished only after the job has done its part. A job gets
the process's resources and the row's arguments, and opens units of work of its own, so that no long work holds the
database.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module

import structlog
from sqlalchemy import select

from journal.jobs import Job
from journal.telling import tell_that_the_press_stopped
from journal.unit_of_work import Resources, UnitOfWork, begin
from storage import outbox
from storage.rows.outbox import OutboxRow, Queue
from storage.rows.reports import Report
from workflows.people import PRESS
from workflows.stages import Stage

LEASE = timedelta(minutes=10)
_BATCH = 100

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What a job is given: the row that asks for it and its arguments."""

    row_id: str
    arguments: Mapping[str, str]


Action = Callable[[Resources, Task], None]

# Where each job's action lives. Imported when first needed: the mail worker never loads the typesetter.
_ACTIONS = {
    Job.MAIL: "journal.notices.delivery:deliver",
    Job.TYPESET: "journal.production.press:typeset_report",
    Job.COMPARE: "journal.dossier.comparing_texts:compare_texts",
    Job.RELEASE: "journal.production.release:release",
}


def action_of(job: Job) -> Action:
    """The function that does `job`."""
    module, _, name = _ACTIONS[job].partition(":")
    found: Action = getattr(import_module(module), name)
    return found


def run_row(resources: Resources, row_id: str) -> bool:
    """Do what one row of the outbox asks for; whether it is done now. Nothing happens for a row that is done, dead,
    or leased to somebody else.
    """
    leased = _lease(resources, row_id)
    if leased is None:
        return False
    job, task = leased
    try:
        action_of(job)(resources, task)
    except Exception as error:  # noqa: BLE001 - whatever it was, the row must say so and be tried again
        _log.warning("job failed", job=job.value, row=row_id, error=type(error).__name__)
        _settle(resources, row_id, error=error)
        return False
    _settle(resources, row_id)
    return True


def run_due_jobs(resources: Resources) -> int:
    """Do everything that is due, in this process, until nothing is left; how many rows were done."""
    done = 0
    while due := [row_id for queue in Queue for row_id in due_rows(resources, queue)]:
        done += sum(run_row(resources, row_id) for row_id in due)
    return done


def due_rows(resources: Resources, queue: Queue, *, limit: int = _BATCH) -> list[str]:
    """The identifiers of the rows of `queue` that are due, the longest due first."""
    with begin(resources, actor=PRESS) as uow:
        worn = _on_their_last_attempt(uow, queue)
        found = [row.id for row in outbox.due(uow.session, uow.now, queue, limit=limit)]
        for row in worn:
            _tell_if_given_up(uow, row)
        uow.commit()
    return found


def _lease(resources: Resources, row_id: str) -> tuple[Job, Task] | None:
    with begin(resources, actor=PRESS) as uow:
        row = uow.session.get(OutboxRow, row_id)
        if row is None or not outbox.is_ready(row, uow.now):
            return None
        outbox.lease(uow.session, row, uow.now, seconds=LEASE.total_seconds())
        task = Task(row_id=row.id, arguments=dict(row.arguments))
        job = Job(row.job)
        uow.commit()
    return job, task


def _settle(resources: Resources, row_id: str, *, error: Exception | None = None) -> None:
    with begin(resources, actor=PRESS) as uow:
        row = uow.session.get_one(OutboxRow, row_id)
        if error is None:
            outbox.finish(uow.session, row, uow.now)
        elif row.dead_at is None:
            outbox.fail(uow.session, row, uow.now, error)
            _tell_if_given_up(uow, row)
        uow.commit()


def _on_their_last_attempt(uow: UnitOfWork, queue: Queue) -> list[OutboxRow]:
    """The open rows of `queue` that are declared dead as soon as their lease has run out."""
    worn = OutboxRow.attempts >= outbox.MOST_ATTEMPTS, OutboxRow.done_at.is_(None), OutboxRow.dead_at.is_(None)
    return list(uow.session.scalars(select(OutboxRow).where(OutboxRow.queue == queue, *worn)))


def _tell_if_given_up(uow: UnitOfWork, row: OutboxRow) -> None:
    """Tell the editor of a paper whose job has just died, or they would wait for it for ever."""
    if row.dead_at is None or row.job != Job.TYPESET.value or row.report_id is None:
        return
    report = uow.session.get(Report, row.report_id)
    if report is not None and report.stage is Stage.ACCEPTED:
        tell_that_the_press_stopped(uow, report)

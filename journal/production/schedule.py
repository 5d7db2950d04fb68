"""When releases are due: at fixed instants, computed from stored facts, never from the queue's clock."""

from datetime import datetime, timedelta

from sqlalchemy import select

from journal.jobs import Job, ask_for
from journal.unit_of_work import Resources, UnitOfWork, begin
from storage.rows.outbox import OutboxRow
from workflows.people import PRESS


def ask_for_due_release(resources: Resources) -> bool:
    """Ask for the release that is due, unless one was asked for since it fell due; whether it was asked for now."""
    with begin(resources, actor=PRESS, writes=False) as uow:
        if _was_asked_for(uow):
            return False
    with begin(resources, actor=PRESS) as uow:
        due = last_due(uow.now, every=resources.config.release_every)
        seconds = str(int(due.timestamp()))
        ask_for(uow, Job.RELEASE, {"due": seconds}, key=f"release/{seconds}")
        uow.commit()
    return True


def last_due(now: datetime, *, every: timedelta) -> datetime:
    """The latest instant at or before `now` at which a release was due: whole periods since 1970, in UTC."""
    period = int(every.total_seconds())
    return datetime.fromtimestamp(int(now.timestamp()) // period * period, now.tzinfo)


def _was_asked_for(uow: UnitOfWork) -> bool:
    due = last_due(uow.now, every=uow.config.release_every)
    asked = select(OutboxRow.id).where(OutboxRow.job == Job.RELEASE.value, OutboxRow.created_at >= due)
    return uow.session.scalar(asked.limit(1)) is not None

"""The jobs of the journal, by name, and the queue each runs on. A job is a row in the outbox; the worker runs it."""

from datetime import datetime
from enum import StrEnum

from journal.unit_of_work import UnitOfWork
from storage import outbox
from storage.rows.outbox import Queue


class Job(StrEnum):
    """What the worker can be asked to do. Arguments are opaque identifiers and names of letters, never words."""

    MAIL = "mail"
    TYPESET = "typeset"
    COMPARE = "compare"
    RELEASE = "release"


_QUEUES = {
    Job.MAIL: Queue.MAIL,
    Job.TYPESET: Queue.PAPERS,
    Job.COMPARE: Queue.PAPERS,
    Job.RELEASE: Queue.RELEASES,
}


def ask_for(  # noqa: PLR0913 - what a job is asked with, each by its name
    uow: UnitOfWork,
    job: Job,
    arguments: dict[str, str],
    *,
    report_id: str | None = None,
    key: str | None = None,
    due_at: datetime | None = None,
) -> None:
    """Put a job into the outbox, in the transaction of the change it follows. `key` makes a waiting twin suffice."""
    asked = outbox.Job(
        id=uow.new_id("outbox"),
        name=job.value,
        queue=_QUEUES[job],
        arguments=arguments,
        due_at=due_at,
        key=key,
        report_id=report_id,
    )
    outbox.put(uow.session, asked, uow.now)

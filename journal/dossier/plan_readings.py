"""Long manuscripts, read for their plan by the worker: asked for in the transaction of the upload, shown as they go.

A short one is read while its author waits. What is known of the file decides which it is: to know more, one would have
to read it. The job may run twice: what is finished stays so, and what was begun and lost begins again.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy import select

from journal.dossier.proposals import Proposals, keep_proposals, proposals_of, read_plan
from journal.jobs import Job, ask_for
from journal.reading.inspection import ConfinementFailed
from journal.reading.passages import Changes
from journal.unit_of_work import Resources, UnitOfWork, begin
from journal.work_off import Task
from storage.rows.proposals import PlanReading
from storage.rows.reports import Report
from workflows.people import PRESS

LONG = 48 * 1024
"""Bytes. About 7,000 words of text; of a Word file, which is packed, more or fewer by its figures."""
STEPS = ("waiting for the reader", "opening the file and cutting it into sentences", "looking for what it registers")
GIVEN_UP_AFTER = timedelta(minutes=10)
_STOPPED = (
    "The file could not be read just now. Press the button below to have it read again; if it stops again, tell "
    "whoever runs the journal. What you answered before is kept."
)
_TOO_LATE = "The reader has not come to an end. Press the button below to have the file read again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How far the reading that was asked for last is. `trouble` says to the authors why it came to no end."""

    busy: bool
    file: str
    step: int
    trouble: str = ""

    @property
    def doing(self) -> str:
        """The step, as the page says it."""
        return STEPS[min(self.step, len(STEPS) - 1)]


def is_long(body: bytes) -> bool:
    """Whether nobody should wait for its reading."""
    return len(body) > LONG


def ask_to_read(  # noqa: PLR0913 - a file by everything that is known of it
    uow: UnitOfWork, report: Report, *, name: str, vault_name: str, sha256: str, changes: Changes | None = None
) -> PlanReading:
    """Have the worker read a file that lies in the vault of the report."""
    row = PlanReading(
        id=uow.new_id("plan_reading"),
        report_id=report.id,
        vault_name=vault_name,
        sha256=sha256,
        changes=changes.value if changes else "",
        asked_at=uow.now,
    )
    uow.cabinet.put(report, row, "name", name)
    uow.session.add(row)
    uow.session.flush()
    ask_for(uow, Job.READ, {"report": report.id, "reading": row.id}, report_id=report.id, key=f"read/{row.id}")
    return row


def was_read(uow: UnitOfWork, report: Report, sha256: str) -> bool:
    """Whether the file was read already, or is just being read: an upload of the same file asks for it once."""
    kept, newest = proposals_of(uow, report), _newest(uow, report)
    asked = newest is not None and newest.finished_at is None and newest.sha256 == sha256
    return asked or (kept is not None and kept.sha256 == sha256)


def keep_what_was_read(uow: UnitOfWork, report: Report, read: Proposals) -> Proposals:
    """Keep what was read while its author waited. What the worker still has of an earlier file is not kept any more."""
    for row in _unfinished(uow, report):
        row.finished_at = uow.now
    return keep_proposals(uow, report, read)


def reading_of(uow: UnitOfWork, report: Report) -> Reading | None:
    """How far the worker is, or why it stopped; None where nothing is to be said."""
    row = _newest(uow, report)
    if row is None or (row.finished_at is not None and row.trouble is None):
        return None
    late = row.finished_at is None and uow.now - row.asked_at > GIVEN_UP_AFTER
    trouble = uow.cabinet.get(report, row, "trouble", str) if row.trouble is not None else _TOO_LATE if late else ""
    name = uow.cabinet.get(report, row, "name", str)
    return Reading(busy=not trouble, file=name, step=row.step, trouble=trouble)


def read_asked(resources: Resources, task: Task) -> None:
    """Read the file of `task.arguments["reading"]` and keep what was read with the draft.

    What cannot be read ends with words for the authors. Raises whatever vault and database raise: the job is then
    tried again.
    """
    begun = _begun(resources, task)
    if begun is None:
        return
    name, body, changes = begun
    try:
        read = read_plan(name, body, changes=changes, cut=lambda: _say(resources, task, step=2))
    except ConfinementFailed:
        _stop(resources, task)
        return
    _finish(resources, task, read)


def _begun(resources: Resources, task: Task) -> tuple[str, bytes, Changes | None] | None:
    with begin(resources, actor=PRESS) as uow:
        row = uow.session.get(PlanReading, task.arguments["reading"])
        if row is None or row.finished_at is not None:
            return None
        report = uow.session.get_one(Report, row.report_id)
        found = uow.cabinet.get(report, row, "name", str), uow.cabinet.file(report, row.vault_name)
        row.step, changes = 1, Changes(row.changes) if row.changes else None
        uow.commit()
    return *found, changes


def _say(resources: Resources, task: Task, *, step: int) -> None:
    with begin(resources, actor=PRESS) as uow:
        uow.session.get_one(PlanReading, task.arguments["reading"]).step = step
        uow.commit()


def _stop(resources: Resources, task: Task) -> None:
    with begin(resources, actor=PRESS) as uow:
        row = uow.session.get_one(PlanReading, task.arguments["reading"])
        uow.cabinet.put(uow.session.get_one(Report, row.report_id), row, "trouble", _STOPPED)
        row.finished_at = uow.now
        uow.commit()


def _finish(resources: Resources, task: Task, read: Proposals) -> None:
    with begin(resources, actor=PRESS) as uow:
        row = uow.session.get_one(PlanReading, task.arguments["reading"])
        report = uow.session.get_one(Report, row.report_id)
        newest = _newest(uow, report)
        if newest is row and row.finished_at is None:  # else its authors had another file read meanwhile
            keep_proposals(uow, report, replace(read, vault_name=row.vault_name))
        row.step, row.finished_at = len(STEPS), uow.now
        uow.commit()


def _unfinished(uow: UnitOfWork, report: Report) -> list[PlanReading]:
    uow.session.flush()
    wanted = select(PlanReading).where(PlanReading.report_id == report.id, PlanReading.finished_at.is_(None))
    return list(uow.session.scalars(wanted))


def _newest(uow: UnitOfWork, report: Report) -> PlanReading | None:
    uow.session.flush()
    wanted = select(PlanReading).where(PlanReading.report_id == report.id)
    return uow.session.scalar(wanted.order_by(PlanReading.asked_at.desc(), PlanReading.id.desc()).limit(1))

"""How far the press is with a report, and the files it made, for whoever asks."""

from dataclasses import dataclass

from sqlalchemy import select

from journal.dossier.access import Opened
from journal.jobs import Job
from journal.unit_of_work import UnitOfWork
from storage.rows.outbox import OutboxRow
from storage.rows.proofs import Rendition, Typesetting
from storage.rows.reports import Report
from workflows.people import EDITORS, Capacity
from workflows.stages import IN_PRODUCTION, OUT, Stage

STEPS = 4
READERS = EDITORS | {Capacity.AUTHOR, Capacity.OFFICER}
# What people download; figures and HTML are inside the others.
_FILES = {"pdf": "PDF", "jats": "JATS", "manifest": "Manifest"}
_WITH_AUTHORS = (Stage.PROOF, Stage.READY, *OUT)


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of the typeset paper as the page lists it."""

    name: str
    kind: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """How far the press is. `stopped`: it gave up; `trouble` says why, if it could."""

    busy: bool
    stopped: bool
    step: int
    steps: int
    doing: str
    trouble: str


def may_read(opened: Opened) -> bool:
    """Whether there is a page about the typeset paper for whoever asks."""
    return opened.report.stage in (*IN_PRODUCTION, *OUT) and bool(opened.acting_as & READERS)


def is_busy(uow: UnitOfWork, report: Report) -> bool:
    """Whether the press still has the report to do: its job waits, runs, or will be tried again."""
    open_job = select(OutboxRow.id).where(
        OutboxRow.job == Job.TYPESET.value,
        OutboxRow.report_id == report.id,
        OutboxRow.done_at.is_(None),
        OutboxRow.dead_at.is_(None),
    )
    return uow.session.scalar(open_job.limit(1)) is not None


def press_of(uow: UnitOfWork, report: Report) -> Press:
    """How far the press is with the report."""
    run = _newest(uow, report)
    busy = report.stage is Stage.ACCEPTED and is_busy(uow, report)
    going = run if run is not None and run.finished_at is None and run.trouble is None else None
    stopped = report.stage is Stage.ACCEPTED and not busy
    trouble = uow.cabinet.get(report, run, "trouble", str) if stopped and run and run.trouble is not None else ""
    return Press(
        busy=busy,
        stopped=stopped,
        step=going.step if going else 0,
        steps=going.steps if going else STEPS,
        doing=going.doing if going else "waiting for the press",
        trouble=trouble,
    )


def files_of(uow: UnitOfWork, opened: Opened) -> list[File]:
    """The files of the newest typeset paper that whoever asks may have, in a fixed order."""
    found = sorted(_renditions(uow, opened), key=lambda each: list(_FILES).index(each.kind))
    return [File(name=each.name, kind=_FILES[each.kind], size=each.size, sha256=each.sha256) for each in found]


def file_named(uow: UnitOfWork, opened: Opened, name: str) -> tuple[Rendition, bytes] | None:
    """The file called `name` with its bytes, if it is for whoever asks."""
    found = next((each for each in _renditions(uow, opened) if each.name == name), None)
    return (found, uow.cabinet.file(opened.report, found.vault_name)) if found else None


def _renditions(uow: UnitOfWork, opened: Opened) -> list[Rendition]:
    """Authors read a paper once it was sent to them, and not while it is made anew."""
    if not may_read(opened) or (Capacity.AUTHOR in opened.acting_as and opened.report.stage not in _WITH_AUTHORS):
        return []
    run = _newest(uow, opened.report, kept=True)
    return [each for each in run.renditions if each.kind in _FILES] if run else []


def _newest(uow: UnitOfWork, report: Report, *, kept: bool = False) -> Typesetting | None:
    """The newest run of the typesetter, or with `kept` the newest that came to its end."""
    wanted = select(Typesetting).where(Typesetting.report_id == report.id)
    if kept:
        wanted = wanted.where(Typesetting.finished_at.is_not(None), Typesetting.trouble.is_(None))
    return uow.session.scalar(wanted.order_by(Typesetting.asked_at.desc(), Typesetting.id.desc()).limit(1))

"""Narrower articles of a report: the draft, what was offered to the officers, what two of them approved."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import select

from journal.dossier import deviation_answers, protocols, results
from journal.dossier.manuscripts import digests_of, files_of, read_manuscript
from journal.dossier.results import Results
from journal.reading.document import Document
from journal.reading.pandoc import Unreadable
from journal.unit_of_work import UnitOfWork
from storage.documents import canonical
from storage.rows.manuscripts import ManuscriptFile
from storage.rows.narrowings import NarrowingRow
from storage.rows.reports import Report
from workflows.narrowing import Narrowing, NarrowWords, narrow_words
from workflows.protocol import Protocol, Statements


def rows_of(uow: UnitOfWork, report: Report) -> list[NarrowingRow]:
    """All narrower articles of the report, oldest first."""
    wanted = select(NarrowingRow).where(NarrowingRow.report_id == report.id)
    return list(uow.session.scalars(wanted.order_by(NarrowingRow.number)))


def open_draft(rows: Iterable[NarrowingRow]) -> NarrowingRow | None:
    """The one that is still being written, if there is one."""
    return next((row for row in rows if row.offered_at is None), None)


def last_offered(rows: Iterable[NarrowingRow]) -> NarrowingRow | None:
    """The one that officers were asked about last: an earlier one is not approved any more."""
    return next((row for row in reversed(list(rows)) if row.offered_at is not None), None)


def words(uow: UnitOfWork, report: Report, row: NarrowingRow) -> Narrowing:
    """What it is made from."""
    return uow.cabinet.get(report, row, "body", Narrowing)


def files(uow: UnitOfWork, report: Report, row: NarrowingRow) -> list[ManuscriptFile]:
    """The files of its own manuscript."""
    return files_of(uow, report, for_stage=2, version_number=None, narrowing_id=row.id)


def read(uow: UnitOfWork, report: Report, narrowing_id: str) -> Document | Unreadable | None:
    """Its manuscript, read in the confined child; None for a short report."""
    found = files_of(uow, report, for_stage=2, version_number=None, narrowing_id=narrowing_id)
    return read_manuscript(uow, report, found)


def with_files(uow: UnitOfWork, report: Report, row: NarrowingRow) -> Narrowing:
    """What it is made from, with its files as they are now."""
    return replace(words(uow, report, row), files=digests_of(files(uow, report, row)))


def source(uow: UnitOfWork, report: Report) -> tuple[Protocol, Results]:
    """What it is taken from: the frozen protocol, and the results as last submitted, deviations with their answers."""
    frozen, submitted = protocols.frozen(uow, report), results.latest_submitted(uow, report)
    plan = protocols.words(uow, report, frozen) if frozen else Protocol()
    done = results.words(uow, report, submitted) if submitted else Results()
    return plan, deviation_answers.answered(uow, report, done)


def smaller(plan: Protocol, done: Results, narrowing: Narrowing) -> NarrowWords:
    """The words of the study that are left."""
    return narrow_words(plan, done.outcomes, done.deviations, stated(done), narrowing)


def stated(done: Results) -> Statements:
    """The statements of stage 2."""
    return Statements(data=done.data, code=done.code, materials=done.materials)


def digest_of(narrowing: Narrowing, left: NarrowWords) -> str:
    """SHA-256 (hex) over all that officers are shown: what was written for it, what is taken over, and its files."""
    return hashlib.sha256(b"\0".join((canonical(narrowing), canonical(left)))).hexdigest()

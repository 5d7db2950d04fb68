"""The words that accompany a report's steps."""

from collections.abc import Iterable

from sqlalchemy import select

from journal.unit_of_work import UnitOfWork
from storage.rows.reports import Letter, LetterKind, Report


def write_letter(uow: UnitOfWork, report: Report, kind: LetterKind, body: str) -> Letter:
    """Keep `body` with the report, written by the actor at this moment. It is never changed."""
    letter = Letter(
        id=uow.new_id("letter"),
        report_id=report.id,
        kind=kind,
        written_by=uow.actor.person,
        written_at=uow.now,
    )
    uow.cabinet.put(report, letter, "body", body)
    uow.session.add(letter)
    return letter


def letters(uow: UnitOfWork, report: Report, kinds: Iterable[LetterKind]) -> list[tuple[Letter, str]]:
    """The report's letters of `kinds` with their words, oldest first."""
    wanted = select(Letter).where(Letter.report_id == report.id, Letter.kind.in_(list(kinds)))
    return opened(uow, report, uow.session.scalars(wanted.order_by(Letter.written_at, Letter.id)))


def opened(uow: UnitOfWork, report: Report, rows: Iterable[Letter]) -> list[tuple[Letter, str]]:
    """Letters of the report, already loaded, with their words."""
    return [(row, uow.cabinet.get(report, row, "body", str)) for row in rows]


def newest_letter(uow: UnitOfWork, report: Report, kind: LetterKind) -> tuple[Letter, str] | None:
    """The report's latest letter of `kind` with its words, if there is one."""
    found = letters(uow, report, [kind])
    return found[-1] if found else None

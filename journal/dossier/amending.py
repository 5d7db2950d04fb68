"""The amendments of a report's accepted protocol: the one that is open, those that were approved, what they change."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, select

from journal.dossier import protocols
from journal.unit_of_work import UnitOfWork
from storage.rows.amendments import AmendmentRow
from storage.rows.protocols import ProtocolVersion
from storage.rows.reports import Report
from workflows.amendments import Amendment, Approved, Decided, Standing
from workflows.changes import Change, changed
from workflows.protocol import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Pending:
    """An amendment that waits for an editor: whether its approval is proposed, and since when it waits."""

    proposed: bool
    since: datetime


def amendments(uow: UnitOfWork, report: Report) -> list[AmendmentRow]:
    """All amendments that were begun, oldest first."""
    wanted = select(AmendmentRow).where(AmendmentRow.report_id == report.id)
    return list(uow.session.scalars(wanted.order_by(AmendmentRow.number)))


def open_amendment(uow: UnitOfWork, report: Report) -> AmendmentRow | None:
    """The amendment that has not ended, if there is one. There is never more than one."""
    return next((row for row in amendments(uow, report) if row.decided is None), None)


def is_being_written(uow: UnitOfWork, report: Report) -> bool:
    """Whether authors are changing a draft of the accepted protocol."""
    row = open_amendment(uow, report)
    return row is not None and row.standing is Standing.WRITTEN


def pending(uow: UnitOfWork, wanted: ColumnElement[bool]) -> dict[str, Pending]:
    """The amendments of the `wanted` reports that editors have to act on, by report. One query, no key."""
    found = select(AmendmentRow).join(Report, Report.id == AmendmentRow.report_id).where(wanted)
    rows = uow.session.scalars(found.where(AmendmentRow.decided.is_(None), AmendmentRow.asked_at.is_not(None)))
    return {row.report_id: Pending(proposed=row.proposed_at is not None, since=_since(row)) for row in rows}


def _since(row: AmendmentRow) -> datetime:
    return row.proposed_at or row.asked_at or row.saved_at


def words(uow: UnitOfWork, report: Report, row: AmendmentRow) -> Amendment:
    """What an amendment asks for."""
    return uow.cabinet.get(report, row, "body", Amendment)


def base_of(uow: UnitOfWork, report: Report, row: AmendmentRow) -> Protocol:
    """The accepted protocol that it changes."""
    return words(uow, report, row).base or _version(uow, report, row.base_number)


def changes_of(uow: UnitOfWork, report: Report, row: AmendmentRow) -> tuple[Change, ...]:
    """What it changes: as it was asked for, or as its draft stands now."""
    plan = words(uow, report, row).plan or protocols.newest(uow, report)
    return changed(base_of(uow, report, row), plan)


def approved(uow: UnitOfWork, report: Report, rows: Iterable[AmendmentRow] | None = None) -> tuple[Approved, ...]:
    """The amendments that were approved, oldest first; `rows` are the report's, where they are loaded already."""
    found = amendments(uow, report) if rows is None else rows
    return tuple(_approved(uow, report, row) for row in found if row.decided is Decided.APPROVED)


def _approved(uow: UnitOfWork, report: Report, row: AmendmentRow) -> Approved:
    said = words(uow, report, row)
    changes = changes_of(uow, report, row)
    made, on = row.made_number or 0, (row.decided_at or row.saved_at).date()
    return Approved(version=made, on=on, changes=tuple((change, said.reason(change.place)) for change in changes))


def _version(uow: UnitOfWork, report: Report, number: int) -> Protocol:
    wanted = select(ProtocolVersion).where(ProtocolVersion.report_id == report.id, ProtocolVersion.number == number)
    return protocols.words(uow, report, uow.session.scalars(wanted).one())

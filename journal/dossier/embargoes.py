"""Embargoes that last until something happens: when it has, the moment is written down, and the embargo is over."""

from sqlalchemy import select

from journal.dossier.steps import note_in_ledger
from journal.unit_of_work import UnitOfWork
from storage.rows.holds import HoldRow
from storage.rows.reports import Report
from workflows.embargoes import EmbargoEvent, has_come
from workflows.holds import is_active
from workflows.people import Capacity


def events_come(uow: UnitOfWork) -> list[str]:
    """The embargoes, by identifier, whose event has happened and is not written down."""
    waiting = select(HoldRow).where(
        HoldRow.embargo_event.is_not(None), HoldRow.event_at.is_(None), HoldRow.ended_at.is_(None)
    )
    return [
        row.id for row in uow.session.scalars(waiting.order_by(HoldRow.placed_at, HoldRow.id)) if _is_over(uow, row)
    ]


def note_event(uow: UnitOfWork, hold_id: str) -> bool:
    """Write down that what an embargo waited for has happened, if it has."""
    row = uow.session.get_one(HoldRow, hold_id)
    if row.event_at is not None or not _is_over(uow, row):
        return False
    row.event_at = uow.now
    report = uow.session.get_one(Report, row.report_id)
    note_in_ledger(uow, "embargo_event", report=report, capacity=Capacity.CLOCK.value, record={"hold": row.id})
    return True


def has_happened(uow: UnitOfWork, report: Report, event: EmbargoEvent) -> bool:
    """Whether `event` has happened to the report."""
    return has_come(event, stage=report.stage, data_end=report.data_end, now=uow.now)


def _is_over(uow: UnitOfWork, row: HoldRow) -> bool:
    report = uow.session.get_one(Report, row.report_id)
    event = EmbargoEvent(row.embargo_event or "")
    return is_active(row.facts, now=uow.now) and has_happened(uow, report, event)

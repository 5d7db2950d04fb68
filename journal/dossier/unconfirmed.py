"""Takedowns that no second officer confirmed within a day: all free officers are written to, once. Nothing opens."""

from datetime import datetime

from sqlalchemy import Select, select

from journal import telling
from journal.dossier.holding import free_officers
from journal.dossier.steps import note_in_ledger
from journal.dossier.takedowns import takedowns_in_force
from journal.unit_of_work import UnitOfWork
from storage.rows.reports import Report
from storage.rows.safeguards import Takedown


def unconfirmed_takedowns(uow: UnitOfWork) -> list[str]:
    """The takedowns that nobody confirmed within a day, and of which nobody was written to yet."""
    return [row.id for row in uow.session.scalars(_overdue(uow.now))]


def escalate(uow: UnitOfWork, *, takedown_id: str) -> bool:
    """Write to all free officers, if nobody has meanwhile; whether that was so."""
    row = uow.session.get_one(Takedown, takedown_id)
    if row.confirmed_at is not None or row.escalated_at is not None:
        return False
    row.escalated_at = uow.now
    report = uow.session.get_one(Report, row.report_id)
    if row in takedowns_in_force(uow, report):
        officers = free_officers(uow, report)
        telling.tell(uow, "officers/takedown_unconfirmed", officers, report=report, about=row.id)
        note_in_ledger(uow, "escalate_takedown", report=report, record={"takedown": row.id})
    return True


def _overdue(now: datetime) -> Select[Takedown]:
    unanswered = Takedown.confirmed_at.is_(None), Takedown.escalated_at.is_(None), Takedown.confirm_by <= now
    return select(Takedown).where(*unanswered).order_by(Takedown.confirm_by, Takedown.id)

"""Takedowns that no second officer confirmed within a day: all free officers are written to, once. Nothing opens."""

from datetime import datetime

from sqlalchemy import Select, select

from journal import telling
from journal.dossier.holding import free_officers
from journal.dossier.steps import note_in_ledger
from journal.dossier.takedowns import takedowns_in_force
from journal.unit_of_work import Resources, begin
from storage.database import ChangedMeanwhile, DatabaseBusy
from storage.rows.reports import Report
from storage.rows.safeguards import Takedown
from workflows.people import CLOCK


def escalate_takedowns(resources: Resources) -> int:
    """Write to all free officers of takedowns that nobody confirmed within a day, once each; how many there were."""
    with begin(resources, actor=CLOCK, writes=False) as looking:
        due = [row.id for row in looking.session.scalars(_overdue(looking.now))]
    return sum(_escalate(resources, takedown_id) for takedown_id in due)


def _overdue(now: datetime) -> Select[Takedown]:
    unanswered = Takedown.confirmed_at.is_(None), Takedown.escalated_at.is_(None), Takedown.confirm_by <= now
    return select(Takedown).where(*unanswered).order_by(Takedown.confirm_by, Takedown.id)


def _escalate(resources: Resources, takedown_id: str) -> bool:
    try:
        with begin(resources, actor=CLOCK) as uow:
            row = uow.session.get_one(Takedown, takedown_id)
            if row.confirmed_at is not None or row.escalated_at is not None:
                return False
            row.escalated_at = uow.now
            report = uow.session.get_one(Report, row.report_id)
            if row in takedowns_in_force(uow, report):
                officers = free_officers(uow, report)
                telling.tell(uow, "officers/takedown_unconfirmed", officers, report=report, about=row.id)
                note_in_ledger(uow, "escalate_takedown", report=report, record={"takedown": row.id})
            uow.commit()
            return True
    except (ChangedMeanwhile, DatabaseBusy):
        return False

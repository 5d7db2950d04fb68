"""What happened to a report, for its page."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from journal.dossier.access import Opened
from journal.unit_of_work import UnitOfWork
from storage.rows.ledger import LedgerRow
from workflows.people import Capacity
from workflows.timeline import happened


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One line of the timeline: what happened, by whom (as what, not by name), when."""

    what: str
    who: str
    at: datetime


def history(uow: UnitOfWork, opened: Opened) -> list[Event]:
    """The report's timeline as far as the viewer may know it, oldest first."""
    wanted = select(LedgerRow).where(LedgerRow.report_id == opened.report.id).order_by(LedgerRow.n)
    return [
        Event(what=words[:1].upper() + words[1:], who=Capacity(row.capacity).words, at=row.at)
        for row in uow.session.scalars(wanted)
        if (words := happened(row.action, opened.acting_as)) is not None
    ]

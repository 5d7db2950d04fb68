"""What the page of a report and the editors' queue say while results are late."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from journal.dossier.access import Opened
from journal.dossier.contacts import AWAITS_ANSWER, Silence, silence_of, silences
from journal.unit_of_work import UnitOfWork
from storage.rows.reports import Report
from workflows.people import EDITORS, Capacity


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """For editors how long nobody has answered; of authors (`asks`) the page asks for a sign."""

    silence: Silence | None
    asks: bool


def late(uow: UnitOfWork, opened: Opened) -> Late:
    """What the page of the report says to this viewer. Of a delayed report it says nothing, for nothing is asked."""
    is_late = opened.report.stage in AWAITS_ANSWER and not opened.delayed
    told = is_late and bool(opened.acting_as & EDITORS)
    return Late(
        silence=silence_of(uow, opened.report, opened.holds) if told else None,
        asks=is_late and Capacity.AUTHOR in opened.acting_as,
    )


def silences_at(uow: UnitOfWork, ids: Collection[str]) -> dict[str, Silence]:
    """The same for the reports `ids`, none of them delayed, in as many queries for any number of them."""
    if not ids:
        return {}
    return dict(silences(uow, uow.session.scalars(select(Report).where(Report.id.in_(list(ids)))).all()))

"""When data of a report were collected, as its authors recorded it, with the evidence they gave."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from journal.dossier import protocols
from journal.unit_of_work import UnitOfWork
from storage.rows.collecting import CollectionMark
from storage.rows.reports import Report
from workflows.collecting import Evidence, Mark, at_odds


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One record: which day of data collection, the day (None: taken back), its evidence, and when it was recorded."""

    mark: Mark
    day: date | None
    evidence: Evidence
    at: datetime


def records(uow: UnitOfWork, report: Report) -> list[Recorded]:
    """Everything that was recorded, oldest first."""
    wanted = select(CollectionMark).where(CollectionMark.report_id == report.id)
    rows = uow.session.scalars(wanted.order_by(CollectionMark.recorded_at, CollectionMark.id))
    return [
        Recorded(
            mark=row.mark,
            day=row.day,
            evidence=uow.cabinet.get(report, row, "evidence", Evidence) if row.evidence else Evidence(),
            at=row.recorded_at,
        )
        for row in rows
    ]


def newest(uow: UnitOfWork, report: Report) -> dict[Mark, Recorded]:
    """The record of each kind that counts."""
    return {record.mark: record for record in records(uow, report)}


def record(uow: UnitOfWork, report: Report, mark: Mark, day: date | None, evidence: Evidence) -> None:
    """Keep a record. Earlier ones stay."""
    row = CollectionMark(
        id=uow.new_id("collection_mark"),
        report_id=report.id,
        mark=mark,
        day=day,
        recorded_by=uow.actor.person,
        recorded_at=uow.now,
    )
    if evidence and day is not None:
        uow.cabinet.put(report, row, "evidence", evidence)
    uow.session.add(row)


def days_at_odds(uow: UnitOfWork, report: Report) -> str:
    """In words, how the first day contradicts what the accepted protocol says of the data; empty if it does not."""
    version = protocols.frozen(uow, report)
    level = protocols.words(uow, report, version).bias_level if version else None
    return at_odds(level, start=report.data_start, accepted=report.ipa_at.date() if report.ipa_at else None)

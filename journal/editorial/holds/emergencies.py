"""Reading a withheld report in an emergency: opening it for four hours, what is read then, and the look afterwards."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from journal import telling
from journal.dossier import holding, protocols
from journal.dossier.access import Opened, holds_on, reviewers_of
from journal.dossier.steps import note_in_ledger
from journal.unit_of_work import UnitOfWork
from storage.rows.manuscripts import ManuscriptFile
from storage.rows.people import Person
from storage.rows.readings import EmergencyReading
from storage.rows.reports import Report
from workflows.emergencies import (
    NOTHING_HERE,
    OPEN_FOR,
    REVIEW_WITHIN,
    is_open,
    may_open,
    refuse_opening,
    refuse_review,
)
from workflows.machine import Refusal
from workflows.people import Capacity, Role
from workflows.protocol import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """What is read in an emergency: the newest words of the protocol and the files, until `until`."""

    report_id: str
    plan: Protocol
    files: tuple[ManuscriptFile, ...]
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """One opening as officers see it. `due`: by when another officer looks at it; `yours`: whether you opened it."""

    id: str
    report_id: str
    title: str
    name: str
    reason: str
    opened_at: datetime
    until: datetime
    due: datetime
    yours: bool
    reviewed_by: str
    reviewed_at: datetime | None
    answer: str


def open_in_emergency(uow: UnitOfWork, report_id: str, *, reason: str) -> EmergencyReading | Refusal:
    """Open the report to read it. The ledger has it, and all officers free of conflict are told at once.

    One that is open is not opened again: a form may be sent twice.
    """
    refusal = refuse_opening(reason=reason)
    if refusal is not None:
        return refusal
    report = uow.session.get(Report, report_id)
    if report is None or not _may_open(uow, report):
        return NOTHING_HERE
    return _open_now(uow, report) or _make(uow, report, reason)


def _may_open(uow: UnitOfWork, report: Report) -> bool:
    involvement = report.involvement(reviewers_of(uow, report.id))
    return may_open(uow.actor, involvement, holds_on(uow, report.id), now=uow.now)


def _make(uow: UnitOfWork, report: Report, reason: str) -> EmergencyReading:
    made = EmergencyReading(
        id=uow.new_id("emergency_reading"), report_id=report.id, opened_by=uow.actor.person or "", opened_at=uow.now
    )
    uow.cabinet.put(report, made, "reason", reason)
    uow.session.add(made)
    capacity = Capacity.OFFICER if Role.OFFICER in uow.actor.roles else Capacity.EDITOR_IN_CHIEF
    note_in_ledger(uow, "open_in_emergency", report=report, capacity=capacity.value, record={"opening": made.id})
    officers = [each for each in holding.free_officers(uow, report) if each.id != uow.actor.person]
    telling.tell(uow, "officers/emergency_opened", officers, report=report, about=made.id)
    late = uow.now + REVIEW_WITHIN
    telling.tell(uow, "officers/emergency_overdue", officers, report=report, about=made.id, due_at=late)
    return made


def _open_now(uow: UnitOfWork, report: Report) -> EmergencyReading | None:
    """What the actor opened within the last four hours, while they still may."""
    wanted = select(EmergencyReading).where(
        EmergencyReading.report_id == report.id, EmergencyReading.opened_by == uow.actor.person
    )
    rows = [row for row in uow.session.scalars(wanted) if is_open(row.opened_at, now=uow.now)]
    return max(rows, key=lambda row: row.opened_at, default=None) if _may_open(uow, report) else None


def sighting(uow: UnitOfWork, report_id: str) -> Sighting | None:
    """What the actor may read in an emergency they declared, or None: missing, forbidden and over are one answer."""
    report = uow.session.get(Report, report_id)
    row = _open_now(uow, report) if report else None
    if report is None or row is None:
        return None
    files = select(ManuscriptFile).where(ManuscriptFile.report_id == report.id, ManuscriptFile.set_aside_at.is_(None))
    return Sighting(
        report_id=report.id,
        plan=protocols.newest(uow, report),
        files=tuple(uow.session.scalars(files.order_by(ManuscriptFile.name, ManuscriptFile.id))),
        until=row.opened_at + OPEN_FOR,
    )


def file_of(uow: UnitOfWork, report_id: str, file_id: str) -> tuple[ManuscriptFile, bytes] | None:
    """One file of it, with its bytes."""
    seen = sighting(uow, report_id)
    row = next((file for file in seen.files if file.id == file_id), None) if seen else None
    return (row, uow.cabinet.file(uow.session.get_one(Report, report_id), row.vault_name)) if row else None


def look_at(uow: UnitOfWork, opened: Opened, opening_id: str, *, answer: str) -> Refusal | None:
    """Say, as an officer who did not open it, whether it was right. Looked at once, it stays so."""
    row = uow.session.get(EmergencyReading, opening_id)
    if row is None or row.report_id != opened.report.id or Capacity.OFFICER not in opened.acting_as:
        return NOTHING_HERE
    by = uow.actor.person or ""
    refusal = refuse_review(opened_by=row.opened_by, by=by, answer=answer)
    if refusal is not None or row.reviewed_at is not None:
        return refusal
    row.reviewed_by, row.reviewed_at = by, uow.now
    uow.cabinet.put(opened.report, row, "answer", answer)
    record = {"opening": row.id}
    note_in_ledger(uow, "review_emergency", report=opened.report, capacity=Capacity.OFFICER.value, record=record)
    return None


def openings_of(uow: UnitOfWork, report_id: str) -> list[Opening]:
    """Every opening of the report, the latest first, those that wait to be looked at before all others."""
    report = uow.session.get_one(Report, report_id)
    rows = uow.session.scalars(select(EmergencyReading).where(EmergencyReading.report_id == report.id))
    found = [_opening(uow, report, row) for row in rows]
    return sorted(found, key=lambda each: (each.reviewed_at is not None, -each.opened_at.timestamp()))


def _opening(uow: UnitOfWork, report: Report, row: EmergencyReading) -> Opening:
    people = {person: uow.session.get(Person, person) for person in (row.opened_by, row.reviewed_by) if person}
    names = {identifier: person.name for identifier, person in people.items() if person}
    return Opening(
        id=row.id,
        report_id=report.id,
        title=protocols.title_of(uow, report),
        name=names.get(row.opened_by, ""),
        reason=uow.cabinet.get(report, row, "reason", str),
        opened_at=row.opened_at,
        until=row.opened_at + OPEN_FOR,
        due=row.opened_at + REVIEW_WITHIN,
        yours=row.opened_by == uow.actor.person,
        reviewed_by=names.get(row.reviewed_by or "", ""),
        reviewed_at=row.reviewed_at,
        answer=uow.cabinet.get(report, row, "answer", str) if row.answer is not None else "",
    )


def waiting(uow: UnitOfWork) -> list[Opening]:
    """The openings that no second officer has looked at, of reports that the actor may act on as an officer."""
    rows = uow.session.scalars(select(EmergencyReading).where(EmergencyReading.reviewed_at.is_(None)))
    found = [(uow.session.get_one(Report, row.report_id), row) for row in rows]
    free = [(report, row) for report, row in found if _is_free(uow, report)]
    return sorted((_opening(uow, report, row) for report, row in free), key=lambda each: each.due)


def _is_free(uow: UnitOfWork, report: Report) -> bool:
    return any(officer.id == uow.actor.person for officer in holding.free_officers(uow, report))

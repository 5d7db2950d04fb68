"""What is overdue with the officers, and who is called to it. What is due follows from state, never from the last look.

A flag that nobody answered, a hold that nobody looked at again by its day, an appeal without an answer: each calls
people, step by step, and goes on withholding. Each step is written down with the letters it asks for.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from journal import telling
from journal.dossier.access import reviewers_of, seen_by
from journal.dossier.holding import free_officers
from journal.dossier.steps import note_in_ledger
from journal.unit_of_work import UnitOfWork
from storage.rows.appeals import Appeal
from storage.rows.holds import HoldRow
from storage.rows.reports import Report
from storage.rows.summons import Summons
from workflows.holds import HoldKind, is_active
from workflows.people import Capacity
from workflows.summons import called, deputy_of, steps_owed


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """Something overdue: `about` is the hold or appeal, `first` whoever has the case, `named` its deputy, if any."""

    report_id: str
    about: str
    letter: str
    due: datetime
    first: str | None
    named: str | None = None


def late_cases(uow: UnitOfWork) -> list[Late]:
    """Everything that is overdue, the longest first."""
    found = [*_late_holds(uow), *_late_appeals(uow)]
    return sorted(found, key=lambda late: (late.due, late.about))


def _late_holds(uow: UnitOfWork) -> Iterable[Late]:
    wanted = select(HoldRow).where(HoldRow.review_by < uow.now, HoldRow.ended_at.is_(None))
    for row in uow.session.scalars(wanted):
        if row.review_by is not None and is_active(row.facts, now=uow.now):
            yield Late(
                report_id=row.report_id,
                about=row.id,
                letter="officers/case_overdue",
                due=row.review_by,
                first=None if row.kind is HoldKind.TRIAGE_FLAG else row.placed_by,
                named=row.deputy_id,
            )


def _late_appeals(uow: UnitOfWork) -> Iterable[Late]:
    for row in uow.session.scalars(select(Appeal).where(Appeal.due < uow.now, Appeal.answered_at.is_(None))):
        letter = "officers/appeal_overdue"
        yield Late(report_id=row.report_id, about=row.id, letter=letter, due=row.due, first=row.officer_id)


def owed(uow: UnitOfWork, late: Late) -> tuple[int, ...]:
    """The steps that are to be taken now."""
    taken = select(Summons.step).where(Summons.about == late.about, Summons.due == late.due)
    return steps_owed(late.due, taken=uow.session.scalars(taken).all(), now=uow.now)


def summon(uow: UnitOfWork, late: Late) -> bool:
    """Call whoever is to be called now, each with one letter; whether there was anybody or anything to call to."""
    steps = owed(uow, late)
    report = uow.session.get_one(Report, late.report_id)
    officers = [officer.id for officer in free_officers(uow, report)]
    deputy = deputy_of(officers, first=late.first, named=late.named)
    whom: dict[str, None] = {}
    for step in steps:
        whom |= dict.fromkeys(called(step, first=late.first, deputy=deputy, free=officers))
        _write_down(uow, late, step)
    people = [telling.Recipient(telling.Recipients.PERSON, person) for person in whom]
    telling.tell(uow, late.letter, people, report=report, about=late.about)
    return bool(steps)


def _write_down(uow: UnitOfWork, late: Late, step: int) -> None:
    uow.session.add(
        Summons(
            id=uow.new_id("summons"),
            report_id=late.report_id,
            about=late.about,
            due=late.due,
            step=step,
            called_at=uow.now,
        )
    )
    report = uow.session.get_one(Report, late.report_id)
    record: dict[str, str | int | None] = {"about": late.about, "step": step}
    note_in_ledger(uow, "call_to_overdue", report=report, capacity=Capacity.CLOCK.value, record=record)


def deputy_for(uow: UnitOfWork, row: HoldRow, *, named: str) -> str | None:
    """Who is called when whoever placed the hold does not come: the officer they named, or the next who is free."""
    free = [officer.id for officer in free_officers(uow, uow.session.get_one(Report, row.report_id))]
    return deputy_of(free, first=row.placed_by, named=named)


def how_many_overdue(uow: UnitOfWork) -> int:
    """How many reports have something overdue with the officers: all that an editor-in-chief is told of them.

    Those the actor is an author or reviewer of, or in conflict with, are not counted: the number would tell of them.
    """
    ids = {late.report_id for late in late_cases(uow)}
    reports = uow.session.scalars(select(Report).where(Report.id.in_(ids))).all()
    return sum(Capacity.EDITOR_IN_CHIEF in _acting_as(uow, report) for report in reports)


def _acting_as(uow: UnitOfWork, report: Report) -> frozenset[Capacity]:
    return seen_by(uow, report, uow.actor, holds=(), reviewers=reviewers_of(uow, report.id)).acting_as

"""Appeals of authors: to whom they go, which wait, and who may answer. Nothing here opens anything."""

from collections.abc import Sequence

from sqlalchemy import select

from journal import telling
from journal.dossier.access import Opened
from journal.dossier.holding import free_officers
from journal.dossier.steps import note_in_ledger
from journal.unit_of_work import UnitOfWork
from storage.rows.appeals import Appeal
from storage.rows.ledger import LedgerRow
from storage.rows.reports import Report
from workflows.appeals import APPEAL_TIME, chosen_officer, may_answer, refuse_answer, refuse_appeal
from workflows.deadlines import due_after
from workflows.machine import Refusal
from workflows.people import Capacity


def appeals_of(uow: UnitOfWork, report: Report) -> list[Appeal]:
    """Every appeal about the report, oldest first."""
    wanted = select(Appeal).where(Appeal.report_id == report.id)
    return list(uow.session.scalars(wanted.order_by(Appeal.written_at, Appeal.id)))


def waiting_appeals(uow: UnitOfWork) -> Sequence[Appeal]:
    """Every appeal that nobody has answered, the next due first."""
    return uow.session.scalars(select(Appeal).where(Appeal.answered_at.is_(None)).order_by(Appeal.due)).all()


def appeal(uow: UnitOfWork, opened: Opened, *, words: str) -> Appeal | Refusal:
    """Ask that somebody else look at the report. It goes to an officer who has not acted on the case; if there is none,
    to all, who have to appoint one.
    """
    report, person = opened.report, uow.actor.person
    waiting = [row for row in appeals_of(uow, report) if row.answered_at is None]
    for row in waiting:
        if row.written_by == person and uow.cabinet.get(report, row, "words", str) == words:
            return row
    refusal = refuse_appeal(opened.acting_as, delayed=opened.delayed, waiting=bool(waiting), words=words)
    return refusal or _file(uow, report, words=words)


def _file(uow: UnitOfWork, report: Report, *, words: str) -> Appeal:
    officers = free_officers(uow, report)
    chosen = chosen_officer([officer.id for officer in officers], _involved(uow, report))
    row = Appeal(
        id=uow.new_id("appeal"),
        report_id=report.id,
        written_by=uow.actor.person,
        written_at=uow.now,
        due=due_after(uow.now, APPEAL_TIME),
        officer_id=chosen,
    )
    uow.cabinet.put(report, row, "words", words)
    uow.session.add(row)
    note_in_ledger(uow, "appeal", report=report, capacity=Capacity.AUTHOR.value, record={"appeal": row.id})
    if chosen is None:
        telling.tell(uow, "officers/appeal_for_nobody", officers, report=report, about=row.id)
    else:
        telling.tell(uow, "officers/appeal_arrived", telling.editor_of(chosen), report=report, about=row.id)
    return row


def _involved(uow: UnitOfWork, report: Report) -> frozenset[str]:
    """The officers who have acted on the case: placed, lifted, looked again, answered."""
    acted = select(LedgerRow.actor_id).where(
        LedgerRow.report_id == report.id, LedgerRow.capacity == Capacity.OFFICER.value
    )
    return frozenset(person for person in uow.session.scalars(acted) if person)


def can_answer(uow: UnitOfWork, report: Report, row: Appeal) -> bool:
    """Whether the actor may answer the appeal."""
    free = [officer.id for officer in free_officers(uow, report)]
    return may_answer(uow.actor.person or "", named=row.officer_id, free=free, involved=_involved(uow, report))


def answer(uow: UnitOfWork, opened: Opened, row: Appeal, *, words: str) -> Refusal | None:
    """Answer the appeal, in words for the authors alone. It lifts nothing by itself."""
    report = opened.report
    may = Capacity.OFFICER in opened.acting_as and can_answer(uow, report, row)
    refusal = refuse_answer(may=may, answered=row.answered_at is not None, words=words)
    if refusal is not None:
        return refusal
    uow.cabinet.put(report, row, "answer", words)
    row.answered_at, row.answered_by = uow.now, uow.actor.person
    record = {"appeal": row.id}
    note_in_ledger(uow, "answer_appeal", report=report, capacity=Capacity.OFFICER.value, record=record)
    telling.tell(uow, "authors/appeal_answered", telling.authors_of(report), report=report, about=row.id)
    return None

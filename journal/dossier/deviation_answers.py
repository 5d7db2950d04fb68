"""What editors answer to declared deviations: beside the results, for a version that was submitted stays as it is."""

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import select

from journal.dossier.results import Results
from journal.unit_of_work import UnitOfWork
from storage.rows.outcomes import DeviationAnswer
from storage.rows.reports import Report
from workflows.deviations import with_answers


def rows_of(uow: UnitOfWork, report: Report) -> list[DeviationAnswer]:
    """All answers that were ever written, oldest first."""
    wanted = select(DeviationAnswer).where(DeviationAnswer.report_id == report.id)
    return list(uow.session.scalars(wanted.order_by(DeviationAnswer.number)))


def words(uow: UnitOfWork, report: Report, row: DeviationAnswer) -> str:
    """What an answer says; empty where it was taken back."""
    return uow.cabinet.get(report, row, "body", str)


def keep(uow: UnitOfWork, report: Report, mark: str, body: str) -> None:
    """Answer the deviation of this mark. What was answered before is kept, and stands no more."""
    row = DeviationAnswer(
        id=uow.new_id("deviation_answer"),
        report_id=report.id,
        number=len(rows_of(uow, report)) + 1,
        mark=mark,
        written_by=uow.actor.person,
        written_at=uow.now,
    )
    uow.cabinet.put(report, row, "body", body)
    uow.session.add(row)


def answered(uow: UnitOfWork, report: Report, done: Results, rows: Iterable[DeviationAnswer] | None = None) -> Results:
    """The results with what the editor answers to each deviation now; `rows` where they are loaded already."""
    newest = {row.mark: row for row in (rows_of(uow, report) if rows is None else rows)}
    needed = {each.mark for each in done.deviations} & newest.keys()
    answers = {mark: words(uow, report, newest[mark]) for mark in sorted(needed)}
    return replace(done, deviations=with_answers(done.deviations, answers))

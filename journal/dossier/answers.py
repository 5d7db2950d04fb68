"""What still waits for the authors' answer before they can send a revision."""

from journal.dossier.rounds import contents, latest_round
from journal.unit_of_work import UnitOfWork
from storage.rows.reports import Report
from storage.rows.reviewing import JudgementRow, PointRow
from workflows.reviewing import Answer, Severity


def unanswered(uow: UnitOfWork, report: Report) -> list[JudgementRow | PointRow]:
    """The judgements (not met) and points (must, should) of the newest round that the authors have not answered."""
    found = latest_round(uow, report)
    if found is None:
        return []
    inside = contents(uow, found)
    sent = {review.id for review in inside.sent}
    judgements = [
        row
        for row in inside.judgements
        if row.verdict is Answer.NOT_MET and (row.review_id is None or row.review_id in sent)
    ]
    points = [row for row in inside.points if row.severity is not Severity.NOTE and row.review_id in sent]
    waiting: list[JudgementRow | PointRow] = [row for row in judgements if row.answer is None]
    return waiting + [row for row in points if row.answer is None]

"""What the authors still answer of a round, until when, and whether the answers are as they will be."""

from datetime import datetime

from sqlalchemy import select

from journal.dossier.rounds import ANSWERS_SENT, contents, latest_round, rounds
from journal.unit_of_work import UnitOfWork
from storage.rows.ledger import LedgerRow
from storage.rows.reports import Report
from storage.rows.reviewing import JudgementRow, PointRow, Round
from workflows.reviewing import Answer, Severity
from workflows.stages import Stage

_REVISING = {Stage.REVISION: 1, Stage.STAGE_2_REVISION: 2}
_IN_REVIEW = {Stage.IN_REVIEW: 1, Stage.STAGE_2_IN_REVIEW: 2}


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


def answers_open(uow: UnitOfWork, report: Report, found: Round) -> bool:
    """Whether the authors can write answers to the round now."""
    if _REVISING.get(report.stage) == found.for_stage:
        return rounds(uow, report)[-1].id == found.id
    asked = found.answers_asked_at is not None and found.closed_at is None
    return asked and _IN_REVIEW.get(report.stage) == found.for_stage and not answers_sent(uow, report, found)


def answers_sent(uow: UnitOfWork, report: Report, found: Round) -> datetime | None:
    """When the authors said that they have answered, during the review; what revision answers comes with it."""
    wanted = select(LedgerRow).where(LedgerRow.report_id == report.id, LedgerRow.action == ANSWERS_SENT)
    rows = uow.session.scalars(wanted.order_by(LedgerRow.n))
    return next((row.at for row in rows if row.facts.get("round") == found.id), None)


def is_settled(uow: UnitOfWork, report: Report, found: Round) -> bool:
    """Whether the answers are as they will be: sent, or no longer open, or their day has passed."""
    return not answers_open(uow, report, found) or due_passed(uow, found)


def due_passed(uow: UnitOfWork, found: Round) -> bool:
    """Whether the day until which answers were asked for has passed."""
    return found.answers_due is not None and uow.now > found.answers_due

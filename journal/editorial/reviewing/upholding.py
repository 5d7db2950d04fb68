"""What the editors do with reviews: ask the authors for answers now, and uphold what stands after them."""

from datetime import timedelta

from journal import telling
from journal.dossier.access import Opened
from journal.dossier.answers import due_passed, is_settled
from journal.dossier.deciding import editors_judgements
from journal.dossier.remarks import Row, findings
from journal.dossier.rounds import contents, round_in_review, rounds
from journal.dossier.steps import note_in_ledger
from journal.unit_of_work import UnitOfWork
from storage.rows.reports import Report
from storage.rows.reviewing import JudgementRow, Round
from workflows.deadlines import ANSWER_TIME, due_after
from workflows.machine import Refusal
from workflows.people import Capacity
from workflows.reviewing import Answer, may_uphold
from workflows.stages import Stage

_DECIDING = {Stage.IN_REVIEW: 1, Stage.STAGE_2_IN_REVIEW: 2}
NOT_NOW = Refusal("not_possible", "This is not possible now. The report may have moved on: reload its page.")
NOTHING_YET = Refusal(
    "no_review", "There is nothing yet that the authors could answer. Wait for the first review, or record a judgement."
)


def deciding(opened: Opened) -> int | None:
    """The stage that the handling editor is weighing up; None for anybody else, and at any other time."""
    if Capacity.HANDLING_EDITOR not in opened.acting_as or opened.clocks_stopped:
        return None
    return _DECIDING.get(opened.report.stage)


def ask_for_answers(uow: UnitOfWork, opened: Opened, *, span: timedelta = ANSWER_TIME) -> Refusal | None:
    """Show the authors the reviews that arrived and ask for answers within `span`. Asked twice, it is asked once."""
    found = round_in_review(uow, opened.report)
    if deciding(opened) is None or found is None:
        return NOT_NOW
    if not is_something_said(uow, found):
        return NOTHING_YET
    if found.answers_asked_at is None:
        found.answers_asked_at, found.answers_due = uow.now, due_after(uow.now, span)
        _note(uow, opened.report, "ask_for_answers", {"round": found.id})
        telling.tell(uow, "authors/answers_asked", telling.authors_of(opened.report), report=opened.report)
    return None


def is_something_said(uow: UnitOfWork, found: Round) -> bool:
    """Whether the round has anything to answer: a review that arrived, or the editor's own judgement."""
    inside = contents(uow, found)
    return bool(inside.sent or editors_judgements(inside))


def uphold(uow: UnitOfWork, opened: Opened, row_id: str, *, stands: bool) -> Refusal | None:
    """Uphold a remark after the authors' answer, or take that back while nothing is proposed."""
    stage, located = deciding(opened), _located(uow, opened.report, row_id)
    if stage is None or located is None or located[0].for_stage != stage:
        return NOT_NOW
    found, row = located
    if not stands:
        row.upheld_by = row.upheld_at = None
    elif row.upheld_at is None:
        answered = row.answer is not None and is_settled(uow, opened.report, found)
        refusal = may_uphold(answered=answered, answer_due_passed=due_passed(uow, found))
        if refusal is not None:
            return refusal
        row.upheld_by, row.upheld_at = uow.actor.person, uow.now
    _note(uow, opened.report, "uphold" if stands else "uphold_not", {"remark": row.id})
    return None


def _located(uow: UnitOfWork, report: Report, row_id: str) -> tuple[Round, Row] | None:
    """A remark of the report that was sent, or is the editor's own, and asks something; with its round."""
    for found in rounds(uow, report):
        inside = contents(uow, found)
        sent = {review.id for review in inside.sent}
        here: list[Row] = [row for row in inside.judgements if row.review_id is None or row.review_id in sent]
        here += [row for row in inside.points if row.review_id in sent]
        here += [remark.row for remark in findings(uow, report, found) if not remark.is_dismissed]
        row = next((each for each in here if each.id == row_id), None)
        if row is not None and not (isinstance(row, JudgementRow) and row.verdict is not Answer.NOT_MET):
            return found, row
    return None


def _note(uow: UnitOfWork, report: Report, action: str, record: dict[str, str | int | None]) -> None:
    note_in_ledger(uow, action, report=report, capacity=Capacity.HANDLING_EDITOR.value, record=record)

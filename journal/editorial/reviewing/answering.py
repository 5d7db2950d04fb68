"""Answers of the authors to reviews, saved as typed, remark by remark: two authors in two remarks do not disturb each
other, and nobody's words are overwritten.
"""

from collections.abc import Mapping

from journal import telling
from journal.dossier.access import Opened
from journal.dossier.answers import answers_open, answers_sent
from journal.dossier.drafts import CHANGED, mark_of
from journal.dossier.remarks import (
    Remark,
    RoundSeen,
    rounds_seen,
)
from journal.dossier.rounds import ANSWERS_SENT, rounds
from journal.dossier.steps import note_in_ledger
from journal.editorial.saving import MOVED_ON
from journal.unit_of_work import UnitOfWork
from storage.rows.reviewing import Round
from workflows.machine import Refusal
from workflows.people import Capacity
from workflows.reviewing import Severity
from workflows.stages import Stage

Texts = Mapping[str, str]


def round_to_answer(uow: UnitOfWork, opened: Opened) -> Round | None:
    """The round whose remarks the authors can answer now, if any."""
    found = rounds(uow, opened.report)
    return found[-1] if found and answers_open(uow, opened.report, found[-1]) else None


def seen_to_answer(uow: UnitOfWork, opened: Opened, found: Round) -> RoundSeen | None:
    """The round as the authors see it."""
    return next((seen for seen in rounds_seen(uow, opened) if seen.round.id == found.id), None)


def to_answer(seen: RoundSeen) -> list[Remark]:
    """The remarks that can be answered: judgements that are not met, points and findings, notes among them."""
    said = [remark for review in seen.reviews for remark in review.remarks if remark.asks or _is_note(remark)]
    return said + seen.findings


def _is_note(remark: Remark) -> bool:
    return getattr(remark.row, "severity", None) is Severity.NOTE


def marks_of(texts: Texts) -> str:
    """The mark of a set of answers, made of one mark for each: `row:mark` joined by commas."""
    return ",".join(f"{row_id}:{mark_of(text)}" for row_id, text in texts.items())


def _parts(version: str) -> dict[str, str]:
    return dict(part.split(":", 1) for part in version.split(",") if ":" in part)


def save(uow: UnitOfWork, opened: Opened, typed: Texts, *, was: str) -> str | Refusal:
    """Keep the answers that differ from what this page began with, and return the mark of what the page has now."""
    found = round_to_answer(uow, opened)
    seen = seen_to_answer(uow, opened, found) if found else None
    if seen is None or Capacity.AUTHOR not in opened.acting_as:
        return MOVED_ON
    began = _parts(was)
    for remark in to_answer(seen):
        text = typed.get(remark.row.id, remark.answer)
        if text == remark.answer or mark_of(text) == began.get(remark.row.id):
            continue
        if mark_of(remark.answer) != began.get(remark.row.id):
            return CHANGED
        _keep(uow, opened, remark, text)
    return marks_of(typed)


def _keep(uow: UnitOfWork, opened: Opened, remark: Remark, text: str) -> None:
    if text.strip():
        uow.cabinet.put(opened.report, remark.row, "answer", text)
        remark.row.answered_at = uow.now
    else:
        remark.row.answer = remark.row.answered_at = None


def waiting(seen: RoundSeen) -> int:
    """How many remarks ask for an answer and have none."""
    return sum(remark.asks and not remark.answer.strip() for remark in to_answer(seen))


def send(uow: UnitOfWork, opened: Opened) -> Refusal | None:
    """Tell the handling editor that the answers asked for are complete. In a revision they go with the revision."""
    newest = rounds(uow, opened.report)
    if newest and answers_sent(uow, opened.report, newest[-1]):
        return None
    found = round_to_answer(uow, opened)
    seen = seen_to_answer(uow, opened, found) if found else None
    if found is None or seen is None or opened.report.stage in (Stage.REVISION, Stage.STAGE_2_REVISION):
        return MOVED_ON
    left = waiting(seen)
    if left:
        words = f"{left} still without an answer. Answer each, if only to say why nothing changes."
        return Refusal("answers_missing", words)
    report = opened.report
    note_in_ledger(uow, ANSWERS_SENT, report=report, capacity=Capacity.AUTHOR.value, record={"round": found.id})
    editor = telling.editor_of(report.handling_editor_id)
    telling.tell(uow, "handling_editor/answers_arrived", editor, report=report)
    return None

"""Writing a review: saved as it is typed, sent once, then judgements and points that nobody changes."""

from sqlalchemy import select

from journal import telling
from journal.dossier.drafts import CHANGED, mark_of
from journal.dossier.rounds import ReviewDraft
from journal.dossier.steps import note_in_ledger
from journal.editorial.reviewing.seats import Seat
from journal.editorial.saving import MOVED_ON
from journal.telling import Recipient, Recipients
from storage.rows.reviewing import JudgementRow, PointRow, Review
from workflows.machine import Refusal
from workflows.people import Capacity
from workflows.reviewing import Judgement, Point, review_refusals

CLOSED = Refusal("round_closed", "The editors take no reviews of this now. What you wrote is kept.")


def save(seat: Seat, draft: ReviewDraft, *, was: str) -> str | Refusal:
    """Keep what was typed and return its new mark. `was` is the mark of the draft that the writer started from."""
    current = seat.draft
    if draft == current:
        return mark_of(current)
    if seat.sent or not seat.accepted:
        return MOVED_ON
    if mark_of(current) != was:
        return CHANGED
    _keep(seat, draft)
    return mark_of(draft)


def _keep(seat: Seat, draft: ReviewDraft) -> Review:
    row = _kept(seat) or Review(
        id=seat.uow.new_id("review"),
        report_id=seat.report.id,
        round_id=seat.round.id,
        invitation_id=seat.invitation.id,
    )
    seat.uow.cabinet.put(seat.report, row, "draft", draft)
    row.saved_at = seat.uow.now
    seat.uow.session.add(row)
    return row


def _kept(seat: Seat) -> Review | None:
    """The review as this request may just have begun it: a review can be written and sent in one press."""
    return seat.review or seat.uow.session.scalar(select(Review).where(Review.invitation_id == seat.invitation.id))


def what_is_missing(stage: int, draft: ReviewDraft) -> list[Refusal]:
    """What a review lacks before it can be sent."""
    found = list(review_refusals(stage, draft.judgements, draft.points))
    if not draft.disclosure.strip():
        words = "Say whether you used AI tools, and for what. “None” will do."
        found.append(Refusal("disclosure_missing", words, "disclosure"))
    return found


def send(seat: Seat, draft: ReviewDraft, *, was: str) -> str | list[Refusal]:
    """Send the review: its mark, or what is in the way. Sent twice, it is sent once."""
    if seat.sent:
        return mark_of(seat.draft)
    saved = save(seat, draft, was=was)
    if isinstance(saved, Refusal):
        return [saved]
    if not seat.open or seat.paused:
        return [CLOSED]
    missing = what_is_missing(seat.stage, draft)
    if missing:
        return missing
    _send(seat, draft)
    return saved


def _send(seat: Seat, draft: ReviewDraft) -> None:
    uow, report, review = seat.uow, seat.report, _keep(seat, draft)
    for judgement in draft.judgements:
        uow.session.add(_judgement(seat, review, judgement))
    for position, point in enumerate(draft.points):
        uow.session.add(_point(seat, review, point, position))
    if draft.confidential.strip():
        uow.cabinet.put(report, review, "confidential", draft.confidential)
    review.submitted_at = uow.now
    note_in_ledger(uow, "send_review", report=report, capacity=Capacity.REVIEWER.value, record={"review": review.id})
    reviewer = Recipient(Recipients.INVITATION, seat.invitation.id)
    telling.tell(uow, "reviewers/thanks", [reviewer], report=report)
    editor = telling.editor_of(report.handling_editor_id)
    telling.tell(uow, "handling_editor/review_arrived", editor, report=report, about=review.id)


def _judgement(seat: Seat, review: Review, judgement: Judgement) -> JudgementRow:
    if judgement.answer is None:
        raise ValueError("an unanswered judgement is refused before this")
    row = JudgementRow(
        id=seat.uow.new_id("judgement"),
        report_id=seat.report.id,
        round_id=seat.round.id,
        review_id=review.id,
        criterion=judgement.criterion,
        verdict=judgement.answer,
    )
    seat.uow.cabinet.put(seat.report, row, "reason", judgement.reason)
    return row


def _point(seat: Seat, review: Review, point: Point, position: int) -> PointRow:
    if point.criterion is None or point.severity is None:
        raise ValueError("an incomplete point is refused before this")
    row = PointRow(
        id=seat.uow.new_id("point"),
        report_id=seat.report.id,
        round_id=seat.round.id,
        review_id=review.id,
        position=position,
        criterion=point.criterion,
        severity=point.severity,
    )
    seat.uow.cabinet.put(seat.report, row, "body", point)
    return row

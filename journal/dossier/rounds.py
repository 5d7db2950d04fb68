"""The rounds of review of a report: invitations, reviews, what they say, and what of it stands."""

from dataclasses import dataclass, field

from sqlalchemy import select

from journal.dossier import protocols, results
from journal.unit_of_work import UnitOfWork
from storage.rows.reports import Report
from storage.rows.reviewing import Invitation, JudgementRow, PointRow, Review, Round
from workflows.reviewing import Judgement, Point
from workflows.stages import Stage

# At stage 1 nobody reads what its editor has not screened; at stage 2 the reviewers of stage 1 are asked before.
_REVIEWED_STAGE = {
    Stage.IN_REVIEW: 1,
    Stage.STAGE_2_SUBMITTED: 2,
    Stage.STAGE_2_IN_REVIEW: 2,
}

ANSWERS_SENT = "send_answers"
"""What the ledger calls it when authors, asked for answers during a review, say that they gave them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDraft:
    """Everything a reviewer has typed. `confidential` is for the editors only, `disclosure` says how AI was used."""

    judgements: tuple[Judgement, ...] = ()
    points: tuple[Point, ...] = ()
    confidential: str = ""
    disclosure: str = ""
    signed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundContents:
    """One round with everything in it."""

    round: Round
    invitations: list[Invitation] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    judgements: list[JudgementRow] = field(default_factory=list)
    points: list[PointRow] = field(default_factory=list)

    @property
    def sent(self) -> list[Review]:
        """The reviews that have arrived."""
        return [review for review in self.reviews if review.submitted_at is not None]


def rounds(uow: UnitOfWork, report: Report) -> list[Round]:
    """All rounds, oldest first."""
    wanted = select(Round).where(Round.report_id == report.id)
    return list(uow.session.scalars(wanted.order_by(Round.for_stage, Round.number)))


def current_round(uow: UnitOfWork, report: Report) -> Round | None:
    """The round that is open, if one is."""
    return next((found for found in reversed(rounds(uow, report)) if found.closed_at is None), None)


def latest_round(uow: UnitOfWork, report: Report) -> Round | None:
    """The newest round, open or closed."""
    found = rounds(uow, report)
    return found[-1] if found else None


def contents(uow: UnitOfWork, found: Round) -> RoundContents:
    """Everything in the round, invitations in the order they were sent."""
    session = uow.session
    return RoundContents(
        round=found,
        invitations=list(
            session.scalars(select(Invitation).where(Invitation.round_id == found.id).order_by(Invitation.invited_at))
        ),
        reviews=list(session.scalars(select(Review).where(Review.round_id == found.id).order_by(Review.saved_at))),
        judgements=list(
            session.scalars(
                select(JudgementRow).where(JudgementRow.round_id == found.id).order_by(JudgementRow.criterion)
            )
        ),
        points=list(
            session.scalars(
                select(PointRow).where(PointRow.round_id == found.id).order_by(PointRow.review_id, PointRow.position)
            )
        ),
    )


def open_round(uow: UnitOfWork, report: Report, *, for_stage: int, version_number: int) -> Round:
    """Close the round before, if one is open, and open the next for a version of protocol (1) or results (2)."""
    earlier = [found for found in rounds(uow, report) if found.for_stage == for_stage]
    for found in rounds(uow, report):
        if found.closed_at is None:
            found.closed_at = uow.now
    opened = Round(
        id=uow.new_id("round"),
        report_id=report.id,
        for_stage=for_stage,
        number=len(earlier) + 1,
        version_number=version_number,
        opened_at=uow.now,
    )
    uow.session.add(opened)
    return opened


def stage_in_review(report: Report) -> int | None:
    """Which stage, 1 or 2, reviewers may be invited to and review now; None while nobody can."""
    wanted = _REVIEWED_STAGE.get(report.stage)
    return None if wanted and report.handling_editor_id is None else wanted


def round_in_review(uow: UnitOfWork, report: Report) -> Round | None:
    """The open round of what is under review now, if inviting has opened one."""
    for_stage, found = stage_in_review(report), current_round(uow, report)
    if for_stage is None or found is None or found.for_stage != for_stage:
        return None
    return found if found.version_number == _version_in_review(uow, report, for_stage) else None


def round_for_inviting(uow: UnitOfWork, report: Report) -> Round | None:
    """The open round of what is under review now, opened if need be; None while nobody can be invited."""
    for_stage = stage_in_review(report)
    found = round_in_review(uow, report)
    if for_stage is None or found is not None:
        return found
    number = _version_in_review(uow, report, for_stage)
    return open_round(uow, report, for_stage=for_stage, version_number=number) if number else None


def _version_in_review(uow: UnitOfWork, report: Report, for_stage: int) -> int | None:
    submitted = (protocols if for_stage == 1 else results).latest_submitted(uow, report)
    return submitted.number if submitted else None

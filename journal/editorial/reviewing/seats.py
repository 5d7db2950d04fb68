"""A reviewer's seat: the invitation, the report and the round it is for, whether by a link or by an account."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import select

from journal.dossier.access import Opened, view
from journal.dossier.rounds import ReviewDraft, stage_in_review
from journal.links import Purpose, find_link
from journal.unit_of_work import UnitOfWork
from storage.rows.reports import Report
from storage.rows.reviewing import Invitation, Review, Round
from workflows.people import Actor, Capacity
from workflows.stages import ENDED


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One invitation with everything around it. `uow` acts as the reviewer."""

    uow: UnitOfWork
    opened: Opened
    invitation: Invitation
    round: Round
    review: Review | None

    @property
    def report(self) -> Report:
        """The report to review."""
        return self.opened.report

    @property
    def stage(self) -> int:
        """The stage under review, 1 or 2."""
        return self.round.for_stage

    @property
    def accepted(self) -> bool:
        """Whether the invitation was accepted and not given back."""
        return self.invitation.accepted_at is not None and self.invitation.declined_at is None

    @property
    def sent(self) -> bool:
        """Whether the review was sent."""
        return self.review is not None and self.review.submitted_at is not None

    @property
    def paused(self) -> bool:
        """Whether the report is delayed in a way that asks nothing of anybody now."""
        return self.opened.clocks_stopped

    @property
    def open(self) -> bool:
        """Whether the round still takes answers and reviews."""
        return self.round.closed_at is None and stage_in_review(self.report) == self.stage

    @property
    def draft(self) -> ReviewDraft:
        """What was typed so far."""
        if self.review is None:
            return ReviewDraft()
        return self.uow.cabinet.get(self.report, self.review, "draft", ReviewDraft)


def seat_by_link(
    uow: UnitOfWork, token: str, *, noting: Callable[[Opened, str], None] = lambda _, __: None
) -> Seat | None:
    """The seat that a link opens; None when it opens nothing (any more), for whatever reason.

    `noting` is told of the report that was opened, and by which invitation.
    """
    link = find_link(uow, Purpose.REVIEW, token)
    invitation = uow.session.get(Invitation, link.subject_id) if link else None
    if invitation is None or invitation.cancelled_at is not None:
        return None
    seat = _seat(uow, invitation, Actor(person=invitation.id))
    if seat.report.stage in ENDED and not (seat.sent or seat.accepted):
        return None
    noting(seat.opened, invitation.id)
    return seat


def seat_of(uow: UnitOfWork, opened: Opened) -> Seat | None:
    """The seat of whoever is signed in, by their newest accepted invitation to the report."""
    if Capacity.REVIEWER not in opened.acting_as:
        return None
    wanted = select(Invitation).where(
        Invitation.report_id == opened.report.id,
        Invitation.person_id == uow.actor.person,
        Invitation.accepted_at.is_not(None),
        Invitation.cancelled_at.is_(None),
    )
    found = uow.session.scalars(wanted.order_by(Invitation.invited_at)).all()
    return _seat(uow, found[-1], uow.actor) if found else None


def _seat(uow: UnitOfWork, invitation: Invitation, actor: Actor) -> Seat:
    acting = uow.acting_as(actor)
    report = uow.session.get_one(Report, invitation.report_id)
    review = uow.session.scalar(select(Review).where(Review.invitation_id == invitation.id))
    return Seat(
        uow=acting,
        opened=view(acting, report, actor),
        invitation=invitation,
        round=uow.session.get_one(Round, invitation.round_id),
        review=review,
    )

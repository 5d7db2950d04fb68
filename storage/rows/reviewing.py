"""Rounds of review, invitations, reviews, and what they consist of: judgements and points."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Row, Versioned
from storage.rows.columns import Answered, Id, PersonId, ReportId, Sealed, Short, refers_to
from workflows.reviewing import Answer, Criterion, Severity


class Round(Versioned, Row):
    """One round of review of one stage. Its state follows from its dates."""

    __tablename__ = "round"
    __table_args__ = (
        UniqueConstraint("report_id", "for_stage", "number", name="uq_round_number"),
        CheckConstraint("for_stage IN (1, 2)", name="stage_is_1_or_2"),
    )

    id: Mapped[Id]
    report_id: Mapped[ReportId]
    for_stage: Mapped[int]
    number: Mapped[int]
    version_number: Mapped[int]
    opened_at: Mapped[datetime]
    answers_asked_at: Mapped[datetime | None]
    answers_due: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]


class Invitation(Versioned, Row):
    """Somebody asked to review, by address alone. Its state follows from its dates; a person is known only if the
    address belongs to an account.
    """

    __tablename__ = "invitation"
    __table_args__ = (UniqueConstraint("round_id", "email", name="uq_invitation_email"),)

    id: Mapped[Id]
    report_id: Mapped[ReportId]
    round_id: Mapped[str] = mapped_column(String(26), refers_to("round.id"), index=True)
    email: Mapped[str] = mapped_column(String(320), index=True)
    name: Mapped[Short] = mapped_column(default="")
    person_id: Mapped[PersonId | None]
    invited_by: Mapped[PersonId]
    invited_at: Mapped[datetime]
    review_due: Mapped[datetime]
    agreed_confidence_at: Mapped[datetime | None]
    accepted_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    decline_reason: Mapped[Sealed | None]
    cancelled_at: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]


class Review(Versioned, Row):
    """A review: everything typed is kept in `draft` until it is sent and becomes judgements and points."""

    __tablename__ = "review"

    id: Mapped[Id]
    report_id: Mapped[ReportId]
    round_id: Mapped[str] = mapped_column(String(26), refers_to("round.id"), index=True)
    invitation_id: Mapped[str] = mapped_column(String(26), refers_to("invitation.id"), unique=True)
    draft: Mapped[Sealed]
    confidential: Mapped[Sealed | None]
    saved_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]

    judgements: Mapped[list["JudgementRow"]] = relationship(order_by="JudgementRow.criterion", lazy="selectin")
    points: Mapped[list["PointRow"]] = relationship(order_by="PointRow.position", lazy="selectin")


class JudgementRow(Answered, Row):
    """A reviewer's, or with no review an editor's, answer to one criterion."""

    __tablename__ = "judgement"

    id: Mapped[Id]
    report_id: Mapped[ReportId]
    round_id: Mapped[str] = mapped_column(String(26), refers_to("round.id"), index=True)
    review_id: Mapped[str | None] = mapped_column(String(26), refers_to("review.id"), index=True)
    criterion: Mapped[Criterion]
    verdict: Mapped[Answer]
    reason: Mapped[Sealed]
    given_by: Mapped[PersonId | None]


class PointRow(Answered, Row):
    """A point of a review. `body` is the sealed `workflows.reviewing.Point`."""

    __tablename__ = "point"

    id: Mapped[Id]
    report_id: Mapped[ReportId]
    round_id: Mapped[str] = mapped_column(String(26), refers_to("round.id"), index=True)
    review_id: Mapped[str] = mapped_column(String(26), refers_to("review.id"), index=True)
    position: Mapped[int]
    criterion: Mapped[Criterion]
    severity: Mapped[Severity]
    body: Mapped[Sealed]

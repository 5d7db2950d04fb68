"""Amendments of an accepted protocol, and what reviewers who were asked think of them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Row, Versioned
from storage.rows.columns import Id, PersonId, ReportId, Sealed, refers_to, two_people
from workflows.amendments import Decided, Standing


class AmendmentRow(Versioned, Row):
    """One amendment of the version `base_number`. `body` is the sealed `workflows.amendments.Amendment`, `answer` the
    handling editor's sealed words, `adds` says that it was begun to add a study.

    While it is written and asked for, the open draft of the protocol is what it would make. An approved one names the
    version it made; a second person approved it, whatever the code believes.
    """

    __tablename__ = "amendment"
    __table_args__ = (
        UniqueConstraint("report_id", "number", name="uq_amendment_number"),
        two_people("proposed_by", "decided_by", "two_approve"),
        CheckConstraint("proposed_at IS NULL OR asked_at IS NOT NULL", name="asked_before_proposed"),
        CheckConstraint("(proposed_by IS NULL) = (proposed_at IS NULL)", name="proposed_by_somebody"),
        CheckConstraint("(decided IS NULL) = (decided_at IS NULL)", name="decided_somehow"),
        CheckConstraint(
            "decided IS NULL OR decided <> 'approved'"
            " OR (proposed_by IS NOT NULL AND decided_by IS NOT NULL AND made_number IS NOT NULL)",
            name="nobody_approves_alone",
        ),
    )

    id: Mapped[Id]
    report_id: Mapped[ReportId]
    number: Mapped[int]
    base_number: Mapped[int]
    adds: Mapped[bool] = mapped_column(default=False)
    body: Mapped[Sealed]
    answer: Mapped[Sealed | None]
    begun_by: Mapped[PersonId | None]
    begun_at: Mapped[datetime]
    saved_at: Mapped[datetime]
    asked_at: Mapped[datetime | None]
    proposed_by: Mapped[PersonId | None]
    proposed_at: Mapped[datetime | None]
    decided: Mapped[Decided | None]
    decided_by: Mapped[PersonId | None]
    decided_at: Mapped[datetime | None]
    made_number: Mapped[int | None]

    @property
    def standing(self) -> Standing | None:
        """Where it stands; None once it has ended."""
        if self.decided is not None:
            return None
        if self.proposed_at is not None:
            return Standing.PROPOSED
        return Standing.ASKED if self.asked_at is not None else Standing.WRITTEN


class OpinionRow(Versioned, Row):
    """A reviewer of stage 1 who was asked about an amendment, and their sealed opinion once it came."""

    __tablename__ = "amendment_opinion"
    __table_args__ = (UniqueConstraint("amendment_id", "invitation_id", name="uq_amendment_opinion_invitation"),)

    id: Mapped[Id]
    amendment_id: Mapped[str] = mapped_column(String(26), refers_to("amendment.id"), index=True)
    invitation_id: Mapped[str] = mapped_column(String(26), refers_to("invitation.id"), index=True)
    asked_at: Mapped[datetime]
    words: Mapped[Sealed | None]
    given_at: Mapped[datetime | None]

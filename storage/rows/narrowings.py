"""Narrower articles: what they are made from, and the officers who approved exactly that."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Row, Versioned
from storage.rows.columns import Digest, Id, PersonId, ReportId, Sealed, refers_to, two_people


class NarrowingRow(Versioned, Row):
    """One narrower article. `body` is the sealed `workflows.narrowing.Narrowing`; a draft until it is offered.

    `digest` is over everything the officers were shown. Approved by `approved_by` and `seconded_by`, two different
    people, of just that; the database holds this, whatever the code believes.
    """

    __tablename__ = "narrowing"
    __table_args__ = (
        UniqueConstraint("report_id", "number", name="uq_narrowing_number"),
        two_people("approved_by", "seconded_by", "two_approve"),
        CheckConstraint(
            "approved_at IS NULL OR (digest IS NOT NULL AND approved_by IS NOT NULL AND seconded_by IS NOT NULL)",
            name="nobody_approves_alone",
        ),
    )

    id: Mapped[Id]
    report_id: Mapped[ReportId]
    number: Mapped[int]
    body: Mapped[Sealed]
    saved_at: Mapped[datetime]
    offered_at: Mapped[datetime | None]
    digest: Mapped[Digest | None]
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[PersonId | None]
    seconded_by: Mapped[PersonId | None]

    approvals: Mapped[list["NarrowingApproval"]] = relationship(order_by="NarrowingApproval.at", lazy="selectin")


class NarrowingApproval(Row):
    """One officer's agreement to what has this digest; nobody agrees twice.

    `reauthenticated_at`: when they showed their second factor.
    """

    __tablename__ = "narrowing_approval"
    __table_args__ = (
        UniqueConstraint("narrowing_id", "by", name="uq_narrowing_approval_by"),
        CheckConstraint('reauthenticated_at <= "at"', name="shown_before"),
    )

    id: Mapped[Id]
    narrowing_id: Mapped[str] = mapped_column(String(26), refers_to("narrowing.id"), index=True)
    by: Mapped[PersonId]
    at: Mapped[datetime]
    reauthenticated_at: Mapped[datetime]
    digest: Mapped[Digest]

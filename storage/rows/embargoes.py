"""Which authors agreed that their embargo ends early."""

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Row
from storage.rows.columns import Id, refers_to


class EmbargoAgreement(Row):
    """One author, asked to agree, and when they did. `author_id` is their row of the report, which may be gone."""

    __tablename__ = "embargo_agreement"
    __table_args__ = (UniqueConstraint("hold_id", "author_id", name="uq_embargo_agreement_author"),)

    id: Mapped[Id]
    hold_id: Mapped[str] = mapped_column(String(26), refers_to("hold.id"), index=True)
    author_id: Mapped[str] = mapped_column(String(26), index=True)
    asked_at: Mapped[datetime]
    agreed_at: Mapped[datetime | None]

"""Decisions: proposed by the handling editor, confirmed or sent back by the second."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Row, Versioned
from storage.rows.columns import Id, PersonId, ReportId, Sealed, refers_to, two_people


class DecisionKind(StrEnum):
    """What is decided."""

    REVISION = "revision"
    REJECTION = "rejection"
    IPA = "ipa"
    ACCEPTANCE = "acceptance"

    @property
    def words(self) -> str:
        """The decision as people say it."""
        return {
            DecisionKind.REVISION: "revise",
            DecisionKind.REJECTION: "reject",
            DecisionKind.IPA: "accept in principle",
            DecisionKind.ACCEPTANCE: "accept",
        }[self]


class Decision(Versioned, Row):
    """One proposal and what became of it. `body` is sealed: the letter, and at IPA the conditions, one text each."""

    __tablename__ = "decision"
    __table_args__ = (two_people("proposed_by", "confirmed_by", "two_people"),)

    id: Mapped[Id]
    report_id: Mapped[ReportId]
    round_id: Mapped[str] = mapped_column(String(26), refers_to("round.id"), index=True)
    for_stage: Mapped[int]
    kind: Mapped[DecisionKind]
    body: Mapped[Sealed]
    stage_2_due: Mapped[datetime | None]
    proposed_by: Mapped[PersonId]
    proposed_at: Mapped[datetime]
    confirmed_by: Mapped[PersonId | None]
    confirmed_at: Mapped[datetime | None]
    sent_back_at: Mapped[datetime | None]

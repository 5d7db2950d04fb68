"""Letters of the calendar about seats in a round of review: to the reviewer, or to the editor who waits."""

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Row
from storage.rows.columns import Id, ReportId, refers_to
from workflows.chasing import Chase


class ChaseRow(Row):
    """A letter asked for about a review that was due at `due`; each is asked for once, and those about one that is late
    are numbered from 1. When a hold that stopped the clocks moves the day, what was sent about it moves along.
    """

    __tablename__ = "chase"
    __table_args__ = (UniqueConstraint("invitation_id", "due", "kind", "number", name="uq_chase_once"),)

    id: Mapped[Id]
    report_id: Mapped[ReportId]
    invitation_id: Mapped[str] = mapped_column(String(26), refers_to("invitation.id"), index=True)
    kind: Mapped[Chase]
    number: Mapped[int]
    due: Mapped[datetime]
    asked_at: Mapped[datetime]

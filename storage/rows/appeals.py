"""Appeals: authors ask that somebody else look at their report, and an officer answers."""

from datetime import datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped

from storage.database import Row, Versioned
from storage.rows.columns import Id, PersonId, ReportId, Sealed


class Appeal(Versioned, Row):
    """One appeal, to `officer_id`, or to nobody yet when none was uninvolved. `words` and `answer` are sealed."""

    __tablename__ = "appeal"
    __table_args__ = (
        CheckConstraint(
            "answered_at IS NULL OR (answer IS NOT NULL AND answered_by IS NOT NULL AND answered_by <> written_by)",
            name="somebody_else_answers",
        ),
    )

    id: Mapped[Id]
    report_id: Mapped[ReportId]
    written_by: Mapped[PersonId]
    written_at: Mapped[datetime]
    words: Mapped[Sealed]
    due: Mapped[datetime]
    officer_id: Mapped[PersonId | None]
    answer: Mapped[Sealed | None]
    answered_by: Mapped[PersonId | None]
    answered_at: Mapped[datetime | None]

"""Who has read what is withheld, and readings in an emergency."""

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Row, Versioned
from storage.rows.columns import Id, PersonId, ReportId, Sealed, two_people


class Reading(Row):
    """Somebody opened a page or file of a report that was withheld: one row for each person, page and hour.

    `reader` is a person, or the invitation of a reviewer without an account. `page` is the name of the page in the
    code, `hour` the beginning of the hour (UTC), `read_as` what the reader was to the report: a capacity, or
    `emergency`.
    """

    __tablename__ = "reading"
    __table_args__ = (UniqueConstraint("report_id", "reader", "page", "hour", name="uq_reading_hour"),)

    id: Mapped[Id]
    report_id: Mapped[ReportId]
    reader: Mapped[str] = mapped_column(String(26))
    read_as: Mapped[str] = mapped_column(String(40))
    page: Mapped[str] = mapped_column(String(80))
    hour: Mapped[datetime]


class EmergencyReading(Versioned, Row):
    """Somebody who may not open a withheld report opened it, for hours and to read alone. `reason` and `answer` are
    sealed. Until when follows from `opened_at`. Another officer looks at it afterwards: never who opened it.
    """

    __tablename__ = "emergency_reading"
    __table_args__ = (two_people("opened_by", "reviewed_by", "two_people"),)

    id: Mapped[Id]
    report_id: Mapped[ReportId]
    opened_by: Mapped[PersonId]
    opened_at: Mapped[datetime]
    reason: Mapped[Sealed]
    reviewed_by: Mapped[PersonId | None]
    reviewed_at: Mapped[datetime | None]
    answer: Mapped[Sealed | None]

"""Contacts with authors whose results are awaited: letters of the calendar, and what people recorded."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Row, Versioned
from storage.rows.columns import Id, PersonId, ReportId, Sealed
from workflows.contacts import Reminder, Way


class ReminderRow(Versioned, Row):
    """A letter asked for about results that were due at `due`. `sent_at` is when the first author was written to.

    Each is asked for once: `number` counts those about overdue results. When a hold that stopped the clocks moves the
    day, what was sent about it moves along.
    """

    __tablename__ = "reminder"
    __table_args__ = (
        UniqueConstraint("report_id", "due", "kind", "number", name="uq_reminder_once"),
        CheckConstraint("(number > 0) = (kind = 'overdue')", name="numbered_when_overdue"),
    )

    id: Mapped[Id]
    report_id: Mapped[ReportId]
    kind: Mapped[Reminder]
    number: Mapped[int] = mapped_column(default=0)
    due: Mapped[datetime]
    asked_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]


class Contact(Row):
    """The authors were called, met or written to by an editor, or wrote themselves (`way`). Never changed.

    `reached`: they answered. `words` is sealed: an editor's note, or what the authors say to the editor, who perhaps
    ask for more time, until `wanted_until`.
    """

    __tablename__ = "contact"
    __table_args__ = (
        CheckConstraint("made_at <= recorded_at", name="recorded_after_it_was_made"),
        CheckConstraint("way <> 'authors' OR reached", name="who_writes_answers"),
        CheckConstraint("wanted_until IS NULL OR way = 'authors'", name="authors_ask_for_time"),
    )

    id: Mapped[Id]
    report_id: Mapped[ReportId]
    way: Mapped[Way]
    made_at: Mapped[datetime]
    recorded_by: Mapped[PersonId]
    recorded_at: Mapped[datetime]
    reached: Mapped[bool]
    wanted_until: Mapped[date | None]
    words: Mapped[Sealed]

"""Jobs that are to run, written in the transaction of the change that they follow."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Row, Versioned
from storage.rows.columns import Id

_OPEN = text("done_at IS NULL AND dead_at IS NULL")
_KEYED = text("key IS NOT NULL AND done_at IS NULL AND dead_at IS NULL")


class Queue(StrEnum):
    """Which worker runs a job. Releases hold the keys, so no other job runs where they do."""

    PAPERS = "papers"
    RELEASES = "releases"
    MAIL = "mail"


class OutboxRow(Versioned, Row):
    """One job: waiting, leased to a worker until an instant, done, or dead after too many attempts.

    `arguments` are opaque ids and codes, for RQ shows them to whoever can read its server. A job with a `key` stands
    for every identical one that is asked for while it waits; it gives the key up when it is leased.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        CheckConstraint("done_at IS NULL OR dead_at IS NULL", name="done_or_dead"),
        CheckConstraint("leased_until IS NULL OR (done_at IS NULL AND dead_at IS NULL)", name="only_open_is_leased"),
        CheckConstraint("attempts >= 0", name="counted_attempts"),
        Index("ix_outbox_open", "queue", "due_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_outbox_job_created", "job", "created_at"),
        Index("uq_outbox_key", "key", unique=True, sqlite_where=_KEYED, postgresql_where=_KEYED),
    )

    id: Mapped[Id]
    job: Mapped[str] = mapped_column(String(60))
    arguments: Mapped[dict[str, Any]]
    queue: Mapped[Queue]
    key: Mapped[str | None] = mapped_column(String(200))
    report_id: Mapped[str | None] = mapped_column(String(26), index=True)
    created_at: Mapped[datetime]
    due_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    leased_until: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    dead_at: Mapped[datetime | None]
    last_error: Mapped[str] = mapped_column(String(200), default="")

"""Comparisons of a frozen protocol's text with the manuscript that reports it, made by the worker."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Row, Versioned
from storage.rows.columns import Digest, Id, ReportId, Sealed


class Progress(StrEnum):
    """How far a comparison is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class TextComparison(Versioned, Row):
    """One comparison for each pair of texts. `promised_digest` stands for the protocol's side, `reported_digest` for
    the manuscript with what its authors declare beside it. `body` is sealed: what it brought up, or why it failed.
    """

    __tablename__ = "text_comparison"
    __table_args__ = (
        UniqueConstraint("report_id", "promised_digest", "reported_digest", name="uq_text_comparison_pair"),
        CheckConstraint(
            "(progress IN ('done', 'failed')) = (ended_at IS NOT NULL AND body IS NOT NULL)", name="ended_with_words"
        ),
        CheckConstraint("attempts >= 0", name="counted_attempts"),
    )

    id: Mapped[Id]
    report_id: Mapped[ReportId]
    promised_digest: Mapped[Digest]
    reported_digest: Mapped[Digest]
    progress: Mapped[Progress]
    attempts: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    body: Mapped[Sealed | None]

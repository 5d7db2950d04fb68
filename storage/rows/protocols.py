"""Versions of a protocol: a draft that is saved as it is typed, then submitted, one of them frozen."""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped

from storage.database import Row, Versioned
from storage.rows.columns import Digest, Id, ReportId, Sealed


class ProtocolVersion(Versioned, Row):
    """One version of a report's protocol. `body` is the sealed `workflows.protocol.Protocol`; `answers` the sealed
    hazard answers that go with it. Once submitted it never changes.
    """

    __tablename__ = "protocol_version"
    __table_args__ = (
        UniqueConstraint("report_id", "number", name="uq_protocol_version_number"),
        CheckConstraint(
            "frozen_at IS NULL OR (submitted_at IS NOT NULL AND digest IS NOT NULL)", name="frozen_is_digested"
        ),
    )

    id: Mapped[Id]
    report_id: Mapped[ReportId]
    number: Mapped[int]
    body: Mapped[Sealed]
    hazard: Mapped[Sealed | None]
    saved_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    frozen_at: Mapped[datetime | None]
    digest: Mapped[Digest | None]

"""What guards releases: releases that were stopped, words that occur twice, copies, takedowns, restored backups."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Row, Versioned
from storage.rows.columns import Digest, Id, PersonId, ReportId, refers_to, two_people


class ReleaseStop(Versioned, Row):
    """A release that was not made, because something private of withheld work stood in it. What it was stands nowhere.

    `sha256` is the snapshot's. It ends when a release passes.
    """

    __tablename__ = "release_stop"

    id: Mapped[Id]
    sha256: Mapped[Digest]
    places: Mapped[int]
    stopped_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class Overlap(Row):
    """Words of a withheld report that stand on a public page too. It stops nothing; the officers of the report know."""

    __tablename__ = "overlap"
    __table_args__ = (UniqueConstraint("report_id", "path", name="uq_overlap_report_path"),)

    id: Mapped[Id]
    report_id: Mapped[ReportId]
    path: Mapped[str] = mapped_column(String(200))
    noticed_at: Mapped[datetime]


class StaticCopy(Versioned, Row):
    """A folder into which a release was written as plain files, and the release that was written there last."""

    __tablename__ = "static_copy"

    id: Mapped[Id]
    folder: Mapped[str] = mapped_column(String(1000), unique=True)
    release_id: Mapped[str] = mapped_column(String(26), refers_to("release.id"), index=True)
    written_at: Mapped[datetime]


class Takedown(Versioned, Row):
    """Public work that one person took down with a hold. A second officer confirms it; silence restores nothing."""

    __tablename__ = "takedown"
    __table_args__ = (
        two_people("pressed_by", "confirmed_by", "two_people"),
        CheckConstraint("(confirmed_by IS NULL) = (confirmed_at IS NULL)", name="confirmed_by_somebody"),
    )

    id: Mapped[Id]
    report_id: Mapped[ReportId]
    hold_id: Mapped[str] = mapped_column(String(26), refers_to("hold.id"), unique=True)
    pressed_by: Mapped[str] = mapped_column(String(26))
    pressed_at: Mapped[datetime]
    confirm_by: Mapped[datetime]
    confirmed_by: Mapped[PersonId | None]
    confirmed_at: Mapped[datetime | None]
    escalated_at: Mapped[datetime | None]


class Reconciliation(Versioned, Row):
    """A database that was behind the heartbeats `heads` (digests of the ledger) and was given back the holds they know.

    Nothing is released until an officer has confirmed that the holds are complete. `missing`: reports that a hold was
    on and that the restored database does not have.
    """

    __tablename__ = "reconciliation"
    __table_args__ = (
        CheckConstraint("(confirmed_by IS NULL) = (confirmed_at IS NULL)", name="confirmed_by_somebody"),
        CheckConstraint("restored >= 0 AND missing >= 0", name="counted"),
    )

    id: Mapped[Id]
    begun_at: Mapped[datetime]
    known_until: Mapped[datetime]
    heads: Mapped[list[str]]
    restored: Mapped[int]
    missing: Mapped[int]
    confirmed_by: Mapped[PersonId | None]
    confirmed_at: Mapped[datetime | None]

"""What has become public: identities minted at first release, public objects, and releases."""

from datetime import date, datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Row, Versioned
from storage.rows.columns import Digest, Id, ReportId, Short, refers_to


class PublicIdentity(Versioned, Row):
    """What a report is called in public. Made when it is first released, from nothing that is private."""

    __tablename__ = "public_identity"

    report_id: Mapped[str] = mapped_column(String(26), refers_to("report.id"), primary_key=True)
    public_id: Mapped[str] = mapped_column(String(26), unique=True)
    doi: Mapped[Short] = mapped_column(default="")
    minted_at: Mapped[datetime]
    published_on: Mapped[date | None]
    first_public_at: Mapped[datetime | None]


class PublicObject(Row):
    """One object of a report in the public store, by its random key. It goes when the report is taken down."""

    __tablename__ = "public_object"
    __table_args__ = (UniqueConstraint("report_id", "kind", "name", "sha256", name="uq_public_object_content"),)

    id: Mapped[Id]
    report_id: Mapped[ReportId]
    kind: Mapped[Short]
    key: Mapped[str] = mapped_column(String(120), unique=True)
    name: Mapped[Short]
    media_type: Mapped[Short]
    sha256: Mapped[Digest]
    size: Mapped[int]


class Release(Versioned, Row):
    """One release: made for the instant `due_at`, sealed when its set was still right, then pointed to."""

    __tablename__ = "release"

    id: Mapped[Id]
    due_at: Mapped[datetime]
    began_at: Mapped[datetime]
    sealed_at: Mapped[datetime | None]
    pointed_at: Mapped[datetime | None]
    deleted_at: Mapped[datetime | None]
    snapshot_key: Mapped[str | None] = mapped_column(String(120))
    sha256: Mapped[Digest | None]


class ReleasedReport(Row):
    """A report whose words a release contains, so that a takedown finds every release that does. Tombstones have none.

    `typesetting_id` is the paper whose files the release names.
    """

    __tablename__ = "released_report"
    __table_args__ = (UniqueConstraint("release_id", "report_id", name="uq_released_report"),)

    id: Mapped[Id]
    release_id: Mapped[str] = mapped_column(String(26), refers_to("release.id"), index=True)
    report_id: Mapped[ReportId]
    typesetting_id: Mapped[str | None] = mapped_column(String(26), refers_to("typesetting.id"), index=True)

"""What production made of an accepted manuscript: typesetting runs and the renditions they kept in the vault."""

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Row, Versioned
from storage.rows.columns import Digest, Id, Key, ReportId, Sealed, Short, refers_to


class Typesetting(Versioned, Row):
    """One run of the typesetter over one results version. `step` of `steps` is what the report's page shows.

    A proof is asked for by a row of the outbox. The paper as published has no such row but `content`, the digest of
    everything it was made from, and is made once for that; a narrower article's has its `narrowing_id`. `trouble` are
    sealed words for the editor when no paper came of it; `remarks` the sealed sentences that whoever proofs must read.
    """

    __tablename__ = "typesetting"
    __table_args__ = (UniqueConstraint("report_id", "content", name="uq_typesetting_content"),)

    id: Mapped[Id]
    report_id: Mapped[ReportId]
    outbox_id: Mapped[str | None] = mapped_column(String(26), unique=True)
    content: Mapped[Digest | None]
    results_number: Mapped[int]
    asked_at: Mapped[datetime]
    step: Mapped[int] = mapped_column(default=0)
    steps: Mapped[int] = mapped_column(default=4)
    doing: Mapped[Short] = mapped_column(default="waiting for the press")
    finished_at: Mapped[datetime | None]
    trouble: Mapped[Sealed | None]
    remarks: Mapped[Sealed | None]
    narrowing_id: Mapped[str | None] = mapped_column(String(26))

    renditions: Mapped[list["Rendition"]] = relationship(order_by="Rendition.name", lazy="selectin")


class Rendition(Row):
    """One file of a typeset paper, in the vault: pdf, html, jats, figures, manifest."""

    __tablename__ = "rendition"

    id: Mapped[Id]
    report_id: Mapped[ReportId]
    typesetting_id: Mapped[str] = mapped_column(String(26), refers_to("typesetting.id"), index=True)
    kind: Mapped[Short]
    name: Mapped[Short]
    media_type: Mapped[Short]
    sha256: Mapped[Digest]
    size: Mapped[int]
    vault_name: Mapped[Key]

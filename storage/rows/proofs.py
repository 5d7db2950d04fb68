"""What production made of an accepted manuscript: typesetting runs and the renditions they kept in the vault."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Row, Versioned
from storage.rows.columns import Digest, Id, Key, ReportId, Sealed, Short, refers_to


class Typesetting(Versioned, Row):
    """One run of the typesetter over one results version. `step` of `steps` is what the report's page shows."""

    __tablename__ = "typesetting"

    id: Mapped[Id]
    report_id: Mapped[ReportId]
    results_number: Mapped[int]
    asked_at: Mapped[datetime]
    step: Mapped[int] = mapped_column(default=0)
    steps: Mapped[int] = mapped_column(default=4)
    doing: Mapped[Short] = mapped_column(default="waiting for the press")
    finished_at: Mapped[datetime | None]
    trouble: Mapped[Sealed | None]

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

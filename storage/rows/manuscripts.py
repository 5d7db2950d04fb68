"""Files that authors uploaded. Every one is kept in the vault from the moment it arrives."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Row
from storage.rows.columns import Digest, Id, Key, PersonId, ReportId, Short


class FileKind(StrEnum):
    """What an uploaded file is to its manuscript."""

    MANUSCRIPT = "manuscript"
    FIGURE = "figure"
    BIBLIOGRAPHY = "bibliography"


class ManuscriptFile(Row):
    """One uploaded file, by its neutral name. `version_number` is the protocol's or the results' it was submitted with;
    none while it belongs to the open draft. A replaced file is kept, with the moment it was set aside.
    `narrowing_id`: it belongs to a narrower article and to no version.
    """

    __tablename__ = "manuscript_file"
    __table_args__ = (CheckConstraint("for_stage IN (1, 2)", name="stage_is_1_or_2"),)

    id: Mapped[Id]
    report_id: Mapped[ReportId]
    for_stage: Mapped[int]
    kind: Mapped[FileKind]
    name: Mapped[Short]
    media_type: Mapped[Short]
    sha256: Mapped[Digest]
    size: Mapped[int]
    vault_name: Mapped[Key]
    uploaded_by: Mapped[PersonId | None]
    uploaded_at: Mapped[datetime]
    version_number: Mapped[int | None]
    set_aside_at: Mapped[datetime | None]
    narrowing_id: Mapped[str | None] = mapped_column(String(26))

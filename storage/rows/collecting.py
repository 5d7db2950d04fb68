"""What authors recorded of data collection: each record is kept, the newest of its kind counts."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped

from storage.database import Row
from storage.rows.columns import Id, PersonId, ReportId, Sealed
from workflows.collecting import Mark


class CollectionMark(Row):
    """A day of data collection as it was recorded at `recorded_at`, with sealed `workflows.collecting.Evidence`.

    `day` is None where an earlier record was taken back.
    """

    __tablename__ = "collection_mark"
    __table_args__ = (CheckConstraint("day IS NOT NULL OR evidence IS NULL", name="evidence_of_a_day"),)

    id: Mapped[Id]
    report_id: Mapped[ReportId]
    mark: Mapped[Mark]
    day: Mapped[date | None]
    evidence: Mapped[Sealed | None]
    recorded_by: Mapped[PersonId | None]
    recorded_at: Mapped[datetime]

"""Versions of the results: the answers to the frozen protocol's rows, saved as typed, then submitted and compared."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from storage.database import Row, Versioned
from storage.rows.columns import Answered, Digest, Id, ReportId, Sealed, Short
from workflows.conformance import Found
from workflows.reviewing import Severity


class ResultsVersion(Versioned, Row):
    """One version of a stage-2 submission. `body` is the sealed `Results` of the dossier. Fixed once submitted."""

    __tablename__ = "results_version"
    __table_args__ = (UniqueConstraint("report_id", "number", name="uq_results_version_number"),)

    id: Mapped[Id]
    report_id: Mapped[ReportId]
    number: Mapped[int]
    body: Mapped[Sealed]
    saved_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    cited_digest: Mapped[Digest | None]


class FindingRow(Answered, Row):
    """One finding of the comparison of a submitted results version with the frozen protocol."""

    __tablename__ = "finding"

    id: Mapped[Id]
    report_id: Mapped[ReportId]
    results_number: Mapped[int]
    position: Mapped[int]
    kind: Mapped[Found]
    severity: Mapped[Severity]
    place: Mapped[Short]
    body: Mapped[Sealed]

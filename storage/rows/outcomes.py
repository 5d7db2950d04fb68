"""Versions of the results: the answers to the frozen protocol's rows, saved as typed, then submitted and compared."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Row, Versioned
from storage.rows.columns import Answered, Digest, Id, PersonId, ReportId, Sealed, Short
from workflows.conformance import Found, State
from workflows.reviewing import Criterion, Severity


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
    """One finding of the comparison of a submitted results version with the frozen protocol.

    `mark` is the same for the same difference in another version. `ruling` is an editor's sealed reason for dismissing
    it; nothing else dismisses a finding.
    """

    __tablename__ = "finding"
    __table_args__ = (
        CheckConstraint(
            "state <> 'dismissed' OR (ruling IS NOT NULL AND ruled_by IS NOT NULL AND ruled_at IS NOT NULL)",
            name="dismissed_with_a_reason",
        ),
    )

    id: Mapped[Id]
    report_id: Mapped[ReportId]
    results_number: Mapped[int]
    position: Mapped[int]
    kind: Mapped[Found]
    severity: Mapped[Severity]
    place: Mapped[Short]
    criterion: Mapped[Criterion]
    mark: Mapped[str] = mapped_column(String(32))
    state: Mapped[State]
    body: Mapped[Sealed]
    ruling: Mapped[Sealed | None]
    ruled_by: Mapped[PersonId | None]
    ruled_at: Mapped[datetime | None]


class DeviationAnswer(Row):
    """What an editor answered to one declared deviation; a later answer stands instead, and none is changed.

    `mark` is that of the authors' words (`workflows.deviations.Deviation.mark`): whoever changes them is answered anew.
    """

    __tablename__ = "deviation_answer"
    __table_args__ = (UniqueConstraint("report_id", "number", name="uq_deviation_answer_number"),)

    id: Mapped[Id]
    report_id: Mapped[ReportId]
    number: Mapped[int]
    mark: Mapped[str] = mapped_column(String(32))
    body: Mapped[Sealed]
    written_by: Mapped[PersonId]
    written_at: Mapped[datetime]

"""What was read in a manuscript as its plan, and what its authors answered to each proposal."""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Row, Versioned
from storage.rows.columns import Digest, Id, Key, ReportId, Sealed, Short


class ProposalList(Versioned, Row):
    """The proposals read last for a report, one list for each report. `body` is sealed: the source by lines, the
    proposals with the sentences they were read from, and the answers, those to earlier readings too.
    """

    __tablename__ = "proposal_list"
    __table_args__ = (UniqueConstraint("report_id", name="uq_proposal_list_report"),)

    id: Mapped[Id]
    report_id: Mapped[ReportId]
    read_at: Mapped[datetime]
    body: Mapped[Sealed]


class PlanReading(Versioned, Row):
    """One reading of a long manuscript by the worker. `step` is what the page shows of it; `name` is what the file is
    called, sealed, for names of files name people; `changes` how tracked changes are read, "" where none was chosen.
    `trouble` are sealed words for the authors when it came to no end.
    """

    __tablename__ = "plan_reading"
    __table_args__ = (
        CheckConstraint("changes IN ('', 'accept', 'reject')", name="changes_as_known"),
        CheckConstraint("trouble IS NULL OR finished_at IS NOT NULL", name="trouble_ends_it"),
    )

    id: Mapped[Id]
    report_id: Mapped[ReportId]
    vault_name: Mapped[Key]
    sha256: Mapped[Digest]
    name: Mapped[Sealed]
    changes: Mapped[Short]
    asked_at: Mapped[datetime]
    step: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[datetime | None]
    trouble: Mapped[Sealed | None]

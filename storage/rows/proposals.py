"""What was read in a manuscript as its plan, and what its authors answered to each proposal."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from storage.database import Row, Versioned
from storage.rows.columns import Id, ReportId, Sealed


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

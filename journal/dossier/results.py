"""The versions of a report's results, what they contain, and the findings made on them."""

from dataclasses import dataclass, field

from sqlalchemy import select

from journal.unit_of_work import UnitOfWork
from storage.rows.outcomes import FindingRow, ResultsVersion
from storage.rows.reports import Report
from workflows.conformance import Finding
from workflows.deviations import Deviation
from workflows.outcomes import Outcomes
from workflows.short_reports import Paper, ShortReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Why a finding is no deviation, by its authors. `mark` is the finding's."""

    mark: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What a stage-2 submission says beside its manuscript. `claim` is the answer in a sentence or two; data, code and
    materials say where these are now; `said` what authors say of findings before they send. With `paper` of rows there
    is no manuscript, and `short` says what it would have.
    """

    claim: str = ""
    abstract: str = ""
    outcomes: Outcomes = field(default_factory=Outcomes)
    deviations: tuple[Deviation, ...] = ()
    data: str = ""
    code: str = ""
    materials: str = ""
    cited_digest: str = ""
    said: tuple[Said, ...] = ()
    paper: Paper | None = None
    short: ShortReport = field(default_factory=ShortReport)

    @property
    def as_short_report(self) -> ShortReport | None:
        """What a short report says beside its rows; None where a manuscript is the paper."""
        return self.short if self.paper is Paper.ROWS else None


def versions(uow: UnitOfWork, report: Report) -> list[ResultsVersion]:
    """All versions, oldest first."""
    wanted = select(ResultsVersion).where(ResultsVersion.report_id == report.id)
    return list(uow.session.scalars(wanted.order_by(ResultsVersion.number)))


def open_draft(uow: UnitOfWork, report: Report) -> ResultsVersion | None:
    """The version that is still being written, if there is one."""
    return next((version for version in versions(uow, report) if version.submitted_at is None), None)


def latest_submitted(uow: UnitOfWork, report: Report) -> ResultsVersion | None:
    """The version that was submitted last, if any was."""
    return next((version for version in reversed(versions(uow, report)) if version.submitted_at is not None), None)


def words(uow: UnitOfWork, report: Report, version: ResultsVersion) -> Results:
    """The results that a version holds."""
    return uow.cabinet.get(report, version, "body", Results)


def findings(uow: UnitOfWork, report: Report, version: ResultsVersion) -> list[tuple[FindingRow, Finding]]:
    """What comparing a submitted version with the frozen protocol found, in order."""
    wanted = select(FindingRow).where(FindingRow.report_id == report.id, FindingRow.results_number == version.number)
    rows = uow.session.scalars(wanted.order_by(FindingRow.position))
    return [(row, uow.cabinet.get(report, row, "body", Finding)) for row in rows]

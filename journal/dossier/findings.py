"""The findings on the submitted results: kept with each version, carried over to the next, and how each stands."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from journal.dossier import results
from journal.unit_of_work import UnitOfWork
from storage.rows.outcomes import FindingRow, ResultsVersion
from storage.rows.reports import Report
from workflows.conformance import Finding, State, bars, beginning
from workflows.reviewing import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A finding with how it stands: the authors' answer and the editor's reason, empty where there is none."""

    row: FindingRow
    finding: Finding
    answer: str = ""
    ruling: str = ""

    @property
    def bars(self) -> bool:
        """Whether acceptance waits for it."""
        return bars(self.row.severity, self.row.state)


def standings(uow: UnitOfWork, report: Report, version: ResultsVersion) -> list[Standing]:
    """The findings on a submitted version, in order."""
    return [_standing(uow, report, row, found) for row, found in results.findings(uow, report, version)]


def _standing(uow: UnitOfWork, report: Report, row: FindingRow, found: Finding) -> Standing:
    answer = uow.cabinet.get(report, row, "answer", str) if row.answer else ""
    ruling = uow.cabinet.get(report, row, "ruling", str) if row.ruling else ""
    return Standing(row=row, finding=found, answer=answer, ruling=ruling)


def findings_open(uow: UnitOfWork, report: Report) -> int:
    """How many findings on the newest submitted version bar acceptance."""
    newest = results.latest_submitted(uow, report)
    if newest is None:
        return 0
    wanted = select(func.count()).where(
        FindingRow.report_id == report.id,
        FindingRow.results_number == newest.number,
        FindingRow.state == State.OPEN,
        FindingRow.severity != Severity.NOTE,
    )
    return uow.session.scalar(wanted) or 0


def keep(
    uow: UnitOfWork, report: Report, version: ResultsVersion, found: Iterable[Finding], *, texts_read: bool = True
) -> None:
    """Keep findings with a version that is being submitted, after those it has.

    What an editor dismissed in an earlier version stays dismissed where the same difference comes up again; what was
    open there and does not come up again is corrected. While the texts have not been read (`texts_read` is false), that
    cannot be said of what reading them brought up: whoever adds it later says so.
    """
    earlier = _earlier(uow, report, version)
    there = results.findings(uow, report, version)
    marks = {row.mark for row, _ in there}
    for position, finding in enumerate(found, len(there)):
        marks.add(finding.mark)
        _keep_one(uow, report, version, finding, position=position, earlier=earlier.get(finding.mark))
    for mark, row in earlier.items():
        if row.state is State.OPEN and mark not in marks and (texts_read or not row.kind.of_texts):
            row.state = State.CORRECTED


def answer(uow: UnitOfWork, report: Report, version: ResultsVersion, said: Mapping[str, str]) -> None:
    """Keep what authors said of findings, by mark, before they sent the version."""
    for row, _ in results.findings(uow, report, version):
        if said.get(row.mark, "").strip() and row.answer is None:
            uow.cabinet.put(report, row, "answer", said[row.mark].strip())
            row.answered_at = uow.now


def _earlier(uow: UnitOfWork, report: Report, version: ResultsVersion) -> dict[str, FindingRow]:
    wanted = select(FindingRow).where(FindingRow.report_id == report.id, FindingRow.results_number < version.number)
    rows = uow.session.scalars(wanted.order_by(FindingRow.results_number, FindingRow.position))
    return {row.mark: row for row in rows}


def _keep_one(  # noqa: PLR0913 - a row of a table, each by its name
    uow: UnitOfWork,
    report: Report,
    version: ResultsVersion,
    finding: Finding,
    *,
    position: int,
    earlier: FindingRow | None,
) -> None:
    row = FindingRow(
        id=uow.new_id("finding"),
        report_id=report.id,
        results_number=version.number,
        position=position,
        kind=finding.kind,
        severity=finding.severity,
        place=finding.place,
        criterion=finding.criterion,
        mark=finding.mark,
        state=beginning(finding),
    )
    uow.cabinet.put(report, row, "body", finding)
    if earlier is not None and earlier.state is State.DISMISSED:
        row.state, row.ruled_by, row.ruled_at = State.DISMISSED, earlier.ruled_by, earlier.ruled_at
        uow.cabinet.put(report, row, "ruling", uow.cabinet.get(report, earlier, "ruling", str))
    uow.session.add(row)

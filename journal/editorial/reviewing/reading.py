"""What a reviewer reads: the manuscript, the protocol's rows, at stage 2 the results and what comparing them found."""

from dataclasses import dataclass

from markupsafe import Markup
from sqlalchemy import select

from journal.dossier import deciding, manuscripts, protocols, results
from journal.dossier.linting import Evidence, by_criterion
from journal.dossier.results import Results
from journal.editorial.reviewing.seats import Seat
from journal.reading.document import Document
from journal.unit_of_work import UnitOfWork
from storage.rows.outcomes import FindingRow
from storage.rows.reports import Report
from storage.rows.reviewing import Invitation, PointRow, Review, Round
from workflows.conformance import Finding
from workflows.lint import lint
from workflows.protocol import Protocol
from workflows.reviewing import Point

CANNOT_SHOW = "The manuscript cannot be shown here. Ask the editor for it by answering the mail."


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What is under review in one round. `manuscript` is None where there is none; `trouble` says why not.
    `evidence` is what the linter found in the plan, by criterion; `conditions` those of the acceptance in principle.
    """

    plan: Protocol
    evidence: tuple[Evidence, ...] = ()
    conditions: tuple[str, ...] = ()
    results: Results | None = None
    findings: tuple[tuple[FindingRow, Finding], ...] = ()
    manuscript: Markup | None = None
    trouble: str = ""


def material(uow: UnitOfWork, report: Report, found: Round, *, text: bool = True) -> Material:
    """The version that the round is about; without `text` the manuscript is not read, which takes a while."""
    read = _manuscript(uow, report, found) if text else None
    shown = manuscripts.as_page(read) if isinstance(read, Document) else None
    trouble = CANNOT_SHOW if read is not None and shown is None else ""
    if found.for_stage == 1:
        plan = _plan(uow, report, found.version_number)
        return Material(plan=plan, evidence=tuple(by_criterion(lint(plan))), manuscript=shown, trouble=trouble)
    version = next((row for row in results.versions(uow, report) if row.number == found.version_number), None)
    return Material(
        plan=_frozen(uow, report),
        conditions=deciding.conditions_of(uow, report),
        results=results.words(uow, report, version) if version else None,
        findings=tuple(results.findings(uow, report, version)) if version else (),
        manuscript=shown,
        trouble=trouble,
    )


def _manuscript(uow: UnitOfWork, report: Report, found: Round) -> object:
    files = manuscripts.files_of(uow, report, for_stage=found.for_stage, version_number=found.version_number)
    return manuscripts.read_manuscript(uow, report, files)


def _plan(uow: UnitOfWork, report: Report, number: int) -> Protocol:
    found = next((row for row in protocols.versions(uow, report) if row.number == number), None)
    return protocols.words(uow, report, found) if found else Protocol()


def _frozen(uow: UnitOfWork, report: Report) -> Protocol:
    found = protocols.frozen(uow, report)
    return protocols.words(uow, report, found) if found else Protocol()


def own_points_of_stage_1(seat: Seat) -> list[Point]:
    """The points this reviewer sent at stage 1, as they stood then."""
    mine = (
        select(PointRow)
        .join(Review, PointRow.review_id == Review.id)
        .join(Invitation, Review.invitation_id == Invitation.id)
        .join(Round, PointRow.round_id == Round.id)
        .where(
            PointRow.report_id == seat.report.id,
            Invitation.email == seat.invitation.email,
            Round.for_stage == 1,
            Review.submitted_at.is_not(None),
        )
        .order_by(Round.number, PointRow.position)
    )
    return [seat.uow.cabinet.get(seat.report, row, "body", Point) for row in seat.uow.session.scalars(mine)]

"""What a reviewer reads: the manuscript, the protocol's rows, at stage 2 the results and what comparing them found."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from markupsafe import Markup
from sqlalchemy import select

from journal.dossier import amending, comparing, deciding, findings, manuscripts, protocols, results
from journal.dossier.access import Opened
from journal.dossier.deviation_ledger import Entry, ledger
from journal.dossier.findings_shown import Groups, Prepared, evidence, grouped
from journal.dossier.linting import Evidence, by_criterion
from journal.dossier.results import Results
from journal.editorial.reviewing.seats import Seat
from journal.reading.document import Document
from journal.unit_of_work import UnitOfWork
from storage.rows.outcomes import ResultsVersion
from storage.rows.reports import Report
from storage.rows.reviewing import Invitation, PointRow, Review, Round
from workflows.comparing.redline import Redline
from workflows.lint import lint
from workflows.protocol import Protocol
from workflows.reviewing import Criterion, Point

CANNOT_SHOW = "The manuscript cannot be shown here. Ask the editor for it by answering the mail."


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What is under review in one round. `manuscript` is None where there is none; `trouble` says why not.
    `evidence` is what the linter found in the plan, by criterion; `conditions` those of the acceptance in principle.
    At stage 2 `groups` are the findings, `entries` the deviations, `prepared` what is laid out for each criterion.
    """

    plan: Protocol
    evidence: tuple[Evidence, ...] = ()
    conditions: tuple[str, ...] = ()
    results: Results | None = None
    groups: Groups | None = None
    entries: tuple[Entry, ...] = ()
    prepared: Mapping[Criterion, Prepared] = field(default_factory=dict)
    manuscript: Markup | None = None
    trouble: str = ""
    redline: Redline | None = None


def plan_under_review(uow: UnitOfWork, report: Report, found: Round) -> Protocol:
    """The protocol that a round is about: its version at stage 1, the frozen one at stage 2."""
    return _plan(uow, report, found.version_number) if found.for_stage == 1 else _frozen(uow, report)


def material(uow: UnitOfWork, opened: Opened, found: Round) -> Material:
    """The version that the round is about. Reading its manuscript takes a while."""
    report = opened.report
    read = _manuscript(uow, report, found)
    shown = manuscripts.as_page(read) if isinstance(read, Document) else None
    trouble = CANNOT_SHOW if read is not None and shown is None else ""
    plan = plan_under_review(uow, report, found)
    if found.for_stage == 1:
        return Material(plan=plan, evidence=tuple(by_criterion(lint(plan))), manuscript=shown, trouble=trouble)
    conditions = deciding.conditions_of(uow, report)
    bare = Material(plan=plan, conditions=conditions, manuscript=shown, trouble=trouble)
    version = next((row for row in results.versions(uow, report) if row.number == found.version_number), None)
    return _with_results(uow, opened, version, bare) if version else bare


def _with_results(uow: UnitOfWork, opened: Opened, version: ResultsVersion, bare: Material) -> Material:
    report = opened.report
    done = results.words(uow, report, version)
    answers = findings.answers_shown(uow, report, version, is_author=False)
    standing = findings.standings(uow, report, version, answers=answers)
    entries = ledger(uow, opened, version)
    amended = len(amending.approved(uow, report))
    return replace(
        bare,
        results=done,
        groups=grouped(standing),
        entries=tuple(entries),
        prepared=evidence(bare.plan, done, standing, entries, amended=amended),
        redline=comparing.redline_as_sent(uow, report, version),
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

"""Lists of reports for one person: their own studies, and the editors' queue. The number of queries is constant."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import selectinload

from journal.dossier import protocols
from journal.dossier.access import seen_by
from journal.unit_of_work import UnitOfWork
from storage.rows.holds import HoldRow
from storage.rows.protocols import ProtocolVersion
from storage.rows.reports import Report, ReportAuthor
from storage.rows.reviewing import Invitation
from workflows.deadlines import due_after
from workflows.holds import Hold, Sight
from workflows.people import Capacity, Role
from workflows.stages import ENDED, OUT, Stage
from workflows.turn import STAGE_WORDS, turn

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One report in a list: what it is called, where it stands, who acts next, by when, and whether that is you."""

    report_id: str
    title: str
    state: str
    who: str
    what: str
    due: datetime | None
    yours: bool
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of a list, and how many pages there are."""

    items: list[Item]
    page: int
    pages: int


def studies(uow: UnitOfWork, *, page: int) -> Listing:
    """The reports of which the actor is an author, the newest movement first."""
    own = select(ReportAuthor.report_id).where(ReportAuthor.person_id == uow.actor.person)
    found = _loaded(uow, Report.id.in_(own))
    return _listing(uow, sorted(found, key=lambda report: report.stage_since, reverse=True), page=page)


def queue(uow: UnitOfWork, *, page: int) -> Listing:
    """The reports an editor looks after: yours first, then by how long they have waited. Drafts are no noise here."""
    person = uow.actor.person
    assigned = or_(Report.handling_editor_id == person, Report.second_editor_id == person)
    open_ones = Report.stage.not_in([Stage.DRAFT, *ENDED, *OUT])
    mine = open_ones if Role.EDITOR_IN_CHIEF in uow.actor.roles else open_ones & assigned
    found = [report for report in _loaded(uow, mine) if Capacity.AUTHOR not in _acting_as(uow, report)]
    return _listing(uow, sorted(found, key=lambda report: _order(uow, report)), page=page)


def _loaded(uow: UnitOfWork, condition: object) -> list[Report]:
    wanted = select(Report).where(condition).options(selectinload(Report.authors), selectinload(Report.conflicts))  # type: ignore[arg-type]
    reports = list(uow.session.scalars(wanted))
    holds = _holds(uow, [report.id for report in reports])
    reviewers = _reviewers(uow, [report.id for report in reports])
    return [
        report
        for report in reports
        if seen_by(uow, report, uow.actor, holds=holds[report.id], reviewers=frozenset(reviewers[report.id])).sight
        is not Sight.NOTHING
    ]


def _holds(uow: UnitOfWork, ids: list[str]) -> defaultdict[str, tuple[Hold, ...]]:
    found: defaultdict[str, tuple[Hold, ...]] = defaultdict(tuple)
    for row in uow.session.scalars(select(HoldRow).where(HoldRow.report_id.in_(ids))):
        found[row.report_id] += (row.facts,)
    return found


def _reviewers(uow: UnitOfWork, ids: list[str]) -> defaultdict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    accepted = select(Invitation).where(Invitation.report_id.in_(ids), Invitation.accepted_at.is_not(None))
    for row in uow.session.scalars(accepted):
        found[row.report_id] |= {row.id} | ({row.person_id} if row.person_id else set())
    return found


def _acting_as(uow: UnitOfWork, report: Report) -> frozenset[Capacity]:
    return seen_by(uow, report, uow.actor, holds=(), reviewers=frozenset()).acting_as


def _order(uow: UnitOfWork, report: Report) -> tuple[bool, datetime]:
    return turn(report.stage).who not in _acting_as(uow, report), _due(report) or report.stage_since


def _due(report: Report) -> datetime | None:
    within = turn(report.stage).within
    if within is not None:
        return due_after(report.stage_since, within)
    return report.stage_2_due


def _listing(uow: UnitOfWork, reports: list[Report], *, page: int) -> Listing:
    pages = max(1, -(-len(reports) // PAGE))
    page = min(max(page, 1), pages)
    shown = reports[(page - 1) * PAGE : page * PAGE]
    titles = _titles(uow, shown)
    return Listing(items=[_item(uow, report, titles[report.id]) for report in shown], page=page, pages=pages)


def _titles(uow: UnitOfWork, reports: Iterable[Report]) -> dict[str, str]:
    by_id = {report.id: report for report in reports}
    titles = dict.fromkeys(by_id, "Untitled study")
    wanted = select(ProtocolVersion).where(ProtocolVersion.report_id.in_(list(by_id)))
    newest = {row.report_id: row for row in uow.session.scalars(wanted.order_by(ProtocolVersion.number))}
    for report_id, version in newest.items():
        titles[report_id] = protocols.words(uow, by_id[report_id], version).title.strip() or titles[report_id]
    return titles


def _item(uow: UnitOfWork, report: Report, title: str) -> Item:
    whose = turn(report.stage)
    return Item(
        report_id=report.id,
        title=title,
        state=STAGE_WORDS[report.stage],
        who=whose.who.words if whose.who else "",
        what=whose.what,
        due=_due(report),
        yours=whose.who in _acting_as(uow, report),
        since=report.stage_since,
    )

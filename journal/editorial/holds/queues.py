"""The officers' queue: what is flagged, what is held, until when. The number of queries is constant."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from journal.dossier import protocols
from journal.dossier.access import seen_by
from journal.dossier.appeals import waiting_appeals
from journal.unit_of_work import UnitOfWork
from storage.rows.appeals import Appeal
from storage.rows.holds import HoldRow
from storage.rows.protocols import ProtocolVersion
from storage.rows.reports import Report
from storage.rows.reviewing import Invitation
from workflows.holds import HoldKind, is_active
from workflows.people import Capacity
from workflows.turn import STAGE_WORDS

_EXCERPT = 280


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A hold in the queue. `due`: when officers look at it, or when it opens. `said`: the authors' own words."""

    report_id: str
    title: str
    stage_words: str
    kind: HoldKind
    placed_as: str
    placed_at: datetime
    due: datetime | None
    said: str
    agreed: int
    waits_for_you: bool
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """An appeal that waits for an answer, and whether it went to whoever asks."""

    report_id: str
    title: str
    since: datetime
    due: datetime
    yours: bool
    nobody: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """The lists, each by the day that matters: what is overdue, then flags, holds that people end, embargoes."""

    overdue: tuple[Waiting, ...]
    asking: tuple[Asking, ...]
    flagged: tuple[Waiting, ...]
    held: tuple[Waiting, ...]
    embargoed: tuple[Waiting, ...]


def queue(uow: UnitOfWork) -> Queue:
    """Every active hold on reports that the actor may act on as an officer."""
    rows = [row for row in uow.session.scalars(select(HoldRow)) if is_active(row.facts, now=uow.now)]
    asked = waiting_appeals(uow)
    reports = _free(uow, {row.report_id for row in rows} | {row.report_id for row in asked})
    titles = _titles(uow, reports)
    found = [_waiting(uow, reports[row.report_id], row, titles) for row in rows if row.report_id in reports]
    found.sort(key=lambda item: (item.due is None, item.due or item.placed_at, item.placed_at))
    in_time = [item for item in found if not item.overdue]
    return Queue(
        overdue=tuple(item for item in found if item.overdue),
        asking=tuple(_asking(uow, row, titles) for row in asked if row.report_id in reports),
        flagged=tuple(item for item in in_time if item.kind is HoldKind.TRIAGE_FLAG),
        held=tuple(i for i in in_time if i.kind is not HoldKind.TRIAGE_FLAG and not i.kind.opens_by_date),
        embargoed=tuple(item for item in in_time if item.kind.opens_by_date),
    )


def _free(uow: UnitOfWork, ids: set[str]) -> dict[str, Report]:
    """The reports among `ids` from which the actor is free as an officer, by identifier."""
    wanted = select(Report).where(Report.id.in_(ids))
    wanted = wanted.options(selectinload(Report.authors), selectinload(Report.conflicts))
    reviewers = _reviewers(uow, ids)
    return {
        report.id: report
        for report in uow.session.scalars(wanted)
        if Capacity.OFFICER
        in seen_by(uow, report, uow.actor, holds=(), reviewers=frozenset(reviewers[report.id])).acting_as
    }


def _reviewers(uow: UnitOfWork, ids: set[str]) -> defaultdict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    accepted = select(Invitation).where(Invitation.report_id.in_(ids), Invitation.accepted_at.is_not(None))
    for row in uow.session.scalars(accepted):
        found[row.report_id] |= {row.id} | ({row.person_id} if row.person_id else set())
    return found


def _titles(uow: UnitOfWork, reports: dict[str, Report]) -> dict[str, str]:
    wanted = select(ProtocolVersion).where(ProtocolVersion.report_id.in_(list(reports)))
    newest = {row.report_id: row for row in uow.session.scalars(wanted.order_by(ProtocolVersion.number))}
    return {
        report_id: protocols.words(uow, reports[report_id], version).title.strip()
        for report_id, version in newest.items()
    }


def _waiting(uow: UnitOfWork, report: Report, row: HoldRow, titles: dict[str, str]) -> Waiting:
    agreed = {lift.by for lift in row.lifts}
    return Waiting(
        report_id=report.id,
        title=titles.get(report.id) or protocols.UNTITLED,
        stage_words=STAGE_WORDS[report.stage],
        kind=row.kind,
        placed_as=row.placed_as.words,
        placed_at=row.placed_at,
        due=row.embargo_until if row.kind.opens_by_date else row.review_by,
        said=_said(uow, report, row),
        agreed=len(agreed),
        waits_for_you=bool(agreed) and uow.actor.person not in agreed,
        overdue=not row.kind.opens_by_date and row.review_by is not None and row.review_by < uow.now,
    )


def _asking(uow: UnitOfWork, row: Appeal, titles: dict[str, str]) -> Asking:
    return Asking(
        report_id=row.report_id,
        title=titles.get(row.report_id) or protocols.UNTITLED,
        since=row.written_at,
        due=row.due,
        yours=row.officer_id == uow.actor.person,
        nobody=row.officer_id is None,
    )


def _said(uow: UnitOfWork, report: Report, row: HoldRow) -> str:
    """What the authors said of their own work; nobody else's words stand in a list."""
    if row.kind is not HoldKind.TRIAGE_FLAG or row.placed_as not in (Capacity.AUTHOR, Capacity.CORRESPONDING_AUTHOR):
        return ""
    words = uow.cabinet.get(report, row, "reason", str)
    return words if len(words) <= _EXCERPT else words[:_EXCERPT].rsplit(maxsplit=1)[0] + " …"

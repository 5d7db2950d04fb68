"""Opening a report for somebody: what they may act as on it, and how much of its delay they may know."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select

from journal.dossier.nearness import stands_near
from journal.unit_of_work import UnitOfWork
from storage.rows.holds import HoldRow
from storage.rows.reports import Report
from storage.rows.reviewing import Invitation
from workflows.deadlines import Stop, stopped_time
from workflows.holds import Hold, Sight, active, sight, stops_clocks, stops_of
from workflows.people import Actor, Capacity, capacities
from workflows.stages import IN_PRODUCTION, OUT, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A report as one viewer may meet it."""

    report: Report
    acting_as: frozenset[Capacity]
    sight: Sight
    holds: tuple[Hold, ...]
    delayed: bool
    clocks_stopped: bool
    stood_still: timedelta = timedelta()
    """How long the clocks have stood still since the stage began."""


def open_report(uow: UnitOfWork, report_id: str) -> Opened | None:
    """The report for the actor of `uow`, or None: whether it is missing or not theirs to see is the same answer."""
    if not stands_near(uow, report_id):
        return None
    opened = view(uow, uow.session.get_one(Report, report_id), uow.actor)
    return None if opened.sight is Sight.NOTHING or not opened.acting_as else opened


def view(uow: UnitOfWork, report: Report, actor: Actor) -> Opened:
    """The report as `actor` meets it, even if that is not at all (`sight` says so)."""
    return seen_by(uow, report, actor, holds=holds_on(uow, report.id), reviewers=reviewers_of(uow, report.id))


def seen_by(
    uow: UnitOfWork, report: Report, actor: Actor, *, holds: tuple[Hold, ...], reviewers: frozenset[str]
) -> Opened:
    """As `view`, with holds and reviewers at hand: for lists, which load them for all their reports at once."""
    acting_as = capacities(actor, report.involvement(reviewers))
    return Opened(
        report=report,
        acting_as=acting_as,
        sight=sight(acting_as, holds, now=uow.now),
        holds=holds,
        delayed=is_delayed(report.stage, holds, now=uow.now),
        clocks_stopped=stops_clocks(holds, now=uow.now),
        stood_still=stopped_time(stops_of(holds), since=report.stage_since, until=uow.now),
    )


def is_delayed(stage: Stage, holds: tuple[Hold, ...], *, now: datetime) -> bool:
    """Whether the report's people read the neutral sentence. Until a paper is made, an embargo delays nobody's work."""
    near_publication = stage in (*IN_PRODUCTION, *OUT)
    return bool(active(holds, now=now)) if near_publication else stops_clocks(holds, now=now)


def holds_on(uow: UnitOfWork, report_id: str) -> tuple[Hold, ...]:
    """All holds ever placed on the report, in the order of their placing."""
    rows = uow.session.scalars(select(HoldRow).where(HoldRow.report_id == report_id).order_by(HoldRow.placed_at))
    return tuple(row.facts for row in rows)


def stops_by_report(uow: UnitOfWork, ids: Iterable[str]) -> defaultdict[str, tuple[Stop, ...]]:
    """The stretches in which holds stopped the clocks, of many reports in one query; of others none."""
    held: defaultdict[str, list[Hold]] = defaultdict(list)
    for row in uow.session.scalars(select(HoldRow).where(HoldRow.report_id.in_(list(ids)))):
        held[row.report_id].append(row.facts)
    return defaultdict(tuple, {name: stops_of(holds) for name, holds in held.items()})


def reviewers_of(uow: UnitOfWork, report_id: str) -> frozenset[str]:
    """Who reviews or reviewed the report: persons with an account, and accepted invitations standing for themselves.

    Who gave the review back, or whose invitation was withdrawn, is none.
    """
    accepted = select(Invitation).where(
        Invitation.report_id == report_id,
        Invitation.accepted_at.is_not(None),
        Invitation.declined_at.is_(None),
        Invitation.cancelled_at.is_(None),
    )
    invitations = uow.session.scalars(accepted).all()
    people = {invitation.person_id for invitation in invitations if invitation.person_id}
    return frozenset(people | {invitation.id for invitation in invitations})

"""Stopped clocks: days that were set move on by the time a report stood still, when it goes on.

A week that is counted from a step is counted anew each time (`due_since`); a day that is kept is moved once, when the
last of the holds that stopped the clocks has ended (`move_due_days`).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Select, select

from journal.dossier import chases
from journal.dossier.access import holds_on
from journal.dossier.reminders import move_along
from journal.dossier.steps import note_in_ledger
from journal.unit_of_work import UnitOfWork
from storage.rows.reports import Report
from storage.rows.reviewing import Invitation, Review, Round
from workflows.deadlines import due_after, moved, stopped_time, stretch_ending
from workflows.holds import Hold, stops_of
from workflows.people import Capacity
from workflows.stages import AWAITING_RESULTS, Stage


def due_since(since: datetime, span: timedelta, *, holds: Iterable[Hold], now: datetime) -> datetime:
    """When something given `span` from `since` is due, the time in which the clocks stood still not counted."""
    return due_after(since, span + stopped_time(stops_of(holds), since=since, until=now))


def move_due_days(uow: UnitOfWork, report: Report) -> None:
    """Move every day that is kept for people of the report by the stretch that just ended, if the clocks run again."""
    uow.session.flush()
    by = stretch_ending(stops_of(holds_on(uow, report.id)), at=uow.now)
    if not by:
        return
    if report.stage_2_due is not None and report.stage in AWAITING_RESULTS:
        before, report.stage_2_due = report.stage_2_due, moved(report.stage_2_due, _since_agreed(uow, report, by))
        move_along(uow, report, before=before)
    _move_rounds(uow, report, by)
    record = {"seconds": int(by.total_seconds())}
    note_in_ledger(uow, "clocks_run_again", report=report, capacity=Capacity.OFFICER.value, record=record)


def _since_agreed(uow: UnitOfWork, report: Report, by: timedelta) -> timedelta:
    """How much of the stretch came after the day was agreed: a promise given under a hold names a day that knows it."""
    return min(by, uow.now - report.stage_since) if report.stage is Stage.IPA else by


def _move_rounds(uow: UnitOfWork, report: Report, by: timedelta) -> None:
    """The days for answers and for reviews, in rounds that are not over."""
    going_on = select(Round).where(Round.report_id == report.id, Round.closed_at.is_(None))
    for row in uow.session.scalars(going_on):
        row.answers_due = moved(row.answers_due, by) if row.answers_due else None
        for invitation in uow.session.scalars(_waited_for(row)):
            before, invitation.review_due = invitation.review_due, moved(invitation.review_due, by)
            chases.move_along(uow, invitation, before=before)


def _waited_for(going_on: Round) -> Select[Invitation]:
    """The invitations of a round whose review has not arrived and still may."""
    sent = select(Review.invitation_id).where(Review.round_id == going_on.id, Review.submitted_at.is_not(None))
    asked = select(Invitation).where(Invitation.round_id == going_on.id, Invitation.id.not_in(sent))
    return asked.where(Invitation.declined_at.is_(None), Invitation.cancelled_at.is_(None))

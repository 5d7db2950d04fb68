"""Whether a report could be somebody's at all, found out in one question that takes as long for a report as for none.

What is missing and what is forbidden get the same answer; they must also take the same time, or whoever has heard of an
identifier learns from a stopwatch whether it names anything. So nothing of a report is loaded before this was asked.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import ColumnElement, exists, or_, select, true

from journal.unit_of_work import UnitOfWork
from storage.rows.holds import HoldRow
from storage.rows.reports import Report, ReportAuthor
from storage.rows.reviewing import Invitation
from workflows.holds import HoldKind
from workflows.people import Actor, Role

_ENDED_BY_PEOPLE = [kind for kind in HoldKind if not kind.opens_by_date]


def stands_near(uow: UnitOfWork, report_id: str) -> bool:
    """Whether there is such a report and the actor could know of it. What they may do there, the rules say."""
    if uow.actor.engine is None and uow.actor.person is None:
        return False
    wanted = select(Report.id).where(Report.id == report_id, or_(*_ties(uow.actor), *_offices(uow.actor, uow.now)))
    return uow.session.scalar(wanted) is not None


def _ties(actor: Actor) -> Iterator[ColumnElement[bool]]:
    person = actor.person
    yield Report.handling_editor_id == person
    yield Report.second_editor_id == person
    yield exists().where(ReportAuthor.report_id == Report.id, ReportAuthor.person_id == person)
    invited = or_(Invitation.person_id == person, Invitation.id == person)
    yield exists().where(Invitation.report_id == Report.id, Invitation.accepted_at.is_not(None), invited)


def _offices(actor: Actor, now: datetime) -> Iterator[ColumnElement[bool]]:
    if actor.engine is not None or Role.OFFICER in actor.roles:
        yield true()
    if Role.EDITOR_IN_CHIEF in actor.roles:
        withheld = exists().where(
            HoldRow.report_id == Report.id,
            HoldRow.kind.in_(_ENDED_BY_PEOPLE),
            or_(HoldRow.ended_at.is_(None), HoldRow.ended_at > now),
        )
        yield ~withheld

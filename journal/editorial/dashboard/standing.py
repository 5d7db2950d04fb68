"""Whose turn it is on a report, and by when, as its facts stand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, select

from journal.dossier.amending import Pending, pending
from journal.dossier.deciding import stage_under_review
from journal.dossier.rounds import ANSWERS_SENT
from journal.dossier.stopped import due_since
from journal.unit_of_work import UnitOfWork
from storage.rows.ledger import LedgerRow
from storage.rows.reports import Letter, LetterKind, Report
from storage.rows.reviewing import Invitation, Review, Round
from workflows.holds import Hold
from workflows.people import Capacity
from workflows.stages import AWAITING_RESULTS, Stage
from workflows.turn import Standing, Turn, turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One round in numbers: who is asked and has not declined, which reviews arrived, when the last of them did, and
    until when the authors answer, if they were asked to and have not yet.
    """

    number: int
    asked: int
    arrived: int
    last: datetime | None
    answers_due: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """Whose turn it is, and by when, if anything is agreed."""

    turn: Turn
    due: datetime | None


NewestRounds = Mapping[tuple[str, int], Counted]


def newest_rounds(uow: UnitOfWork, wanted: ColumnElement[bool]) -> NewestRounds:
    """The newest round of each stage (1 or 2) of the `wanted` reports, by report and stage. Two queries."""
    answered = _answered(uow, wanted)
    counting = (
        select(Round.report_id, Round.for_stage, Round.number, func.count(Invitation.id), func.count(Review.id))
        .add_columns(func.max(Review.submitted_at), Round.answers_asked_at, Round.answers_due)
        .join(Report, Report.id == Round.report_id)
        .outerjoin(Invitation, and_(Invitation.round_id == Round.id, _STILL_ASKED))
        .outerjoin(Review, and_(Review.invitation_id == Invitation.id, Review.submitted_at.is_not(None)))
        .where(wanted)
        .group_by(Round.id)
        .order_by(Round.number)
    )
    found: dict[tuple[str, int], Counted] = {}
    for report_id, for_stage, number, asked, arrived, last, since, due in uow.session.execute(counting):
        said = answered.get(report_id)
        is_answered = since is None or (said is not None and said >= since)
        waits = not is_answered and due is not None and uow.now <= due
        found[report_id, for_stage] = Counted(
            number=number, asked=asked, arrived=arrived, last=last, answers_due=due if waits else None
        )
    return found


def _answered(uow: UnitOfWork, wanted: ColumnElement[bool]) -> dict[str, datetime]:
    """When the authors of each of the reports last said that they have answered."""
    said = (
        select(LedgerRow.report_id, func.max(LedgerRow.at))
        .join(Report, Report.id == LedgerRow.report_id)
        .where(LedgerRow.action == ANSWERS_SENT, wanted)
        .group_by(LedgerRow.report_id)
    )
    return {report_id: at for report_id, at in uow.session.execute(said) if report_id is not None}


def sent_back(uow: UnitOfWork, wanted: ColumnElement[bool]) -> frozenset[str]:
    """Which of the `wanted` reports are typeset, and have their proof back from the authors with changes to make."""
    asking = (
        select(Letter.report_id)
        .join(Report, Report.id == Letter.report_id)
        .where(Letter.kind == LetterKind.PROOF_CHANGES, Letter.written_at >= Report.stage_since)
        .where(Report.stage == Stage.TYPESET, wanted)
    )
    return frozenset(uow.session.scalars(asking))


_STILL_ASKED = and_(Invitation.declined_at.is_(None), Invitation.cancelled_at.is_(None))


def next_up(uow: UnitOfWork, report: Report, holds: Iterable[Hold]) -> Next:
    """Whose turn it is on one report."""
    this = Report.id == report.id
    return next_at(
        report.stage,
        newest_rounds(uow, this).get((report.id, stage_under_review(report.stage))),
        handled=report.handling_editor_id is not None,
        seconded=report.second_editor_id is not None,
        sent_back=bool(sent_back(uow, this)),
        needed=uow.config.reviews_needed,
        since=report.stage_since,
        stage_2_due=report.stage_2_due,
        holds=holds,
        now=uow.now,
        amendment=pending(uow, this).get(report.id),
    )


def next_at(  # noqa: PLR0913 - the columns of a report that bear on it: lists load these and no more
    stage: Stage,
    counted: Counted | None,
    *,
    handled: bool,
    seconded: bool,
    sent_back: bool,
    needed: int,
    since: datetime,
    stage_2_due: datetime | None,
    holds: Iterable[Hold],
    now: datetime,
    amendment: Pending | None = None,
) -> Next:
    """The same from columns. The time for a decision counts from the last review, if it came after the stage began."""
    arrived = counted.arrived if counted else 0
    answers_due = counted.answers_due if counted else None
    standing = Standing(
        handled=handled,
        seconded=seconded,
        asked=counted.asked if counted else 0,
        arrived=arrived,
        needed=needed,
        answering=answers_due is not None,
        sent_back=sent_back,
        amending=_who_amends(amendment),
    )
    whose = turn(stage, standing)
    last = counted.last if counted and counted.last and arrived >= needed else since
    if amendment is not None and stage in AWAITING_RESULTS:
        last = amendment.since
    if whose.within is not None:
        begun = max(since, last)
        return Next(turn=whose, due=due_since(begun, whose.within, holds=holds, now=now))
    if stage in AWAITING_RESULTS:
        return Next(turn=whose, due=stage_2_due)
    return Next(turn=whose, due=answers_due if whose.who is Capacity.CORRESPONDING_AUTHOR else None)


def _who_amends(amendment: Pending | None) -> Capacity | None:
    if amendment is None:
        return None
    return Capacity.SECOND_EDITOR if amendment.proposed else Capacity.HANDLING_EDITOR

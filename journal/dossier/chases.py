"""Reminding reviewers and telling the handling editor whom they wait for. Each letter is written down with the job that
sends it, in one transaction, so that none goes out twice; when it is sent, it is looked at once more whether it is so.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import Select, select

from journal import telling
from journal.dossier.access import stops_by_report
from journal.dossier.steps import note_in_ledger
from journal.telling import Recipient, Recipients
from journal.unit_of_work import UnitOfWork
from storage.rows.chases import ChaseRow
from storage.rows.reports import Report
from storage.rows.reviewing import Invitation, Review, Round
from workflows.chasing import Chase, Seat, chases_owed
from workflows.people import Capacity
from workflows.stages import Stage

LETTERS = {
    Chase.ANSWER: "reviewers/invitation_waits",
    Chase.SOON: "reviewers/review_due_soon",
    Chase.LATE: "reviewers/review_late",
    Chase.UNANSWERED: "handling_editor/invitation_unanswered",
    Chase.STILL_LATE: "handling_editor/review_late",
}
_UNDER_REVIEW = (Stage.IN_REVIEW, Stage.STAGE_2_SUBMITTED, Stage.STAGE_2_IN_REVIEW)


def to_chase(uow: UnitOfWork) -> list[str]:
    """The invitations about which a letter is owed now, the longest asked first. Three queries."""
    return [row.id for row, seat in _seats(uow, _open_seats()) if chases_owed(seat, now=uow.now)]


def chase(uow: UnitOfWork, *, invitation_id: str) -> bool:
    """Look again, now that nobody else writes, and ask for the letters that are still owed."""
    row, seat = _seat(uow, invitation_id)
    if row is None or seat is None:
        return False
    report, owed = uow.session.get_one(Report, row.report_id), chases_owed(seat, now=uow.now)
    for kind in owed:
        letter = _write_down(uow, row, kind)
        to = telling.editor_of(report.handling_editor_id) if kind.to_editor else [_to(row)]
        telling.tell(uow, LETTERS[kind], to, report=report, about=letter.id)
    return bool(owed)


def _to(row: Invitation) -> Recipient:
    return Recipient(Recipients.INVITATION, row.id)


def _open_seats() -> Select[Invitation]:
    """Whoever is still waited for: in an open round under review, not declined, not withdrawn, nothing sent."""
    sent = select(Review.invitation_id).where(Review.submitted_at.is_not(None))
    going_on = select(Round.id).where(Round.closed_at.is_(None))
    under_review = select(Report.id).where(Report.stage.in_(_UNDER_REVIEW))
    return select(Invitation).where(
        Invitation.declined_at.is_(None),
        Invitation.cancelled_at.is_(None),
        Invitation.id.not_in(sent),
        Invitation.round_id.in_(going_on),
        Invitation.report_id.in_(under_review),
    )


def _seat(uow: UnitOfWork, invitation_id: str) -> tuple[Invitation, Seat] | tuple[None, None]:
    """One of them, if it is still waited for."""
    return next(iter(_seats(uow, _open_seats().where(Invitation.id == invitation_id))), (None, None))


def _seats(uow: UnitOfWork, wanted: Select[Invitation]) -> list[tuple[Invitation, Seat]]:
    """Invitations with their seats, the longest asked first."""
    found = list(uow.session.scalars(wanted.order_by(Invitation.invited_at, Invitation.id)))
    asked, stops = _asked(uow, found, wanted), stops_by_report(uow, {row.report_id for row in found})
    return [
        (
            row,
            Seat(
                invited_at=row.invited_at,
                due=row.review_due,
                accepted=row.accepted_at is not None,
                asked=asked[row.id],
                stops=stops[row.report_id],
            ),
        )
        for row in found
    ]


def _asked(
    uow: UnitOfWork, found: Iterable[Invitation], wanted: Select[Invitation]
) -> Mapping[str, Mapping[Chase, tuple[datetime, ...]]]:
    """The letters about the day that counts now, by invitation and kind; `found` is what `wanted` selects."""
    due = {row.id: row.review_due for row in found}
    kept: defaultdict[str, dict[Chase, tuple[datetime, ...]]] = defaultdict(dict)
    about = select(ChaseRow).where(ChaseRow.invitation_id.in_(wanted.with_only_columns(Invitation.id)))
    for row in uow.session.scalars(about.order_by(ChaseRow.asked_at)):
        if due.get(row.invitation_id) == row.due:
            kept[row.invitation_id][row.kind] = (*kept[row.invitation_id].get(row.kind, ()), row.asked_at)
    return kept


def _write_down(uow: UnitOfWork, invitation: Invitation, kind: Chase) -> ChaseRow:
    before = [row for row in _about(uow, invitation.id) if row.kind is kind and row.due == invitation.review_due]
    row = ChaseRow(
        id=uow.new_id("chase"),
        report_id=invitation.report_id,
        invitation_id=invitation.id,
        kind=kind,
        number=len(before) + 1,
        due=invitation.review_due,
        asked_at=uow.now,
    )
    uow.session.add(row)
    report = uow.session.get_one(Report, row.report_id)
    record: dict[str, str | int | None] = {"invitation": invitation.id, "kind": kind.value, "number": row.number}
    note_in_ledger(uow, "remind_reviewer", report=report, capacity=Capacity.CLOCK.value, record=record)
    return row


def _about(uow: UnitOfWork, invitation_id: str) -> list[ChaseRow]:
    return list(uow.session.scalars(select(ChaseRow).where(ChaseRow.invitation_id == invitation_id)))


def move_along(uow: UnitOfWork, invitation: Invitation, *, before: datetime) -> None:
    """The day was moved on from `before` by a hold that ended: what was sent about it is not sent anew."""
    for row in _about(uow, invitation.id):
        if row.due == before:
            row.due = invitation.review_due


def is_overtaken(uow: UnitOfWork, letter: str, *, about: str) -> bool:
    """Whether a letter about a seat is not so any more when it is written: answered, sent, moved, stopped."""
    row = uow.session.get(ChaseRow, about) if letter in LETTERS.values() else None
    if row is None:
        return False
    _, seat = _seat(uow, row.invitation_id)
    if seat is None or seat.due != row.due or seat.stands_still(uow.now):
        return True
    return (row.kind in (Chase.ANSWER, Chase.UNANSWERED)) == seat.accepted

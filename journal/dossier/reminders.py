"""Reminding authors of results: letters ahead of the day, and every month once it passed. Each is written down with the
letters it asks for, in one transaction, so that none goes out twice.
"""

from datetime import datetime

from sqlalchemy import func, select

from journal import telling
from journal.dossier.access import holds_on
from journal.dossier.contacts import waiting_of
from journal.dossier.steps import note_in_ledger
from journal.unit_of_work import UnitOfWork
from storage.rows.contacts import ReminderRow
from storage.rows.notices import Delivery
from storage.rows.reports import Report
from workflows.contacts import LONGEST_AHEAD, Reminder, reminder_owed
from workflows.holds import stops_clocks
from workflows.people import Capacity
from workflows.stages import AWAITING_RESULTS, Stage

_LETTERS = {
    Reminder.MONTH_AHEAD: "authors/results_due_soon",
    Reminder.WEEK_AHEAD: "authors/results_due_soon",
    Reminder.OVERDUE: "authors/results_still_overdue",
}


def to_remind(uow: UnitOfWork) -> list[str]:
    """The reports whose authors are to be reminded now, the longest due first."""
    near = Report.stage_2_due <= uow.now + LONGEST_AHEAD
    wanted = select(Report).where(Report.stage.in_(AWAITING_RESULTS), near)
    reports = uow.session.scalars(wanted.order_by(Report.stage_2_due, Report.id)).all()
    waiting = waiting_of(uow, reports)
    return [report.id for report in reports if reminder_owed(report.stage, waiting[report.id], now=uow.now)]


def remind(uow: UnitOfWork, *, report_id: str) -> bool:
    """Look again, now that nobody else writes, and ask for the letter that is still owed."""
    report = uow.session.get_one(Report, report_id)
    waiting = waiting_of(uow, [report]).get(report_id)
    owed = reminder_owed(report.stage, waiting, now=uow.now) if waiting else None
    if owed is None:
        return False
    row = write_down(uow, report, owed)
    telling.tell(uow, _LETTERS[owed], telling.authors_of(report), report=report, about=row.id)
    return True


def write_down(uow: UnitOfWork, report: Report, kind: Reminder) -> ReminderRow:
    """Keep that a letter was asked for: ahead of a day one of each kind, and about overdue results one each month."""
    due = report.stage_2_due or uow.now
    row = ReminderRow(
        id=uow.new_id("reminder"),
        report_id=report.id,
        kind=kind,
        number=_how_many(uow, report) + 1 if kind is Reminder.OVERDUE else 0,
        due=due,
        asked_at=uow.now,
    )
    uow.session.add(row)
    record: dict[str, str | int | None] = {"reminder": row.id, "kind": kind.value, "number": row.number}
    note_in_ledger(uow, "remind_authors", report=report, capacity=Capacity.CLOCK.value, record=record)
    return row


def _how_many(uow: UnitOfWork, report: Report) -> int:
    wanted = select(func.count()).where(
        ReminderRow.report_id == report.id,
        ReminderRow.kind == Reminder.OVERDUE,
        ReminderRow.due == report.stage_2_due,
    )
    return uow.session.scalar(wanted) or 0


def move_along(uow: UnitOfWork, report: Report, *, before: datetime) -> None:
    """The day was moved on from `before` by a hold that ended: what was sent about it is not sent anew."""
    about = select(ReminderRow).where(ReminderRow.report_id == report.id, ReminderRow.due == before)
    for row in uow.session.scalars(about).all():
        row.due = report.stage_2_due or before


# ---------------------------------------------------------------- when a letter is written

# At which stages a letter of the calendar is still true.
TRUE_AT = {
    _LETTERS[Reminder.MONTH_AHEAD]: (Stage.IPA, Stage.STAGE_2_DRAFT),
    "authors/fall_due_stage_2_due": (Stage.STAGE_2_DUE,),
    "authors/fall_overdue_stage_2_overdue": (Stage.STAGE_2_OVERDUE,),
    _LETTERS[Reminder.OVERDUE]: (Stage.STAGE_2_OVERDUE,),
}
_CONTACTS = ("authors/fall_overdue_stage_2_overdue", _LETTERS[Reminder.OVERDUE])


def is_overtaken(uow: UnitOfWork, report: Report, letter: str, *, about: str) -> bool:
    """Whether a letter of the calendar is not so any more when it is written: results came, the day was moved, the
    clocks stopped, or a later letter was asked for, which says the same.
    """
    if letter not in TRUE_AT:
        return False
    if report.stage not in TRUE_AT[letter] or stops_clocks(holds_on(uow, report.id), now=uow.now):
        return True
    row, newest = uow.session.get(ReminderRow, about) if about else None, _newest(uow, report)
    return row is not None and (row is not newest or row.due != report.stage_2_due)


def note_sent(uow: UnitOfWork, report: Report, letter: str) -> None:
    """Keep that a letter about overdue results is on its way: only now is it a contact."""
    row = _newest(uow, report) if letter in _CONTACTS else None
    if row is not None and row.kind is Reminder.OVERDUE and row.sent_at is None:
        row.sent_at = uow.now


def note_returned(uow: UnitOfWork, delivery: Delivery) -> None:
    """A letter about overdue results came back. If none of those that said the same arrived, there was no contact."""
    if delivery.notice.replace(".", "/") not in _CONTACTS:
        return
    said = select(ReminderRow).where(ReminderRow.report_id == delivery.report_id, ReminderRow.kind == Reminder.OVERDUE)
    before = said.where(ReminderRow.sent_at <= delivery.delivered_at).order_by(ReminderRow.sent_at.desc())
    row = uow.session.scalars(before).first()
    if row is not None and row.sent_at is not None and not _arrived(uow, delivery, since=row.sent_at):
        row.sent_at = None


def _arrived(uow: UnitOfWork, delivery: Delivery, *, since: datetime) -> bool:
    alike = select(Delivery.id).where(
        Delivery.report_id == delivery.report_id,
        Delivery.notice == delivery.notice,
        Delivery.delivered_at >= since,
        Delivery.bounced_at.is_(None),
    )
    return uow.session.scalar(alike.limit(1)) is not None


def _newest(uow: UnitOfWork, report: Report) -> ReminderRow | None:
    rows = select(ReminderRow).where(ReminderRow.report_id == report.id)
    return uow.session.scalars(rows.order_by(ReminderRow.asked_at.desc(), ReminderRow.id.desc())).first()

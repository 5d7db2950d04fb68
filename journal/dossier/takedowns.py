"""Takedowns: one person's press takes public work down; a second officer confirms it within a day.

Silence is never consent, and never restores: after a day all officers free of conflict are written to, once, and the
work stays down. What brings it back is two officers who lift the hold, as with any other.
"""

from datetime import timedelta

from sqlalchemy import select

from journal import telling
from journal.dossier.access import Opened
from journal.dossier.steps import note_in_ledger
from journal.jobs import Job, ask_for
from journal.unit_of_work import UnitOfWork
from storage.rows.holds import HoldRow
from storage.rows.reports import Report
from storage.rows.safeguards import Takedown
from workflows.holds import is_active
from workflows.machine import Refusal
from workflows.people import Capacity

CONFIRM_TIME = timedelta(days=1)
_NOT_POSSIBLE = Refusal("not_possible", "This step is not possible now.")
_YOURS = Refusal("pressed_by_you", "You took it down yourself. Another officer has to confirm it.")


def take_down(uow: UnitOfWork, report: Report, hold: HoldRow, *, officers: list[telling.Recipient]) -> None:
    """Ask for a release at once, and for one of `officers` to confirm it.

    Its own key: a release that waits for its hour must not stand for this one.
    """
    ask_for(uow, Job.RELEASE, {"report": report.id}, report_id=report.id, key=f"takedown/{report.id}")
    if any(each.confirmed_at is None for each in takedowns_in_force(uow, report)):
        return
    row = Takedown(
        id=uow.new_id("takedown"),
        report_id=report.id,
        hold_id=hold.id,
        pressed_by=hold.placed_by,
        pressed_at=uow.now,
        confirm_by=uow.now + CONFIRM_TIME,
    )
    uow.session.add(row)
    note_in_ledger(uow, "take_down", report=report, record={"takedown": row.id, "hold": hold.id})
    others = [who for who in officers if who.id != hold.placed_by]
    telling.tell(uow, "officers/takedown_to_confirm", others, report=report, about=row.id)


def takedowns_in_force(uow: UnitOfWork, report: Report) -> list[Takedown]:
    """The takedowns of the report whose hold withholds still, oldest first."""
    wanted = select(Takedown, HoldRow).join(HoldRow, Takedown.hold_id == HoldRow.id)
    found = uow.session.execute(wanted.where(Takedown.report_id == report.id).order_by(Takedown.pressed_at))
    return [takedown for takedown, hold in found if is_active(hold.facts, now=uow.now)]


def confirm_takedown(uow: UnitOfWork, opened: Opened) -> Takedown | Refusal:
    """A second officer says that it was right to take the work down. Confirmed twice it is confirmed once."""
    if Capacity.OFFICER not in opened.acting_as:
        return _NOT_POSSIBLE
    found = takedowns_in_force(uow, opened.report)
    if not found:
        return _NOT_POSSIBLE
    waiting = [each for each in found if each.confirmed_at is None]
    if not waiting:
        return found[-1]
    if any(each.pressed_by == uow.actor.person for each in waiting):
        return _YOURS
    for each in waiting:
        each.confirmed_by, each.confirmed_at = uow.actor.person, uow.now
        record = {"takedown": each.id}
        capacity = Capacity.OFFICER.value
        note_in_ledger(uow, "confirm_takedown", report=opened.report, capacity=capacity, record=record)
    return waiting[-1]

"""What authors decide about the public: their own embargo."""

from datetime import UTC, date, datetime, time

from sqlalchemy import select

from journal.dossier.access import Opened
from journal.dossier.holding import place
from journal.dossier.steps import note_in_ledger
from journal.unit_of_work import UnitOfWork
from storage.rows.holds import HoldLift, HoldRow
from storage.rows.reports import Report
from workflows.holds import Hold, HoldKind, Scope, is_active, refuse_lifting
from workflows.machine import Refusal
from workflows.people import Capacity

_OWNER = Capacity.CORRESPONDING_AUTHOR
NOT_YOURS = Refusal("not_possible", "Only the corresponding author can change this. Ask them.")


def own_embargo(uow: UnitOfWork, report: Report) -> HoldRow | None:
    """The authors' embargo that is in force, if there is one."""
    wanted = select(HoldRow).where(HoldRow.report_id == report.id, HoldRow.kind == HoldKind.AUTHOR_EMBARGO)
    rows = uow.session.scalars(wanted.order_by(HoldRow.placed_at.desc()))
    return next((row for row in rows if is_active(row.facts, now=uow.now)), None)


def set_embargo(uow: UnitOfWork, opened: Opened, *, until: date | None, reason: str) -> HoldRow | Refusal:
    """Publish not before the day `until` (it opens as that day begins, UTC), in place of an earlier embargo."""
    if _OWNER not in opened.acting_as:
        return NOT_YOURS
    earlier = own_embargo(uow, opened.report)
    opens = _begin(until) if until else None
    if earlier is not None and earlier.embargo_until == opens:
        return earlier
    hold = Hold(
        kind=HoldKind.AUTHOR_EMBARGO,
        scope=Scope.EXISTENCE,
        placed_by=uow.actor.person or "",
        placed_at=uow.now,
        embargo_until=opens,
    )
    placed = place(uow, opened, hold, capacity=_OWNER, reason=reason)
    if isinstance(placed, HoldRow) and earlier is not None:
        _end(uow, opened, earlier)
    return placed


def end_embargo(uow: UnitOfWork, opened: Opened) -> Refusal | None:
    """End the authors' embargo today. Where there is none, there is nothing to do."""
    row = own_embargo(uow, opened.report)
    if row is None:
        return None
    refusal = refuse_lifting(row.facts, by=uow.actor.person or "", acting_as=opened.acting_as, now=uow.now)
    if refusal is None:
        _end(uow, opened, row)
    return refusal


def _end(uow: UnitOfWork, opened: Opened, row: HoldRow) -> None:
    lift = HoldLift(id=uow.new_id("hold_lift"), hold_id=row.id, by=uow.actor.person, at=uow.now)
    uow.cabinet.put(opened.report, lift, "reason", "")
    uow.session.add(lift)
    row.ended_at, row.lifted_by = uow.now, uow.actor.person
    record = {"hold": row.id, "kind": row.kind.value}
    note_in_ledger(uow, "end_hold", report=opened.report, capacity=_OWNER.value, record=record)


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)

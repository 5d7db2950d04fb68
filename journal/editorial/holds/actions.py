"""Withholding a report, agreeing that it need not be withheld, and setting another day to look again."""

from datetime import datetime

from journal import telling
from journal.dossier import holding
from journal.dossier.access import Opened
from journal.dossier.overdue import deputy_for
from journal.dossier.steps import note_in_ledger
from journal.dossier.stopped import move_due_days
from journal.unit_of_work import UnitOfWork
from storage.rows.holds import HoldLift, HoldRow
from workflows.holds import (
    Hold,
    HoldKind,
    Lift,
    answers_flags,
    is_active,
    is_lifted_by,
    may_lift,
    placing_as,
    refuse_lifting,
    refuse_new_review,
)
from workflows.lifting import refuse_unproven
from workflows.machine import Refusal
from workflows.people import Capacity
from workflows.stages import OUT

_NOT_POSSIBLE = Refusal("not_possible", "This step is not possible now.")
_IS_OUT = Refusal("is_out", "This work is out already, so its publication cannot be put off any more.")
_REASON_MISSING = Refusal(
    "reason_missing", "Say why it need not be withheld any longer. Only officers read it.", "reason"
)


def withhold(uow: UnitOfWork, opened: Opened, hold: Hold, *, reason: str, deputy: str = "") -> HoldRow | Refusal:
    """Place `hold`, in force at once. Sent twice it is one hold. One for hazard takes the place of the flags.

    `deputy` is the officer called when whoever placed it does not look again in time: if none is named, the next.
    """
    capacity = placing_as(hold.kind, opened.acting_as)
    if capacity is None:
        return _NOT_POSSIBLE
    if hold.kind.opens_by_date and opened.report.stage in OUT:
        return _IS_OUT
    earlier = holding.same_hold(uow, opened.report, hold.kind, by=hold.placed_by, reason=reason)
    if earlier is not None:
        return earlier
    placed = holding.place(uow, opened, hold, capacity=capacity, reason=reason)
    if isinstance(placed, HoldRow):
        _after_placing(uow, opened, placed, deputy)
    return placed


def _after_placing(uow: UnitOfWork, opened: Opened, placed: HoldRow, deputy: str) -> None:
    if answers_flags(placed.facts):
        _answer_flags(uow, opened, placed)
    if not placed.kind.opens_by_date:
        placed.deputy_id = deputy_for(uow, placed, named=deputy)
        _tell_officers(uow, opened, "officers/hold_placed", placed)


def _answer_flags(uow: UnitOfWork, opened: Opened, hold: HoldRow) -> None:
    for flag in holding.holds_of(uow, opened.report):
        if flag.kind is HoldKind.TRIAGE_FLAG and is_active(flag.facts, now=uow.now):
            flag.ended_at, flag.became_id = uow.now, hold.id
            record = {"hold": flag.id, "became": hold.id}
            note_in_ledger(uow, "answer_flag", report=opened.report, capacity=Capacity.OFFICER.value, record=record)


def agree_to_lift(
    uow: UnitOfWork, opened: Opened, row: HoldRow, *, reason: str, shown_at: datetime | None = None
) -> HoldRow | Refusal:
    """Agree that the hold may end. It ends when enough have agreed: two officers, or its own one for an embargo.

    `shown_at`: when whoever agrees showed their second factor, which officers must. An agreement counts while whoever
    gave it is an officer free of conflict: one who became an author is none.
    """
    by = uow.actor.person or ""
    refusal = refuse_lifting(row.facts, by=by, acting_as=opened.acting_as, now=uow.now)
    if refusal is not None:
        return refusal
    if not row.kind.opens_by_date and not reason.strip():
        return _REASON_MISSING
    unproven = refuse_unproven(row.facts, shown_at=shown_at, now=uow.now)
    if unproven is not None:
        return unproven
    lift = HoldLift(id=uow.new_id("hold_lift"), hold_id=row.id, by=by, at=uow.now, reauthenticated_at=shown_at)
    uow.cabinet.put(opened.report, lift, "reason", reason)
    row.lifts.append(lift)
    uow.session.flush()  # before the hold ends: the database looks whether two have agreed
    capacity = min(may_lift(row.facts, opened.acting_as))
    note_in_ledger(uow, "agree_to_lift", report=opened.report, capacity=capacity.value, record={"hold": row.id})
    _end_if_enough(uow, opened, row, capacity=capacity)
    return row


def _end_if_enough(uow: UnitOfWork, opened: Opened, row: HoldRow, *, capacity: Capacity) -> None:
    counted = _counted(uow, opened, row)
    if not is_lifted_by(row.facts, counted):
        _tell_officers(uow, opened, "officers/lift_wanted", row, but=frozenset(lift.by for lift in row.lifts))
        return
    row.ended_at = uow.now
    row.lifted_by = counted[0].by
    row.seconded_by = next((lift.by for lift in counted if lift.by != counted[0].by), None)
    note_in_ledger(uow, "end_hold", report=opened.report, capacity=capacity.value, record={"hold": row.id})
    if not row.kind.opens_by_date:
        move_due_days(uow, opened.report)
        _tell_officers(uow, opened, "officers/hold_ended", row)


def _counted(uow: UnitOfWork, opened: Opened, row: HoldRow) -> list[Lift]:
    if row.kind.opens_by_date:
        return list(row.facts.lifts)
    free = {officer.id for officer in holding.free_officers(uow, opened.report)}
    return [lift for lift in row.facts.lifts if lift.by in free]


def look_again(uow: UnitOfWork, opened: Opened, row: HoldRow, *, review_by: datetime | None) -> Refusal | None:
    """Set another moment by which officers look at the hold again. It opens nothing."""
    refusal = refuse_new_review(row.facts, review_by=review_by, acting_as=opened.acting_as, now=uow.now)
    if refusal is not None or review_by is None or row.review_by == review_by:
        return refusal
    row.review_by = review_by
    record = {"hold": row.id, "review_by": review_by.strftime("%Y-%m-%d")}
    note_in_ledger(uow, "review_hold", report=opened.report, capacity=Capacity.OFFICER.value, record=record)
    return None


def _tell_officers(
    uow: UnitOfWork, opened: Opened, letter: str, row: HoldRow, *, but: frozenset[str] = frozenset()
) -> None:
    """Tell the officers who may act on the report, but whoever just did and those in `but`."""
    silent = but | {uow.actor.person}
    officers = [who for who in holding.free_officers(uow, opened.report) if who.id not in silent]
    telling.tell(uow, letter, officers, report=opened.report, about=row.id)

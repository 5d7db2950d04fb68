"""Reconciling a restored database: the holds that the last heartbeat knew are placed again, then an officer confirms.

The operator begins it, for they know that a backup was restored; an officer ends it, for only officers know what was
withheld after the last heartbeat. Until then nothing is released.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from journal import telling
from journal.dossier.heartbeats import unknown_heartbeats
from journal.dossier.steps import note_in_ledger
from journal.jobs import Job, ask_for
from journal.unit_of_work import UnitOfWork
from storage.heartbeats import HeldThen
from storage.keyring import KeyDestroyed
from storage.rows.holds import HoldRow
from storage.rows.reports import Report
from storage.rows.safeguards import Reconciliation
from workflows.holds import HoldKind, Scope
from workflows.machine import Refusal
from workflows.people import Capacity, Role

_LOST = (
    "Placed again after a backup was restored. The reason was lost with the database: the officers' letters have it."
)
NOT_BEHIND = Refusal("not_behind", "The database is not behind any heartbeat: there is nothing to reconcile.")
ALREADY_BEGUN = Refusal(
    "already_begun",
    "The holds are placed again already. Releases go on once an officer has confirmed at /holds/restored.",
)


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of reconciling: holds placed again, and reports with a hold that the database does not have."""

    holds: int
    missing: int


def reconcile(uow: UnitOfWork) -> Restored | Refusal:
    """Place again every hold that the last heartbeat knew and the database does not; ask officers to confirm."""
    unknown = unknown_heartbeats(uow)
    if not unknown:
        return NOT_BEHIND
    heads = sorted({each.digest for each in unknown})
    begun = open_reconciliation(uow)
    if begun is not None and set(heads) <= set(begun.heads):
        return ALREADY_BEGUN
    last = unknown[-1]
    placed = [_place_again(uow, hold) for hold in last.holds if uow.session.get(HoldRow, hold.id) is None]
    row = Reconciliation(
        id=uow.new_id("reconciliation"),
        begun_at=uow.now,
        known_until=last.at,
        heads=heads,
        restored=sum(placed),
        missing=len(placed) - sum(placed),
    )
    uow.session.add(row)
    note_in_ledger(uow, "reconcile", record={"reconciliation": row.id, "restored": row.restored})
    telling.tell(uow, "officers/backup_restored", telling.holders_of(uow, Role.OFFICER), about=row.id)
    return Restored(row.restored, row.missing)


def open_reconciliation(uow: UnitOfWork) -> Reconciliation | None:
    """The newest one that no officer has confirmed."""
    wanted = select(Reconciliation).where(Reconciliation.confirmed_at.is_(None))
    return uow.session.scalars(
        wanted.order_by(Reconciliation.begun_at.desc(), Reconciliation.id).limit(1)
    ).one_or_none()


def confirm_complete(uow: UnitOfWork) -> None:
    """An officer says that everything is withheld that was: from now on there are releases again."""
    waiting = select(Reconciliation).where(Reconciliation.confirmed_at.is_(None))
    for row in uow.session.scalars(waiting):
        row.confirmed_by, row.confirmed_at = uow.actor.person, uow.now
        record = {"reconciliation": row.id}
        note_in_ledger(uow, "confirm_holds", capacity=Capacity.OFFICER.value, record=record)
    ask_for(uow, Job.RELEASE, {}, key="release/reconciled")


def _place_again(uow: UnitOfWork, held: HeldThen) -> bool:
    """Whether it could be: a report that the database does not have, or cannot open, is not published either."""
    report = uow.session.get(Report, held.report_id)
    if report is None:
        return False
    row = HoldRow(
        id=held.id,
        report_id=report.id,
        kind=HoldKind(held.kind),
        scope=Scope(held.scope),
        placed_by=held.placed_by,
        placed_as=Capacity(held.placed_as),
        placed_at=datetime.fromisoformat(held.placed_at),
        embargo_until=_moment(held.embargo_until),
        review_by=_moment(held.review_by),
        deputy_id=held.deputy_id,
        embargo_event=held.embargo_event,
    )
    try:
        uow.cabinet.put(report, row, "reason", _LOST)
    except KeyDestroyed:
        return False
    uow.session.add(row)
    note_in_ledger(uow, "restore_hold", report=report, record={"hold": row.id, "kind": row.kind.value})
    return True


def _moment(said: str | None) -> datetime | None:
    return datetime.fromisoformat(said) if said else None

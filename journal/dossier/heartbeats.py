"""The heartbeat of the database, and whether it is behind one: a restored backup may have forgotten a hold.

See docs/adr/0015.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from journal.unit_of_work import Resources, UnitOfWork, begin
from storage.heartbeats import Heartbeat, HeldThen
from storage.ledger import BEFORE_THE_FIRST
from storage.rows.holds import HoldRow
from storage.rows.ledger import LedgerHead, LedgerRow
from storage.rows.safeguards import Reconciliation
from workflows.holds import is_active
from workflows.people import PRESS


class Behind(Exception):
    """The database knows less than a heartbeat: it was restored from a backup. Nothing may be released from it."""


def beat(resources: Resources, *, due_at: datetime | None) -> None:
    """Keep a heartbeat for the release that was due at `due_at`, or for one that somebody asked for now."""
    with begin(resources, actor=PRESS, writes=False) as uow:
        now_known = _known(uow, due_at=due_at or uow.now)
    resources.heartbeats.keep(now_known)


def refuse_if_behind(resources: Resources) -> None:
    """Raise `Behind` while a heartbeat tells of something that the database does not know."""
    with begin(resources, actor=PRESS, writes=False) as uow:
        if unknown_heartbeats(uow):
            raise Behind


def unknown_heartbeats(uow: UnitOfWork) -> Sequence[Heartbeat]:
    """The heartbeats whose head is in no row of the ledger, and that no officer has answered for; the last one last."""
    told = [each for each in uow.resources.heartbeats.all() if each.n > 0]
    known = {*_in_ledger(uow, told), *_answered_for(uow)}
    return sorted((each for each in told if each.digest not in known), key=lambda each: each.n)


def _in_ledger(uow: UnitOfWork, told: Sequence[Heartbeat]) -> Sequence[str]:
    wanted = select(LedgerRow.digest).where(LedgerRow.digest.in_([each.digest for each in told]))
    return uow.session.scalars(wanted).all()


def _answered_for(uow: UnitOfWork) -> set[str]:
    confirmed = select(Reconciliation.heads).where(Reconciliation.confirmed_at.is_not(None))
    return {head for heads in uow.session.scalars(confirmed) for head in heads}


def _known(uow: UnitOfWork, *, due_at: datetime) -> Heartbeat:
    head = uow.session.execute(select(LedgerHead.n, LedgerHead.digest)).one_or_none()
    n, digest = (head.n, head.digest) if head else (0, BEFORE_THE_FIRST)
    rows = uow.session.scalars(select(HoldRow).order_by(HoldRow.placed_at, HoldRow.id))
    holds = tuple(_held(row) for row in rows if is_active(row.facts, now=uow.now))
    return Heartbeat(at=uow.now, due_at=due_at, n=n, digest=digest, holds=holds)


def _held(row: HoldRow) -> HeldThen:
    return HeldThen(
        id=row.id,
        report_id=row.report_id,
        kind=row.kind.value,
        scope=row.scope.value,
        placed_by=row.placed_by,
        placed_as=row.placed_as.value,
        placed_at=row.placed_at.isoformat(),
        embargo_until=row.embargo_until.isoformat() if row.embargo_until else None,
        review_by=row.review_by.isoformat() if row.review_by else None,
        deputy_id=row.deputy_id,
        embargo_event=row.embargo_event,
    )

"""What officers see after a backup was restored: the holds in force, which one of them confirms to be all."""

from dataclasses import dataclass
from datetime import datetime

from journal.dossier.reconciling import open_reconciliation
from journal.editorial.holds.queues import Queue, queue
from journal.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterRestore:
    """`queue`: every hold in force that the actor may act on. `known_until`: when the last heartbeat was kept."""

    known_until: datetime
    restored: int
    missing: int
    queue: Queue


def after_restore(uow: UnitOfWork) -> AfterRestore | None:
    """What waits for an officer's word, or None when no backup was restored or somebody has confirmed."""
    row = open_reconciliation(uow)
    if row is None:
        return None
    return AfterRestore(known_until=row.known_until, restored=row.restored, missing=row.missing, queue=queue(uow))

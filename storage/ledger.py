"""The ledger: what happened, in order, hash-chained, never changed. Also the one writer of a report's stage.

A row is written in the transaction of the change it records. Its digest is the SHA-256 of the canonical JSON
(RFC 8785) of all its other fields, the digest of the row before among them, so who keeps one digest can tell whether
anything up to it was altered.
"""

import hashlib
from collections.abc import Generator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import rfc8785
from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.codes import refuse_prose
from storage.database import ChangedMeanwhile
from storage.rows.ledger import HEAD_ID, LedgerHead, LedgerRow
from storage.rows.reports import Report
from workflows.report import Advanced

BEFORE_THE_FIRST = "0" * 64
_AT_A_TIME = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be recorded. `facts` are codes, identifiers, digests and whole numbers, never words about a report.

    `id` is a new opaque identifier, `actor_id` a person's or None for the engine itself, `capacity` and `action` are
    values of the rules' enumerations.
    """

    id: str
    at: datetime
    capacity: str
    action: str
    actor_id: str | None = None
    report_id: str | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verified:
    """Every row is as it was written: `count` rows, of which the newest has the digest `head`."""

    head: str
    count: int


@dataclass(frozen=True, slots=True)
class Broken:
    """Row `n` is the first that is not as it was written, or the first that is missing; `why` says how one can tell."""

    n: int
    why: str


def append(session: Session, entry: Entry) -> LedgerRow:
    """Write `entry` as the next row, in the transaction of `session`, and flush.

    Raises `ValueError` if its facts hold prose; `DatabaseBusy` if another transaction keeps the head too long.
    """
    refuse_prose(entry.facts)
    head = _lock_head(session)
    row = LedgerRow(
        n=head.n + 1,
        id=entry.id,
        at=entry.at,
        report_id=entry.report_id,
        actor_id=entry.actor_id,
        capacity=str(entry.capacity),
        action=str(entry.action),
        facts=dict(entry.facts),
        previous=head.digest,
    )
    row.digest = digest_of(row)
    session.add(row)
    head.n, head.digest = row.n, row.digest
    session.flush()
    return row


def advance_stage(session: Session, report: Report, *, transition: Advanced, entry: Entry) -> LedgerRow:
    """Move `report` to the stage that the rules allowed, and record it with both stages. Nothing else writes a stage.

    Raises `ChangedMeanwhile` if the report is no longer where the rules saw it, and `ValueError` if `entry` speaks of
    another report or another action.
    """
    if (entry.report_id, entry.action) != (report.id, transition.action):
        raise ValueError("the entry records another report or another action than the transition")
    if report.stage is not transition.source:
        raise ChangedMeanwhile("the report has moved on; nothing was changed")
    report.stage = transition.target
    if transition.begins_a_stage:
        report.stage_since = entry.at
    stages = {"source": transition.source.value, "target": transition.target.value}
    return append(session, replace(entry, facts={**entry.facts, **stages}))


def verify(session: Session) -> Verified | Broken:
    """Read the whole ledger, a thousand rows at a time, and say whether it is as it was written."""
    count, newest = 0, BEFORE_THE_FIRST
    try:
        with closing(_in_order(session)) as rows:
            for row in rows:
                why = _fault(row, count + 1, newest)
                if why is not None:
                    return Broken(count + 1, why)
                count, newest = row.n, row.digest
    except ValueError:
        return Broken(count + 1, "it cannot be read")
    head = session.execute(select(LedgerHead.n, LedgerHead.digest)).one_or_none()
    if (tuple(head) if head else (0, BEFORE_THE_FIRST)) != (count, newest):
        return Broken(
            count + 1, "the head names another newest row: rows are missing at the end, or the head was changed"
        )
    return Verified(newest, count)


def digest_of(row: LedgerRow) -> str:
    """Return the SHA-256, in hexadecimal, of the canonical JSON of every field of `row` but its digest."""
    fields: dict[str, Any] = {
        "n": row.n,
        "id": row.id,
        "at": row.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "report_id": row.report_id,
        "actor_id": row.actor_id,
        "capacity": row.capacity,
        "action": row.action,
        "facts": row.facts,
        "previous": row.previous,
    }
    return hashlib.sha256(rfc8785.dumps(fields)).hexdigest()


def _lock_head(session: Session) -> LedgerHead:
    # A writing session has its turn already; the lock keeps a chain from forking in any other.
    head = session.get(LedgerHead, HEAD_ID, with_for_update=True)
    if head is None:
        head = LedgerHead(id=HEAD_ID, n=0, digest=BEFORE_THE_FIRST)
        session.add(head)
        session.flush()
    return head


def _in_order(session: Session) -> Generator[LedgerRow, None, None]:
    pieces = select(LedgerRow.__table__).order_by(LedgerRow.n).execution_options(yield_per=_AT_A_TIME)
    with session.execute(pieces) as rows:
        for fields in rows.mappings():
            yield LedgerRow(**fields)


def _fault(row: LedgerRow, n: int, previous: str) -> str | None:
    if row.n != n:
        return f"it is missing: the next row is {row.n}"
    if row.previous != previous:
        return "it does not follow from the row before it"
    if row.digest != digest_of(row):
        return "its digest does not fit what it says"
    return None

"""Writing a narrower article, offering it to the officers, approving it. By one author and two officers."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select

from journal import telling
from journal.dossier import holding, narrowings
from journal.dossier.access import Opened
from journal.dossier.public_sources import NOTICES
from journal.dossier.steps import note_in_ledger
from journal.dossier.uploads import Checked, keep
from journal.unit_of_work import UnitOfWork
from storage.rows.narrowings import NarrowingApproval, NarrowingRow
from storage.rows.reports import Letter, Report
from workflows.lifting import CODE_MISSING, refuse_stale
from workflows.machine import Refusal
from workflows.narrowing import Narrowing, NarrowWords, gaps, is_approved_by, refuse_approving
from workflows.people import Capacity
from workflows.stages import HOLDS_IPA, OUT

_OWNER = Capacity.CORRESPONDING_AUTHOR
NARROWABLE = (*HOLDS_IPA, *OUT)
NOT_YOURS = Refusal("not_possible", "Only the corresponding author can write a narrower article. Ask them.")
NOTHING_OFFERED = Refusal("not_possible", "This step is not possible now.")


def may_write(opened: Opened) -> bool:
    """Whether whoever asks may write a narrower article of the report."""
    return _OWNER in opened.acting_as and opened.report.stage in NARROWABLE


def save(uow: UnitOfWork, opened: Opened, narrowing: Narrowing) -> NarrowingRow | Refusal:
    """Keep the draft. Its files are kept apart, by `attach`."""
    if not may_write(opened):
        return NOT_YOURS
    row = _draft(uow, opened.report)
    uow.cabinet.put(opened.report, row, "body", replace(narrowing, files=(), notices_before=0))
    row.saved_at = uow.now
    return row


def attach(uow: UnitOfWork, opened: Opened, checked: Sequence[Checked]) -> NarrowingRow | Refusal:
    """Keep the files of its own manuscript, which were looked at before."""
    if not may_write(opened):
        return NOT_YOURS
    row = _draft(uow, opened.report)
    keep(uow, opened.report, checked, for_stage=2, narrowing_id=row.id)
    return row


def detach(uow: UnitOfWork, opened: Opened) -> NarrowingRow | Refusal:
    """Take all its files off: it is a short report then."""
    if not may_write(opened):
        return NOT_YOURS
    row = _draft(uow, opened.report)
    for file in narrowings.files(uow, opened.report, row):
        file.set_aside_at = uow.now
    return row


def offer(uow: UnitOfWork, opened: Opened) -> NarrowingRow | tuple[Refusal, ...]:
    """Ask the officers to approve the draft. From now on it does not change; a later draft is another one."""
    if not may_write(opened):
        return (NOT_YOURS,)
    report = opened.report
    row = narrowings.open_draft(narrowings.rows_of(uow, report))
    if row is None:
        return (Refusal("nothing_written", "Write the narrower article first, and keep it."),)
    narrowing = replace(narrowings.with_files(uow, report, row), notices_before=_notices(uow, report))
    missing = tuple(gaps(narrowing))
    if missing:
        return missing
    uow.cabinet.put(report, row, "body", narrowing)
    row.digest, row.offered_at = narrowings.digest_of(narrowing, _left(uow, report, narrowing)), uow.now
    record = {"narrowing": row.id, "digest": row.digest}
    note_in_ledger(uow, "offer_narrowing", report=report, capacity=_OWNER.value, record=record)
    telling.tell(uow, "officers/narrowing_offered", holding.free_officers(uow, report), report=report, about=row.id)
    return row


def approve(uow: UnitOfWork, opened: Opened, *, seen: str, shown_at: datetime | None) -> NarrowingRow | Refusal:
    """Approve what was offered last and has the digest `seen`. With the second officer it is approved.

    `shown_at`: when whoever approves showed their second factor; this opens something, as lifting does. An approval
    counts while whoever gave it is an officer free of conflict, and for nothing but what they saw.
    """
    report, by = opened.report, uow.actor.person or ""
    row = narrowings.last_offered(narrowings.rows_of(uow, report))
    if row is None or row.approved_at is not None:
        return NOTHING_OFFERED
    narrowing = narrowings.words(uow, report, row)
    now = narrowings.digest_of(narrowing, _left(uow, report, narrowing))
    given = [each.by for each in row.approvals if each.digest == now]
    refusal = refuse_approving(acting_as=opened.acting_as, by=by, approved_by=given, seen=seen, digest=now)
    refusal = refusal or refuse_stale(shown_at, now=uow.now)
    if refusal is not None or shown_at is None:
        return refusal or CODE_MISSING
    _give(uow, row, by=by, digest=now, shown_at=shown_at)
    record = {"narrowing": row.id, "digest": now}
    note_in_ledger(uow, "approve_narrowing", report=report, capacity=Capacity.OFFICER.value, record=record)
    _approve_if_enough(uow, report, row, digest=now)
    return row


def _give(uow: UnitOfWork, row: NarrowingRow, *, by: str, digest: str, shown_at: datetime) -> None:
    """Their approval; an earlier one of theirs, of what it is not any more, is this one now."""
    earlier = next((each for each in row.approvals if each.by == by), None)
    if earlier is None:
        earlier = NarrowingApproval(id=uow.new_id("narrowing_approval"), narrowing_id=row.id, by=by)
        row.approvals.append(earlier)
    earlier.at, earlier.digest, earlier.reauthenticated_at = uow.now, digest, shown_at


def _approve_if_enough(uow: UnitOfWork, report: Report, row: NarrowingRow, *, digest: str) -> None:
    free = {officer.id for officer in holding.free_officers(uow, report)}
    counted = [each.by for each in row.approvals if each.digest == digest and each.by in free]
    if not is_approved_by(counted):
        return
    row.digest, row.approved_at = digest, uow.now
    row.approved_by, row.seconded_by = counted[0], next(by for by in counted if by != counted[0])
    record = {"narrowing": row.id, "digest": digest}
    note_in_ledger(uow, "narrow", report=report, capacity=Capacity.OFFICER.value, record=record)
    telling.tell(uow, "authors/narrowing_approved", _owners(report), report=report, about=row.id)


def _owners(report: Report) -> list[telling.Recipient]:
    """Who may write and read a narrower article."""
    return [telling.Recipient(telling.Recipients.AUTHOR, each.id) for each in report.authors if each.corresponding]


def _draft(uow: UnitOfWork, report: Report) -> NarrowingRow:
    rows = narrowings.rows_of(uow, report)
    found = narrowings.open_draft(rows)
    if found is not None:
        return found
    row = NarrowingRow(id=uow.new_id("narrowing"), report_id=report.id, number=len(rows) + 1, saved_at=uow.now)
    uow.cabinet.put(report, row, "body", Narrowing())
    uow.session.add(row)
    uow.session.flush()
    return row


def _left(uow: UnitOfWork, report: Report, narrowing: Narrowing) -> NarrowWords:
    plan, done = narrowings.source(uow, report)
    return narrowings.smaller(plan, done, narrowing)


def _notices(uow: UnitOfWork, report: Report) -> int:
    wanted = select(func.count()).select_from(Letter).where(Letter.report_id == report.id, Letter.kind.in_(NOTICES))
    return uow.session.scalar(wanted) or 0

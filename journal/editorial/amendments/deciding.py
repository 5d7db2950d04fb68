"""Deciding on an amendment: the handling editor approves or refuses, a second editor confirms an approval."""

from dataclasses import replace

from journal.dossier import amending, protocols
from journal.dossier.access import Opened
from journal.dossier.letters import write_letter
from journal.dossier.manuscripts import files_of
from journal.dossier.steps import facts_of, take_step
from journal.editorial.amendments.asking import NOT_NOW, OTHER_ROUND, put_away
from journal.unit_of_work import UnitOfWork
from storage.documents import protocol_digest
from storage.rows.amendments import AmendmentRow
from storage.rows.reports import LetterKind
from workflows.amendments import Decided, Standing
from workflows.machine import Refusal
from workflows.protocol import Protocol
from workflows.report import Advanced
from workflows.stages import Action


def mark_of(row: AmendmentRow) -> str:
    """What an editor read: one asking of one amendment, and whether it was approved already."""
    return f"{row.id}:{row.version}"


def _read(uow: UnitOfWork, opened: Opened, seen: str, standing: Standing) -> AmendmentRow | Refusal:
    row = amending.open_amendment(uow, opened.report)
    if row is None or row.standing is not standing:
        return NOT_NOW
    return row if mark_of(row) == seen else OTHER_ROUND


def refuse(uow: UnitOfWork, opened: Opened, *, seen: str, reason: str) -> Advanced | Refusal:
    """Refuse the amendment, with the reason: what was accepted stands as it did, so one editor suffices."""
    row = _read(uow, opened, seen, Standing.ASKED)
    if isinstance(row, Refusal):
        return row
    facts = replace(facts_of(uow, opened), reason=reason)
    step = take_step(uow, opened, Action.REFUSE_AMENDMENT, facts=facts, record={"amendment": row.id})
    if isinstance(step, Advanced):
        uow.cabinet.put(opened.report, row, "answer", reason.strip())
        row.decided, row.decided_by, row.decided_at = Decided.REFUSED, uow.actor.person, uow.now
        put_away(uow, opened.report)
    return step


def propose(uow: UnitOfWork, opened: Opened, *, seen: str, words: str) -> Advanced | Refusal:
    """Approve it, for a second editor to confirm. `words` are for the authors, and may be none."""
    row = _read(uow, opened, seen, Standing.ASKED)
    if isinstance(row, Refusal):
        return row
    facts = facts_of(uow, opened)
    step = take_step(uow, opened, Action.PROPOSE_AMENDMENT, facts=facts, record={"amendment": row.id})
    if isinstance(step, Advanced):
        uow.cabinet.put(opened.report, row, "answer", words.strip())
        row.proposed_by, row.proposed_at = uow.actor.person, uow.now
    return step


def send_back(uow: UnitOfWork, opened: Opened, *, seen: str, reason: str) -> Advanced | Refusal:
    """Send the approval back to the handling editor; the reason stands among the notes of the editors."""
    row = _read(uow, opened, seen, Standing.PROPOSED)
    if isinstance(row, Refusal):
        return row
    facts = replace(facts_of(uow, opened), reason=reason)
    step = take_step(uow, opened, Action.SEND_BACK_AMENDMENT, facts=facts, record={"amendment": row.id})
    if isinstance(step, Advanced):
        row.proposed_by = row.proposed_at = None
        write_letter(uow, opened.report, LetterKind.EDITORS_NOTE, reason.strip())
    return step


def confirm(uow: UnitOfWork, opened: Opened, *, seen: str) -> Advanced | Refusal:
    """Confirm the approval: the next version is frozen with its digest, and the one before is kept."""
    row = _read(uow, opened, seen, Standing.PROPOSED)
    plan = amending.words(uow, opened.report, row).plan if isinstance(row, AmendmentRow) else None
    if isinstance(row, Refusal) or plan is None:
        return row if isinstance(row, Refusal) else NOT_NOW
    digest = protocol_digest(plan)
    facts = replace(facts_of(uow, opened), proposed_by=row.proposed_by, digest=digest)
    record: dict[str, str | int | None] = {"amendment": row.id, "base": row.base_number, "digest": digest}
    step = take_step(uow, opened, Action.CONFIRM_AMENDMENT, facts=facts, record=record)
    if isinstance(step, Advanced):
        _freeze(uow, opened, row, plan=plan, digest=digest)
    return step


def _freeze(uow: UnitOfWork, opened: Opened, row: AmendmentRow, *, plan: Protocol, digest: str) -> None:
    report, version = opened.report, protocols.open_draft(uow, opened.report)
    if version is None:
        raise AssertionError("the draft of the next version is there while an amendment is open")
    uow.cabinet.put(report, version, "body", plan)
    version.submitted_at, version.frozen_at, version.digest = row.asked_at, uow.now, digest
    report.protocol_digest = digest
    for file in files_of(uow, report, for_stage=1, version_number=None):
        file.version_number = version.number
    row.decided, row.decided_by, row.decided_at = Decided.APPROVED, uow.actor.person, uow.now
    row.made_number = version.number

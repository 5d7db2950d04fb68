"""Confirming a proposal, with what follows at once: the protocol frozen, the round closed, remarks sustained."""

from dataclasses import replace

from journal.dossier import deciding, protocols
from journal.dossier.access import Opened
from journal.dossier.letters import write_letter
from journal.dossier.manuscripts import digests_of, files_of
from journal.dossier.steps import facts_of, take_step
from journal.unit_of_work import UnitOfWork
from storage.documents import protocol_digest
from storage.rows.decisions import Decision, DecisionKind
from storage.rows.protocols import ProtocolVersion
from storage.rows.reports import LetterKind, Report
from storage.rows.reviewing import Round
from workflows.deadlines import REVISION_TIME, due_after
from workflows.facts import Facts
from workflows.machine import Refusal
from workflows.protocol import Protocol
from workflows.report import Advanced, advance
from workflows.stages import Action

OTHER_PROPOSAL = Refusal(
    "other_proposal",
    "The proposal you read is not the one that waits now: it was taken back, changed or decided meanwhile. "
    "Nothing was changed. Open the page again and read what is there.",
)


def confirm(uow: UnitOfWork, opened: Opened, *, decision: str) -> Advanced | Refusal:
    """Confirm the proposal that was read. Everything that follows from it is in the same transaction."""
    report = opened.report
    proposal = deciding.open_proposal(uow, report)
    if proposal is None or proposal.id != decision:
        return OTHER_PROPOSAL
    frozen = _to_freeze(uow, report) if proposal.kind is DecisionKind.IPA else None
    facts = _facts(uow, opened, proposal, digest=protocol_digest(frozen[1]) if frozen else None)
    refusal = advance(report.stage, Action.CONFIRM, acting_as=opened.acting_as, facts=facts)
    if isinstance(refusal, Refusal):
        return refusal
    if frozen is not None:
        _freeze(uow, report, proposal, version=frozen[0], plan=frozen[1])
    record = {"decision": proposal.id, "kind": proposal.kind.value, "digest": report.protocol_digest}
    step = take_step(uow, opened, Action.CONFIRM, facts=facts, record=record)
    if isinstance(step, Advanced):
        proposal.confirmed_by, proposal.confirmed_at = uow.actor.person, uow.now
        _end_round(uow, proposal)
        _sustain(uow, report, proposal)
    return step


def _facts(uow: UnitOfWork, opened: Opened, proposal: Decision, *, digest: str | None) -> Facts:
    known = facts_of(uow, opened)
    return replace(
        known,
        proposed_by=proposal.proposed_by,
        upheld=deciding.upheld_criteria(uow, opened.report),
        stage_2_due=proposal.stage_2_due or known.stage_2_due,
        digest=digest or known.digest,
    )


def _to_freeze(uow: UnitOfWork, report: Report) -> tuple[ProtocolVersion, Protocol] | None:
    """The version that was reviewed, and its plan with the SHA-256 of each of its files."""
    version = protocols.latest_submitted(uow, report)
    if version is None:
        return None
    files = files_of(uow, report, for_stage=1, version_number=version.number)
    return version, replace(protocols.words(uow, report, version), files=digests_of(files))


def _freeze(uow: UnitOfWork, report: Report, proposal: Decision, *, version: ProtocolVersion, plan: Protocol) -> None:
    """Keep the very words that the digest is about; before the stage moves, for the database asks for both."""
    uow.cabinet.put(report, version, "body", plan)
    version.digest, version.frozen_at = protocol_digest(plan), uow.now
    report.protocol_digest, report.ipa_at = version.digest, uow.now
    report.stage_2_due = proposal.stage_2_due


def _end_round(uow: UnitOfWork, proposal: Decision) -> None:
    """A round ends with the decision on it; but a revision waits for the authors' answers, and ends with them."""
    found = uow.session.get_one(Round, proposal.round_id)
    if proposal.kind is not DecisionKind.REVISION:
        found.closed_at = found.closed_at or uow.now
    elif found.answers_asked_at is None:
        found.answers_asked_at, found.answers_due = uow.now, due_after(uow.now, REVISION_TIME)


def _sustain(uow: UnitOfWork, report: Report, proposal: Decision) -> None:
    """What a rejection rests on was upheld by one editor and is now confirmed by another."""
    if proposal.kind is DecisionKind.REJECTION:
        for row in deciding.upheld_remarks(uow, report):
            row.sustained_at = uow.now


def send_back(uow: UnitOfWork, opened: Opened, *, decision: str, reason: str) -> Advanced | Refusal:
    """Send the proposal back to the handling editor, with what should change."""
    proposal = deciding.open_proposal(uow, opened.report)
    if proposal is None or proposal.id != decision:
        return OTHER_PROPOSAL
    facts = replace(facts_of(uow, opened), reason=reason)
    step = take_step(uow, opened, Action.SEND_BACK, facts=facts, record={"decision": proposal.id})
    if isinstance(step, Advanced):
        proposal.sent_back_at = uow.now
        write_letter(uow, opened.report, LetterKind.SENT_BACK, reason.strip())
    return step

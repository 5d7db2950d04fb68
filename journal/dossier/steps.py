"""Moving a report on: facts collected, the table asked, the ledger written, follow-up jobs put in the outbox."""

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from journal import telling
from journal.dossier.access import Opened
from journal.dossier.contacts import unanswered_contacts
from journal.dossier.findings import findings_open
from journal.jobs import Job, ask_for
from journal.unit_of_work import UnitOfWork
from storage import ledger
from storage.rows.reports import Report
from workflows.deadlines import PROOF_TIME, due_after
from workflows.facts import Facts
from workflows.machine import Refusal
from workflows.people import Role
from workflows.report import Advanced, FollowUp, advance, occasion
from workflows.stages import Action, Stage

if TYPE_CHECKING:
    from collections.abc import Mapping


def facts_of(uow: UnitOfWork, opened: Opened) -> Facts:
    """The facts about a report that stand in its own row; whoever asks for a step adds what the step is about."""
    report = opened.report
    return Facts(
        now=uow.now,
        actor=uow.actor.person,
        consents_missing=sum(author.consented_at is None for author in report.authors),
        handling_editor=report.handling_editor_id,
        second_editor=report.second_editor_id,
        conflict_cleared=report.conflict_cleared_at is not None,
        hazard_screened=report.hazard_screened_at is not None,
        reviews_needed=uow.config.reviews_needed,
        stage_2_due=report.stage_2_due,
        digest=report.protocol_digest,
        unanswered_contacts=unanswered_contacts(uow, report),
        findings_open=findings_open(uow, report),
        clocks_stopped=opened.clocks_stopped,
        delayed=opened.delayed,
        proof_due=due_after(report.stage_since, PROOF_TIME + opened.stood_still)
        if report.stage is Stage.PROOF
        else None,
    )


def take_step(
    uow: UnitOfWork,
    opened: Opened,
    action: Action,
    *,
    facts: Facts,
    record: "Mapping[str, str | int | None] | None" = None,
) -> Advanced | Refusal:
    """Move the report on, or say why not. `record` goes into the ledger: codes, identifiers and digests, no prose."""
    report = opened.report
    answer = advance(report.stage, action, acting_as=opened.acting_as, facts=replace(facts, now=uow.now))
    if isinstance(answer, Refusal):
        return answer
    entry = ledger.Entry(
        id=uow.new_id("ledger"),
        at=uow.now,
        report_id=report.id,
        actor_id=uow.actor.person,
        capacity=answer.capacity.value,
        action=answer.action.value,
        facts=dict(record or {}),
    )
    ledger.advance_stage(uow.session, report, transition=answer, entry=entry)
    for follow_up in answer.follow:
        _follow(uow, report, answer, follow_up)
    return answer


def note_in_ledger(
    uow: UnitOfWork,
    action: str,
    *,
    report: Report | None = None,
    capacity: str = "",
    record: "Mapping[str, str | int | None] | None" = None,
) -> None:
    """Write something into the ledger that moves no stage: a hold, an invitation, a role given."""
    ledger.append(
        uow.session,
        ledger.Entry(
            id=uow.new_id("ledger"),
            at=uow.now,
            report_id=report.id if report else None,
            actor_id=uow.actor.person,
            capacity=capacity,
            action=action,
            facts=dict(record or {}),
        ),
    )


def _follow(uow: UnitOfWork, report: Report, step: Advanced, follow_up: FollowUp) -> None:
    about = occasion(step.action, step.target)
    match follow_up:
        case FollowUp.TELL_AUTHORS:
            telling.tell(uow, f"authors/{about}", telling.authors_of(report), report=report)
        case FollowUp.TELL_EDITOR_IN_CHIEF:
            authors = frozenset(author.person_id for author in report.authors if author.person_id)
            chiefs = telling.holders_of(uow, Role.EDITOR_IN_CHIEF, but=authors)
            telling.tell(uow, f"editor_in_chief/{about}", chiefs, report=report)
        case FollowUp.TELL_HANDLING_EDITOR:
            editor = telling.editor_of(report.handling_editor_id)
            telling.tell(uow, f"handling_editor/{about}", editor, report=report)
        case FollowUp.TELL_SECOND_EDITOR:
            telling.tell(uow, f"second_editor/{about}", telling.editor_of(report.second_editor_id), report=report)
        case FollowUp.TELL_REVIEWERS:
            telling.tell(uow, f"reviewers/{about}", telling.reviewers_of(uow, report), report=report)
        case FollowUp.TYPESET:
            ask_for(uow, Job.TYPESET, {"report": report.id}, report_id=report.id, key=f"typeset/{report.id}")
        case _:
            assert_never(follow_up)

"""What editors do beside deciding: return, screen, send to review, note, give more time."""

from dataclasses import dataclass, replace
from datetime import datetime

from journal.dossier import deciding, protocols
from journal.dossier.access import Opened
from journal.dossier.drafts import hazard_answers
from journal.dossier.letters import letters, newest_letter, write_letter
from journal.dossier.rounds import round_for_inviting
from journal.dossier.steps import facts_of, note_in_ledger, take_step
from journal.unit_of_work import UnitOfWork
from storage.rows.reports import Letter, LetterKind, Report
from workflows.facts import Facts
from workflows.hazard import HazardAnswers
from workflows.machine import Refusal
from workflows.people import EDITORS
from workflows.report import Advanced, advance
from workflows.stages import Action, Stage

STARTS = (Stage.SUBMITTED, Stage.STAGE_2_SUBMITTED)
_DESK = {Action.RETURN: LetterKind.RETURNED, Action.DESK_REJECT: LetterKind.DESK_REJECTED}


def look_at_submission(uow: UnitOfWork, opened: Opened, *, act: str, reason: str) -> Advanced | Refusal:
    """Return the submission for mending, or decline it before review. The authors read the reason."""
    action = next((action for action in _DESK if action.value == act), None)
    if action is None:
        return Refusal("act_missing", "Choose what happens to the submission.", "act")
    step = take_step(uow, opened, action, facts=replace(facts_of(uow, opened), reason=reason))
    if isinstance(step, Advanced):
        write_letter(uow, opened.report, _DESK[action], reason.strip())
    return step


# ---------------------------------------------------------------- sending to review


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """What the handling editor says before review."""

    no_conflict: bool = False
    hazard_screen: str = ""
    other_reviewers: str = ""


def answered_hazards(uow: UnitOfWork, report: Report) -> HazardAnswers:
    """The authors' answers to the hazard questions, with the protocol they submitted last."""
    version = protocols.latest_submitted(uow, report)
    return hazard_answers(uow, report, version) if version else HazardAnswers()


def send_to_review(uow: UnitOfWork, opened: Opened, said: Screening) -> Advanced | Refusal:
    """Start the review of the stage that was submitted, in the round that inviting opened (stage 2) or in a new one."""
    report = opened.report
    facts = _facts(uow, opened, said)
    allowed = advance(report.stage, Action.SEND_TO_REVIEW, acting_as=opened.acting_as, facts=facts)
    if isinstance(allowed, Refusal):
        return allowed
    _keep(uow, report, said)
    for_stage = deciding.stage_under_review(report.stage)
    step = take_step(uow, opened, Action.SEND_TO_REVIEW, facts=facts, record={"for_stage": for_stage})
    round_for_inviting(uow, report)
    return step


def _facts(uow: UnitOfWork, opened: Opened, said: Screening) -> Facts:
    known = facts_of(uow, opened)
    asked = deciding.returning_reviewers(uow, opened.report)
    return replace(
        known,
        conflict_cleared=known.conflict_cleared or said.no_conflict,
        hazard_screened=known.hazard_screened or bool(said.hazard_screen.strip()),
        returning_reviewers_uninvited=sum(not each.invited for each in asked),
        other_reviewers=said.other_reviewers,
    )


def _keep(uow: UnitOfWork, report: Report, said: Screening) -> None:
    if said.no_conflict:
        report.conflict_cleared_at = report.conflict_cleared_at or uow.now
    if said.hazard_screen.strip():
        report.hazard_screened_at = uow.now
        write_letter(uow, report, LetterKind.HAZARD_SCREEN, said.hazard_screen.strip())
    if said.other_reviewers.strip():
        write_letter(uow, report, LetterKind.REVIEW_EXCEPTION, said.other_reviewers.strip())


# ---------------------------------------------------------------- notes and dates


def notes(uow: UnitOfWork, report: Report) -> list[tuple[Letter, str]]:
    """What editors wrote to each other, and their exceptions and screenings, oldest first."""
    kinds = (LetterKind.EDITORS_NOTE, LetterKind.HAZARD_SCREEN, LetterKind.REVIEW_EXCEPTION, LetterKind.SENT_BACK)
    return letters(uow, report, kinds)


def write_note(uow: UnitOfWork, opened: Opened, body: str) -> Refusal | None:
    """Keep a note for the report's editors. The same words sent twice are one note."""
    if not opened.acting_as & EDITORS:
        return Refusal("not_possible", "Only the editors of this report write notes.")
    if not body.strip():
        return Refusal("note_missing", "Write the note first.", "body")
    last = newest_letter(uow, opened.report, LetterKind.EDITORS_NOTE)
    if last is None or (last[0].written_by, last[1]) != (uow.actor.person, body.strip()):
        written = write_letter(uow, opened.report, LetterKind.EDITORS_NOTE, body.strip())
        capacity = min(opened.acting_as & EDITORS).value
        note_in_ledger(uow, "write_note", report=opened.report, capacity=capacity, record={"letter": written.id})
    return None


def extend(uow: UnitOfWork, opened: Opened, *, new_due: datetime | None, reason: str) -> Advanced | Refusal:
    """Give more time for stage 2. Letters before that are about a day that no longer counts: contacts count anew."""
    report = opened.report
    facts = replace(facts_of(uow, opened), new_due=new_due)
    record = {"new_due": f"{new_due:%Y-%m-%d}" if new_due else ""}
    step = take_step(uow, opened, Action.EXTEND, facts=facts, record=record)
    if isinstance(step, Advanced):
        report.stage_2_due = new_due
        write_letter(uow, report, LetterKind.EXTENDED, reason.strip())
    return step

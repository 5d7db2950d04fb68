"""Steps of production, and the notices of what is out: corrections and retractions."""

from dataclasses import replace

from journal import telling
from journal.dossier.access import Opened
from journal.dossier.letters import letters, newest_letter, write_letter
from journal.dossier.steps import facts_of, note_in_ledger, take_step
from journal.editorial.proofs.press import is_busy
from journal.jobs import Job, ask_for
from journal.unit_of_work import UnitOfWork
from storage.rows.reports import Letter, LetterKind
from workflows.machine import Refusal
from workflows.people import Capacity, Role
from workflows.stages import Action, Stage

PLAIN_STEPS = {
    Action.SEND_PROOF: Stage.PROOF,
    Action.TYPESET_AGAIN: Stage.ACCEPTED,
    Action.APPROVE_PROOF: Stage.READY,
    Action.APPROVE_FOR_AUTHORS: Stage.READY,
}
RECOMMENDS = frozenset({Capacity.HANDLING_EDITOR, Capacity.OFFICER})
RETRACTABLE = (Stage.PUBLISHED, Stage.CORRECTED)
_NOT_POSSIBLE = Refusal("not_possible", "This step is not possible now. The report may have moved on: reload its page.")
_STILL_AT_IT = Refusal("press_busy", "The press is still at it. Wait for it to end; the page shows how far it is.")
_NO_CHANGES = Refusal("reason_missing", "Say what should change, or approve the proof.", "reason")
_NO_REASON = Refusal("reason_missing", "Say why it should be retracted. The editor-in-chief will read it.", "reason")


def step(uow: UnitOfWork, opened: Opened, action: Action) -> Refusal | None:
    """Take a step that needs no words. A report that stands already where it was to go had its button pressed twice."""
    if action is Action.TYPESET_AGAIN and opened.report.stage is Stage.ACCEPTED:
        return _try_again(uow, opened)
    if opened.report.stage is PLAIN_STEPS[action]:
        return None
    taken = take_step(uow, opened, action, facts=facts_of(uow, opened))
    return taken if isinstance(taken, Refusal) else None


def _try_again(uow: UnitOfWork, opened: Opened) -> Refusal | None:
    """Ask the press once more, when it gave up on an accepted paper."""
    if Capacity.HANDLING_EDITOR not in opened.acting_as:
        return _NOT_POSSIBLE
    report = opened.report
    if is_busy(uow, report):
        return _STILL_AT_IT
    ask_for(uow, Job.TYPESET, {"report": report.id}, report_id=report.id, key=f"typeset/{report.id}")
    note_in_ledger(uow, "try_again", report=report, capacity=Capacity.HANDLING_EDITOR.value)
    return None


def ask_for_changes(uow: UnitOfWork, opened: Opened, reason: str) -> Refusal | None:
    """Send the proof back with what is wrong in it. The same words sent twice are one request."""
    if opened.report.stage is Stage.TYPESET and _said_last(uow, opened, LetterKind.PROOF_CHANGES, reason):
        return None
    if not reason.strip():
        return _NO_CHANGES
    return _step_with_words(
        uow, opened, Action.REQUEST_CHANGES, kind=LetterKind.PROOF_CHANGES, words=reason, fact="reason"
    )


def correct(uow: UnitOfWork, opened: Opened, notice: str) -> Refusal | None:
    """Put a correction at the head of the article, from the next release on. Sent twice it is one correction."""
    if opened.report.stage is Stage.CORRECTED and _said_last(uow, opened, LetterKind.CORRECTION, notice):
        return None
    return _step_with_words(uow, opened, Action.CORRECT, kind=LetterKind.CORRECTION, words=notice, fact="notice")


def recommend(uow: UnitOfWork, opened: Opened, reason: str) -> Refusal | None:
    """Recommend to the editors-in-chief to retract the article. The same words sent twice are one recommendation."""
    report, capacity = opened.report, min(opened.acting_as & RECOMMENDS, default=None)
    if capacity is None or report.stage not in RETRACTABLE:
        return _NOT_POSSIBLE
    if not reason.strip():
        return _NO_REASON
    if _said_last(uow, opened, LetterKind.RETRACTION_RECOMMENDED, reason):
        return None
    write_letter(uow, report, LetterKind.RETRACTION_RECOMMENDED, reason)
    note_in_ledger(uow, "recommend_retraction", report=report, capacity=capacity.value)
    authors = frozenset(author.person_id for author in report.authors if author.person_id)
    chiefs = telling.holders_of(uow, Role.EDITOR_IN_CHIEF, but=authors)
    telling.tell(uow, "editor_in_chief/retraction_recommended", chiefs, report=report)
    return None


def retract(uow: UnitOfWork, opened: Opened, notice: str) -> Refusal | None:
    """Retract the article: its notice stands at its head from the next release on."""
    if opened.report.stage is Stage.RETRACTED and _said_last(uow, opened, LetterKind.RETRACTION, notice):
        return None
    return _step_with_words(uow, opened, Action.RETRACT, kind=LetterKind.RETRACTION, words=notice, fact="notice")


def recommendations(uow: UnitOfWork, opened: Opened) -> list[tuple[Letter, str]]:
    """Who recommended to retract the article, and why, oldest first."""
    return letters(uow, opened.report, [LetterKind.RETRACTION_RECOMMENDED])


def _recommended_by(uow: UnitOfWork, opened: Opened) -> str | None:
    """Somebody other than the actor who recommended it, if there is one: nobody seconds themselves."""
    people = [letter.written_by for letter, _ in recommendations(uow, opened)]
    return next((who for who in people if who != uow.actor.person), people[-1] if people else None)


def _step_with_words(  # noqa: PLR0913 - a step, and what its words are called in letters and facts
    uow: UnitOfWork, opened: Opened, action: Action, *, kind: LetterKind, words: str, fact: str
) -> Refusal | None:
    said = {"reason": "", "notice": "", fact: words}
    facts = replace(
        facts_of(uow, opened),
        reason=said["reason"],
        notice=said["notice"],
        retraction_recommended_by=_recommended_by(uow, opened),
    )
    taken = take_step(uow, opened, action, facts=facts)
    if isinstance(taken, Refusal):
        return taken
    write_letter(uow, opened.report, kind, words)
    return None


def _said_last(uow: UnitOfWork, opened: Opened, kind: LetterKind, words: str) -> bool:
    found = newest_letter(uow, opened.report, kind)
    return found is not None and found[0].written_by == uow.actor.person and found[1] == words

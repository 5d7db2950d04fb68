"""What somebody invited answers: yes, no, and after all. Only a press of a button answers; each can be sent twice."""

from journal import telling
from journal.dossier.holding import raise_flag
from journal.dossier.steps import note_in_ledger
from journal.editorial.reviewing.inviting import account_of
from journal.editorial.reviewing.reading import plan_under_review
from journal.editorial.reviewing.seats import Seat
from storage.rows.holds import HoldRow
from storage.rows.people import Person
from workflows.machine import Refusal
from workflows.people import Capacity

OVER = Refusal("review_over", "The editors need no review of this any more. Thank you. Nothing is asked of you now.")


def accept(seat: Seat, *, confidence: bool, conflict: str) -> list[Refusal]:
    """Accept, keeping the confidence and standing close to nobody. Tells the handling editor."""
    if seat.accepted:
        return []
    refusals = list(_unfit(confidence=confidence, conflict=conflict)) if seat.open else [OVER]
    if refusals or seat.paused:
        return refusals
    row, now = seat.invitation, seat.uow.now
    row.agreed_confidence_at = row.accepted_at = now
    row.declined_at = None
    row.person_id = row.person_id or account_of(seat.uow, row.email)
    _told(seat, "accept_invitation", "handling_editor/invitation_accepted")
    return []


def _unfit(*, confidence: bool, conflict: str) -> list[Refusal]:
    found = []
    if not confidence:
        words = "Say that you keep it to yourself, or decline. Most of what you will read is not public."
        found.append(Refusal("confidence_missing", words, "confidence"))
    if conflict == "yes":
        words = "Then please decline, and say why in a word. If you are not sure, ask the editor by answering the mail."
        found.append(Refusal("in_conflict", words, "conflict"))
    elif conflict != "no":
        found.append(Refusal("conflict_missing", "Answer this before you accept.", "conflict"))
    return found


def decline(seat: Seat, *, reason: str) -> list[Refusal]:
    """Decline, or give an accepted review back; what was typed of it is kept. Tells the handling editor."""
    if seat.sent or not seat.open:
        return [OVER]
    row = seat.invitation
    if row.declined_at is None:
        row.declined_at = seat.uow.now
        seat.uow.cabinet.put(seat.report, row, "decline_reason", reason.strip())
        _told(seat, "decline_invitation", "handling_editor/invitation_declined")
    return []


def undo_decline(seat: Seat) -> list[Refusal]:
    """Take a no back. Who had accepted before has their review again; who had not is asked again."""
    if not seat.open:
        return [OVER]
    row = seat.invitation
    if row.declined_at is not None:
        row.declined_at = None
        letter = "handling_editor/invitation_accepted" if row.accepted_at else ""
        _told(seat, "undo_decline", letter)
    return []


def worry(seat: Seat, *, reason: str) -> HoldRow | Refusal:
    """Flag the report as possibly hazardous: it is withheld at once, and the officers are told."""
    return raise_flag(seat.uow, seat.opened, capacity=Capacity.REVIEWER, reason=reason)


def editors_name(seat: Seat) -> str:
    """Who decides, for whoever is asked to help them."""
    wanted = seat.report.handling_editor_id
    editor = seat.uow.session.get(Person, wanted) if wanted else None
    return editor.name if editor else "The handling editor"


def length(seat: Seat) -> int:
    """How many rows there are to review, which says how long it takes without saying what it is."""
    return len(plan_under_review(seat.uow, seat.report, seat.round).rows)


def _told(seat: Seat, action: str, letter: str) -> None:
    report, uow = seat.report, seat.uow
    note_in_ledger(
        uow, action, report=report, capacity=Capacity.REVIEWER.value, record={"invitation": seat.invitation.id}
    )
    if letter:
        telling.tell(uow, letter, telling.editor_of(report.handling_editor_id), report=report)

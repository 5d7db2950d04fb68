"""What the handling editor does about reviewers: invite, invite again, send the link again, withdraw an invitation."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from journal import people, telling
from journal.dossier.access import Opened
from journal.dossier.authorship import details_of
from journal.dossier.rounds import contents, round_for_inviting, rounds
from journal.dossier.steps import note_in_ledger
from journal.identifiers import as_ror
from journal.links import Purpose, end_links
from journal.names import as_address, unfit_address, unfit_line
from journal.notices.bounces import came_back
from journal.telling import Recipient, Recipients
from journal.unit_of_work import UnitOfWork
from storage.rows.people import Person
from storage.rows.reports import Report
from storage.rows.reviewing import Invitation, Review, Round
from workflows.deadlines import ANYWHERE, INVITATION_TIME, REVIEW_TIME, due_after, end_of_day_anywhere
from workflows.machine import Refusal
from workflows.people import Capacity, Profile, conflict_between

NOT_NOW = Refusal("not_possible", "Nobody can be invited now. The report may have moved on: reload its page.")
_ONCE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Somebody to invite, as typed. `due` is the day by which the review is asked for; none means the usual time."""

    email: str
    name: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One invitation as the editors see it: its state as a mark and a word, its date, and what can be done about it."""

    invitation: Invitation
    mark: str
    word: str
    by: datetime | None
    reason: str
    open: bool


def invite(uow: UnitOfWork, opened: Opened, wanted: Wanted) -> Invitation | list[Refusal]:
    """Invite somebody to the round that is open, which this opens if need be. Whoever is invited stays so."""
    if Capacity.HANDLING_EDITOR not in opened.acting_as or opened.clocks_stopped:
        return [NOT_NOW]
    refusals = [refusal for refusal in (*_unfit(uow, wanted), _too_near(uow, opened.report, wanted)) if refusal]
    if refusals:
        return refusals
    found = round_for_inviting(uow, opened.report)
    return [NOT_NOW] if found is None else _invite(uow, opened.report, found, wanted)


def _unfit(uow: UnitOfWork, wanted: Wanted) -> tuple[Refusal | None, ...]:
    past = wanted.due is not None and wanted.due <= uow.now.astimezone(ANYWHERE).date()
    words = "This day has passed, or is today. Choose a later one, or leave it empty for three weeks."
    return (
        unfit_address(wanted.email),
        unfit_line(wanted.name, "A name", "name"),
        Refusal("due_past", words, "due") if past else None,
    )


def _too_near(uow: UnitOfWork, report: Report, wanted: Wanted) -> Refusal | None:
    """Why this person cannot review the report, as far as a machine can see."""
    address = as_address(wanted.email) or ""
    person = people.find_person(uow, address) if address else None
    involvement = report.involvement(frozenset())
    if person is not None and person.id in {report.handling_editor_id, report.second_editor_id}:
        return Refusal("is_editor", "This is an editor of this report. Ask somebody else to review.", "email")
    if person is not None and person.id in involvement.conflicted:
        return Refusal("in_conflict", "This person is in conflict with this report. Ask somebody else.", "email")
    profile = _profile(person, address)
    for row, details in details_of(uow, report):
        for email in {row.email, details.email}:
            places = frozenset(filter(None, [as_ror(details.ror)]))
            why = conflict_between(profile, Profile(person=row.person_id, email=email, affiliations=places))
            if why is not None:
                return Refusal("in_conflict", f"This person {why}. Ask somebody else to review.", "email")
    return None


def _profile(person: Person | None, address: str) -> Profile:
    place = as_ror(person.ror) if person else None
    return Profile(
        person=person.id if person else None, email=address, affiliations=frozenset({place} if place else ())
    )


def _invite(uow: UnitOfWork, report: Report, found: Round, wanted: Wanted) -> Invitation | list[Refusal]:
    address = as_address(wanted.email) or ""
    known = uow.session.scalar(select(Invitation).where(Invitation.round_id == found.id, Invitation.email == address))
    if known is not None and known.cancelled_at is None:
        return [_known_already(known)]
    row = known or Invitation(id=uow.new_id("invitation"), report_id=report.id, round_id=found.id, email=address)
    row.name = wanted.name.strip() or row.name or ""
    row.person_id = account_of(uow, address)
    row.invited_by, row.invited_at = uow.actor.person or "", uow.now
    row.review_due = _due(wanted.due, uow.now)
    row.cancelled_at = row.accepted_at = row.declined_at = row.agreed_confidence_at = None
    uow.session.add(row)
    _tell(uow, report, row, "reviewers/invitation")
    _note(uow, report, row, "invite_reviewer")
    return row


def _known_already(row: Invitation) -> Refusal:
    if row.declined_at is not None:
        words = "This person declined. If they changed their mind, send them the link again: it lets them accept."
        return Refusal("declined_already", words, "email")
    return Refusal("invited_already", "This person is invited already. They stand in the list above.", "email")


def account_of(uow: UnitOfWork, address: str) -> str | None:
    """The account with this address, if its owner has shown that the address is theirs."""
    person = people.find_person(uow, address)
    return person.id if person and person.confirmed_at else None


def _due(day: date | None, now: datetime) -> datetime:
    if day is None:
        return due_after(now, REVIEW_TIME)
    return end_of_day_anywhere(datetime.combine(day, time(12), tzinfo=ANYWHERE))


def send_link_again(uow: UnitOfWork, opened: Opened, invitation_id: str) -> Refusal | None:
    """Send a new link to somebody invited. Pressed twice within minutes, it is sent once."""
    row = _own(uow, opened, invitation_id)
    if row is None or row.cancelled_at is not None or opened.clocks_stopped:
        return NOT_NOW
    if row.reminded_at is None or uow.now - row.reminded_at > _ONCE:
        row.reminded_at = uow.now
        _tell(uow, opened.report, row, "reviewers/invitation_again")
    return None


def withdraw(uow: UnitOfWork, opened: Opened, invitation_id: str) -> Refusal | None:
    """Withdraw an invitation: its links open nothing from now on, which a letter says. A review that was sent stays."""
    row = _own(uow, opened, invitation_id)
    if row is None or _has_sent(uow, row):
        return NOT_NOW
    if row.cancelled_at is None:
        row.cancelled_at = uow.now
        end_links(uow, Purpose.REVIEW, row.id)
        if row.declined_at is None:  # who said no expects nothing more
            _tell(uow, opened.report, row, "reviewers/invitation_withdrawn")
        _note(uow, opened.report, row, "withdraw_invitation")
    return None


def _own(uow: UnitOfWork, opened: Opened, invitation_id: str) -> Invitation | None:
    """The invitation, if it is of this report and the actor is its handling editor."""
    row = uow.session.get(Invitation, invitation_id)
    if row is None or row.report_id != opened.report.id or Capacity.HANDLING_EDITOR not in opened.acting_as:
        return None
    return row


def _has_sent(uow: UnitOfWork, row: Invitation) -> bool:
    review = uow.session.scalar(select(Review).where(Review.invitation_id == row.id))
    return review is not None and review.submitted_at is not None


def _tell(uow: UnitOfWork, report: Report, row: Invitation, letter: str) -> None:
    telling.tell(uow, letter, [Recipient(Recipients.INVITATION, row.id)], report=report)


def _note(uow: UnitOfWork, report: Report, row: Invitation, action: str) -> None:
    note_in_ledger(uow, action, report=report, capacity=Capacity.HANDLING_EDITOR.value, record={"invitation": row.id})


def asked(uow: UnitOfWork, report: Report, found: Round) -> list[Asked]:
    """Everybody invited in a round, in the order of their invitation."""
    inside, returned = contents(uow, found), came_back(uow, report.id)
    sent = {review.invitation_id: review.submitted_at for review in inside.sent}
    return [_asked(uow, report, row, sent.get(row.id), lost=row.email in returned) for row in inside.invitations]


def _asked(uow: UnitOfWork, report: Report, row: Invitation, sent: datetime | None, *, lost: bool) -> Asked:
    mark, word, by = _state(row, sent, uow.now)
    if lost and mark in ("wait", "part", "late") and row.declined_at is None:
        mark, word = "late", "Letter came back"
    reason = uow.cabinet.get(report, row, "decline_reason", str) if row.decline_reason and row.declined_at else ""
    still = sent is None and row.cancelled_at is None
    return Asked(invitation=row, mark=mark, word=word, by=by, reason=reason, open=still)


def _state(row: Invitation, sent: datetime | None, now: datetime) -> tuple[str, str, datetime | None]:
    """Mark and word of an invitation's state, and the moment that matters to it."""
    answer_by = due_after(row.invited_at, INVITATION_TIME)
    if sent is not None:
        return "done", "Review sent", sent
    if row.cancelled_at is not None:
        return "draft", "Withdrawn", row.cancelled_at
    if row.declined_at is not None:
        return "wait", "Declined", row.declined_at
    if row.accepted_at is not None:
        return ("late", "Review late", row.review_due) if now > row.review_due else ("part", "Accepted", row.review_due)
    return ("late", "No answer yet", answer_by) if now > answer_by else ("wait", "Asked", answer_by)


def returning(uow: UnitOfWork, report: Report) -> list[Invitation]:
    """Whoever sent a review at stage 1, by their newest invitation, and is not invited to stage 2 yet."""
    first, second = ([each for each in rounds(uow, report) if each.for_stage == stage] for stage in (1, 2))
    invited = {row.email for each in second for row in contents(uow, each).invitations if row.cancelled_at is None}
    newest: dict[str, Invitation] = {}
    for each in first:
        inside = contents(uow, each)
        wrote = {review.invitation_id for review in inside.sent}
        newest |= {row.email: row for row in inside.invitations if row.id in wrote}
    return [row for address, row in newest.items() if address not in invited]

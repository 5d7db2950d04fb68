"""The two seats of a report's editors: who may take one, who takes it, and handing it back for a conflict."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import select

from journal import telling
from journal.dossier.access import Opened, reviewers_of
from journal.dossier.authorship import details_of, link_known_authors
from journal.dossier.steps import note_in_ledger
from journal.identifiers import as_ror
from journal.telling import Recipient, Recipients
from journal.unit_of_work import UnitOfWork
from storage.rows.people import Person, RoleGrant
from storage.rows.reports import Conflict, Report
from storage.rows.reviewing import Invitation
from workflows.machine import Refusal
from workflows.people import Capacity, Profile, Role, conflict_between
from workflows.stages import ENDED, Stage

CLOSED = (Stage.DRAFT, *ENDED)
NO_SEATS = Refusal("not_possible", "No editors are assigned to a report that is a draft or has ended.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An editor of the journal. `why_not` says why they cannot take a seat, or is empty."""

    person: str
    name: str
    affiliation: str
    why_not: str


def candidates(uow: UnitOfWork, report: Report) -> list[Candidate]:
    """Every editor of the journal by name, with why some of them cannot look after this report."""
    editors = select(Person).join(RoleGrant, RoleGrant.person_id == Person.id).where(RoleGrant.role == Role.EDITOR)
    authors = _authors(uow, report)
    asked = _asked_to_review(uow, report)
    found = uow.session.scalars(editors.where(Person.active).order_by(Person.name, Person.id))
    return [
        Candidate(
            person=person.id,
            name=person.name,
            affiliation=person.affiliation,
            why_not=_why_not(person, report, authors=authors, asked=asked),
        )
        for person in found
    ]


def _authors(uow: UnitOfWork, report: Report) -> list[Profile]:
    return [
        Profile(person=row.person_id, email=row.email, affiliations=frozenset({as_ror(details.ror) or ""}))
        for row, details in details_of(uow, report)
    ]


def _asked_to_review(uow: UnitOfWork, report: Report) -> frozenset[str]:
    """Persons and addresses of whoever reviews, reviewed or may yet accept to."""
    open_ones = select(Invitation).where(
        Invitation.report_id == report.id, Invitation.declined_at.is_(None), Invitation.cancelled_at.is_(None)
    )
    return reviewers_of(uow, report.id) | {row.email.casefold() for row in uow.session.scalars(open_ones)}


def _why_not(person: Person, report: Report, *, authors: list[Profile], asked: frozenset[str]) -> str:
    profile = Profile(person=person.id, email=person.email, affiliations=frozenset({as_ror(person.ror) or ""}))
    near = next((why for author in authors if (why := conflict_between(profile, author))), None)
    if near:
        return near
    if any(conflict.person_id == person.id for conflict in report.conflicts):
        return "declared a conflict of interest"
    return "reviews this report" if {person.id, person.email.casefold()} & asked else ""


def assign(uow: UnitOfWork, opened: Opened, *, handling: str, second: str) -> list[Refusal]:
    """Give the two seats to two people, and tell whoever got or lost one. Empty when it is done."""
    report = opened.report
    if Capacity.EDITOR_IN_CHIEF not in opened.acting_as or report.stage in CLOSED:
        return [NO_SEATS]
    link_known_authors(uow, report)
    refusals = list(_unfit(candidates(uow, report), handling=handling, second=second))
    if not refusals and (handling, second) != (report.handling_editor_id, report.second_editor_id):
        _seat(uow, report, handling=handling, second=second)
    return refusals


def _unfit(known: list[Candidate], *, handling: str, second: str) -> Iterator[Refusal]:
    by_id = {candidate.person: candidate for candidate in known}
    for field, person in (("handling_editor", handling), ("second_editor", second)):
        candidate = by_id.get(person)
        if candidate is None:
            yield Refusal("no_editor_chosen", f"Choose a {field.replace('_', ' ')}.", field)
        elif candidate.why_not:
            yield Refusal("editor_unfit", f"{candidate.name} {candidate.why_not}. Choose somebody else.", field)
    if handling and handling == second:
        words = "The second editor confirms what the handling editor proposes, so these are two people."
        yield Refusal("one_editor_twice", words, "second_editor")


def _seat(uow: UnitOfWork, report: Report, *, handling: str, second: str) -> None:
    before = {"handling": report.handling_editor_id, "second": report.second_editor_id}
    if handling != report.handling_editor_id:
        report.conflict_cleared_at = None  # that was said by the one before
    report.handling_editor_id, report.second_editor_id = handling, second
    record = {"handling_editor": handling, "second_editor": second}
    chief = Capacity.EDITOR_IN_CHIEF.value
    note_in_ledger(uow, "assign_editors", report=report, capacity=chief, record=record)
    new = [person for seat, person in (("handling", handling), ("second", second)) if person != before[seat]]
    telling.tell(uow, "editors/assigned", _by_account(new), report=report)
    # Without the report: who has no seat in it any more may not be able to know of it when the letter is written.
    telling.tell(uow, "editors/replaced", _by_account(set(before.values()) - {handling, second}))


def _by_account(people: Iterable[str | None]) -> list[Recipient]:
    return [Recipient(Recipients.PERSON, person) for person in sorted(filter(None, people))]


def declare_conflict(uow: UnitOfWork, opened: Opened, *, reason: str) -> Refusal | None:
    """Hand one's seat back for good: from now on the report does not exist for this person."""
    report, person = opened.report, uow.actor.person
    seats = opened.acting_as & {Capacity.HANDLING_EDITOR, Capacity.SECOND_EDITOR}
    if person is None or not seats:
        return Refusal("not_possible", "Only an assigned editor can hand a report back.")
    conflict = Conflict(id=uow.new_id("conflict"), person_id=person, declared_at=uow.now)
    conflict.report_id = report.id
    if reason.strip():
        uow.cabinet.put(report, conflict, "reason", reason.strip())
    report.conflicts.append(conflict)
    _free(report, person)
    note_in_ledger(uow, "declare_conflict", report=report, capacity=min(seats).value, record={"conflict": conflict.id})
    near = {row.person_id for row in report.conflicts} | {row.person_id for row in report.authors if row.person_id}
    chiefs = telling.holders_of(uow, Role.EDITOR_IN_CHIEF, but=frozenset(near))
    telling.tell(uow, "editor_in_chief/seat_free", chiefs, report=report)
    return None


def _free(report: Report, person: str) -> None:
    if report.handling_editor_id == person:
        report.handling_editor_id = report.conflict_cleared_at = None
    if report.second_editor_id == person:
        report.second_editor_id = None

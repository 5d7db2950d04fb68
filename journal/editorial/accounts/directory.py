"""The page of people: who holds which role, what its reader may give or take, and which proposals wait."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from journal import people
from journal.names import unfit_address
from journal.unit_of_work import UnitOfWork
from storage.rows.people import OfficerProposal, Person, RoleGrant
from workflows.machine import Refusal
from workflows.people import Role

KEEPERS = frozenset({Role.EDITOR_IN_CHIEF, Role.ADMINISTRATOR, Role.OFFICER})
_SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A person on the page. `gives` and `takes` are roles its reader may give them or take from them."""

    id: str
    name: str
    email: str
    confirmed: bool
    roles: tuple[Role, ...]
    gives: tuple[Role, ...]
    takes: tuple[Role, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A proposal that waits. `why_not` says why its reader cannot second it, and is empty if they can."""

    id: str
    name: str
    proposed_by: str
    proposed_at: datetime
    why_not: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """The page. With `only_officers`, its reader sees officers alone; `more` says that not everybody is shown."""

    entries: tuple[Entry, ...]
    waiting: tuple[Waiting, ...]
    only_officers: bool
    more: bool


def page(uow: UnitOfWork, wanted: str) -> Directory:
    """What whoever acts may see: editors-in-chief and administrators everybody, officers the officers.

    Who holds a role comes first: authors are many.
    """
    only_officers = not uow.actor.roles & {Role.EDITOR_IN_CHIEF, Role.ADMINISTRATOR}
    found = select(Person).order_by(Person.grants.any().desc(), Person.name, Person.id).limit(_SHOWN + 1)
    for word in wanted.split():
        found = found.where(
            Person.name.icontains(word, autoescape=True) | Person.email.icontains(word, autoescape=True)
        )
    if only_officers:
        found = found.where(Person.grants.any(RoleGrant.role == Role.OFFICER))
    rows = list(uow.session.scalars(found))
    return Directory(
        entries=tuple(_entry(uow, row) for row in rows[:_SHOWN]),
        waiting=tuple(_waiting(uow, proposal) for proposal in people.open_proposals(uow)),
        only_officers=only_officers,
        more=len(rows) > _SHOWN,
    )


def _entry(uow: UnitOfWork, row: Person) -> Entry:
    own = row.id == uow.actor.person
    held = row.held_roles
    return Entry(
        id=row.id,
        name=row.name,
        email=row.email,
        confirmed=row.confirmed_at is not None,
        roles=tuple(role for role in Role if role in held),
        gives=() if own else tuple(role for role in Role if role in people.gives(uow.actor.roles) - held),
        takes=tuple(role for role in Role if role in held and (own or people.may_take(uow, role))),
    )


def _waiting(uow: UnitOfWork, proposal: OfficerProposal) -> Waiting:
    refusal = people.why_not_second(uow, proposal)
    return Waiting(
        id=proposal.id,
        name=uow.session.get_one(Person, proposal.person_id).name,
        proposed_by=uow.session.get_one(Person, proposal.proposed_by).name,
        proposed_at=proposal.proposed_at,
        why_not=refusal.words if refusal else "",
    )


def propose(uow: UnitOfWork, email: str) -> OfficerProposal | Refusal:
    """Propose whoever has the account of this address as an officer."""
    unfit = unfit_address(email)
    if unfit is not None:
        return unfit
    person = people.find_person(uow, email)
    if person is None:
        return Refusal("no_account", "Nobody has an account with this address. Ask them to register first.", "email")
    return people.propose_officer(uow, person)

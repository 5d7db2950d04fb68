"""People with an account: how one comes to be, and which roles they hold.

Without Flask, for the command line as for the pages. Who gives which role:

- the editor-in-chief gives and takes every role but officer, the administrator only the administrator's own: whoever
  sees no report must not be able to hand sight of them to an account of their own;
- nobody gives a role to themselves;
- an officer is made by two: `propose_officer` and `second_officer`; all officers are told;
- at set-up, from the command line, whoever runs the machine gives roles, but only the first two officers.
"""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import func, select

from journal import telling
from journal.names import as_address, unfit_name
from journal.passwords import hash_password
from journal.unit_of_work import UnitOfWork
from storage import ledger
from storage.randomness import opaque
from storage.rows.people import OfficerProposal, Person, RoleGrant
from workflows.machine import Refusal
from workflows.people import Role

FIRST_OFFICERS = 2
SETTLED_AFTER = timedelta(days=30)
_SET_UP = "set_up"
_GIVES = {
    Role.EDITOR_IN_CHIEF: frozenset(Role) - {Role.OFFICER},
    Role.ADMINISTRATOR: frozenset({Role.ADMINISTRATOR}),
}
_PROPOSES = frozenset({Role.OFFICER, Role.EDITOR_IN_CHIEF, Role.ADMINISTRATOR})
_NEVER_NONE = frozenset({Role.EDITOR_IN_CHIEF, Role.ADMINISTRATOR})


# ---------------------------------------------------------------- accounts


def find_person(uow: UnitOfWork, email: str) -> Person | None:
    """The person with the account of this address, however it is written."""
    address = as_address(email)
    return uow.session.scalar(select(Person).where(Person.email == address)) if address else None


def add_person(uow: UnitOfWork, *, email: str, name: str, password: str | None, confirmed: bool = False) -> Person:
    """Make an account. Without a password, its owner sets one through "Forgotten password".

    Raises ValueError when name or address are unfit or taken: ask `journal.names` and `find_person` first.
    """
    address = as_address(email)
    if address is None or unfit_name(name) is not None or find_person(uow, address) is not None:
        raise ValueError("the name or address of a new account is unfit or taken")
    person = Person(
        id=uow.new_id("person"),
        email=address,
        name=name.strip(),
        password=hash_password(password, uow.resources.randomness) if password else None,
        fs_uniquifier=_session_name(uow),
        confirmed_at=uow.now if confirmed else None,
        created_at=uow.now,
    )
    uow.session.add(person)
    uow.session.flush()
    return person


def set_password(uow: UnitOfWork, person: Person, password: str) -> None:
    """Give `person` a new password, and end every session they, or anybody else, have open with the old one."""
    person.password = hash_password(password, uow.resources.randomness)
    end_sessions(uow, person)


def end_sessions(uow: UnitOfWork, person: Person) -> None:
    """Sign `person` out everywhere: a session names `fs_uniquifier`, and nobody has the old one any more."""
    person.fs_uniquifier = _session_name(uow)


def _session_name(uow: UnitOfWork) -> str:
    return opaque(uow.resources.randomness, "person.sessions")


# ---------------------------------------------------------------- roles


def gives(roles: frozenset[Role]) -> frozenset[Role]:
    """The roles that a holder of `roles` may give to others, and take."""
    return frozenset().union(*(_GIVES.get(role, frozenset()) for role in roles))


def grant_at_set_up(uow: UnitOfWork, person: Person, role: Role) -> Refusal | None:
    """Give a role from the command line. Officers are made so only while the journal has fewer than two."""
    if role is Role.OFFICER and role not in person.held_roles and _count(uow, role) >= FIRST_OFFICERS:
        return _takes_two()
    _give(uow, person, role)
    return None


def grant_role(uow: UnitOfWork, person: Person, role: Role) -> Refusal | None:
    """Give `role` to `person`, by whoever acts. Giving it twice is giving it once."""
    if role is Role.OFFICER:
        return _takes_two()
    if role not in gives(uow.actor.roles):
        return Refusal(
            "not_yours_to_give", f"You cannot make somebody {with_article(role)}. Ask the editor-in-chief.", "role"
        )
    if person.id == uow.actor.person:
        return Refusal("own_role", "Nobody gives a role to themselves. Ask somebody else who may give it.", "role")
    if person.confirmed_at is None:
        return Refusal("not_confirmed", "This person has not confirmed their address yet. Ask them to, then try again.")
    _give(uow, person, role)
    return None


def take_role(uow: UnitOfWork, person: Person, role: Role) -> Refusal | None:
    """Take `role` from `person`. Everybody may lay down a role of their own; the last of a kind stays."""
    grant = next((grant for grant in person.grants if grant.role is role), None)
    if grant is None:
        return None
    if person.id != uow.actor.person and not may_take(uow, role):
        return Refusal("not_yours_to_take", "You cannot take this role from somebody. Ask the editor-in-chief.", "role")
    if _too_few_without(uow, role):
        return Refusal("too_few", _too_few(role), "role")
    person.grants.remove(grant)
    _record(uow, "role_taken", person, role=role.value)
    return None


def may_take(uow: UnitOfWork, role: Role) -> bool:
    """Whether whoever acts may take `role` from others."""
    return role in gives(uow.actor.roles) or (role is Role.OFFICER and Role.EDITOR_IN_CHIEF in uow.actor.roles)


def _too_few_without(uow: UnitOfWork, role: Role) -> bool:
    """A hold is lifted by two officers, so two stay."""
    needed = FIRST_OFFICERS if role is Role.OFFICER else int(role in _NEVER_NONE)
    return _count(uow, role) <= needed if needed else False


def _too_few(role: Role) -> str:
    if role is Role.OFFICER:
        return "A hold is lifted by two officers, so the journal keeps two. Find somebody else for it first."
    return f"The journal cannot be without {with_article(role)}. Find somebody else for it first."


def _takes_two() -> Refusal:
    words = "It takes two people to make somebody an information-hazard officer: one proposes, another seconds."
    return Refusal("takes_two", words, "role")


def _give(uow: UnitOfWork, person: Person, role: Role, *, proposed_by: str | None = None) -> None:
    if role in person.held_roles:
        return
    actor = uow.actor.person
    person.grants.append(
        RoleGrant(
            id=uow.new_id("role_grant"),
            role=role,
            granted_at=uow.now,
            granted_by=proposed_by or actor,
            seconded_by=actor if proposed_by else None,
        )
    )
    _record(uow, "role_given", person, role=role.value)


def _count(uow: UnitOfWork, role: Role) -> int:
    uow.session.flush()
    return uow.session.scalar(select(func.count()).select_from(RoleGrant).where(RoleGrant.role == role)) or 0


# ---------------------------------------------------------------- officers


def open_proposals(uow: UnitOfWork) -> list[OfficerProposal]:
    """Proposals that wait for a second person, oldest first."""
    waiting = select(OfficerProposal).where(OfficerProposal.closed_at.is_(None))
    return list(uow.session.scalars(waiting.order_by(OfficerProposal.proposed_at, OfficerProposal.id)))


def propose_officer(uow: UnitOfWork, person: Person) -> OfficerProposal | Refusal:
    """Propose to make `person` an officer. A second person makes it so."""
    refusal = _not_proposable(uow, person)
    if refusal is not None:
        return refusal
    proposal = OfficerProposal(
        id=uow.new_id("officer_proposal"),
        person_id=person.id,
        proposed_by=uow.actor.person,
        proposed_at=uow.now,
    )
    uow.session.add(proposal)
    _record(uow, "officer_proposed", person)
    uow.session.flush()
    telling.tell(uow, "officers/officer_proposed", _seconders(uow, proposal), about=proposal.id)
    return proposal


def _seconders(uow: UnitOfWork, proposal: OfficerProposal) -> list[telling.Recipient]:
    """Who may second it, once each: without a letter nobody would look."""
    concerned = frozenset({proposal.person_id, proposal.proposed_by})
    found = (telling.holders_of(uow, role, but=concerned) for role in (Role.OFFICER, Role.EDITOR_IN_CHIEF))
    return list(dict.fromkeys(recipient for recipients in found for recipient in recipients))


def _not_proposable(uow: UnitOfWork, person: Person) -> Refusal | None:
    if uow.actor.person is None or not _PROPOSES & uow.actor.roles:
        return Refusal(
            "not_yours_to_propose", "Officers are proposed by officers, editors-in-chief and administrators."
        )
    if person.id == uow.actor.person:
        return Refusal("own_role", "Nobody proposes themselves. Ask somebody else to propose you.", "email")
    if Role.OFFICER in person.held_roles:
        return Refusal("already_officer", f"{person.name} is an information-hazard officer already.", "email")
    if person.confirmed_at is None:
        return Refusal("not_confirmed", "This person has not confirmed their address yet. Ask them to first.", "email")
    if any(proposal.person_id == person.id for proposal in open_proposals(uow)):
        return Refusal("already_proposed", f"{person.name} has been proposed and waits for a second person.", "email")
    return None


def second_officer(uow: UnitOfWork, proposal: OfficerProposal) -> Refusal | None:
    """Second a proposal: the person is an officer from now on, and all officers are told."""
    refusal = why_not_second(uow, proposal)
    if refusal is not None:
        return refusal
    person = uow.session.get_one(Person, proposal.person_id)
    proposal.seconded_by = uow.actor.person
    proposal.closed_at = uow.now
    _give(uow, person, Role.OFFICER, proposed_by=proposal.proposed_by)
    uow.session.flush()
    telling.tell(uow, "officers/new_officer", telling.holders_of(uow, Role.OFFICER), about=proposal.id)
    return None


def why_not_second(uow: UnitOfWork, proposal: OfficerProposal) -> Refusal | None:
    """Why whoever acts cannot second `proposal`, if they cannot.

    An editor-in-chief appointed by one person a moment ago is no second person: both may be one.
    """
    actor = uow.actor
    if proposal.closed_at is not None:
        return Refusal("closed", "This proposal has been decided already. Nothing was changed.")
    if actor.person in {proposal.proposed_by, proposal.person_id}:
        return Refusal("same_person", "Somebody else must second this: neither who proposed it nor who is proposed.")
    if not {Role.OFFICER, Role.EDITOR_IN_CHIEF} & actor.roles:
        return Refusal("not_yours_to_second", "An officer or an editor-in-chief seconds this.")
    if Role.OFFICER not in actor.roles and not _settled(uow):
        days = SETTLED_AFTER.days
        words = f"An editor-in-chief seconds an officer only {days} days after being appointed. Ask an officer."
        return Refusal("not_settled", words)
    return None


def _settled(uow: UnitOfWork) -> bool:
    grants = uow.session.scalars(
        select(RoleGrant).where(RoleGrant.person_id == uow.actor.person, RoleGrant.role == Role.EDITOR_IN_CHIEF)
    )
    return any(grant.granted_by is None or grant.granted_at + SETTLED_AFTER <= uow.now for grant in grants)


def dismiss_proposal(uow: UnitOfWork, proposal: OfficerProposal) -> Refusal | None:
    """Close a proposal without making anybody an officer: by who made it, any officer or editor-in-chief."""
    if proposal.closed_at is not None:
        return Refusal("closed", "This proposal has been decided already. Nothing was changed.")
    if uow.actor.person != proposal.proposed_by and not {Role.OFFICER, Role.EDITOR_IN_CHIEF} & uow.actor.roles:
        return Refusal(
            "not_yours_to_dismiss", "Whoever proposed this, an officer or an editor-in-chief can dismiss it."
        )
    proposal.closed_at = uow.now
    _record(uow, "officer_proposal_dismissed", uow.session.get_one(Person, proposal.person_id))
    return None


def _record(uow: UnitOfWork, action: str, person: Person, **facts: str) -> None:
    """Into the ledger, in the capacity in which it was done: a role of the actor's, or the set-up."""
    held: Iterable[Role] = (role for role in (Role.OFFICER, *_GIVES) if role in uow.actor.roles)
    capacity = _SET_UP if uow.actor.person is None else next((role.value for role in held), "person")
    entry = ledger.Entry(
        id=uow.new_id("ledger"),
        at=uow.now,
        actor_id=uow.actor.person,
        capacity=capacity,
        action=action,
        facts={"person": person.id, **facts},
    )
    ledger.append(uow.session, entry)


def with_article(role: Role) -> str:
    """The role as it stands in a sentence: "an editor"."""
    return f"an {role.words}" if role.words[0] in "aeiou" else f"a {role.words}"

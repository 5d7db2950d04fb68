"""What people do about accounts. Nothing here tells a stranger whether somebody has one."""

from dataclasses import dataclass

from journal import people
from journal.dossier.authorship import link_authorships
from journal.editorial.accounts.zones import known_zones
from journal.links import Purpose, end_link, end_links, find_link
from journal.names import unfit_address, unfit_line, unfit_name
from journal.passwords import is_password, unfit_password
from journal.telling import Recipient, Recipients, tell_once
from journal.unit_of_work import UnitOfWork
from storage.rows.links import Link
from storage.rows.people import Person
from workflows.machine import Refusal

NOT_RECOGNISED = Refusal(
    "not_recognised",
    "This address and password do not belong together here. Check both and try again, or ask for a new password.",
)
OLD_LINK = Refusal("old_link", "This link was used already, or is too old.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What a person says of themselves."""

    name: str
    orcid: str = ""
    affiliation: str = ""
    ror: str = ""
    zone: str = "UTC"


# ---------------------------------------------------------------- signing in


def recognise(uow: UnitOfWork, *, email: str, password: str) -> Person | Refusal:
    """Whose address and password these are. The refusal, and the time it takes, is one for every reason."""
    person = people.find_person(uow, email)
    kept = person.password if person and person.active else None
    if not is_password(kept, password) or person is None:
        return NOT_RECOGNISED
    return person


def ask_to_confirm(uow: UnitOfWork, person: Person) -> None:
    """Send the letter with the link that confirms the address."""
    tell_once(uow, "accounts/confirm", Recipient(Recipients.PERSON, person.id))


# ---------------------------------------------------------------- joining


def join(uow: UnitOfWork, *, name: str, email: str, password: str) -> list[Refusal]:
    """Make an account that waits for its address to be confirmed. What is refused depends on what was typed alone."""
    objections = [unfit_name(name), unfit_address(email), unfit_password(password, about=(name, email))]
    refusals = [objection for objection in objections if objection is not None]
    if not refusals:
        _join(uow, name=name, email=email, password=password)
    return refusals


def _join(uow: UnitOfWork, *, name: str, email: str, password: str) -> None:
    """Who has an account is told so by letter. An account nobody confirmed belongs to nobody yet: it is made anew."""
    known = people.find_person(uow, email)
    if known is None:
        ask_to_confirm(uow, people.add_person(uow, email=email, name=name, password=password))
    elif known.confirmed_at is not None:
        is_password(None, password)  # as much work as a new account takes: the time tells nothing
        send_reset(uow, known)
    else:
        if not is_password(known.password, password):
            end_links(uow, Purpose.CONFIRM_ADDRESS, known.id)
            people.set_password(uow, known, password)
        known.name = name.strip()
        ask_to_confirm(uow, known)


def confirm(uow: UnitOfWork, token: str, *, password: str) -> Person | Refusal:
    """The address is its owner's: somebody who got the letter knows the password of whoever asked for it.

    Without the password, whoever registers an address that is not theirs would have its owner open the account for
    them.
    """
    found = _whose(uow, Purpose.CONFIRM_ADDRESS, token)
    if isinstance(found, Refusal):
        return found
    link, person = found
    if not is_password(person.password, password):
        words = "This is not the password that was chosen for this account. If you forgot it, ask for a new one."
        return Refusal("wrong_password", words, "password")
    _is_theirs(uow, person)
    end_link(uow, link)
    return person


def _is_theirs(uow: UnitOfWork, person: Person) -> None:
    """Their letter reached them: the address is theirs, and so is what they agreed to be an author of by mail."""
    person.confirmed_at = person.confirmed_at or uow.now
    link_authorships(uow, person)


# ---------------------------------------------------------------- passwords


def forgot(uow: UnitOfWork, email: str) -> Refusal | None:
    """Send a link for a new password, if there is such an account."""
    refusal = unfit_address(email)
    person = people.find_person(uow, email)
    if person is not None:
        send_reset(uow, person)
    return refusal


def send_reset(uow: UnitOfWork, person: Person) -> None:
    """Send the letter with the link that opens the page for a new password."""
    tell_once(uow, "accounts/reset", Recipient(Recipients.PERSON, person.id))


def reset(uow: UnitOfWork, token: str, *, password: str) -> Person | Refusal:
    """Set a new password by a link. It reached the address, so that is confirmed; every other such link ends."""
    found = _whose(uow, Purpose.RESET_PASSWORD, token)
    if isinstance(found, Refusal):
        return found
    _, person = found
    unfit = unfit_password(password, about=(person.name, person.email))
    if unfit is not None:
        return unfit
    people.set_password(uow, person, password)
    _is_theirs(uow, person)
    for purpose in (Purpose.RESET_PASSWORD, Purpose.CONFIRM_ADDRESS):
        end_links(uow, purpose, person.id)
    return person


def whose_link(uow: UnitOfWork, purpose: Purpose, token: str) -> Person | None:
    """The person whose link it is, if it still opens."""
    found = _whose(uow, purpose, token)
    return None if isinstance(found, Refusal) else found[1]


def _whose(uow: UnitOfWork, purpose: Purpose, token: str) -> tuple[Link, Person] | Refusal:
    link = find_link(uow, purpose, token)
    person = uow.session.get(Person, link.subject_id) if link else None
    return (link, person) if link and person and person.active else OLD_LINK


def change_password(uow: UnitOfWork, person: Person, *, old: str, new: str) -> list[Refusal]:
    """Set a new password for whoever knows the old one. Every session ends; the caller opens a new one."""
    if not is_password(person.password, old):
        return [Refusal("wrong_password", "This is not your password now.", "old_password")]
    unfit = unfit_password(new, about=(person.name, person.email))
    if unfit is not None:
        return [unfit]
    people.set_password(uow, person, new)
    end_links(uow, Purpose.RESET_PASSWORD, person.id)
    return []


# ---------------------------------------------------------------- profile


def describe(person: Person, details: Details, *, keep: bool) -> list[Refusal]:
    """Keep what a person says of themselves, if it is fit and `keep`: identifiers are checked by their fields."""
    refusals = [
        refusal
        for refusal in (
            unfit_name(details.name),
            unfit_line(details.affiliation, "An affiliation", "affiliation"),
            _unfit_zone(details.zone),
        )
        if refusal is not None
    ]
    if keep and not refusals:
        person.name = details.name.strip()
        person.orcid, person.ror = details.orcid, details.ror
        person.affiliation, person.zone = details.affiliation.strip(), details.zone
    return refusals


def _unfit_zone(zone: str) -> Refusal | None:
    return None if zone in known_zones() else Refusal("no_zone", "Choose a time zone from the list.", "zone")

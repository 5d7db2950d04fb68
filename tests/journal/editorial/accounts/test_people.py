"""Who gives which role, in every combination. Nothing here is committed: each test leaves the journal as it was."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from journal.people import (
    add_person,
    dismiss_proposal,
    find_person,
    grant_at_set_up,
    grant_role,
    open_proposals,
    propose_officer,
    second_officer,
    take_role,
)
from journal.unit_of_work import UnitOfWork
from storage import ledger
from storage.rows.ledger import LedgerRow
from storage.rows.people import OfficerProposal, Person
from tests.stories.worlds import World, address_of, make_world
from workflows.machine import Refusal
from workflows.people import Role

GIVEN = {
    Role.EDITOR_IN_CHIEF: {Role.EDITOR, Role.EDITOR_IN_CHIEF, Role.ADMINISTRATOR, Role.VETTED_READER},
    Role.ADMINISTRATOR: {Role.ADMINISTRATOR},
}
CAST = {
    "Olga First": Role.OFFICER,
    "Omar Second": Role.OFFICER,
    "Ilse Chief": Role.EDITOR_IN_CHIEF,
    "Root Admin": Role.ADMINISTRATOR,
    "Ed Editor": Role.EDITOR,
    "Vera Reader": Role.VETTED_READER,
}


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> World:
    world = make_world(tmp_path_factory.mktemp("journal"))
    for name, role in CAST.items():
        world.person(name, role)
    world.person("Ada Author")
    return world


@pytest.fixture
def uow(journal: World) -> Iterator[UnitOfWork]:
    with journal.work() as work:
        yield work


def _named(uow: UnitOfWork, name: str) -> Person:
    person = find_person(uow, address_of(name))
    assert person is not None
    return person


def _roles(uow: UnitOfWork, name: str) -> frozenset[Role]:
    uow.session.flush()
    person = _named(uow, name)
    uow.session.refresh(person)
    return person.held_roles


def _by(uow: UnitOfWork, name: str) -> UnitOfWork:
    return uow.acting_as(_named(uow, name).actor)


def _seconds(uow: UnitOfWork, name: str) -> Refusal | None:
    return second_officer(_by(uow, name), open_proposals(uow)[0])


def _proposes(uow: UnitOfWork, name: str, whom: str) -> OfficerProposal | Refusal:
    return propose_officer(_by(uow, name), _named(uow, whom))


def test_set_up_makes_two_officers_and_no_third(uow: UnitOfWork) -> None:
    refusal = grant_at_set_up(uow, _named(uow, "Ada Author"), Role.OFFICER)
    assert refusal is not None
    assert "two people" in refusal.words
    assert grant_at_set_up(uow, _named(uow, "Olga First"), Role.OFFICER) is None
    assert grant_at_set_up(uow, _named(uow, "Ada Author"), Role.EDITOR) is None
    assert _roles(uow, "Ada Author") == {Role.EDITOR}


@pytest.mark.parametrize(("giver", "role"), list(product(["Ada Author", *CAST], Role)))
def test_who_gives_which_role(uow: UnitOfWork, giver: str, role: Role) -> None:
    add_person(uow, email="new@example.org", name="New Person", password=None, confirmed=True)
    refusal = grant_role(_by(uow, giver), _named(uow, "New Person"), role)
    allowed = giver in CAST and role in GIVEN.get(CAST[giver], set())
    assert (refusal is None) is allowed
    assert _roles(uow, "New Person") == ({role} if allowed else frozenset())


@pytest.mark.parametrize(("name", "role"), list(product(CAST, Role)))
def test_nobody_gives_a_role_to_themselves(uow: UnitOfWork, name: str, role: Role) -> None:
    assert grant_role(_by(uow, name), _named(uow, name), role) is not None
    assert _roles(uow, name) == {CAST[name]}


def test_nobody_gets_a_role_before_confirming_their_address(uow: UnitOfWork) -> None:
    add_person(uow, email="new@example.org", name="New Person", password=None)
    assert grant_role(_by(uow, "Ilse Chief"), _named(uow, "New Person"), Role.EDITOR) is not None
    assert isinstance(_proposes(uow, "Ilse Chief", "New Person"), Refusal)


def test_giving_twice_is_giving_once(uow: UnitOfWork) -> None:
    for _ in range(2):
        assert grant_role(_by(uow, "Ilse Chief"), _named(uow, "Ada Author"), Role.EDITOR) is None
    assert _roles(uow, "Ada Author") == {Role.EDITOR}


@pytest.mark.parametrize(
    ("by", "whom", "role", "allowed"),
    [
        ("Ilse Chief", "Ed Editor", Role.EDITOR, True),
        ("Ed Editor", "Ed Editor", Role.EDITOR, True),
        ("Root Admin", "Ed Editor", Role.EDITOR, False),
        ("Ada Author", "Ed Editor", Role.EDITOR, False),
        ("Ilse Chief", "Ilse Chief", Role.EDITOR_IN_CHIEF, False),
        ("Ilse Chief", "Root Admin", Role.ADMINISTRATOR, False),
        ("Ilse Chief", "Olga First", Role.OFFICER, False),
        ("Olga First", "Olga First", Role.OFFICER, False),
    ],
)
def test_who_takes_which_role(uow: UnitOfWork, by: str, whom: str, role: Role, *, allowed: bool) -> None:
    refusal = take_role(_by(uow, by), _named(uow, whom), role)
    assert (refusal is None) is allowed
    assert (role in _roles(uow, whom)) is not allowed


def test_of_three_officers_one_may_leave(uow: UnitOfWork) -> None:
    _proposes(uow, "Ilse Chief", "Ada Author")
    assert _seconds(uow, "Olga First") is None
    assert take_role(_by(uow, "Root Admin"), _named(uow, "Omar Second"), Role.OFFICER) is not None
    assert take_role(_by(uow, "Omar Second"), _named(uow, "Omar Second"), Role.OFFICER) is None
    assert _roles(uow, "Omar Second") == frozenset()


@pytest.mark.parametrize(
    ("by", "second"), list(product(["Olga First", "Ilse Chief", "Root Admin"], [*CAST, "Ada Author"]))
)
def test_an_officer_is_made_by_two(uow: UnitOfWork, by: str, second: str) -> None:
    assert isinstance(_proposes(uow, by, "Ada Author"), OfficerProposal)
    assert Role.OFFICER not in _roles(uow, "Ada Author")
    refusal = _seconds(uow, second)
    allowed = second != by and second in {"Olga First", "Omar Second", "Ilse Chief"}
    assert (refusal is None) is allowed
    assert (Role.OFFICER in _roles(uow, "Ada Author")) is allowed


@pytest.mark.parametrize(
    ("by", "whom"), [("Ed Editor", "Ada Author"), ("Vera Reader", "Ada Author"), ("Ada Author", "Ed Editor")]
)
def test_others_do_not_propose_officers(uow: UnitOfWork, by: str, whom: str) -> None:
    assert isinstance(_proposes(uow, by, whom), Refusal)


def test_nobody_is_proposed_by_themselves_or_twice_or_again(uow: UnitOfWork) -> None:
    assert isinstance(_proposes(uow, "Ilse Chief", "Ilse Chief"), Refusal)
    assert isinstance(_proposes(uow, "Ilse Chief", "Olga First"), Refusal)
    assert isinstance(_proposes(uow, "Ilse Chief", "Ada Author"), OfficerProposal)
    assert isinstance(_proposes(uow, "Olga First", "Ada Author"), Refusal)


def test_the_candidate_does_not_second_themselves(uow: UnitOfWork) -> None:
    _proposes(uow, "Olga First", "Ilse Chief")
    assert _seconds(uow, "Ilse Chief") is not None
    assert Role.OFFICER not in _roles(uow, "Ilse Chief")


@pytest.mark.parametrize(("days", "allowed"), [(0, False), (29, False), (30, True)])
def test_an_editor_in_chief_appointed_a_moment_ago_is_no_second_person(
    uow: UnitOfWork, days: int, *, allowed: bool
) -> None:
    grant_role(_by(uow, "Ilse Chief"), _named(uow, "Ed Editor"), Role.EDITOR_IN_CHIEF)
    _proposes(uow, "Ilse Chief", "Ada Author")
    later = replace(uow, now=uow.now + timedelta(days=days))
    assert (_seconds(later, "Ed Editor") is None) is allowed


def test_a_decided_proposal_is_not_decided_again(uow: UnitOfWork) -> None:
    _proposes(uow, "Ilse Chief", "Ada Author")
    proposal = open_proposals(uow)[0]
    assert dismiss_proposal(_by(uow, "Root Admin"), proposal) is not None
    assert dismiss_proposal(_by(uow, "Ilse Chief"), proposal) is None
    assert second_officer(_by(uow, "Olga First"), proposal) is not None
    assert dismiss_proposal(_by(uow, "Olga First"), proposal) is not None
    assert open_proposals(uow) == []
    assert Role.OFFICER not in _roles(uow, "Ada Author")


def test_every_change_stands_in_the_ledger(uow: UnitOfWork) -> None:
    before = uow.session.query(LedgerRow).count()
    _proposes(uow, "Ilse Chief", "Ada Author")
    _seconds(uow, "Olga First")
    rows = uow.session.query(LedgerRow).order_by(LedgerRow.n).all()
    assert [row.action for row in rows[:before]] == ["role_given"] * len(CAST)
    assert [row.action for row in rows[before:]] == ["officer_proposed", "role_given"]
    assert rows[-1].actor_id == _named(uow, "Olga First").id
    assert rows[-1].facts == {"person": _named(uow, "Ada Author").id, "role": "officer"}
    assert isinstance(ledger.verify(uow.session), ledger.Verified)

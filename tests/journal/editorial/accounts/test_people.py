"""Who gives which role: the rules, and the page over them."""

from itertools import product

import pytest

from journal.people import (
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
from tests.stories.worlds import World, address_of
from workflows.machine import Refusal
from workflows.people import Role

GIVEN = {
    Role.EDITOR_IN_CHIEF: {Role.EDITOR, Role.EDITOR_IN_CHIEF, Role.ADMINISTRATOR, Role.VETTED_READER},
    Role.ADMINISTRATOR: {Role.ADMINISTRATOR},
}


def _named(uow: UnitOfWork, name: str) -> Person:
    person = find_person(uow, address_of(name))
    assert person is not None
    return person


def _roles(world: World, name: str) -> frozenset[Role]:
    with world.work(writes=False) as uow:
        return _named(uow, name).held_roles


def _grants(world: World, by: str, to: str, role: Role) -> Refusal | None:
    with world.work(world.actor(by)) as uow:
        refusal = grant_role(uow, _named(uow, to), role)
        uow.commit()
    return refusal


def _proposes(world: World, by: str, whom: str) -> OfficerProposal | Refusal:
    with world.work(world.actor(by)) as uow:
        found = propose_officer(uow, _named(uow, whom))
        uow.commit()
    return found


def _seconds(world: World, by: str) -> Refusal | None:
    with world.work(world.actor(by)) as uow:
        refusal = second_officer(uow, open_proposals(uow)[0])
        uow.commit()
    return refusal


@pytest.fixture
def journal(world: World) -> World:
    """Two officers, an editor-in-chief, an administrator, an editor, an author."""
    world.person("Olga First", Role.OFFICER)
    world.person("Omar Second", Role.OFFICER)
    world.person("Ilse Chief", Role.EDITOR_IN_CHIEF)
    world.person("Root Admin", Role.ADMINISTRATOR)
    world.person("Ed Editor", Role.EDITOR)
    world.person("Ada Author")
    return world


def test_set_up_makes_two_officers_and_no_third(journal: World) -> None:
    with journal.work() as uow:
        refusal = grant_at_set_up(uow, _named(uow, "Ada Author"), Role.OFFICER)
        assert refusal is not None
        assert "two people" in refusal.words
        assert grant_at_set_up(uow, _named(uow, "Olga First"), Role.OFFICER) is None
        assert grant_at_set_up(uow, _named(uow, "Ada Author"), Role.EDITOR) is None
        uow.commit()
    assert _roles(journal, "Ada Author") == {Role.EDITOR}


@pytest.mark.parametrize(("giver", "role"), list(product([None, *Role], Role)))
def test_who_gives_which_role(world: World, giver: Role | None, role: Role) -> None:
    world.person("Giver Person", *([giver] if giver else []))
    world.person("Ada Author")
    refusal = _grants(world, "Giver Person", "Ada Author", role)
    allowed = giver is not None and role in GIVEN.get(giver, set())
    assert (refusal is None) is allowed
    assert _roles(world, "Ada Author") == ({role} if allowed else frozenset())


@pytest.mark.parametrize("role", list(Role))
def test_nobody_gives_a_role_to_themselves(journal: World, role: Role) -> None:
    before = _roles(journal, "Ilse Chief")
    assert _grants(journal, "Ilse Chief", "Ilse Chief", role) is not None
    assert _roles(journal, "Ilse Chief") == before


def test_giving_twice_is_giving_once(journal: World) -> None:
    assert _grants(journal, "Ilse Chief", "Ada Author", Role.EDITOR) is None
    assert _grants(journal, "Ilse Chief", "Ada Author", Role.EDITOR) is None
    assert _roles(journal, "Ada Author") == {Role.EDITOR}


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
        ("Ada Author", "Ada Author", Role.EDITOR, True),
    ],
)
def test_who_takes_which_role(journal: World, by: str, whom: str, role: Role, *, allowed: bool) -> None:
    with journal.work(journal.actor(by)) as uow:
        refusal = take_role(uow, _named(uow, whom), role)
        uow.commit()
    assert (refusal is None) is allowed
    assert (role in _roles(journal, whom)) is not allowed


@pytest.mark.parametrize("by", ["Olga First", "Ilse Chief", "Root Admin"])
@pytest.mark.parametrize("second", ["Olga First", "Omar Second", "Ilse Chief", "Root Admin", "Ed Editor", "Ada Author"])
def test_an_officer_is_made_by_two(journal: World, by: str, second: str) -> None:
    assert isinstance(_proposes(journal, by, "Ada Author"), OfficerProposal)
    assert Role.OFFICER not in _roles(journal, "Ada Author")
    refusal = _seconds(journal, second)
    allowed = second != by and second in {"Olga First", "Omar Second", "Ilse Chief"}
    assert (refusal is None) is allowed
    assert (Role.OFFICER in _roles(journal, "Ada Author")) is allowed


@pytest.mark.parametrize("by", ["Ed Editor", "Ada Author"])
def test_others_do_not_propose_officers(journal: World, by: str) -> None:
    assert isinstance(_proposes(journal, by, "Ed Editor" if by == "Ada Author" else "Ada Author"), Refusal)


def test_nobody_is_proposed_by_themselves_or_twice_or_again(journal: World) -> None:
    assert isinstance(_proposes(journal, "Ilse Chief", "Ilse Chief"), Refusal)
    assert isinstance(_proposes(journal, "Ilse Chief", "Olga First"), Refusal)
    assert isinstance(_proposes(journal, "Ilse Chief", "Ada Author"), OfficerProposal)
    assert isinstance(_proposes(journal, "Olga First", "Ada Author"), Refusal)


def test_the_candidate_does_not_second_themselves(journal: World) -> None:
    _proposes(journal, "Olga First", "Ilse Chief")
    assert _seconds(journal, "Ilse Chief") is not None
    assert Role.OFFICER not in _roles(journal, "Ilse Chief")


def test_an_editor_in_chief_appointed_a_moment_ago_is_no_second_person(journal: World) -> None:
    _grants(journal, "Ilse Chief", "Ed Editor", Role.EDITOR_IN_CHIEF)
    _proposes(journal, "Ilse Chief", "Ada Author")
    refusal = _seconds(journal, "Ed Editor")
    assert refusal is not None
    assert refusal.code == "not_settled"
    journal.clock.advance(days=30)
    assert _seconds(journal, "Ed Editor") is None


def test_all_officers_are_told_and_nobody_else(journal: World) -> None:
    _proposes(journal, "Ilse Chief", "Ada Author")
    _seconds(journal, "Omar Second")
    journal.run_jobs()
    assert sorted(mail["to"] for mail in journal.mails()) == ["ada@example.org", "olga@example.org", "omar@example.org"]
    assert {mail["subject"] for mail in journal.mails()} == {"The information-hazard officers have changed"}


def test_a_decided_proposal_is_not_decided_again(journal: World) -> None:
    _proposes(journal, "Ilse Chief", "Ada Author")
    with journal.work(journal.actor("Olga First")) as uow:
        proposal = open_proposals(uow)[0]
        assert dismiss_proposal(uow, proposal) is None
        assert second_officer(uow, proposal) is not None
        assert dismiss_proposal(uow, proposal) is not None
        assert open_proposals(uow) == []
        uow.commit()
    assert Role.OFFICER not in _roles(journal, "Ada Author")


def test_every_change_stands_in_the_ledger(journal: World) -> None:
    _proposes(journal, "Ilse Chief", "Ada Author")
    _seconds(journal, "Olga First")
    with journal.work(writes=False) as uow:
        rows = uow.session.query(LedgerRow).order_by(LedgerRow.n).all()
        assert [row.action for row in rows] == ["role_given"] * 5 + ["officer_proposed", "role_given"]
        assert rows[-1].actor_id == journal.people["Olga First"]
        assert rows[-1].facts == {"person": journal.people["Ada Author"], "role": "officer"}
        assert isinstance(ledger.verify(uow.session), ledger.Verified)


# ---------------------------------------------------------------- the page


@pytest.mark.parametrize("name", ["Ed Editor", "Ada Author"])
def test_for_others_there_is_no_page_of_people(journal: World, name: str) -> None:
    visitor = journal.signed_in(name)
    assert visitor.open("/people").text == visitor.open("/nowhere").text.replace("/nowhere", "/people")
    assert visitor.page.status == 404


@pytest.mark.parametrize(
    ("name", "sees"), [("Ilse Chief", "ada@example.org"), ("Root Admin", "ada@example.org"), ("Olga First", "omar@")]
)
def test_keepers_see_the_accounts_that_concern_them(journal: World, name: str, sees: str) -> None:
    text = journal.signed_in(name).open("/people").text
    assert sees in text
    assert ("ada@example.org" in text) is (name != "Olga First")


def test_a_role_is_given_and_taken_on_the_page(journal: World) -> None:
    visitor = journal.signed_in("Ilse Chief")
    visitor.open("/people")
    ada = journal.people["Ada Author"]
    page = visitor.press("Make editor", within=ada)
    assert "Ada Author is now an editor" in page.text
    assert _roles(journal, "Ada Author") == {Role.EDITOR}
    page = visitor.press("Take away: editor", within=ada)
    assert "no longer an editor" in page.text
    assert _roles(journal, "Ada Author") == frozenset()


@pytest.mark.parametrize("role", ["officer", "editor_in_chief", "emperor", ""])
def test_a_forged_form_gives_an_administrator_nothing(journal: World, role: str) -> None:
    visitor = journal.signed_in("Root Admin")
    page = visitor.open("/people")
    form = page.tree.xpath("//form[contains(@action, '/roles')][.//input[@name='act'][@value='give']]")[0]
    form.xpath(".//input[@name='role']")[0].set("value", role)
    page = visitor.press("Make administrator")
    assert page.status in {404, 422}
    assert all(role not in {str(held) for held in _roles(journal, name)} for name in ("Ada Author", "Ed Editor"))


def test_two_people_make_an_officer_on_the_page(journal: World) -> None:
    admin, officer = journal.signed_in("Root Admin"), journal.signed_in("Olga First")
    admin.open("/people")
    assert admin.press("Propose", {"email": "stranger@example.org"}).status == 422
    assert "waits for a second person" in admin.press("Propose", {"email": "ada@example.org"}).text
    assert "Second Ada Author" not in admin.page.buttons()
    officer.open("/people")
    assert "Proposed by Root Admin" in officer.page.text or "Root Admin" in officer.page.text
    page = officer.press("Second Ada Author")
    assert "a new officer" in page.text
    assert Role.OFFICER in _roles(journal, "Ada Author")


def test_an_administrator_sees_no_report_and_no_way_to_one(journal: World) -> None:
    page = journal.signed_in("Root Admin").open("/people")
    assert not any("/reports/" in href for href in page.tree.xpath("//@href"))


def test_people_are_found_by_part_of_a_name(journal: World) -> None:
    visitor = journal.signed_in("Ilse Chief")
    assert "ada@example.org" in visitor.open("/people?q=ada auth").text
    assert "ed@example.org" not in visitor.page.text
    assert "Nobody has this name" in visitor.open("/people?q=%25").text

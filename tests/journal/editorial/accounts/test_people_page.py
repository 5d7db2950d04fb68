"""The page of people: what its reader may see, give, take, propose and second."""

import pytest

from journal.people import find_person
from storage.rows.people import Person
from tests.stories.worlds import World, address_of
from workflows.people import Role


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


def _roles(world: World, name: str) -> frozenset[Role]:
    with world.work(writes=False) as uow:
        person = find_person(uow, address_of(name))
        assert isinstance(person, Person)
        return person.held_roles


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


def test_all_officers_are_told_and_nobody_else(journal: World) -> None:
    chief, officer = journal.signed_in("Ilse Chief"), journal.signed_in("Omar Second")
    chief.open("/people")
    chief.press("Propose", {"email": "ada@example.org"})
    journal.run_jobs()
    asked = journal.mails()
    assert sorted(mail["to"] for mail in asked) == ["olga@example.org", "omar@example.org"], "who may second it"
    officer.open("/people")
    officer.press("Second Ada Author")
    journal.run_jobs()
    told = [mail for mail in journal.mails() if mail not in asked]
    assert sorted(mail["to"] for mail in told) == ["ada@example.org", "olga@example.org", "omar@example.org"]
    assert {mail["subject"] for mail in told} == {"The information-hazard officers have changed"}
    assert ["made you" in mail["text"] for mail in told] == [mail["to"] == "ada@example.org" for mail in told]
    assert not any("Ada" in mail["text"] for mail in [*asked, *told] if mail["to"] != "ada@example.org")


def test_an_officer_who_lays_the_role_down_is_led_home_and_the_last_two_are_told_why_they_stay(journal: World) -> None:
    olga = journal.signed_in("Olga First")
    olga.open("/people")
    refused = olga.press("Take away: information-hazard officer", within=journal.people["Olga First"])
    assert "keeps two" in refused.text
    olga.press("Propose", {"email": "ada@example.org"})
    omar = journal.signed_in("Omar Second")
    omar.open("/people")
    omar.press("Second Ada Author")
    olga.open("/people")
    page = olga.press("Take away: information-hazard officer", within=journal.people["Olga First"])
    assert page.status == 200
    assert page.title == "Elsewhere"


def test_who_holds_a_role_stands_first(journal: World) -> None:
    text = journal.signed_in("Ilse Chief").open("/people").text
    assert text.index("ed@example.org") < text.index("ada@example.org")

"""Joining and forgotten passwords: only whoever reads the mail of an address gets its account."""

import re

import pytest

from journal.demonstration.visitor import Page, Visitor
from journal.people import find_person
from storage.rows.people import Person
from tests.stories.worlds import PASSWORD, World

ADA = "ada@example.org"
OTHER = "a quite different sentence"


def _registers(visitor: Visitor, password: str = PASSWORD, name: str = "Ada Marwick", email: str = ADA) -> Page:
    visitor.open("/register")
    return visitor.press("Register", {"name": name, "email": email, "password": password})


def _link(world: World, subject: str, to: str = ADA) -> str:
    world.run_jobs()
    text = [mail for mail in world.mails(to) if mail["subject"] == subject][-1]["text"]
    found = re.search(r"^https?://\S+$", text, re.MULTILINE)
    assert found is not None
    return found[0]


def _signs_in(world: World, password: str) -> bool:
    visitor = world.visitor()
    visitor.open("/sign-in")
    visitor.press("Sign in", {"email": ADA, "password": password})
    return visitor.open("/profile").title == "Your profile"


def _row(world: World) -> Person:
    with world.work(writes=False) as uow:
        person = find_person(uow, ADA)
        assert person is not None
        return person


def test_somebody_joins(world: World) -> None:
    visitor = world.visitor()
    assert "on its way" in _registers(visitor).text
    assert not _signs_in(world, PASSWORD)
    link = _link(world, "Confirm your address")
    assert visitor.open(link).title == "Confirm your address"
    page = visitor.press("Confirm and sign in", {"password": PASSWORD})
    assert "you are signed in" in page.text or page.title == "Elsewhere"
    assert visitor.open("/profile").title == "Your profile"
    assert _signs_in(world, PASSWORD)
    assert visitor.open(link).title == "This link opens nothing"


def test_a_scanner_that_follows_and_posts_the_link_confirms_nothing(world: World) -> None:
    _registers(world.visitor())
    scanner = world.visitor()
    scanner.open(_link(world, "Confirm your address"))
    assert scanner.press("Confirm and sign in").status == 422
    assert _row(world).confirmed_at is None


def test_registering_tells_nobody_whether_there_is_an_account(world: World) -> None:
    world.person("Ada Marwick")
    known = _registers(world.visitor(), OTHER)
    unknown = _registers(world.visitor(), OTHER, email="new@example.org")
    assert known.status == unknown.status
    assert known.text == unknown.text
    assert known.address == unknown.address
    assert _signs_in(world, PASSWORD)
    assert not _signs_in(world, OTHER)
    assert _link(world, "Your account").split("/")[3] == "reset"


def test_registering_twice_sends_one_letter_and_makes_one_account(world: World) -> None:
    visitor = world.visitor()
    _registers(visitor)
    _registers(visitor)
    world.run_jobs()
    assert len(world.mails(ADA)) == 1
    visitor.open(_link(world, "Confirm your address"))
    visitor.press("Confirm and sign in", {"password": PASSWORD})
    assert _signs_in(world, PASSWORD)


def test_an_account_prepared_by_somebody_else_does_not_become_theirs(world: World) -> None:
    _registers(world.visitor(), OTHER, name="Eve")
    eves_letter = _link(world, "Confirm your address")
    ada = world.visitor()
    _registers(ada)
    assert ada.open(eves_letter).title == "This link opens nothing"
    ada.open(_link(world, "Confirm your address"))
    _registers(world.visitor(), OTHER, name="Eve")
    ada.press("Confirm and sign in", {"password": PASSWORD})
    assert not _signs_in(world, OTHER)
    assert _row(world).confirmed_at is None


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("name", "", "name by which"),
        ("name", "x" * 5000, "this has 5,000"),
        ("name", "Ada\nBcc: all@example.org", "line breaks"),
        ("email", "ada@example.org\r\nBcc: all@example.org", "no mail address"),
        ("email", "ada", "no mail address"),
        ("password", "short", "at least 10"),
        ("password", "ada@example.org", "Do not use your name or your address"),
    ],
)
def test_what_is_unfit_is_said_beside_its_field_and_the_rest_is_kept(
    world: World, field: str, typed: str, says: str
) -> None:
    visitor = world.visitor()
    visitor.open("/register")
    page = visitor.press("Register", {"name": "Ada Marwick", "email": ADA, "password": PASSWORD, field: typed})
    assert page.status == 422
    assert says in " ".join(page.tree.xpath(f"//*[@id='{field}-error']//text()"))
    for other in {"name", "email"} - {field}:
        assert page.tree.xpath(f"string(//input[@name='{other}']/@value)") in {"Ada Marwick", ADA}
    world.run_jobs()
    assert world.mails() == []


@pytest.mark.parametrize("name", ["محمد بن سلمان", "\U0001f469\u200d\U0001f52c Lê Thị Hồng", "<b>Ada</b> {{ 7*7 }}"])
def test_a_name_in_any_script_stands_in_pages_and_letters_as_it_was_typed(world: World, name: str) -> None:
    visitor = world.visitor()
    _registers(visitor, name=name)
    visitor.open(_link(world, "Confirm your address"))
    visitor.press("Confirm and sign in", {"password": PASSWORD})
    assert visitor.open("/profile").tree.xpath("string(//input[@name='name']/@value)") == name
    assert name in visitor.page.text
    visitor.open("/forgotten")
    visitor.press("Send me the link", {"email": ADA})
    world.run_jobs()
    assert [f"Dear {name}," in mail["text"] for mail in world.mails(ADA)] == [False, True]


def test_a_stranger_cannot_have_their_words_sent_to_somebody(world: World) -> None:
    _registers(world.visitor(), name="Win at https://evil.example now")
    world.run_jobs()
    assert "evil" not in world.mails(ADA)[0]["text"]
    assert "Dear colleague," in world.mails(ADA)[0]["text"]


def test_a_forgotten_password_is_set_anew(world: World) -> None:
    old_session = world.signed_in("Ada Marwick")
    visitor = world.visitor()
    visitor.open("/forgotten")
    visitor.press("Send me the link", {"email": ADA})
    link = _link(world, "Your account")
    assert visitor.open(link).title == "Set a new password"
    page = visitor.press("Set this password", {"password": OTHER})
    assert page.title == "Sign in"
    assert "new password is set" in page.text
    assert visitor.open("/profile").title == "Sign in"
    assert old_session.open("/profile").title == "Sign in"
    assert _signs_in(world, OTHER)
    assert not _signs_in(world, PASSWORD)


def test_forgetting_tells_nobody_whether_there_is_an_account(world: World) -> None:
    world.person("Ada Marwick")
    pages = []
    for email in (ADA, "nobody@example.org"):
        visitor = world.visitor()
        visitor.open("/forgotten")
        pages.append(visitor.press("Send me the link", {"email": email}))
    assert pages[0].text == pages[1].text
    assert pages[0].status == pages[1].status
    world.run_jobs()
    assert [mail["to"] for mail in world.mails()] == [ADA]


def test_a_used_link_says_so(world: World) -> None:
    world.person("Ada Marwick")
    visitor = world.visitor()
    visitor.open("/forgotten")
    visitor.press("Send me the link", {"email": ADA})
    link = _link(world, "Your account")
    twice = world.visitor()
    twice.open(link)
    visitor.open(link)
    visitor.press("Set this password", {"password": OTHER})
    page = twice.press("Set this password", {"password": "and a third sentence"})
    assert page.title == "This link opens nothing"
    assert "used already, or is too old" in page.text
    assert "sign in with it" in page.text
    assert _signs_in(world, OTHER)


def test_an_expired_link_says_so(world: World) -> None:
    world.person("Ada Marwick")
    visitor = world.visitor()
    visitor.open("/forgotten")
    visitor.press("Send me the link", {"email": ADA})
    link = _link(world, "Your account")
    world.clock.advance(days=2)
    page = visitor.open(link)
    assert page.status == 404
    assert "too old" in page.text
    assert visitor.open("/reset/made-up").text == page.text


def test_an_unfit_new_password_keeps_the_link_open(world: World) -> None:
    world.person("Ada Marwick")
    visitor = world.visitor()
    visitor.open("/forgotten")
    visitor.press("Send me the link", {"email": ADA})
    visitor.open(_link(world, "Your account"))
    assert visitor.press("Set this password", {"password": "short"}).status == 422
    visitor.press("Set this password", {"password": OTHER})
    assert _signs_in(world, OTHER)


def test_letters_to_one_address_are_few(world: World) -> None:
    visitor = world.visitor()
    statuses = []
    for _ in range(5):
        visitor.open("/forgotten")
        statuses.append(visitor.press("Send me the link", {"email": ADA}).status)
    assert statuses == [200, 200, 200, 200, 429]
    assert "wait an hour" in visitor.page.text

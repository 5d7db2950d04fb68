"""Flask-Security does what we took it for and nothing else: no page, no commit, no token, no remembering cookie."""

from datetime import timedelta

import pytest
from flask import current_app
from flask_security.utils import check_and_update_authn_fresh, verify_password

from journal.editorial import work
from journal.passwords import hash_password
from storage.randomness import LabelledRandomness
from storage.rows.people import Person
from tests.stories.worlds import PASSWORD, World

PAGES = {
    "accounts.begin_second_factor": "/profile/second-factor",
    "accounts.confirm": "/confirm/<token>",
    "accounts.confirm_second_factor": "/profile/second-factor/confirm",
    "accounts.decide": "/people/officers/<proposal_id>",
    "accounts.forgotten": "/forgotten",
    "accounts.password": "/profile/password",
    "accounts.people": "/people",
    "accounts.profile": "/profile",
    "accounts.propose": "/people/officers",
    "accounts.register": "/register",
    "accounts.reset": "/reset/<token>",
    "accounts.roles": "/people/<person_id>/roles",
    "accounts.second_factor": "/profile/second-factor",
    "accounts.sign_in": "/sign-in",
    "accounts.sign_out": "/sign-out",
    "static_file": "/static/<digest>/<path:name>",
}


def test_these_are_all_the_pages_there_are(world: World) -> None:
    rules = {rule.endpoint: rule.rule for rule in world.app.url_map.iter_rules()}
    elsewhere = ("dashboard.", "holds.")
    assert {name: rule for name, rule in rules.items() if not name.startswith(elsewhere)} == PAGES
    assert not world.app.cli.commands


def test_no_page_is_changed_by_get(world: World) -> None:
    changing = {"accounts.password", "accounts.propose", "accounts.decide", "accounts.roles", "accounts.sign_out"}
    for rule in world.app.url_map.iter_rules():
        if rule.endpoint in changing:
            assert "GET" not in (rule.methods or set())


def test_its_datastore_never_commits(world: World) -> None:
    identifier = world.person("Ada Marwick")
    with world.app.test_request_context("/sign-in", method="POST"):
        datastore = current_app.extensions["security"].datastore
        person = datastore.find_user(email="ada@example.org")
        assert person.id == identifier
        assert datastore.db.session is work.raw_uow().session
        person.name = "Eve"
        datastore.put(person)
        datastore.commit()
        work.close_work()
    with world.work(writes=False) as uow:
        assert uow.session.get_one(Person, identifier).name == "Ada Marwick"


def test_it_reads_passwords_as_we_keep_them_and_would_not_keep_them_anew(world: World) -> None:
    kept = hash_password(PASSWORD, LabelledRandomness(b"1"))
    with world.app.app_context():
        assert verify_password(PASSWORD, kept)
        assert not verify_password("wrong", kept)
        assert not current_app.extensions["security"].pwd_context.needs_update(kept)


def test_no_token_in_an_address_or_a_header_signs_anybody_in(world: World) -> None:
    identifier = world.person("Ada Marwick")
    with world.app.test_request_context("/profile"), world.work(writes=False) as uow:
        token = str(uow.session.get_one(Person, identifier).get_auth_token())
    assert token
    client = world.app.test_client()
    assert client.get("/profile", query_string={"auth_token": token}).status_code == 303
    assert client.get("/profile", headers={"Authentication-Token": token}).status_code == 303


def test_nothing_remembers_somebody_but_the_session(world: World) -> None:
    visitor = world.signed_in("Ada Marwick")
    page = visitor.open("/profile")
    assert "remember" not in str(page.answer.headers)


def test_a_style_sheet_asks_nobody_who_is_there(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = world.signed_in("Ada Marwick")
    address = visitor.open("/profile").tree.xpath("string(//link[@rel='stylesheet']/@href)")
    monkeypatch.setattr(work, "begin", None)
    assert visitor.open(address).status == 200


def test_signing_in_is_fresh_for_whatever_asks_for_that(world: World) -> None:
    world.person("Ada Marwick")
    client = world.app.test_client()
    with client.session_transaction() as session:
        assert "fs_paa" not in session
    token = client.get("/sign-in").get_data(as_text=True).partition('name="csrf_token" value="')[2].partition('"')[0]
    client.post("/sign-in", data={"email": "ada@example.org", "password": PASSWORD, "csrf_token": token})
    with client:
        client.get("/profile")
        assert check_and_update_authn_fresh(timedelta(hours=1), timedelta(0))
        assert not check_and_update_authn_fresh(timedelta(microseconds=1), timedelta(0))

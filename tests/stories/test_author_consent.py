"""Co-authors are asked by mail and answer with one button, without an account."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select

from journal.demonstration.visitor import Page, Visitor
from journal.links import Purpose, make_link
from storage.rows.outbox import OutboxRow
from storage.rows.reports import ReportAuthor
from tests.stories.worlds import World
from tests.stories.writing import begin, client_of, send, written_study
from tests.thorough import few_of


def add_coauthor(author: Visitor, report: str, email: str, name: str = "Jonas Tellervo") -> Page:
    """Add somebody to the list, at its end."""
    page = author.open(f"/reports/{report}/authors")
    count = len(page.tree.xpath("//fieldset[contains(@class, 'entry')]"))
    author.press(f"add:authors:{count}")
    details = {"name": name, "email": email, "affiliation": "Independent"}
    return author.press("Save", {f"authors-{count}-{field}": text for field, text in details.items()})


def row_of(world: World, name: str) -> str:
    """The row of the author with this address, whatever report it is of."""
    with world.work(writes=False) as uow:
        return uow.session.scalars(select(ReportAuthor.id).where(ReportAuthor.email == name)).one()


def link_for(world: World, email: str) -> str:
    """The link in the letter to `email`, as the letter makes it."""
    with world.work() as uow:
        row = uow.session.scalars(select(ReportAuthor).where(ReportAuthor.email == email)).one()
        token = make_link(uow, Purpose.CONSENT, row.id, timedelta(days=120))
        uow.commit()
    return f"/consent/{token}"


def letters_asked_for(world: World) -> list[str]:
    """The letters that wait in the outbox."""
    with world.work(writes=False) as uow:
        rows = uow.session.scalars(select(OutboxRow).where(OutboxRow.job == "mail").order_by(OutboxRow.created_at))
        return [row.arguments["letter"] for row in rows]


def test_a_coauthor_agrees_without_an_account_and_the_study_can_be_sent(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = written_study(world, "Ada Marwick")
    add_coauthor(author, report, "jonas@example.org")
    assert "One co-author has not agreed yet" in send(author, report).text
    author.open(f"/reports/{report}/authors")
    author.press("Ask by mail")
    assert letters_asked_for(world) == ["authors.consent"]
    guest = world.visitor()
    page = guest.open(link_for(world, "jonas@example.org"))
    assert page.status == 200
    assert "Do deception probes" in page.text
    assert "Jonas Tellervo" in page.text
    assert "One co-author has not agreed yet" in send(author, report).text
    page = guest.press("I agree to be an author")
    assert "you are an author" in page.title
    assert "Agreed" in author.open(f"/reports/{report}/authors").text
    assert send(author, report).status == 200


def test_the_letter_carries_the_link_and_not_the_title(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author)
    add_coauthor(author, report, "jonas@example.org")
    author.open(f"/reports/{report}/authors")
    author.press("Ask by mail")
    world.run_jobs()
    [mail] = world.mails("jonas@example.org")
    assert "Ada Marwick named you" in mail["text"]
    assert "Jonas Tellervo" in mail["text"]
    assert "deception" not in (mail["subject"] + mail["text"]).casefold()
    guest = world.visitor()
    [link] = [line for line in mail["text"].splitlines() if "/consent/" in line]
    guest.open(link)
    guest.press("I am not an author")
    world.run_jobs()
    [told] = world.mails("ada@example.org")
    assert "not one" in told["text"]
    assert f"/reports/{report}/authors" in told["text"]
    assert "Jonas" not in told["subject"]


def test_somebody_says_they_are_no_author_and_the_owner_is_told(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = written_study(world, "Ada Marwick")
    add_coauthor(author, report, "jonas@example.org")
    guest = world.visitor()
    guest.open(link_for(world, "jonas@example.org"))
    guest.press("I am not an author")
    assert "Says: not an author" in author.open(f"/reports/{report}/authors").text
    assert letters_asked_for(world) == ["authors.consent_refused"]
    assert send(author, report).status == 422
    author.open(f"/reports/{report}/authors")
    author.press("remove:authors:1")
    assert send(author, report).status == 200


def test_a_link_opens_once_and_says_calmly_when_it_is_used(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author)
    add_coauthor(author, report, "jonas@example.org")
    guest, link = world.visitor(), link_for(world, "jonas@example.org")
    before = guest.open(link)
    guest.press("I agree to be an author")
    guest.page = before
    again = guest.press("I am not an author")
    assert again.status == 404
    assert "If you have answered already, nothing more is needed" in again.text
    assert "Agreed" in author.open(f"/reports/{report}/authors").text
    assert guest.open(link).status == 404


def test_a_link_runs_out(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    add_coauthor(author, begin(author), "jonas@example.org")
    link = link_for(world, "jonas@example.org")
    world.clock.advance(days=119)
    assert world.visitor().open(link).status == 200
    world.clock.advance(days=1, minutes=1)
    page = world.visitor().open(link)
    assert page.status == 404
    assert "ask the corresponding author to send you a new one" in page.text


def test_a_made_up_link_answers_like_one_that_has_run_out(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    add_coauthor(author, begin(author), "jonas@example.org")
    used = link_for(world, "jonas@example.org")
    guest = world.visitor()
    guest.open(used)
    guest.press("I agree to be an author")
    assert guest.open(used).text == guest.open("/consent/made-up").text


def test_consent_is_asked_again_only_when_the_address_changes(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author)
    add_coauthor(author, report, "jonas@example.org")
    guest, other = world.visitor(), link_for(world, "jonas@example.org")
    guest.open(link_for(world, "jonas@example.org"))
    guest.press("I agree to be an author")
    author.open(f"/reports/{report}/authors")
    author.press("Save", {"authors-1-name": "J. Tellervo", "authors-1-email": "Jonas@Example.org"})
    assert "Not asked yet" not in author.open(f"/reports/{report}/authors").text
    author.press("Save", {"authors-1-email": "tellervo@example.org"})
    assert "Not asked yet" in author.open(f"/reports/{report}/authors").text
    assert world.visitor().open(other).status == 404


def test_a_coauthor_with_an_account_of_that_address_can_write_after_agreeing(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author)
    coauthor, _ = client_of(world, "Jonas Tellervo")
    add_coauthor(author, report, "jonas@example.org")
    assert coauthor.open(f"/reports/{report}/tasks").status == 404
    guest = world.visitor()
    guest.open(link_for(world, "jonas@example.org"))
    guest.press("I agree to be an author")
    assert coauthor.open(f"/reports/{report}/tasks").status == 200
    assert "The corresponding author sends it" in coauthor.open(f"/reports/{report}/send").text
    assert "Send to the editors" not in coauthor.page.buttons()


def test_asking_twice_in_a_row_sends_one_letter(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author)
    add_coauthor(author, report, "jonas@example.org")
    before = author.open(f"/reports/{report}/authors")
    author.press("Ask by mail")
    author.page = before
    assert "ten minutes" in author.press("Ask by mail").text
    assert letters_asked_for(world) == ["authors.consent"]
    world.clock.advance(minutes=11)
    author.open(f"/reports/{report}/authors")
    author.press("Ask again")
    assert letters_asked_for(world) == ["authors.consent"] * 2


def test_the_corresponding_author_stays_on_the_list(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author)
    add_coauthor(author, report, "jonas@example.org")
    author.open(f"/reports/{report}/authors")
    page = author.press("remove:authors:0")
    assert [f for f in page.tree.xpath("//input/@value") if f == "ada@example.org"]
    assert author.open(f"/reports/{report}/tasks").status == 200


@pytest.mark.thorough
def test_two_authors_change_places_and_addresses_at_once(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author)
    add_coauthor(author, report, "jonas@example.org")
    add_coauthor(author, report, "priya@example.org", "Priya Lindqvist")
    author.open(f"/reports/{report}/authors")
    swap = {"authors-1-email": "priya@example.org", "authors-2-email": "jonas@example.org"}
    assert author.press("up:authors:2", swap).status == 200
    page = author.open(f"/reports/{report}/authors")
    assert page.tree.xpath("//input[@id='authors-1-name']/@value") == ["Priya Lindqvist"]
    assert page.tree.xpath("//input[@id='authors-1-email']/@value") == ["jonas@example.org"]


def test_nothing_in_the_outbox_names_anybody(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author)
    add_coauthor(author, report, "jonas@example.org")
    author.open(f"/reports/{report}/authors")
    author.press("Ask by mail")
    with world.work(writes=False) as uow:
        row = uow.session.scalars(select(OutboxRow)).one()
        assert row.arguments["id"] == row_of(world, "jonas@example.org")
        assert "onas" not in json.dumps(row.arguments)


def links_in(world: World, email: str) -> list[str]:
    """Every address in the letters to `email`, oldest first."""
    return [line for mail in world.mails(email) for line in mail["text"].splitlines() if line.startswith("http")]


@pytest.mark.parametrize("forgot", few_of([False, True]))
def test_who_registers_after_agreeing_finds_the_study_in_their_list(world: World, forgot: bool) -> None:  # noqa: FBT001 - a case
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author)
    add_coauthor(author, report, "jonas@example.org")
    guest, password = world.visitor(), "a long walk before breakfast"
    guest.open(link_for(world, "jonas@example.org"))
    guest.press("I agree to be an author")
    guest.open("/register")
    guest.press("Register", {"name": "Jonas Tellervo", "email": "jonas@example.org", "password": password})
    if forgot:
        guest.open("/forgotten")
        guest.press("Send me the link", {"email": "jonas@example.org"})
    world.run_jobs()
    guest.open(links_in(world, "jonas@example.org")[-1])
    if forgot:
        guest.press("Set this password", {"password": password})
        guest.press("Sign in", {"email": "jonas@example.org", "password": password})
    else:
        guest.press("Confirm and sign in", {"password": password})
    assert guest.open(f"/reports/{report}/tasks").status == 200
    assert "Do deception probes" in guest.open("/studies").text


def test_a_coauthor_without_an_account_is_told_how_to_open_the_study(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = written_study(world, "Ada Marwick")
    add_coauthor(author, report, "jonas@example.org")
    guest = world.visitor()
    guest.open(link_for(world, "jonas@example.org"))
    guest.press("I agree to be an author")
    send(author, report)
    world.run_jobs()
    assert "register with this address" in world.mails("jonas@example.org")[-1]["text"]
    assert "register with this address" not in world.mails("ada@example.org")[-1]["text"]

"""What answers the letters about late results, what an editor records beside them, and from when a promise lapses."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from journal.demonstration.visitor import Visitor
from journal.dossier.clock import run_clock
from storage.rows.contacts import Contact
from tests.stories.deciding import AUTHOR, HANDLING, SECOND, advance, people
from tests.stories.lateness import STILL, letters_after, overdue, promised, stop
from tests.stories.worlds import World, address_of, stage_of
from workflows.contacts import Way
from workflows.stages import Action, Stage


@pytest.fixture(autouse=True)
def _people(world: World) -> None:
    people(world)


# ---------------------------------------------------------------- answers


def test_one_press_of_the_authors_answers_every_letter(world: World) -> None:
    report_id = overdue(world)
    assert letters_after(world, days=30) == [STILL]
    editor, author = world.signed_in(HANDLING), world.signed_in(AUTHOR)
    assert "they did not answer 2 contacts" in editor.open(f"/reports/{report_id}").text
    author.open(f"/reports/{report_id}")
    said = author.press("We are still working on it", {"words": "The cluster burned down."})
    assert "count as answered" in said.text
    world.run_jobs()
    told = {mail["subject"]: mail["text"] for mail in world.mails(address_of(HANDLING))}
    assert f"/reports/{report_id}/contacts" in told["Authors are still at work"]
    assert "cluster" not in told["Authors are still at work"], "sealed words stay at the desk"
    page = editor.open(f"/reports/{report_id}/contacts")
    assert "The cluster burned down." in page.text
    assert (page.text.count("Answered since"), page.text.count("No answer")) == (2, 0)
    assert "Nobody has written to them or called since." in page.text
    assert "2 unanswered" not in editor.open("/queue").text
    assert letters_after(world, days=29) == [], "who answered is left in peace for a month"
    assert letters_after(world, days=1) == [STILL]


@pytest.mark.thorough
def test_the_same_press_twice_is_one_sign(world: World) -> None:
    report_id = overdue(world)
    author = world.signed_in(AUTHOR)
    for words in ("Soon.", "Soon.", "Very soon."):
        author.open(f"/reports/{report_id}/progress")
        author.press("We are still working on it", {"words": words})
    world.run_jobs()
    assert [mail["subject"] for mail in world.mails(address_of(HANDLING))].count("Authors are still at work") == 2


def test_authors_ask_for_more_time_and_the_editor_sees_until_when(world: World) -> None:
    report_id = overdue(world)
    author, editor = world.signed_in(AUTHOR), world.signed_in(HANDLING)
    author.open(f"/reports/{report_id}/progress")
    early = author.press(
        "We are still working on it", {"words": "Please.", "wanted_until": f"{world.clock.now:%Y-%m-%d}"}
    )
    assert early.status == 200, "today ends later, anywhere on Earth"
    author.open(f"/reports/{report_id}/progress")
    yesterday = world.clock.now - timedelta(days=2)
    refused = author.press("We are still working on it", {"words": "Please.", "wanted_until": f"{yesterday:%Y-%m-%d}"})
    assert refused.status == 422
    assert "Please." in refused.text
    assert "Choose a day that lies ahead" in refused.text
    assert "This is no day" in author.press("We are still working on it", {"wanted_until": "soon"}).text
    wanted = (world.clock.now + timedelta(days=90)).date()
    author.press("We are still working on it", {"words": "Please.", "wanted_until": wanted.isoformat()})
    world.run_jobs()
    assert "Authors ask for more time" in {mail["subject"] for mail in world.mails(address_of(HANDLING))}
    page = editor.open(f"/reports/{report_id}/extend")
    assert wanted.isoformat() in page.answer.body.decode()
    editor.press("Set the new date", {"new_due": wanted.isoformat()})
    assert stage_of(world, report_id) is Stage.STAGE_2_DRAFT
    assert "ask for more time" not in editor.open(f"/reports/{report_id}/extend").text


def test_what_authors_keep_of_their_results_is_an_answer(world: World) -> None:
    report_id = promised(world, days=10)
    with world.work(world.actor(AUTHOR)) as uow:
        advance(uow, report_id, Action.BEGIN_STAGE_2)
    letters_after(world, days=11)
    letters_after(world, days=31)
    editor = world.signed_in(HANDLING)
    assert "they did not answer one contact" in editor.open(f"/reports/{report_id}").text
    author = world.signed_in(AUTHOR)
    author.open(f"/reports/{report_id}/outcomes")
    assert author.press("Save", {"claim": "No lie was found."}).status == 200
    assert "Nobody has written to them or called since." in editor.open(f"/reports/{report_id}").text


@pytest.mark.parametrize("who", [HANDLING, "Una Unrelated"])
def test_nobody_answers_for_the_authors(world: World, who: str) -> None:
    report_id = overdue(world)
    visitor = world.signed_in(who)
    assert visitor.open(f"/reports/{report_id}/progress").status == 404


# ---------------------------------------------------------------- contacts made otherwise


def called(editor: Visitor, report_id: str, day: date, **typed: str) -> str:
    editor.open(f"/reports/{report_id}/contacts")
    chosen = {"way": "phone", "made_on": day.isoformat(), "reached": "no", "words": "No answer.", **typed}
    return editor.press("Record the contact", chosen).text


def test_an_editor_records_calls_and_the_page_says_from_when_the_promise_lapses(world: World) -> None:
    report_id = overdue(world)
    editor = world.signed_in(HANDLING)
    text = editor.open(f"/reports/{report_id}").text
    assert "they did not answer one contact" in text
    assert "lapses on" in text
    today = world.clock.now.date()
    refused = called(editor, report_id, today + timedelta(days=3), way="", reached="")
    for words in ("That day lies ahead", "Choose how you tried", "Say whether they answered", "No answer."):
        assert words in refused
    assert "before the results were late" in called(editor, report_id, today - timedelta(days=40))
    for _ in range(2):
        assert "is recorded" in called(editor, report_id, today - timedelta(days=5))
    assert editor.open(f"/reports/{report_id}/contacts").text.count("By phone") == 2, "a choice, and one contact"
    called(editor, report_id, today - timedelta(days=5), way="in_person")
    text = editor.open(f"/reports/{report_id}").text
    assert "they did not answer 2 contacts" in text, "two on one day count once"
    assert "2 unanswered; may lapse" in editor.open("/queue").text
    called(editor, report_id, today, reached="yes", words="They are well, and busy.")
    page = editor.open(f"/reports/{report_id}/contacts").text
    assert "Nobody has written to them or called since." in page
    assert "They are well, and busy." in page


def test_only_the_handling_editor_records_and_others_of_the_report_do_not_read(world: World) -> None:
    report_id = overdue(world)
    second, author = world.signed_in(SECOND), world.signed_in(AUTHOR)
    assert second.open(f"/reports/{report_id}/contacts").buttons() == world.signed_in(SECOND).open("/queue").buttons()
    second.open("/queue")
    assert author.open(f"/reports/{report_id}/contacts").status == 404
    assert "did not answer" not in author.open(f"/reports/{report_id}").text


@pytest.mark.thorough
def test_three_calls_do_what_three_letters_do(world: World) -> None:
    """The mail server is gone, so no letter is a contact."""
    report_id = promised(world, days=10)
    world.clock.advance(days=11)
    run_clock(world.resources)
    world.clock.advance(days=31)
    run_clock(world.resources)
    editor = world.signed_in(HANDLING)
    for days in (1, 20, 20):
        world.clock.advance(days=days)
        called(editor := world.signed_in(HANDLING), report_id, world.clock.now.date())
    assert "they did not answer 3 contacts" in editor.open(f"/reports/{report_id}").text
    world.clock.advance(days=183 - 82)
    run_clock(world.resources)
    assert stage_of(world, report_id) is Stage.STAGE_2_OVERDUE, "not six months yet"
    world.clock.advance(days=13)
    run_clock(world.resources)
    assert stage_of(world, report_id) is Stage.WITHDRAWN_AFTER_IPA


def test_nothing_is_recorded_of_a_report_whose_clocks_stand_still(world: World) -> None:
    report_id = overdue(world)
    editor = world.signed_in(HANDLING)
    editor.open(f"/reports/{report_id}/contacts")
    stop(world, report_id)
    typed = {"way": "phone", "made_on": f"{world.clock.now:%Y-%m-%d}", "reached": "no"}
    assert "This report is delayed" in editor.press("Record the contact", typed).text
    assert "lapses" not in editor.open(f"/reports/{report_id}").text
    assert "We are still working on it" not in world.signed_in(AUTHOR).open(f"/reports/{report_id}").buttons()


def test_contacts_are_sealed(world: World) -> None:
    report_id = overdue(world)
    called(world.signed_in(HANDLING), report_id, world.clock.now.date(), words="A pangolin answered.")
    with world.work(writes=False) as uow:
        row = uow.session.scalars(select(Contact)).one()
        assert (row.report_id, row.way, row.reached) == (report_id, Way.PHONE, False)
        assert b"pangolin" not in row.words

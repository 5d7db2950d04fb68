"""Drafts: saved as one types, never over somebody else's words, and nothing that was typed is lost."""

import re
from urllib.parse import urlencode

import pytest

from journal.demonstration.transports import InProcess
from journal.demonstration.visitor import Answer, Page, Visitor
from storage.rows.reports import Report
from tests.stories.worlds import World
from tests.stories.writing import TITLE, add_row, begin, client_of, move, send, written_study
from workflows.stages import Stage


def type_in(requests: InProcess, page: Page, changes: dict[str, str]) -> Answer:
    """What htmx sends while somebody types: the fields of the form that saves itself, and its header."""
    form = page.tree.xpath("//form[@data-autosave]")[0]
    fields = dict(form.form_values()) | changes
    response = requests.client.post(
        form.get("action"),
        data=urlencode(fields),
        content_type="application/x-www-form-urlencoded",
        headers={"HX-Request": "true"},
    )
    return Answer(response.status_code, dict(response.headers), response.get_data())


def version_in(answer: Answer) -> str:
    """The version that the answer to a save carries."""
    found = re.search(rb'name="version" value="([^"]*)"', answer.body)
    assert found is not None
    return found[1].decode()


def title_of(author: Visitor, report: str) -> str:
    """The title as the draft has it."""
    return str(author.open(f"/reports/{report}/title").tree.xpath("//textarea[@id='title']")[0].text or "").strip()


def test_what_is_typed_is_kept_and_the_answer_is_a_few_words(world: World) -> None:
    author, requests = client_of(world, "Ada Marwick")
    report = begin(author)
    page = author.open(f"/reports/{report}/title")
    answer = type_in(requests, page, {"title": "Typed"})
    assert answer.status == 200
    assert b"Draft saved 09:00" in answer.body
    assert b"<html" not in answer.body
    assert title_of(author, report) == "Typed"


def test_the_next_save_goes_with_the_version_of_the_answer(world: World) -> None:
    author, requests = client_of(world, "Ada Marwick")
    report = begin(author)
    page = author.open(f"/reports/{report}/title")
    version = version_in(type_in(requests, page, {"title": "One"}))
    assert type_in(requests, page, {"title": "Two", "version": version}).status == 200
    assert title_of(author, report) == "Two"


def test_two_tabs_never_overwrite_each_other(world: World) -> None:
    author, requests = client_of(world, "Ada Marwick")
    report = begin(author)
    first = author.open(f"/reports/{report}/title")
    second = author.open(f"/reports/{report}/title")
    assert type_in(requests, first, {"title": "From the first tab"}).status == 200
    answer = type_in(requests, second, {"title": "From the second tab"})
    assert answer.status == 409
    assert b"Nothing was overwritten" in answer.body
    assert version_in(answer) == version_in(Answer(200, {}, second.answer.body))
    assert title_of(author, report) == "From the first tab"


@pytest.mark.thorough
def test_the_save_button_of_the_second_tab_shows_both_and_then_obeys(world: World) -> None:
    author, requests = client_of(world, "Ada Marwick")
    report = begin(author)
    second = author.open(f"/reports/{report}/title")
    type_in(requests, second, {"title": "From the first tab"})
    author.page = second
    page = author.press("Save", {"title": "From the second tab"})
    assert page.status == 409
    assert "changed in another tab or by a co-author" in page.text
    assert page.tree.xpath("//textarea[@id='title']")[0].text.strip() == "From the second tab"
    assert title_of(author, report) == "From the first tab"
    author.page = page
    assert author.press("Save").status == 200
    assert title_of(author, report) == "From the second tab"


def test_two_people_in_two_parts_do_not_disturb_each_other(world: World) -> None:
    author, requests = client_of(world, "Ada Marwick")
    report = begin(author)
    title = author.open(f"/reports/{report}/title")
    statements = author.open(f"/reports/{report}/statements")
    assert type_in(requests, title, {"title": "Changed"}).status == 200
    assert type_in(requests, statements, {"funding": "Nobody"}).status == 200


def test_the_same_form_sent_twice_saves_once_and_complains_of_nothing(world: World) -> None:
    author, requests = client_of(world, "Ada Marwick")
    report = begin(author)
    page = author.open(f"/reports/{report}/title")
    answers = [type_in(requests, page, {"title": "Same"}) for _ in range(2)]
    assert [answer.status for answer in answers] == [200, 200]
    assert version_in(answers[0]) == version_in(answers[1])


def test_what_cannot_be_submitted_is_kept_all_the_same(world: World) -> None:
    author, requests = client_of(world, "Ada Marwick")
    report = begin(author)
    page = author.open(f"/reports/{report}/authors")
    wrong = {"authors-0-email": "not an address", "authors-0-orcid": "0000-0000-0000-0000", "authors-0-ror": "x"}
    assert type_in(requests, page, wrong).status == 200
    kept = author.open(f"/reports/{report}/authors?check=1")
    for field, text in wrong.items():
        assert kept.tree.xpath("//input[@id=$field]/@value", field=field) == [text]
        assert kept.tree.xpath("//p[@id=$place]", place=f"{field}-error")


def test_rows_are_added_moved_and_removed_with_everything_typed_kept(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author)
    add_row(author, report)
    add_row(author, report, label="H2", question="A second question?")
    author.open(f"/reports/{report}/protocol")
    page = author.press("up:rows:1", {"rows-1-question": "A second question, just changed?"})
    labels = [page.tree.xpath("//input[@id=$id]/@value", id=f"rows-{index}-label")[0] for index in (0, 1)]
    assert labels == ["H2", "H1"]
    assert "just changed?" in page.tree.xpath("//textarea[@id='rows-0-question']")[0].text
    page = author.press("remove:rows:0")
    assert page.tree.xpath("//input[@id='rows-0-label']/@value") == ["H1"]
    assert not page.tree.xpath("//input[@id='rows-1-label']")


def test_a_new_row_gets_a_label_that_is_free(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author)
    add_row(author, report, label="H2")
    add_row(author, report, label="H1")
    author.open(f"/reports/{report}/protocol")
    page = author.press("add:rows:2")
    assert page.tree.xpath("//input[@id='rows-2-label']/@value") == ["H3"]


def test_typing_into_a_draft_that_was_just_sent_changes_nothing_and_says_so(world: World) -> None:
    author, requests = client_of(world, "Ada Marwick")
    report = written_study(world, "Ada Marwick")
    page = author.open(f"/reports/{report}/title")
    send(author, report)
    answer = type_in(requests, page, {"title": "Too late"})
    assert answer.status == 409
    assert b"sent meanwhile" in answer.body
    author.page = page
    kept = author.press("Save", {"title": "Too late"})
    assert kept.status == 409
    assert kept.tree.xpath("//textarea[@id='title']")[0].text.strip() == "Too late"


def test_a_report_sent_back_opens_as_it_was_sent_and_the_first_save_makes_the_next_version(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = written_study(world, "Ada Marwick")
    send(author, report)
    move(world, report, Stage.RETURNED)
    page = author.open(f"/reports/{report}/tasks")
    assert "8 of 8 done" in page.text
    assert "in 60 days" in page.text
    assert "no deadline" not in page.text
    assert author.open(f"/reports/{report}/protocol/2").status == 404
    author.open(f"/reports/{report}/title")
    author.press("Save", {"title": "Better title"})
    assert author.open(f"/reports/{report}/protocol/2").status == 200
    assert "manuscript.md" in author.open(f"/reports/{report}/manuscript").text
    assert send(author, report).status == 200
    assert "Better title" in author.open(f"/reports/{report}/protocol/2").text
    first = author.open(f"/reports/{report}/protocol/1").tree.xpath("string(//h2[@id='plan-abstract'])")
    assert first.strip() == TITLE
    with world.work(writes=False) as uow:
        assert uow.session.get_one(Report, report).stage is Stage.SUBMITTED


def test_a_title_of_any_length_leaves_room_for_the_page_of_the_report(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author, "W" * 5000)
    for page in ("", "/tasks"):
        assert len(author.open(f"/reports/{report}{page}").tree.xpath("string(//h1)").strip()) <= 300
    assert author.open(f"/reports/{report}/title").tree.xpath("string(//textarea[@id='title'])").strip() == "W" * 5000


def test_who_runs_no_javascript_is_told_to_press_save(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author)
    for page in ("title", "authors", "protocol", "statements"):
        tree = author.open(f"/reports/{report}/{page}").tree
        assert "press Save before you leave" in tree.xpath("string(//noscript)")
    assert not author.open(f"/reports/{report}/manuscript/1").tree.xpath("//noscript")

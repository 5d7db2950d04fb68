"""A review as a text file: downloaded, filled in, uploaded; and what the page says of points that only ask."""

from itertools import count
from pathlib import Path

import pytest

from journal.demonstration.visitor import Page, Upload, Visitor
from tests.stories.reviewing import AUTHOR, HANDLING, accepted, judged, report_in_review
from tests.stories.worlds import World, make_world
from workflows.people import Role

NUMBERS = count(1)
POINT = "=== Claim ===\n"
CLAIM = "=== Claim ===\nAlpha is .05 in one place and .01 in another.\n"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> World:
    world = make_world(Path(tmp_path_factory.mktemp("world")))
    world.person(AUTHOR)
    world.person(HANDLING, Role.EDITOR)
    return world


@pytest.fixture(scope="module")
def editor(shared: World) -> Visitor:
    return shared.signed_in(HANDLING)


@pytest.fixture
def guest(shared: World, editor: Visitor) -> tuple[Visitor, str]:
    """Somebody who accepted, on the page of their review; and its address."""
    visitor, link = accepted(shared, editor, report_in_review(shared), f"rosa{next(NUMBERS)}@example.net")
    visitor.open(f"{link}/form")
    return visitor, f"{link}/form"


def downloaded(visitor: Visitor, form: str) -> str:
    answer = visitor.open(f"{form}.txt").answer
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.body.decode()


def upload(visitor: Visitor, form: str, text: str, *, replace: bool = False) -> Page:
    visitor.open(form)
    return visitor.press("Upload", {"form": Upload("review.txt", text.encode(), "text/plain"), "replace": replace})


def test_what_was_typed_goes_out_and_what_was_filled_in_comes_back(guest: tuple[Visitor, str]) -> None:
    visitor, form = guest
    visitor.press("Save", {"confidential": "I know the group."})
    text = downloaded(visitor, form)
    assert "I know the group." in text
    page = upload(visitor, form, text.replace(POINT, CLAIM).replace("=== AI tools ===\n", "=== AI tools ===\nNone.\n"))
    assert "The file is read" in page.text
    assert page.tree.xpath("//textarea[@name='points-0-claim']/text()")[0].strip().startswith("Alpha is .05")
    assert "I know the group." in page.text
    visitor.press("Send your review", judged() | {"points-0-criterion": "1C", "points-0-severity": "note"})
    assert "sent" in visitor.open(form).text
    assert "Upload" not in visitor.page.buttons()


def test_what_was_written_meanwhile_is_not_overwritten_unless_said(guest: tuple[Visitor, str]) -> None:
    visitor, form = guest
    text = downloaded(visitor, form).replace(POINT, CLAIM)
    visitor.open(form)
    visitor.press("Save", {"confidential": "Written on the page."})
    page = upload(visitor, form, text)
    assert page.status == 422
    assert "Nothing was overwritten" in page.text
    assert "Written on the page." in visitor.open(form).text
    page = upload(visitor, form, text, replace=True)
    assert "Alpha is .05" in page.text
    assert "Written on the page." not in page.text


@pytest.mark.parametrize(
    ("text", "words"),
    [("Dear editor, it is fine.", "not the form"), ("", "not the form")],
)
def test_a_file_that_is_no_form_changes_nothing(guest: tuple[Visitor, str], text: str, words: str) -> None:
    visitor, form = guest
    visitor.press("Save", {"confidential": "Kept."})
    page = upload(visitor, form, text)
    assert page.status == 422
    assert words in page.text
    assert "Kept." in visitor.open(form).text


def test_upload_without_a_file_says_what_to_do(guest: tuple[Visitor, str]) -> None:
    page = guest[0].press("Upload")
    assert page.status == 422
    assert "Choose the filled-in form first" in page.text


def test_a_link_that_opens_nothing_downloads_nothing(shared: World) -> None:
    page = shared.visitor().open("/review/not-a-link/form.txt")
    assert page.status in {404, 410}
    assert "NULLIUS" not in page.text


def test_a_bare_question_is_told_what_is_missing_and_kept(guest: tuple[Visitor, str]) -> None:
    visitor, _ = guest
    visitor.press("Add a point")
    page = visitor.press("Save", {"points-0-claim": "Have you considered refusals?"})
    assert "does not say what hangs on it" in page.text
    assert page.tree.xpath("//textarea[@name='points-0-claim']/text()")[0].strip() == "Have you considered refusals?"
    page = visitor.press("Save", {"points-0-why": "If refusals count as errors, they alone could make the gap of H1."})
    assert "does not say what hangs on it" not in page.text

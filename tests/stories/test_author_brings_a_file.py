"""The plan as a file: downloaded, read again without loss, errors by line, replaced or merged only on a press."""

from dataclasses import replace

import pytest

from journal.demonstration.visitor import Page, Upload, Visitor
from tests.stories.test_author_builds_the_plan import keep, plan_of
from tests.stories.worlds import World
from tests.stories.writing import PLAN, begin, send, written_study
from workflows.protocol import Pin, Protocol, Row

FILE = """title: A plan from a desk
rows:
  - label: H1
    kind: directional
    hypothesis: The longer answer wins more often.
  - label: H9
    kind: estimation
    question: How much longer?
"""


def look_at(author: Visitor, report: str, body: str) -> Page:
    author.open(f"/reports/{report}/protocol/file")
    return author.press("Look at it", {"file": Upload("protocol.yaml", body.encode())})


def test_a_download_that_is_put_back_changes_nothing(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = written_study(world, "Ada Marwick")
    body = author.open(f"/reports/{report}/protocol.yaml").answer.body.decode()
    page = look_at(author, report, body)
    assert page.text.count("Nothing would change.") == 2
    other = begin(author, "Another")
    look_at(author, other, body)
    author.press("Put it in place of the plan")
    assert plan_of(world, other) == plan_of(world, report)


def test_a_file_is_looked_at_first_and_nothing_changes_by_looking(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = written_study(world, "Ada Marwick")
    page = look_at(author, report, FILE)
    assert "Changed H1 hypothesis" in page.text
    assert "New H9" in page.text
    assert "Gone C1" in page.text
    assert plan_of(world, report) == PLAN


def test_a_merge_takes_what_the_file_says_and_keeps_the_rest(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = written_study(world, "Ada Marwick")
    keep(world, report, replace(PLAN, pins=(Pin(label="P1", value="tiny-7b"),)))
    look_at(author, report, FILE)
    author.press("Merge it into the plan")
    plan = plan_of(world, report)
    assert plan.title == "A plan from a desk"
    assert plan.rows[0] == replace(PLAN.rows[0], hypothesis="The longer answer wins more often.")
    assert [row.label for row in plan.rows] == ["H1", "H9"]
    assert (plan.checks, plan.pins[0].value) == (PLAN.checks, "tiny-7b")


def test_a_replacement_leaves_nothing_of_the_plan_but_its_files(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = written_study(world, "Ada Marwick")
    look_at(author, report, FILE)
    author.press("Put it in place of the plan")
    plan = plan_of(world, report)
    assert isinstance(plan, Protocol)
    assert plan.checks == ()
    assert plan.rows[0] == Row(label="H1", hypothesis="The longer answer wins more often.")
    assert "manuscript.md" in author.open(f"/reports/{report}/manuscript").text


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("title: One\nrows:\n  - label: H1\n    kind: sideways\n", "Line 4"),
        ("title: One\nrowz: []\n", "Line 2"),
        ("title: !!python/object:os.system x\n", "Line 1"),
        ("a: &a [x]\nb: [*a, *a]\n", "Line"),
        ("{\n", "Line"),
    ],
)
def test_what_is_wrong_is_told_by_line_and_can_be_mended_on_the_page(world: World, body: str, says: str) -> None:
    author = world.signed_in("Ada Marwick")
    report = written_study(world, "Ada Marwick")
    page = look_at(author, report, body)
    assert page.status == 422
    assert says in page.tree.xpath("string(//*[@class='errors'])")
    assert page.tree.xpath("string(//textarea[@id='text'])").strip() == body.strip()
    page = author.press("Look at it", {"text": FILE})
    assert page.status == 200
    assert "New H9" in page.text


def test_a_plan_that_changed_after_the_look_is_not_overwritten(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = written_study(world, "Ada Marwick")
    page = look_at(author, report, FILE)
    keep(world, report, replace(PLAN, title="Changed meanwhile"))
    author.page = page
    page = author.press("Put it in place of the plan")
    assert (page.status, plan_of(world, report).title) == (409, "Changed meanwhile")
    assert "Nothing was overwritten" in page.text


def test_no_file_at_all_is_told(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = begin(author)
    author.open(f"/reports/{report}/protocol/file")
    page = author.press("Look at it")
    assert (page.status, "Choose a file" in page.text) == (422, True)


def test_a_submitted_version_is_a_file_for_its_readers_alone(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = written_study(world, "Ada Marwick")
    assert author.open(f"/reports/{report}/protocol/1.yaml").status == 404
    send(author, report)
    assert b"label: H1" in author.open(f"/reports/{report}/protocol/1.yaml").answer.body
    stranger = world.signed_in("Bo Other")
    for path in ("protocol.yaml", "protocol/1.yaml", "protocol/file"):
        assert stranger.open(f"/reports/{report}/{path}").status == 404


def test_the_plan_goes_out_as_a_pdf_and_comes_back_as_it_was(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = written_study(world, "Ada Marwick")
    before = plan_of(world, report)
    page = author.open(f"/reports/{report}/protocol/file")
    pdf = author.open(page.link("To read and print")).answer
    assert (pdf.status, pdf.body[:5]) == (200, b"%PDF-")
    author.open(f"/reports/{report}/title")
    author.press("Save", {"title": "Another title"})
    author.open(f"/reports/{report}/protocol/file")
    page = author.press("Look at it", {"file": Upload("protocol.pdf", pdf.body)})
    assert "title" in page.text
    author.press("replace")
    assert plan_of(world, report) == before
    assert world.signed_in("Bo Other").open(f"/reports/{report}/protocol.pdf").status == 404
    refused = author.open(f"/reports/{report}/protocol/file")
    refused = author.press("Look at it", {"file": Upload("else.pdf", b"%PDF-1.7\nno protocol")})
    assert (refused.status, "carries no protocol" in refused.text) == (422, True)

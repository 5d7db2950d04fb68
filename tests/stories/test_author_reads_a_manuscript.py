"""What a manuscript seems to plan is proposed with its sentences, and enters the plan only when an author says so."""

from pathlib import Path

import pytest

from journal.demonstration.visitor import Page, Upload, Visitor
from tests.stories.test_author_builds_the_plan import plan_of
from tests.stories.worlds import World
from tests.stories.writing import add_row, begin, upload
from workflows.protocol import Kind, Row

pytestmark = pytest.mark.children

WRITTEN = b"""# Do judges prefer the longer answer?

## Hypotheses

**H1 (primary).** Judges prefer the longer answer in more than 60% of pairs.

**H2 (secondary).** The preference is the same for both judges.

## Sampling

We score 1,200 pairs of answers.

## Decision rule

H1 is supported if the lower end of the 95% interval is above 60%.
"""


def read(author: Visitor, report: str, name: str = "plan.md", body: bytes = WRITTEN) -> Page:
    """Read a file for its plan."""
    author.open(f"/reports/{report}/protocol/proposals")
    return author.press("Read the plan out of it", {"file": Upload(name, body)})


def test_an_upload_is_read_and_nothing_enters_the_plan_by_itself(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = begin(author)
    before = plan_of(world, report)
    page = upload(author, report, Upload("paper.md", WRITTEN))
    assert "read in it of your plan" in page.text
    page = author.open(page.link("What we read in your manuscript"))
    assert "Judges prefer the longer answer in more than 60% of pairs." in page.text
    assert plan_of(world, report) == before


def test_all_hypotheses_are_accepted_with_one_press(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = begin(author)
    read(author, report)
    page = author.press("accept:hypothesis")
    assert "Taken into the plan: H1, H2." in page.text
    rows = plan_of(world, report).rows
    assert [row.label for row in rows] == ["H1", "H2"]
    assert rows[0].hypothesis == "Judges prefer the longer answer in more than 60% of pairs."
    assert "Judges prefer" not in author.open(f"/reports/{report}/protocol/proposals").tree.xpath(
        "string(//section[@aria-labelledby='of-hypothesis'])"
    )


def test_a_proposal_stands_with_the_place_that_it_was_read_from(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = begin(author)
    page = read(author, report)
    source = author.open(page.link("line 5"))
    assert source.tree.xpath("string(//p[@id='at-5']/mark)").startswith("**H1 (primary).** Judges prefer")
    assert not source.tree.xpath("//p[@id='at-11']/mark[contains(., 'Sampling')]")


def test_a_proposal_is_changed_before_it_is_accepted(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = begin(author)
    read(author, report)
    author.press("accept:1", {"label-1": "H2b", "text-1": "Both judges prefer it alike."})
    assert plan_of(world, report).rows == (
        Row(label="H2b", hypothesis="Both judges prefer it alike.", kind=Kind.DIRECTIONAL),
    )


def test_a_proposal_is_put_into_words_of_a_row_that_is_there_and_overwrites_nothing(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = begin(author)
    add_row(author, report)
    before = plan_of(world, report).rows[0]
    read(author, report)
    author.press("accept:0", {"into-0": "sampling", "label-0": "H1", "text-0": "We score 1,200 pairs."})
    row = plan_of(world, report).rows[0]
    assert row.sampling == f"{before.sampling}\n\nWe score 1,200 pairs."
    assert row.hypothesis == before.hypothesis


def test_what_was_rejected_is_remembered_when_it_is_read_again_and_can_be_proposed_again(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = begin(author)
    read(author, report)
    author.press("reject:1")
    page = read(author, report, body=WRITTEN + b"\nMore words.\n")
    assert "1 rejected" in page.text
    assert not page.tree.xpath("//*[@id='proposal-1']")
    page = author.press("Propose it again")
    assert page.tree.xpath("//*[@id='proposal-1']")
    assert plan_of(world, report).rows == ()


def test_a_page_that_was_overtaken_accepts_nothing_else(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = begin(author)
    old = read(author, report)
    read(author, report, body=b"# Another\n\n**H9.** Something else entirely differs.\n")
    author.page = old
    page = author.press("accept:1")
    assert "Nothing was changed" in page.text
    assert plan_of(world, report).rows == ()


@pytest.mark.parametrize(("name", "body"), [("notes.md", b"# Notes\n\nA walk in the woods.\n"), ("empty.md", b"")])
def test_what_plans_nothing_proposes_nothing(world: World, name: str, body: bytes) -> None:
    author = world.signed_in("Ada Marwick")
    report = begin(author)
    page = read(author, report, name, body)
    assert "Nothing is guessed" in page.text
    assert plan_of(world, report).rows == ()


def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = begin(author)
    author.open(f"/reports/{report}/protocol/proposals")
    page = author.press("Read the plan out of it")
    assert (page.status, "There is no manuscript yet" in page.text) == (422, True)
    page = read(author, report, "paper.pdf", b"%PDF-1.7")
    assert (page.status, "A PDF cannot be read" in page.text) == (422, True)


def test_nobody_else_sees_what_was_read(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = begin(author)
    read(author, report)
    for path in ("", "/source"):
        assert world.signed_in("Bo Other").open(f"/reports/{report}/protocol/proposals{path}").status == 404
    assert b"Judges prefer" not in Path(world.config.database_url.removeprefix("sqlite:///")).read_bytes()


def test_several_are_ticked_and_answered_with_one_press(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = begin(author)
    read(author, report, body=WRITTEN.replace(b"## Sampling", b"**H3.** They prefer it in code too.\n\n## Sampling"))
    page = author.press("accept:ticked")
    assert "Tick the proposals that are meant" in page.text
    author.open(f"/reports/{report}/protocol/proposals")
    ticked = page.tree.xpath("//section[@aria-labelledby='of-hypothesis']//input[@name='tick']/@value")
    page = author.press("accept:ticked", {"tick": [str(ticked[0]), str(ticked[2])]})
    assert "Taken into the plan: H1, H3." in page.text
    assert [row.label for row in plan_of(world, report).rows] == ["H1", "H3"]


def test_the_page_goes_on_at_the_next_proposal(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = begin(author)
    read(author, report)
    assert author.press("accept:0").address.endswith("#proposal-1")


def test_a_new_study_says_that_a_plan_that_is_written_can_be_uploaded_first(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = begin(author)
    page = author.open(f"/reports/{report}/tasks")
    assert "Is the plan written already?" in page.text
    upload(author, report, Upload("paper.md", WRITTEN))
    assert "Is the plan written already?" not in author.open(f"/reports/{report}/tasks").text

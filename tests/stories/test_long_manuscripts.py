"""A long manuscript is read for its plan by the worker: its author follows it, without JavaScript, and may leave."""

from typing import NoReturn

import pytest
from sqlalchemy import select

from journal.demonstration.visitor import Page, Upload, Visitor
from journal.dossier import plan_readings
from journal.reading.inspection import ConfinementFailed
from storage.rows.proposals import PlanReading
from tests.journal.reading.samples import word
from tests.stories.test_author_builds_the_plan import plan_of
from tests.stories.test_author_reads_a_manuscript import WRITTEN, read
from tests.stories.worlds import World
from tests.stories.writing import begin, upload

pytestmark = pytest.mark.children

FILLER = b"".join(
    b"\nThe garden of house %d was walked through on a day in May, and it rained.\n" % n for n in range(900)
)
LONG = WRITTEN + b"\n## Background\n" + FILLER
TRACKED = word(
    '<w:p><w:r><w:t xml:space="preserve">H1: Judges prefer the longer answer in more than </w:t></w:r>'
    '<w:ins w:id="1" w:author="A" w:date="2026-01-01T00:00:00Z"><w:r><w:t>60</w:t></w:r></w:ins>'
    '<w:del w:id="2" w:author="A" w:date="2026-01-01T00:00:00Z"><w:r><w:delText>80</w:delText></w:r></w:del>'
    '<w:r><w:t xml:space="preserve"> percent of pairs of answers.</w:t></w:r></w:p>'
)


def proposals(author: Visitor, report: str) -> Page:
    return author.open(f"/reports/{report}/protocol/proposals")


def refreshes(page: Page) -> bool:
    return bool(page.tree.xpath("//meta[@http-equiv='refresh']"))


def test_a_long_manuscript_is_read_by_the_worker_and_its_author_sees_how_far_it_is(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = begin(author)
    page = upload(author, report, Upload("paper.md", LONG))
    assert "its plan is still being read" in page.text
    page = proposals(author, report)
    assert (refreshes(page), "Your manuscript is being read." in page.text) == (True, True)
    assert not page.tree.xpath("//main//textarea | //main//input[@type='file']")
    world.run_jobs()
    page = proposals(author, report)
    assert (refreshes(page), "Judges prefer the longer answer" in page.text) == (False, True)
    assert plan_of(world, report).rows == ()


def test_the_same_file_is_read_once(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = begin(author)
    upload(author, report, Upload("paper.md", LONG))
    upload(author, report, Upload("paper.md", LONG))
    world.run_jobs()
    upload(author, report, Upload("paper.md", LONG))
    with world.work(writes=False) as uow:
        assert len(uow.session.scalars(select(PlanReading)).all()) == 1


def test_what_is_read_later_is_not_overwritten_by_what_was_asked_for_before(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = begin(author)
    upload(author, report, Upload("paper.md", LONG))
    author.open(f"/reports/{report}/manuscript/1")
    page = upload(author, report, Upload("paper.md", b"# A short one\n\n**H9.** Trees grow faster in rain.\n"))
    world.run_jobs()
    page = proposals(author, report)
    assert "Trees grow faster in rain." in page.text
    assert "Judges prefer" not in page.text


def test_a_reading_that_fails_says_so_in_words(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> NoReturn:
        raise ConfinementFailed("no room")

    author = world.signed_in("Ada Marwick")
    report = begin(author)
    upload(author, report, Upload("paper.md", LONG))
    with monkeypatch.context() as patched:
        patched.setattr(plan_readings, "read_plan", refuse)
        world.run_jobs()
    page = proposals(author, report)
    assert "It could not be read." in page.text
    author.press("Read the plan out of it")
    world.run_jobs()
    assert "Judges prefer the longer answer" in proposals(author, report).text


def test_a_reading_that_comes_to_no_end_is_not_waited_for(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = begin(author)
    upload(author, report, Upload("paper.md", LONG))
    world.clock.advance(minutes=11)
    page = proposals(author, report)
    assert (refreshes(page), "has not come to an end" in page.text) == (False, True)


def test_which_version_of_tracked_changes_is_meant_is_asked_before_anything_is_proposed(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = begin(author)
    page = read(author, report, "plan.docx", TRACKED)
    assert "Word tracked 2 changes in plan.docx" in page.text
    assert "Judges prefer" not in page.text
    page = author.press("The version before the changes")
    assert "more than 80 percent" in page.text
    author.press("accept:0")
    assert "more than 80 percent" in plan_of(world, report).rows[0].hypothesis


def test_an_uploaded_manuscript_with_tracked_changes_asks_too(world: World) -> None:
    author = world.signed_in("Ada Marwick")
    report = begin(author)
    page = upload(author, report, Upload("paper.docx", TRACKED))
    page = author.open(page.link("Say which version is your plan"))
    page = author.press("The version with all changes accepted")
    assert "more than 60 percent" in page.text

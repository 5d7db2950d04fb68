"""Authors choose whether to announce, on a page of its own that says what a silence would tell."""

from datetime import UTC, date, datetime

import pytest

from journal.dossier.access import open_report
from journal.editorial.submission.promise import Days, dates_mark, save_dates
from storage.rows.reports import Report
from tests.stories.accepted import AUTHOR, Study, registered_report
from tests.stories.papers import released
from tests.stories.worlds import World
from workflows.collecting import Evidence, Mark


def kept(world: World, report: str) -> datetime | None:
    with world.work(writes=False) as uow:
        return uow.session.get_one(Report, report).announce_from


def give_dates(world: World, report: str, end: date) -> None:
    with world.work(world.actor(AUTHOR)) as uow:
        opened = open_report(uow, report)
        assert opened is not None
        was = dates_mark(uow, opened.report)
        days = Days(start=date(2026, 3, 10), end=end, evidence=dict.fromkeys(Mark, Evidence()))
        assert isinstance(save_dates(uow, opened, days, was=was), str)
        uow.commit()


def announcing(report: str) -> str:
    return f"/reports/{report}/announcing"


def test_sealed_is_the_default_and_the_page_says_what_a_silence_tells(world: World) -> None:
    report = registered_report(world, Study())
    author = world.signed_in(AUTHOR)
    page = author.open(announcing(report))
    assert "with a probability of 1 in 6, that is 17 per cent" in page.text
    assert "cannot be taken back" in page.text
    assert kept(world, report) is None
    assert author.press("Keep this choice", {"announce": "date"}).status == 422
    author.press("Keep this choice", {"announce": "date", "day": "2026-12-01"})
    assert kept(world, report) == datetime(2026, 12, 1, tzinfo=UTC)
    author.press("Keep this choice", {"announce": "now"})
    first = kept(world, report)
    assert first == world.clock()
    world.clock.advance(days=1)
    author.press("Keep this choice", {"announce": "now"})
    assert kept(world, report) == first, "the same choice again is no new one"
    author.press("Keep this choice", {"announce": "never"})
    assert kept(world, report) is None


def test_the_end_of_data_collection_is_followed_when_it_is_given(world: World) -> None:
    report = registered_report(world, Study())
    with world.work() as uow:
        uow.session.get_one(Report, report).data_end = None
        uow.commit()
    author = world.signed_in(AUTHOR)
    author.open(announcing(report))
    page = author.press("Keep this choice", {"announce": "after_data"})
    assert kept(world, report) is None, "nobody knows yet"
    assert "once data collection has ended" in page.text
    for end in (date(2026, 5, 4), date(2026, 6, 7)):
        give_dates(world, report, end)
        since = kept(world, report)
        assert since is not None
        assert (since.date() - end).days == 1
    page = author.open(announcing(report))
    assert page.tree.xpath("//input[@name='announce'][@checked]/@value") == ["after_data"]


@pytest.mark.parametrize("choice", ["never", "now", "after_data"])
def test_what_was_shown_cannot_be_taken_back(world: World, choice: str) -> None:
    report = registered_report(world, Study(), announced=True)
    author = world.signed_in(AUTHOR)
    author.open(announcing(report))
    released(world, report)
    since = kept(world, report)
    page = author.press("Keep this choice", {"announce": choice})
    assert page.status == 422
    assert "cannot be taken back" in page.text
    assert kept(world, report) == since
    assert "Keep this choice" not in author.open(announcing(report)).buttons()


def test_a_day_of_data_collection_moves_nothing_that_readers_saw(world: World) -> None:
    report = registered_report(world, Study())
    author = world.signed_in(AUTHOR)
    author.open(announcing(report))
    author.press("Keep this choice", {"announce": "after_data"})
    since = kept(world, report)
    assert since == datetime(2026, 4, 11, tzinfo=UTC)
    released(world, report)
    give_dates(world, report, date(2026, 4, 9))
    assert kept(world, report) == since

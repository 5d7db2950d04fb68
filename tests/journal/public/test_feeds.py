"""The feeds, read by a feed reader."""

from dataclasses import replace
from datetime import date

import feedparser
import pytest

from journal.public.baking import bake_pages
from storage.snapshot import Page
from tests.journal.public.material import NULL, SITE
from workflows.declassify import Notice


def test_a_reader_understands_the_feed(baked: dict[str, Page]) -> None:
    read = feedparser.parse(baked["/feed.xml"].body)
    assert not read.bozo
    assert read.feed.updated == "2026-09-19T00:00:00Z"
    assert [entry.title for entry in read.entries][:2] == [f"Retracted: {NULL.title}", NULL.title]
    assert read.entries[1].link == read.entries[1].id == "https://nullius.example/reports/kq7w3fhe"
    assert read.entries[1].summary.startswith(
        "Null, informative \N{MULTIPLICATION SIGN} 2, Estimated, Uninformative, Not tested. No. "
    )
    assert [author.name for author in read.entries[1].authors] == [author.name for author in NULL.authors]
    assert read.entries[-1].title.startswith("Promised: ")


def test_null_results_have_a_feed_of_their_own(baked: dict[str, Page]) -> None:
    read = feedparser.parse(baked["/nulls.xml"].body)
    assert not read.bozo
    assert NULL.title in [entry.title for entry in read.entries]
    assert not [entry for entry in read.entries if entry.title.startswith("Promised")]


def test_an_empty_feed_is_a_feed() -> None:
    pages = {page.path: page.body for page in bake_pages([], SITE)}
    read = feedparser.parse(pages["/feed.xml"])
    assert not read.bozo
    assert read.entries == []
    assert read.feed.updated == "1970-01-01T00:00:00Z"


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\ufffe"])
def test_a_stray_character_stops_no_feed(sign: str) -> None:
    record = replace(NULL, claim=f"No{sign}.")
    pages = {page.path: page.body for page in bake_pages([record], SITE)}
    assert feedparser.parse(pages["/feed.xml"]).entries[0].summary.endswith("No.")


def test_a_correction_is_named_before_anything_else() -> None:
    notice = Notice(kind="correction", on=date(2026, 10, 2), text="The unit of table 2 was wrong.")
    pages = {page.path: page.body for page in bake_pages([replace(NULL, notices=(notice,))], SITE)}
    [entry] = feedparser.parse(pages["/feed.xml"]).entries
    assert entry.summary.startswith("Correction, 2026-10-02: The unit of table 2 was wrong. Null, informative")

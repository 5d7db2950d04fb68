"""What the public reads follows from the public records alone: same records, same bytes, and no word of a tombstone."""

import json
import subprocess
import sys
from dataclasses import replace
from itertools import permutations
from urllib.parse import urlsplit

import pytest
from lxml import etree

from journal.public.baking import MISSING, bake_pages
from journal.public.records import Nameless
from storage.snapshot import Page
from tests.journal.public.material import NULL, RECORDS, RETRACTED, SITE, TOMBSTONE, TWELVE
from tests.journal.public.reading import html_pages, words_of
from workflows.declassify import PublicRecord

SECRET = "Sealed words that nobody may read"


def everything(records: tuple[PublicRecord, ...]) -> bytes:
    return b"\n".join(page.path.encode() + b"\n" + page.body for page in bake_pages(records, SITE))


@pytest.mark.parametrize("order", list(permutations(RECORDS[:3])), ids=lambda order: order[0].title[:9])
def test_the_order_of_the_records_changes_no_byte(order: tuple[PublicRecord, ...]) -> None:
    assert everything((*RECORDS[:2:-1], *order)) == everything(RECORDS)


@pytest.mark.children
def test_another_process_bakes_the_same_bytes() -> None:
    words = (
        "import hashlib; from tests.journal.public.test_baking import everything, RECORDS; "
        "print(hashlib.sha256(everything(RECORDS)).hexdigest())"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", words], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1
    assert b"".join(said).strip()


def test_a_tombstone_says_nothing_and_stands_in_no_list(baked: dict[str, Page]) -> None:
    assert "/reports/h0tombst" in baked
    assert json.loads(baked["/reports/h0tombst.json"].body).keys() == {"schema", "face", "id", "doi"}
    naming = {path for path, page in baked.items() if b"h0tombst" in page.body}
    assert naming == {"/reports/h0tombst", "/reports/h0tombst.json"}
    assert {path for path, page in baked.items() if b"kq7w3fhe" in page.body} > {"/", "/reports.json", "/sitemap.xml"}


def test_all_tombstones_read_the_same() -> None:
    assert TOMBSTONE.identity is not None
    other = replace(
        TOMBSTONE, identity=replace(TOMBSTONE.identity, public_id="z9z9z9z9"), title=SECRET, abstract=SECRET
    )
    pages = {page.path: page.body for page in bake_pages([TOMBSTONE, other], SITE)}
    assert pages["/reports/h0tombst"].replace(b"h0tombst", b"z9z9z9z9") == pages["/reports/z9z9z9z9"]


def test_a_tombstone_changes_no_other_page() -> None:
    with_it = {page.path: page.body for page in bake_pages([NULL, TOMBSTONE], SITE)}
    without = {page.path: page.body for page in bake_pages([NULL], SITE)}
    assert {path: body for path, body in with_it.items() if "h0tombst" not in path} == without


def test_the_missing_page_depends_on_nothing(baked: dict[str, Page]) -> None:
    empty = {page.path: page.body for page in bake_pages([], SITE)}
    assert empty[MISSING] == baked[MISSING].body


def test_an_empty_journal_has_pages_too() -> None:
    empty = {page.path: page for page in bake_pages([], SITE)}
    assert "Nothing is published yet." in words_of(empty, "/")
    assert "The map" not in words_of(empty, "/")
    assert json.loads(empty["/reports.json"].body)["reports"] == []


def test_a_record_without_a_name_is_not_published() -> None:
    with pytest.raises(Nameless):
        list(bake_pages([replace(NULL, identity=None)], SITE))


def test_the_index_is_in_the_order_of_lists(baked: dict[str, Page]) -> None:
    told = json.loads(baked["/reports.json"].body)["reports"]
    days = [each["published"] or "2026-04-21" for each in told]
    assert days == sorted(days, reverse=True)
    assert {each["id"] for each in told} == {record.identity.public_id for record in RECORDS if record.identity} - {
        "h0tombst"
    }
    assert told[1]["outcomes"] == {"null_informative": 2, "estimated": 1, "uninformative": 1, "not_tested": 1}


def test_the_map_counts_each_hypothesis_once() -> None:
    pages = {page.path: page for page in bake_pages([NULL, TWELVE, RETRACTED], SITE)}
    assert "15 in 2 reports; 2 more were estimated or not tested." in words_of(pages, "/")


def test_the_sitemap_names_what_people_read(baked: dict[str, Page]) -> None:
    root = etree.fromstring(baked["/sitemap.xml"].body)
    named = [each.text for each in root.iter("{*}loc")]
    assert {urlsplit(each or "").path for each in named} == {
        path for path in html_pages(baked) if path not in (MISSING, "/reports/h0tombst")
    } | {"/reports"}
    assert b"Sitemap: https://nullius.example/sitemap.xml" in baked["/robots.txt"].body

"""What a release contains: everything public, and of work that was taken down its page alone."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal.public import baking, trouble
from journal.public.contents import contents_of
from journal.public.listing import WHOLE_LIST
from storage.snapshot import write_snapshot
from tests.journal.public.library import ENDED, GONE, SITE, announced, article, closed, pdf, records, tombstone
from workflows.declassify import PublicRecord
from workflows.narrowing import SENTENCE

FEW = [
    article("kq7w3fhe", "Do probes notice?", renditions=(pdf(),)),
    article("aaaa1111", "Does it transfer?"),
    announced("plan0001", "Does debate help?"),
    tombstone(),
]


@given(st.permutations(FEW))
@settings(max_examples=5, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_order_of_the_records_does_not_show(tmp_path: Path, shuffled: list[object]) -> None:
    one = write_snapshot(contents_of(FEW, SITE), tmp_path / "one")
    two = write_snapshot(contents_of(shuffled, SITE), tmp_path / "two")  # type: ignore[arg-type] # a permutation of FEW
    assert one == two
    (tmp_path / "one").unlink()
    (tmp_path / "two").unlink()


@pytest.mark.parametrize(("notice", "name"), [(tombstone(), GONE), (closed(), ENDED)])
def test_a_notice_in_a_reports_place_is_a_page_and_nothing_else(notice: PublicRecord, name: str) -> None:
    with_it, without = contents_of([*FEW[:-1], notice], SITE), contents_of(FEW[:-1], SITE)
    assert with_it.listed == without.listed
    assert with_it.files == without.files
    pages = {page.path: page.body for page in with_it.pages}
    others = {page.path: page.body for page in without.pages}
    assert {path for path in pages if path not in others} == {f"/reports/{name}", f"/reports/{name}.json"}
    assert all(pages[path] == body for path, body in others.items())


def test_the_notice_of_a_closure_says_its_quarter_and_no_other_date() -> None:
    pages = {page.path: page.body.decode() for page in contents_of([closed()], SITE).pages}
    page, said = pages[f"/reports/{ENDED}"], json.loads(pages[f"/reports/{ENDED}.json"])
    assert "the fourth quarter of 2026" in page
    assert "<time" not in page
    assert said == {"schema": "nullius-report/1", "face": "closed", "id": ENDED, "doi": None, "closed_in": "2026-Q4"}


def test_a_narrowed_article_says_so_once_and_claims_nothing_of_what_it_leaves_out() -> None:
    whole = article("aaaa1111", "Does it transfer?", deviations=())
    small = replace(whole, narrowed=True)  # as declassify marks it
    before = {page.path: page.body.decode() for page in contents_of([whole], SITE).pages}
    after = {page.path: page.body.decode() for page in contents_of([small], SITE).pages}
    assert "The authors declare none" in before["/reports/aaaa1111"]
    assert "no deviations" in before["/reports"]
    assert SENTENCE in after["/reports/aaaa1111"]
    assert "declare none" not in after["/reports/aaaa1111"]
    assert "no deviations" not in after["/reports"]
    assert json.loads(after["/reports/aaaa1111.json"])["narrowed"] is True


def test_files_have_the_address_of_their_report() -> None:
    assert [file.path for file in contents_of(FEW, SITE).files] == ["/reports/kq7w3fhe/paper.pdf"]


def test_the_whole_list_has_what_the_pages_of_the_list_have() -> None:
    every = records()
    pages = {page.path: page.body.decode() for page in contents_of(every, SITE).pages}
    assert pages["/reports"].count('<li><div class="tight">') == 25
    assert pages[WHOLE_LIST].count('<li><div class="tight">') == len(every) - 1
    assert "cannot search" in pages[WHOLE_LIST]
    assert "<form" not in pages[WHOLE_LIST]


def test_a_journal_without_reports_can_be_released() -> None:
    pages = {page.path: page.body.decode() for page in contents_of([], SITE).pages}
    assert "Nothing is published yet." in pages["/reports"]


def test_the_page_of_every_404_is_where_the_application_looks() -> None:
    assert trouble.MISSING == baking.MISSING
    assert trouble.MISSING in {page.path for page in contents_of([], SITE).pages}

"""The page of a report: what came out first, how sure, and what programs read in its head."""

import json
from collections.abc import Mapping
from dataclasses import replace

import pytest

from journal.public.baking import bake_pages
from journal.public.text import prepare_text
from storage.snapshot import Page
from tests.journal.public.material import EVIL, HOSTILE, NULL, PROMISED, RECORDS, RETRACTED, SITE, TOMBSTONE
from tests.journal.public.reading import tree, words_of
from workflows.declassify import PublicRecord


def test_the_linked_data_is_the_record(baked: dict[str, Page]) -> None:
    for record in RECORDS:
        scripts = tree(baked[f"/reports/{record.identity.public_id}"].body.decode()).findall(".//script[@type]")  # type: ignore[union-attr]  # all have one
        if record is TOMBSTONE:
            assert scripts == []
            continue
        told = json.loads(scripts[0].text or "")
        assert told["@type"] == "ScholarlyArticle"
        assert told["headline"].endswith(record.title)
        assert [author["name"] for author in told["author"]] == [author.name for author in record.authors]
        assert told.get("creativeWorkStatus") == (
            "Retracted"
            if record.retracted
            else "Accepted in principle, without results yet"
            if record is PROMISED
            else None
        )


def meta(baked: Mapping[str, Page], record: PublicRecord) -> list[tuple[str, str]]:
    page = baked[f"/reports/{record.identity.public_id}"]  # type: ignore[union-attr]  # all have one
    return [(each.get("name", ""), each.get("content", "")) for each in tree(page.body.decode()).iter("meta")]


def test_reference_managers_find_what_they_need(baked: dict[str, Page]) -> None:
    tags = meta(baked, NULL)
    assert ("citation_title", NULL.title) in tags
    assert ("citation_publication_date", "2026/09/14") in tags
    assert ("citation_pdf_url", "https://nullius.example/reports/kq7w3fhe/paper.pdf") in tags
    assert [value for name, value in tags if name == "citation_author"] == [
        "Marwick-Osei, Ada",
        "Tellervo, Jonas",
        "Lindqvist-Rao, Priya",
    ]
    assert [name for name, _ in meta(baked, PROMISED) if name.startswith("citation_")] == []


def test_a_doi_is_no_link_before_it_is_deposited() -> None:
    assert NULL.identity is not None
    record = replace(NULL, identity=replace(NULL.identity, doi="10.5555/nullius.kq7w3fhe"))
    page = {page.path: page for page in bake_pages([record], SITE)}["/reports/kq7w3fhe"].body.decode()
    assert "10.5555/nullius.kq7w3fhe" in page
    assert "doi.org" not in page
    assert "citation_doi" not in page


def test_an_article_says_first_what_came_out_and_how_sure(baked: dict[str, Page]) -> None:
    said = words_of(baked, "/reports/kq7w3fhe")
    places = [
        said.index(words)
        for words in (
            NULL.title,
            NULL.claim,
            "Primary Null, informative",
            "3 of 4 checks passed",
            "Accepted in principle",
            "90% interval",
            "Why uninformative. C4 did not pass",
            "Two trained models were kept that fail the registered gate.",
            "Introduction",
            "Level 6 of 6",
        )
    ]
    assert places == sorted(places)


def test_an_interval_is_drawn_on_the_scale_of_its_unit(baked: dict[str, Page]) -> None:
    cells = tree(baked["/reports/kq7w3fhe"].body.decode()).find_class("scaled")
    zeros = {cell.find_class("zero")[0].get("x1") for cell in (cells[0], cells[2], cells[4])}
    assert len(cells) == 5
    assert len(zeros) == 1
    assert cells[1].find_class("zero")[0].get("x1") not in zeros


def test_a_retraction_stands_above_the_title(baked: dict[str, Page]) -> None:
    said = words_of(baked, "/reports/d6retrac")
    assert said.startswith("Retraction, 19 Sep 2026 The labels of 400 answers were swapped. Correction, 16 Sep 2026")
    assert f"Retracted: {RETRACTED.title}" in said
    assert f"Retracted: {RETRACTED.title}" in words_of(baked, "/")


def test_a_figure_is_a_file_of_the_report_and_a_lost_one_is_described(baked: dict[str, Page]) -> None:
    root = tree(baked["/reports/kq7w3fhe"].body.decode())
    assert [image.get("src") for image in root.iter("img")] == ["/reports/kq7w3fhe/figures/figure-1.png"]
    assert "[A plot that was lost]" in words_of(baked, "/reports/kq7w3fhe")


@pytest.mark.parametrize("frame", ['<div class="wide" tabindex="0" role="group" aria-label="Table 1">', "<div>"])
def test_a_table_scrolls_by_itself_and_is_one_stop_of_the_tab_key(frame: str) -> None:
    body = f"{frame}<table><tbody><tr><td>1</td></tr></tbody></table></div>"
    shown = prepare_text(body, path="/reports/x", files=(), abstract="").html
    assert shown.count("tabindex") == 1
    assert '<div class="scroll" tabindex="0" role="region" aria-label="Table 1"><table>' in shown


def test_the_abstract_is_printed_once(baked: dict[str, Page]) -> None:
    assert words_of(baked, "/reports/kq7w3fhe").count("Linear probes that read dishonesty") == 1


def test_program_text_keeps_its_empty_lines(baked: dict[str, Page]) -> None:
    assert "for model in models:\n\n    probe(model)\n" in baked["/reports/kq7w3fhe"].body.decode()


def test_a_short_report_prints_its_plan(baked: dict[str, Page]) -> None:
    assert "Mean excess AUC over models" in words_of(baked, "/reports/b4nullsh")
    assert "Mean excess AUC over models" not in words_of(baked, "/reports/kq7w3fhe")


def test_a_protocol_promises_and_shows_no_result(baked: dict[str, Page]) -> None:
    said = words_of(baked, "/reports/g9promis")
    assert "No result yet." in said
    assert "Supported if the interval lies above 0.15" in said
    assert "data.example" in said
    assert PROMISED.title in words_of(baked, "/protocols")
    assert "/reports/g9promis.bib" not in baked


def test_hostile_words_reach_data_unharmed(baked: dict[str, Page]) -> None:
    assert json.loads(baked["/reports/f8hostil.json"].body)["title"] == EVIL == HOSTILE.title

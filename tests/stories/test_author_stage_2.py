"""Accepted in principle: the promise, the rows that come back, the results sent and compared."""

import re
from urllib.parse import urldefrag

import pytest
from sqlalchemy import func, select

from journal.dossier import results
from storage.rows.outcomes import FindingRow
from storage.rows.reports import Report
from storage.rows.reviewing import Round
from tests.stories.worlds import World
from tests.stories.writing import ANSWERS, accepted, client_of, fill_in_results, move, submit
from workflows.outcomes import verdicts_for
from workflows.protocol import Kind
from workflows.stages import Stage


def test_the_acceptance_page_states_the_promise_exactly(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report, digest = accepted(world, "Report the agreement of labels.", "Deposit the prompts.")
    page = author.open(f"/reports/{report}/acceptance")
    assert [item.text_content() for item in page.tree.xpath("//ol[@dir]/li")] == [
        "Report the agreement of labels.",
        "Deposit the prompts.",
    ]
    assert page.tree.xpath("//code[@id='digest']/text()") == [digest]
    assert "AoE" in page.text
    assert "Go and collect the data." in page.text


def test_the_task_list_of_stage_1_leads_to_the_outcomes_once_stage_2_is_open(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report, _ = accepted(world)
    author.open(f"/reports/{report}/acceptance")
    author.press("Start stage 2")
    assert author.open(f"/reports/{report}/tasks").title == "What happened, row by row"


def test_each_kind_of_row_is_offered_its_own_verdicts(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report, _ = accepted(world)
    author.open(f"/reports/{report}/acceptance")
    page = author.press("Start stage 2")
    offered = page.tree.xpath("//input[@name='outcomes-0-verdict']/@value")
    assert offered == [verdict.value for verdict in verdicts_for(Kind.DIRECTIONAL)]
    assert "estimated" not in offered


def test_dates_of_data_collection_are_kept_and_a_reversed_pair_is_refused(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report, _ = accepted(world)
    author.open(f"/reports/{report}/acceptance")
    page = author.press("Keep the dates", {"data_start": "2026-05-04", "data_end": "2026-05-01"})
    assert page.status == 422
    assert "ends before it begins" in page.text
    assert page.tree.xpath("//input[@id='data_end']/@value") == ["2026-05-01"]
    assert author.press("Keep the dates", {"data_end": "2026-06-30"}).status == 200
    with world.work(writes=False) as uow:
        row = uow.session.get_one(Report, report)
        assert (str(row.data_start), str(row.data_end)) == ("2026-05-04", "2026-06-30")


def test_a_null_is_filled_in_sent_and_told_as_informative(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report, digest = accepted(world)
    fill_in_results(world, author, report, digest)
    assert "Null, informative" in author.open(f"/reports/{report}/outcomes").text
    submit(author, report)
    assert "with the editors now" in author.page.text
    with world.work(writes=False) as uow:
        row = uow.session.get_one(Report, report)
        version = results.latest_submitted(uow, row)
        assert row.stage is Stage.STAGE_2_SUBMITTED
        assert version is not None
        assert version.cited_digest == digest
        assert results.findings(uow, row, version) == []


def test_every_gap_of_the_results_is_linked_to_its_field(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report, _ = accepted(world)
    author.open(f"/reports/{report}/acceptance")
    author.press("Start stage 2")
    submit(author, report)
    page = author.page
    assert page.status == 422
    links = [anchor.get("href") for anchor in page.tree.xpath("//div[contains(@class, 'errors')]//a")]
    assert len(links) == 6
    for link in links:
        address, place = urldefrag(link)
        assert author.open(address).status == 200
        assert not place or author.page.tree.xpath("//*[@id=$place]", place=place), link


def test_another_digest_is_refused_and_the_field_says_where_to_find_the_right_one(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report, digest = accepted(world)
    fill_in_results(world, author, report, "0" * 64)
    submit(author, report)
    assert "Copy it from the acceptance page" in author.page.text
    author.open(f"/reports/{report}/outcomes")
    author.press("Save", {"cited_digest": f" {digest.upper()} "})
    submit(author, report)
    assert author.page.status == 200


def test_a_departure_nobody_declared_is_found_and_shown_with_both_texts(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report, digest = accepted(world)
    changes = {"outcomes-0-done": "differently", "outcomes-0-account": "AUROC exceeds chance by at least 0.10."}
    fill_in_results(world, author, report, digest, **changes)
    submit(author, report)
    page = author.open(f"/reports/{report}/findings/1")
    assert "no deviation explains it" in page.text
    assert page.tree.xpath("//del[contains(., '0.15.')]")
    assert page.tree.xpath("//ins[contains(., '0.10.')]")


def test_a_declared_deviation_explains_it(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report, digest = accepted(world)
    changes = {"outcomes-0-done": "differently", "outcomes-0-account": "Two models only."}
    fill_in_results(world, author, report, digest, **changes)
    author.open(f"/reports/{report}/outcomes")
    author.press("add:deviations:0")
    told = {"row": "H1", "kind": "materials", "what": "Two models", "why": "Four were withdrawn."}
    told |= {"when": "before_data", "toward": "weaker", "effect": "Wider."}
    author.press("Save", {f"deviations-0-{name}": text for name, text in told.items()})
    submit(author, report)
    assert "the authors say why" in author.open(f"/reports/{report}/findings/1").text


@pytest.mark.thorough
def test_a_second_press_sends_the_results_once(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report, digest = accepted(world)
    fill_in_results(world, author, report, digest, **{"checks-0-passed": "not_run"})
    before = author.open(f"/reports/{report}/outcomes/submit")
    author.press("Send the results")
    author.page = before
    assert author.press("Send the results").status == 200
    with world.work(writes=False) as uow:
        assert uow.session.scalar(select(func.count()).select_from(FindingRow)) == 1


def test_starting_stage_2_twice_starts_it_once(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report, _ = accepted(world)
    before = author.open(f"/reports/{report}/acceptance")
    author.press("Start stage 2")
    author.page = before
    assert author.press("Start stage 2").title == "What happened, row by row"


def test_two_tabs_of_outcomes_never_overwrite_each_other(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report, _ = accepted(world)
    author.open(f"/reports/{report}/acceptance")
    second = author.press("Start stage 2")
    author.press("Save", {"claim": "From the first tab"})
    author.page = second
    page = author.press("Save", {"claim": "From the second tab"})
    assert page.status == 409
    assert "From the second tab" in page.text
    assert "From the first tab" in author.open(f"/reports/{report}/outcomes").text


@pytest.mark.parametrize(
    "estimate",
    ["about 3", *(pytest.param(each, marks=pytest.mark.thorough) for each in ("0,03", "1e999", "<b>0.1</b>"))],
)
def test_a_number_that_is_none_is_kept_as_typed_and_refused_when_sent(world: World, estimate: str) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report, digest = accepted(world)
    fill_in_results(world, author, report, digest, **{"outcomes-0-estimate": estimate})
    page = author.open(f"/reports/{report}/outcomes")
    assert page.tree.xpath("//input[@id='outcomes-0-estimate']/@value") == [estimate]
    submit(author, report)
    assert author.page.status == 422
    assert "must be a number" in author.page.text


def test_the_frozen_side_cannot_be_changed_by_what_is_sent(world: World) -> None:
    author, requests = client_of(world, "Ada Marwick")
    report, _ = accepted(world)
    author.open(f"/reports/{report}/acceptance")
    page = author.press("Start stage 2")
    fields = dict(page.tree.xpath("//form[@data-autosave]")[0].form_values())
    sneaky = {"outcomes-0-label": "H9", "outcomes-7-verdict": "supported", "rows-0-question": "Another question?"}
    requests.client.post(f"/reports/{report}/outcomes", data=fields | sneaky)
    text = author.open(f"/reports/{report}/outcomes").text
    assert "H9" not in text
    assert "Another question?" not in text
    assert len(author.page.tree.xpath("//section[starts-with(@id, 'outcomes-')]")) == 1


@pytest.mark.thorough
def test_a_revision_begins_as_the_results_that_were_sent_and_opens_a_round(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report, digest = accepted(world)
    fill_in_results(world, author, report, digest)
    submit(author, report)
    move(world, report, Stage.STAGE_2_REVISION)
    page = author.open(f"/reports/{report}/outcomes")
    assert ANSWERS["claim"] in page.text
    author.press("Save", {"claim": "Still no."})
    author.open(f"/reports/{report}/outcomes/submit")
    assert author.press("Send the revised results").status == 200
    with world.work(writes=False) as uow:
        rounds = list(uow.session.scalars(select(Round).where(Round.for_stage == 2)))
        assert [(found.number, found.version_number) for found in rounds] == [(1, 2)]
        row = uow.session.get_one(Report, report)
        assert [results.words(uow, row, version).claim for version in results.versions(uow, row)] == [
            ANSWERS["claim"],
            "Still no.",
        ]
        assert row.stage is Stage.STAGE_2_IN_REVIEW


def test_no_page_of_stage_2_asks_which_way_the_result_went(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    pages = []
    for verdict in ("supported", "contradicted"):
        report, digest = accepted(world)
        fill_in_results(world, author, report, digest, **{"outcomes-0-verdict": verdict})
        submit(author, report)
        pages.append(re.sub(r"\s+", " ", author.page.text))
    assert pages[0] == pages[1]

"""A short report: from in-principle acceptance to a published null, without a manuscript."""

import json

import pytest

from journal.dossier import results
from journal.production.schedule import ask_for_due_release
from storage.rows.reports import Report
from tests.stories.accepted import HANDLING, Study, accepted_report, approve
from tests.stories.public_shelf import shelf_of
from tests.stories.worlds import World
from tests.stories.writing import ANSWERS, accepted, client_of, keep_results, submit
from workflows.short_reports import Paper, ShortReport
from workflows.stages import Stage

SHORT = {
    "paper": "rows",
    "how": "In June, on rented machines, by the script of the protocol.",
    "limits": "Open models.",
}


def test_a_null_is_sent_as_its_rows_with_three_presses(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report, digest = accepted(world)
    author.open(f"/reports/{report}/acceptance")
    author.press("Start stage 2")
    page = author.press("submit", {**ANSWERS, **SHORT})
    assert page.title == "Read everything once more"
    assert "rented machines" in page.text
    assert author.press("Send the results").status == 200
    with world.work(writes=False) as uow:
        row = uow.session.get_one(Report, report)
        version = results.latest_submitted(uow, row)
        assert row.stage is Stage.STAGE_2_SUBMITTED
        assert version is not None
        assert version.cited_digest == digest, "its rows are the protocol's, so nobody copies 64 characters"
        assert results.words(uow, row, version).as_short_report == ShortReport(how=SHORT["how"], limits="Open models.")
    assert "A short report" in author.open(f"/reports/{report}/results").text
    assert "results manuscript" not in author.page.text


def test_what_a_short_report_lacks_is_said_at_its_field(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report, _ = accepted(world)
    author.open(f"/reports/{report}/acceptance")
    author.press("Start stage 2")
    page = author.press("submit", {**ANSWERS, "paper": "rows"})
    assert "there is no manuscript that does" in page.text
    assert page.tree.xpath("//div[contains(@class, 'errors')]//a[contains(@href, '#how')]")


def test_a_manuscript_that_is_not_to_be_sent_has_to_go(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report, _ = accepted(world)
    author.open(f"/reports/{report}/acceptance")
    author.press("Start stage 2")
    keep_results(world, report)
    page = author.press("submit", {**ANSWERS, **SHORT})
    assert "Remove the file, or choose to send it." in page.text
    submit(author, report)
    assert author.page.status == 422


def test_without_a_choice_both_ways_are_named(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report, digest = accepted(world)
    author.open(f"/reports/{report}/acceptance")
    author.press("Start stage 2")
    page = author.press("submit", {**ANSWERS, "cited_digest": digest})
    assert "or send these rows as a short report" in page.text


@pytest.mark.children
def test_the_published_paper_is_known_as_a_short_report(world: World) -> None:
    said = ShortReport(how=SHORT["how"], limits=SHORT["limits"])
    report_id = accepted_report(world, Study(paper=Paper.ROWS, short=said))
    world.run_jobs()
    proof = world.signed_in(HANDLING).open(f"/reports/{report_id}/proof")
    assert "The typeset paper" in proof.title
    approve(world, report_id)
    world.clock.advance(days=3)
    ask_for_due_release(world.resources)
    world.run_jobs()
    shelf = shelf_of(world)
    assert json.loads(shelf.file("outcomes.json"))["short_report"] == {"how": SHORT["how"], "limits": SHORT["limits"]}
    jats = shelf.file("article.xml").decode()
    assert "Registered Report: Stage 2, short report" in jats
    assert f"<p>{SHORT['how']}</p>" in jats
    assert b"short report \xc2\xb7 null result" in shelf.everything()


def test_an_empty_form_that_comes_too_late_is_answered_with_words(world: World) -> None:
    author, requests = client_of(world, "Ada Marwick")
    report, _ = accepted(world)
    author.open(f"/reports/{report}/acceptance")
    author.press("Start stage 2")
    author.press("submit", {**ANSWERS, **SHORT})
    author.press("Send the results")
    token = author.open("/studies/new").tree.xpath("//input[@name='csrf_token']/@value")[0]
    late = requests.client.post(f"/reports/{report}/outcomes", data={"csrf_token": token})
    assert late.status_code == 409

"""When data were collected is recorded with what shows it, kept record by record, and held against the plan."""

import hashlib
from typing import cast

from journal.demonstration.visitor import Upload
from journal.dossier.collecting import records
from storage.rows.reports import Report
from tests.stories.amending import HANDLING, accepted_study, record_end
from tests.stories.worlds import World
from workflows.collecting import Mark

LOG = b"2026-03-02 09:00 run 1 begins\n"


def test_a_day_comes_with_its_evidence_and_the_log_is_known_by_its_digest(world: World) -> None:
    author, report = accepted_study(world)
    author.open(f"/reports/{report}/acceptance")
    typed = {"data_start": "2026-03-02", "start_evidence": "Token 7f3a at the registry of runs."}
    page = author.press("Keep the dates", {**typed, "start_log": cast("list[str]", [Upload("logs/run 1.txt", LOG)])})
    assert page.status == 200
    sha256 = hashlib.sha256(LOG).hexdigest()
    editor = world.signed_in(HANDLING)
    page = editor.open(f"/reports/{report}/acceptance")
    assert sha256 in page.text
    assert "run 1.txt" in page.text
    assert "Token 7f3a" in page.text
    assert "Days of data collection recorded" in editor.open(f"/reports/{report}").text
    assert "Data collected from" in editor.page.text
    author.open(f"/reports/{report}/acceptance")
    author.press("Keep the dates", {"start_evidence": "Token 7f3b: 7f3a was a typing error."})
    with world.work(writes=False) as uow:
        row = uow.session.get_one(Report, report)
        kept = [(found.mark, found.evidence.words[:10], found.evidence.log_sha256) for found in records(uow, row)]
    assert kept == [(Mark.START, "Token 7f3a", sha256), (Mark.START, "Token 7f3b", sha256)]


def test_an_end_that_has_come_is_corrected_and_not_taken_back(world: World) -> None:
    author, report = accepted_study(world)
    world.clock.advance(days=10)
    record_end(author, report, end="2026-03-12")
    page = record_end(author, report, end="")
    assert page.status == 422
    assert "can be corrected to another one that has passed" in page.text
    assert record_end(author, report, end="2026-03-10").status == 200


def test_a_start_before_acceptance_is_shown_to_authors_and_editors(world: World) -> None:
    author, report = accepted_study(world)
    record_end(author, report, start="2026-02-01", end="")
    for reader in (author, world.signed_in(HANDLING)):
        assert "began before acceptance in principle" in reader.open(f"/reports/{report}/acceptance").text

"""What was sent can be read and fetched by everybody on the report; a draft by its authors alone."""

import hashlib
import json

import pytest
from sqlalchemy import select

from journal.demonstration.visitor import Visitor
from storage.rows.reports import Report
from storage.rows.reviewing import Invitation, Round
from tests.stories.worlds import World
from tests.stories.writing import ANSWERS, RESULTS, accepted, client_of, fill_in_results, submit, written_study


def test_the_frozen_protocol_comes_as_the_very_bytes_of_its_digest(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report, digest = accepted(world)
    page = author.open(f"/reports/{report}/acceptance")
    fetched = author.open(page.link("The frozen protocol as JSON its SHA-256 is the digest")).answer
    assert hashlib.sha256(fetched.body).hexdigest() == digest
    assert "attachment" in fetched.headers["Content-Disposition"]
    assert json.loads(fetched.body)["rows"][0]["label"] == "H1"


def test_a_draft_is_no_file_to_download(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = written_study(world, "Ada Marwick")
    assert author.open(f"/reports/{report}/protocol/1").status == 200
    assert author.open(f"/reports/{report}/protocol/1.json").status == 404


def with_readers(world: World, report: str) -> list[Visitor]:
    """The handling editor and a reviewer with an account, signed in."""
    editor, reviewer = world.people["Ilse Vantongeren"], world.person("Rosa Reviewer")
    with world.work() as uow:
        row, now = uow.session.get_one(Report, report), uow.now
        row.handling_editor_id = editor
        found = uow.session.scalars(select(Round).where(Round.report_id == report)).first()
        assert found is not None
        invited = {"invited_by": editor, "invited_at": now, "review_due": now, "accepted_at": now}
        keys = {"report_id": report, "round_id": found.id, "person_id": reviewer, "email": "rosa@example.org"}
        uow.session.add(Invitation(id=uow.new_id("invitation"), **keys, **invited))
        uow.commit()
    return [world.signed_in("Ilse Vantongeren"), world.signed_in("Rosa Reviewer")]


@pytest.mark.children
def test_editors_and_reviewers_read_what_was_sent_and_nothing_of_a_draft(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report, digest = accepted(world)
    fill_in_results(world, author, report, digest)
    readers = with_readers(world, report)
    for reader in readers:
        assert reader.open(f"/reports/{report}/results").status == 404
        assert reader.open(f"/reports/{report}/manuscript/2/version/1").status == 404
        assert reader.open(f"/reports/{report}/outcomes").status == 404
    submit(author, report)
    for reader in readers:
        assert "1,800 prompts, 300 for each" in reader.open(f"/reports/{report}/protocol/read").text
        assert "Probes trained on instructed lies" in reader.open(reader.page.link("Read the manuscript")).text
        assert ANSWERS["claim"] in reader.open(f"/reports/{report}/results").text
        assert "The probes exceed chance by 0.03" in reader.open(reader.page.link("Read the results manuscript")).text
        assert reader.open(reader.page.link("manuscript.md")).answer.body == RESULTS
        assert "Nothing to show" in reader.open(f"/reports/{report}/findings").text
    assert world.signed_in("Sam Stranger").open(f"/reports/{report}/results").status == 404

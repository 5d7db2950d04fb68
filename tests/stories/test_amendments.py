"""An accepted protocol is changed in the open: asked for with reasons, decided by two, kept version by version."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from journal.dossier import protocols
from storage.documents import protocol_digest
from storage.rows.ledger import LedgerRow
from storage.rows.reports import Report
from tests.stories import amending
from tests.stories.amending import HANDLING, LARGER, SECOND, accepted_study, amended, ask, change_sample, with_sample
from tests.stories.worlds import World, address_of, stage_of
from tests.stories.writing import PLAN, ROW, fill_in_results, submit
from workflows.stages import Stage

SECOND_STUDY = replace(PLAN.rows[0], label="H2", question="And in Welsh?")


def frozen_versions(world: World, report: str) -> list[tuple[int, str | None]]:
    with world.work(writes=False) as uow:
        row = uow.session.get_one(Report, report)
        found = protocols.versions(uow, row)
        assert all(v.digest == protocol_digest(protocols.words(uow, row, v)) for v in found if v.frozen_at)
        assert row.protocol_digest == [v.digest for v in found if v.frozen_at][-1]
        return [(version.number, version.digest) for version in found]


def test_an_approved_amendment_makes_the_next_version_and_keeps_the_one_before(world: World) -> None:
    author, report = accepted_study(world)
    ((_, before),) = frozen_versions(world, report)
    change_sample(world, author, report)
    page = ask(author, report)
    assert "The handling editor decides" in page.text
    assert stage_of(world, report) is Stage.IPA
    editor = world.signed_in(HANDLING)
    assert "decide on the amendment" in editor.open("/queue").text
    page = editor.open(f"/reports/{report}/amendments")
    assert page.tree.xpath("//ins/text()")[0] == "2,400"
    assert amending.SAID["why"] in page.text
    editor.press("Approve", {"words": "A larger sample can only help."})
    assert len(frozen_versions(world, report)) == 2
    second = world.signed_in(SECOND)
    assert "confirm the approval of the amendment" in second.open("/queue").text
    second.open(f"/reports/{report}/amendments")
    assert "Approved" in second.press("Confirm the approval").text
    one, two = frozen_versions(world, report)
    assert one == (1, before)
    assert two[0] == 2
    assert two[1] != before
    with world.work(writes=False) as uow:
        recorded = uow.session.scalars(select(LedgerRow).where(LedgerRow.action == "confirm_amendment")).one()
        assert recorded.facts["digest"] == two[1]
        assert LARGER not in str(recorded.facts)
    page = author.open(f"/reports/{report}/amendments")
    assert "A larger sample can only help." in page.text
    assert author.open(page.link("Both versions side by side")).tree.xpath("//del/text()")[0] == "1,800"
    assert author.open(f"/reports/{report}/acceptance").tree.xpath("//code[@id='digest']/text()") == [two[1]]


def test_everybody_concerned_hears_of_it_and_no_subject_tells_what(world: World) -> None:
    amended(world)
    world.run_jobs()
    said = {name: [mail["subject"] for mail in world.mails(address_of(name))] for name in (HANDLING, SECOND)}
    assert "The authors ask for an amendment" in said[HANDLING]
    assert said[SECOND] == ["An approval waits for you"]
    subjects = [mail["subject"] for mail in world.mails(address_of(amending.AUTHOR))]
    assert {"Your amendment has arrived", "Your amendment is approved"} <= set(subjects)
    assert not any("prompts" in mail["text"] for mail in world.mails())


@pytest.mark.thorough
def test_an_amendment_that_is_not_approved_leaves_the_protocol_as_it_was(world: World) -> None:
    author, report = accepted_study(world)
    before = frozen_versions(world, report)
    change_sample(world, author, report)
    ask(author, report)
    editor = world.signed_in(HANDLING)
    editor.open(f"/reports/{report}/amendments")
    assert editor.press("Do not approve").status == 422
    editor.open(f"/reports/{report}/amendments")
    assert editor.press("Do not approve", {"words": "The first sample suffices."}).status == 200
    assert frozen_versions(world, report) == before
    page = author.open(f"/reports/{report}/amendments")
    assert "The first sample suffices." in page.text
    assert LARGER.split()[0] in page.text, "what was asked for is kept"
    change_sample(world, author, report, "3,000 prompts.")
    ask(author, report)
    amending.approve(world, report)
    amending.confirm(world, report)
    assert [number for number, _ in frozen_versions(world, report)] == [1, 2]


def test_what_is_missing_is_named_and_linked_and_what_was_typed_stays(world: World) -> None:
    author, report = accepted_study(world)
    change_sample(world, author, report)
    page = ask(author, report, why="", effect="")
    assert page.status == 422
    links = page.tree.xpath("//div[contains(@class, 'errors')]//a/@href")
    assert links == ["#reasons-0-why", "#reasons-0-effect"]
    assert page.tree.xpath("//*[@id='reasons-0-why-error']")
    assert page.tree.xpath("//input[@name='reasons-0-seen'][@checked]/@value") == ["no_data"]


def test_nothing_is_asked_for_when_nothing_changed(world: World) -> None:
    author, report = accepted_study(world)
    author.open(f"/reports/{report}/amendments")
    author.press("Begin an amendment")
    page = author.press("Save, and ask for the amendment")
    assert "it still says what was accepted" in page.text


def test_what_is_written_is_its_authors_alone_and_can_be_dropped(world: World) -> None:
    author, report = accepted_study(world)
    change_sample(world, author, report, "A thousand quokkas.")
    editor = world.signed_in(HANDLING)
    for path in ("amendments", "protocol/read", "protocol/compare"):
        assert "quokka" not in editor.open(f"/reports/{report}/{path}").text
    assert editor.open(f"/reports/{report}/protocol/2").status == 404
    author.open(f"/reports/{report}/amendments")
    assert "stands as it was accepted" in author.press("Drop it: the protocol stands as accepted").text
    assert len(frozen_versions(world, report)) == 1
    assert "Begin an amendment" in author.open(f"/reports/{report}/amendments").buttons()


def test_nobody_approves_alone_and_an_approval_can_be_sent_back(world: World) -> None:
    author, report = accepted_study(world)
    change_sample(world, author, report)
    ask(author, report)
    amending.approve(world, report)
    handling = world.signed_in(HANDLING)
    assert "Confirm the approval" not in handling.open(f"/reports/{report}/amendments").buttons()
    second = world.signed_in(SECOND)
    second.open(f"/reports/{report}/amendments")
    assert second.press("Send it back").status == 422
    second.open(f"/reports/{report}/amendments")
    second.press("Send it back", {"reason": "Why six models?"})
    assert "Why six models?" in handling.open(f"/reports/{report}/notes").text
    assert "Approve" in handling.open(f"/reports/{report}/amendments").buttons()
    assert "Why six models?" not in author.open(f"/reports/{report}/amendments").text


def test_what_was_taken_back_meanwhile_is_not_approved(world: World) -> None:
    author, report = accepted_study(world)
    change_sample(world, author, report)
    ask(author, report)
    editor = world.signed_in(HANDLING)
    read = editor.open(f"/reports/{report}/amendments")
    author.press("Take it back to change it")
    assert editor.press("Approve").status == 422
    ask(author, report, why="Another reason.")
    editor.page = read
    page = editor.press("Approve")
    assert "changed since you opened the page" in page.text
    assert page.status == 422


def test_results_answer_the_newest_version_and_wait_for_what_is_open(world: World) -> None:
    author, report = amended(world)
    (_, first), (_, newest) = frozen_versions(world, report)
    fill_in_results(world, author, report, first or "")
    submit(author, report)
    assert "not that of the protocol accepted" in author.page.text
    assert "2,400 prompts" in author.open(f"/reports/{report}/outcomes").text
    author.press("Save", {"cited_digest": newest or ""})
    change_sample(world, author, report, "3,000 prompts.")
    submit(author, report)
    assert "An amendment of the protocol is open" in author.page.text
    author.open(f"/reports/{report}/amendments")
    author.press("Drop it: the protocol stands as accepted")
    submit(author, report)
    assert stage_of(world, report) is Stage.STAGE_2_SUBMITTED
    findings = world.signed_in(HANDLING).open(f"/reports/{report}/findings")
    assert "Amended once" in findings.text
    assert "Two models answer more slowly." in findings.text


def test_once_data_collection_has_ended_the_page_records_deviations_only(world: World) -> None:
    author, report = accepted_study(world)
    amending.record_end(author, report)
    page = author.open(f"/reports/{report}/amendments")
    assert "Begin an amendment" not in page.buttons()
    assert "Data collection has ended" in page.text
    assert author.press("Record the deviation", {"what": "Five models."}).status == 422
    typed = {"row": "H1", "kind": "sample", "what": "Five models.", "why": "One was gone.", "when": "during_data"}
    typed |= {"toward": "unchanged", "effect": "None."}
    assert "recorded with the results" in author.press("Record the deviation", typed).text
    author.open(f"/reports/{report}/acceptance")
    page = author.press("Start stage 2")
    assert page.tree.xpath("//textarea[@id='deviations-0-what']/text()")[0].strip() == "Five models."
    assert "cannot be taken back" not in amending.record_end(author, report, end="2026-03-01").text


def test_what_was_begun_before_the_end_cannot_be_asked_for_after_it(world: World) -> None:
    author, report = accepted_study(world)
    change_sample(world, author, report)
    amending.record_end(author, report)
    page = ask(author, report)
    assert page.status == 422
    assert "Data collection has ended" in page.text


@pytest.mark.thorough
def test_a_study_is_added_after_the_data_of_the_first_and_leaves_it_alone(world: World) -> None:
    author, report = accepted_study(world)
    amending.record_end(author, report)
    author.open(f"/reports/{report}/amendments")
    author.press("Add a study")
    amending.write(world, report, lambda plan: replace(plan, rows=(*plan.rows, SECOND_STUDY)))
    amending.write(world, report, with_sample(LARGER))
    assert "What was accepted stays as it is" in ask(author, report).text
    amending.write(world, report, with_sample(ROW["sampling"]))
    assert "The handling editor decides" in ask(author, report).text
    amending.approve(world, report)
    amending.confirm(world, report)
    assert [number for number, _ in frozen_versions(world, report)] == [1, 2]
    author.open(f"/reports/{report}/acceptance")
    assert "And in Welsh?" in author.press("Start stage 2").text


def test_nobody_else_finds_or_does_anything(world: World) -> None:
    author, report = accepted_study(world)
    change_sample(world, author, report)
    stranger = world.signed_in("Una Unrelated")
    assert stranger.open(f"/reports/{report}/amendments").status == 404
    assert author.open(f"/reports/{report}/tasks").title == "Amendments of the protocol"
    assert "Send" not in " ".join(author.open(f"/reports/{report}/send").buttons())

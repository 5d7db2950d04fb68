"""Stage 2: reviewers asked again, no result is a reason, more time, and what the clock does by itself."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from journal.demonstration.visitor import Visitor
from journal.dossier.clock import run_clock
from journal.dossier.rounds import current_round
from storage.rows.ledger import LedgerRow
from storage.rows.outcomes import FindingRow
from storage.rows.reports import Report
from tests.stories.deciding import (
    AUTHOR,
    LETTER,
    MET_2,
    invite,
    promised_report,
    results_submitted,
    uphold,
    write_review,
)
from tests.stories.lateness import stop
from tests.stories.worlds import World, address_of, stage_of
from workflows.stages import Stage


def in_review(world: World, handling: Visitor) -> str:
    report_id = results_submitted(world)
    handling.open(f"/reports/{report_id}/start")
    handling.press("Send to review", {"other_reviewers": "Both moved on."})
    for reviewer in ("Rita Olsen", "Bo Tanaka"):
        write_review(world, report_id, reviewer, MET_2)
    return report_id


def test_the_reviewers_of_stage_1_are_asked_first(world: World, handling: Visitor) -> None:
    report_id = results_submitted(world)
    page = handling.open(f"/reports/{report_id}/start")
    assert "Rita Olsen" in page.text
    refused = handling.press("Send to review")
    assert refused.status == 422
    assert "Invite the reviewers of stage 1 first" in refused.text
    handling.press("Send to review", {"other_reviewers": "Both moved on."})
    assert stage_of(world, report_id) is Stage.STAGE_2_IN_REVIEW
    with world.work() as uow:
        opened = current_round(uow, uow.session.get_one(Report, report_id))
        assert opened is not None
        assert (opened.for_stage, opened.number) == (2, 1)
        invite(uow, report_id, opened.id, "Rita Olsen")


WHY = "The prompts left out were duplicates, as registered."


def findings_of(world: World, report_id: str) -> list[FindingRow]:
    with world.work(writes=False) as uow:
        return list(uow.session.scalars(select(FindingRow).where(FindingRow.report_id == report_id)))


def dismiss(world: World, handling: Visitor, report_id: str) -> None:
    handling.open(f"/reports/{report_id}/findings")
    marked = [row.id for row in findings_of(world, report_id)]
    handling.do("Dismiss what is marked", {"finding": marked, "reason": WHY})


def test_a_null_result_is_no_obstacle(world: World, handling: Visitor, second: Visitor) -> None:
    report_id = in_review(world, handling)
    page = handling.open(f"/reports/{report_id}/propose")
    assert "no deviation explains it" in page.text, "findings stand beside the reviews"
    assert "Acceptance waits for this finding" in page.text
    assert page.link("1. H1: Done differently").endswith("/findings#finding-1")
    assert "Evidence for 2A" in page.text
    assert "There is no other reason" in page.text
    open_before = handling.open("/queue").text.count("1 finding open")
    handling.open(f"/reports/{report_id}/propose")
    refused = handling.press("Propose to Sten Achterberg", {"kind": "acceptance", "letter": LETTER})
    assert "One finding is still open" in refused.text
    dismiss(world, handling, report_id)
    assert handling.open("/queue").text.count("1 finding open") == open_before - 1
    assert "No finding bars acceptance" in handling.open(f"/reports/{report_id}/propose").text
    handling.press("Propose to Sten Achterberg", {"kind": "acceptance", "letter": LETTER})
    assert WHY in second.open(f"/reports/{report_id}/findings").text
    assert WHY in second.open(f"/reports/{report_id}/confirm").text, "read before it is confirmed"
    second.press("Confirm: accept")
    assert stage_of(world, report_id) is Stage.ACCEPTED


def test_stage_2_is_not_rejected_without_an_upheld_criterion(world: World, handling: Visitor, second: Visitor) -> None:
    report_id = in_review(world, handling)
    handling.open(f"/reports/{report_id}/propose")
    refused = handling.press("Propose to Sten Achterberg", {"kind": "rejection", "letter": "The result is null."})
    assert refused.status == 422
    assert "only a failure under 2A to 2E can end the promise to publish" in refused.text
    assert "The result is null." in refused.text
    uphold(world, report_id, FindingRow)
    handling.open(f"/reports/{report_id}/propose")
    handling.press("Propose to Sten Achterberg", {"kind": "rejection", "letter": "2C failed."})
    assert "Rests on2C" in second.open(f"/reports/{report_id}/confirm").text
    second.press("Confirm: reject")
    assert stage_of(world, report_id) is Stage.STAGE_2_REJECTED


# ---------------------------------------------------------------- more time


@pytest.mark.children
def test_more_time_is_given_before_the_day_and_after_it(world: World, handling: Visitor) -> None:
    report_id = promised_report(world, days=10)
    handling.open(f"/reports/{report_id}/extend")
    assert "Choose a new date that lies ahead" in handling.press("Set the new date").text
    sooner = f"{world.clock.now + timedelta(days=3):%Y-%m-%d}"
    assert "after the one that is agreed now" in handling.press("Set the new date", {"new_due": sooner}).text
    later = world.clock.now + timedelta(days=40)
    handling.press("Set the new date", {"new_due": f"{later:%Y-%m-%d}", "reason": "Your cluster was down."})
    with world.work(writes=False) as uow:
        report = uow.session.get_one(Report, report_id)
        assert report.stage is Stage.IPA
        assert report.stage_2_due is not None
        assert report.stage_2_due > later
    world.run_jobs()
    assert any("Your cluster was down." in mail["text"] for mail in world.mails(address_of(AUTHOR)))
    world.clock.advance(days=60)
    run_clock(world.resources)
    assert stage_of(world, report_id) is Stage.STAGE_2_DUE
    handling.open(f"/reports/{report_id}/extend")
    handling.press("Set the new date", {"new_due": f"{world.clock.now + timedelta(days=30):%Y-%m-%d}"})
    assert stage_of(world, report_id) is Stage.STAGE_2_DRAFT


# ---------------------------------------------------------------- the clock


def rows_of(world: World, report_id: str) -> int:
    with world.work(writes=False) as uow:
        found = select(func.count()).select_from(LedgerRow).where(LedgerRow.report_id == report_id)
        return uow.session.scalar(found) or 0


def test_due_overdue_and_lapsed_by_the_clock(world: World) -> None:
    report_id = promised_report(world, days=10)
    run_clock(world.resources)
    assert stage_of(world, report_id) is Stage.IPA, "nothing is due yet"
    overdue = Stage.STAGE_2_OVERDUE
    for days, stage in ((11, Stage.STAGE_2_DUE), (31, overdue), *((31, overdue),) * 4, (30, Stage.WITHDRAWN_AFTER_IPA)):
        world.clock.advance(days=days)
        run_clock(world.resources)
        before = rows_of(world, report_id)
        run_clock(world.resources)
        assert (stage_of(world, report_id), rows_of(world, report_id)) == (stage, before)
        world.run_jobs()
    with world.work(writes=False) as uow:
        newest = select(LedgerRow).where(LedgerRow.report_id == report_id).order_by(LedgerRow.n.desc())
        last = uow.session.scalars(newest).first()
        assert last is not None
        assert (last.action, last.capacity, last.actor_id) == ("lapse", "clock", None)


def test_a_clock_that_was_not_looked_at_makes_up_for_it(world: World) -> None:
    report_id = promised_report(world, days=10)
    world.clock.advance(days=100)
    run_clock(world.resources)
    run_clock(world.resources)
    assert stage_of(world, report_id) is Stage.STAGE_2_OVERDUE


def test_a_hold_stops_the_clock(world: World) -> None:
    report_id = promised_report(world, days=10)
    stop(world, report_id)
    world.clock.advance(days=100)
    run_clock(world.resources)
    assert stage_of(world, report_id) is Stage.IPA

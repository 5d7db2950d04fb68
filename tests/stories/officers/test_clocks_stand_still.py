"""While a hold stops the clocks, no time passes for the report's people: its end moves every day that was set."""

from datetime import datetime, timedelta

import pytest

from journal.demonstration.visitor import Visitor
from journal.dossier.access import open_report
from journal.dossier.clock import run_clock
from storage.rows.holds import HoldRow
from storage.rows.reports import Report
from storage.rows.reviewing import Invitation
from tests.stories.papers import AUTHOR, FIRST_OFFICER, HANDLING, SECOND_OFFICER, report_at, typeset
from tests.stories.second_factors import agree
from tests.stories.withholding import case, holds, withhold
from tests.stories.worlds import World, stage_of
from workflows.holds import HoldKind
from workflows.stages import Stage


def waits_for_results(world: World) -> str:
    report_id = report_at(world, Stage.STAGE_2_DRAFT)
    with world.work() as uow:
        uow.session.get_one(Report, report_id).stage_2_due = world.clock.now + timedelta(days=18)
        uow.commit()
    return report_id


def due(world: World, report_id: str) -> datetime | None:
    with world.work(writes=False) as uow:
        return uow.session.get_one(Report, report_id).stage_2_due


def lift(world: World, hold: HoldRow, *officers: Visitor) -> None:
    for officer, name in zip(officers, (FIRST_OFFICER, SECOND_OFFICER), strict=True):
        officer.open(case(hold.report_id))
        agree(world, officer, hold.id, "It was patched.", by=name)


def lift_all(world: World, report_id: str, *officers: Visitor) -> None:
    for row in holds(world, report_id):
        if row.ended_at is None:
            lift(world, row, *officers)


def test_results_are_due_later_by_the_time_of_two_holds_that_overlap(
    world: World, officer: Visitor, other: Visitor, visitors: dict[str, Visitor]
) -> None:
    report_id = waits_for_results(world)
    before = due(world, report_id)
    assert before
    withhold(world, report_id, HoldKind.INFORMATION_HAZARD)
    world.clock.advance(days=10)
    withhold(world, report_id, HoldKind.LEGAL)
    lift(world, holds(world, report_id)[0], officer, other)
    assert due(world, report_id) == before
    world.clock.advance(days=20)
    run_clock(world.resources)
    assert stage_of(world, report_id) is Stage.STAGE_2_DRAFT
    lift_all(world, report_id, officer, other)
    after = due(world, report_id)
    assert after
    assert timedelta(days=30) <= after - before < timedelta(days=31)
    run_clock(world.resources)
    assert stage_of(world, report_id) is Stage.STAGE_2_DRAFT
    assert f'datetime="{after:%Y-%m-%dT%H:%M}' in visitors[AUTHOR].open(f"/reports/{report_id}").answer.body.decode()
    world.clock.advance(days=19)
    run_clock(world.resources)
    assert stage_of(world, report_id) is Stage.STAGE_2_DUE


def test_an_embargo_moves_nothing(world: World) -> None:
    report_id = waits_for_results(world)
    before = due(world, report_id)
    withhold(world, report_id, HoldKind.AUTHOR_EMBARGO)
    world.clock.advance(days=25)
    run_clock(world.resources)
    assert (due(world, report_id), stage_of(world, report_id)) == (before, Stage.STAGE_2_DUE)


def test_a_hold_gives_the_authors_their_whole_week_for_the_proof(
    world: World, officer: Visitor, other: Visitor, visitors: dict[str, Visitor]
) -> None:
    report_id = report_at(world, Stage.PROOF)
    typeset(world, report_id)
    withhold(world, report_id, HoldKind.INFORMATION_HAZARD)
    world.clock.advance(days=30)
    lift_all(world, report_id, officer, other)
    editor = visitors[HANDLING]
    world.clock.advance(days=5)
    assert "Approve for the authors" not in editor.open(f"/reports/{report_id}/proof").buttons()
    world.clock.advance(days=4)
    assert "Approve for the authors" in editor.open(f"/reports/{report_id}/proof").buttons()


@pytest.mark.thorough
def test_a_reviewer_has_as_much_time_as_before(world: World, officer: Visitor, other: Visitor) -> None:
    report_id = report_at(world, Stage.IN_REVIEW)
    before = review_due(world, report_id)
    withhold(world, report_id, HoldKind.INFORMATION_HAZARD)
    world.clock.advance(days=15)
    lift_all(world, report_id, officer, other)
    assert timedelta(days=15) <= review_due(world, report_id) - before < timedelta(days=16)


def review_due(world: World, report_id: str) -> datetime:
    with world.work(writes=False) as uow:
        assert open_report(uow, report_id) is None
        return uow.session.query(Invitation).filter_by(report_id=report_id).one().review_due

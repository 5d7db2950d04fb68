"""The press: one proof for each time it is asked, words for the editor where none can be made, and no crash loop."""

import pytest
from sqlalchemy import select

from journal.jobs import Job
from journal.production.press import typeset_report
from journal.production.release import make_release
from journal.work_off import Task
from storage.rows.outbox import OutboxRow
from storage.rows.proofs import Typesetting
from storage.rows.reports import Report
from tests.stories.accepted import HANDLING, Study, accepted_report, approve, step
from tests.stories.worlds import World, address_of, make_world, stage_of
from workflows.stages import Action, Stage


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    return make_world(tmp_path_factory.mktemp("press"))


def typesettings(world: World, report_id: str) -> list[Typesetting]:
    with world.work(writes=False) as uow:
        wanted = select(Typesetting).where(Typesetting.report_id == report_id)
        return list(uow.session.scalars(wanted.order_by(Typesetting.asked_at)))


def waiting(world: World) -> int:
    with world.work(writes=False) as uow:
        open_rows = select(OutboxRow).where(OutboxRow.job == Job.TYPESET, OutboxRow.done_at.is_(None))
        return len(uow.session.scalars(open_rows).all())


@pytest.mark.children
def test_a_manuscript_that_cannot_be_read_ends_with_words_and_no_loop(world: World) -> None:
    report_id = accepted_report(world, Study(manuscript=b" \n"))
    world.run_jobs()
    (only,) = typesettings(world, report_id)
    assert only.finished_at is not None
    assert only.trouble is not None
    with world.work(writes=False) as uow:
        report = uow.session.get_one(Report, report_id)
        assert "upload" in uow.cabinet.get(report, uow.session.get_one(Typesetting, only.id), "trouble", str)
    assert stage_of(world, report_id) is Stage.ACCEPTED
    assert waiting(world) == 0
    told = [mail["text"] for mail in world.mails(address_of(HANDLING)) if "could not be typeset" in mail["subject"]]
    assert len(told) == 1
    assert f"/reports/{report_id}/proof" in told[0]
    assert make_release(world.resources) is not None, "the others are released without it"


@pytest.mark.children
def test_asked_again_it_sets_another_proof_and_asked_twice_by_one_row_it_does_nothing(world: World) -> None:
    report_id = accepted_report(world, Study())
    world.run_jobs()
    assert stage_of(world, report_id) is Stage.TYPESET
    (first,) = typesettings(world, report_id)
    typeset_report(world.resources, Task(row_id=first.outbox_id or "", arguments={"report": report_id}))
    assert len(typesettings(world, report_id)) == 1
    world.clock.advance(hours=1)
    step(world, report_id, HANDLING, Action.TYPESET_AGAIN)
    world.run_jobs()
    assert len(typesettings(world, report_id)) == 2
    assert stage_of(world, report_id) is Stage.TYPESET
    approve(world, report_id)
    assert stage_of(world, report_id) is Stage.READY

"""Editors hear of a paper that cannot be made, and find what is out when it has to be mended or taken down."""

import pytest
from sqlalchemy import select

from journal.demonstration.visitor import Visitor
from journal.jobs import Job, ask_for
from storage.outbox import MOST_ATTEMPTS
from storage.rows.outbox import OutboxRow
from tests.stories.papers import CHIEF, FIRST_OFFICER, HANDLING, REVIEWER, SECOND, journal_of_people, report_at
from tests.stories.withholding import withhold
from tests.stories.worlds import World, address_of, make_world
from workflows.holds import HoldKind
from workflows.stages import Stage


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    made = make_world(tmp_path_factory.mktemp("waiting"))
    journal_of_people(made)
    return made


@pytest.fixture(scope="module")
def people(world: World) -> dict[str, Visitor]:
    """Whoever looks, signed in once."""
    return {name: world.signed_in(name) for name in (HANDLING, SECOND, CHIEF, FIRST_OFFICER, REVIEWER)}


def test_a_job_of_the_press_that_dies_is_told_to_the_handling_editor_once(
    world: World, people: dict[str, Visitor]
) -> None:
    report_id = report_at(world, Stage.ACCEPTED)
    with world.work() as uow:
        ask_for(uow, Job.TYPESET, {"report": report_id}, report_id=report_id)
        asked = uow.session.scalars(select(OutboxRow).where(OutboxRow.report_id == report_id)).one()
        asked.attempts = MOST_ATTEMPTS  # the last was lost with the process that had it
        uow.commit()
    before = len(stopped_letters(world))
    for _ in range(2):
        world.run_jobs()
    (told,) = stopped_letters(world)[before:]
    assert f"/reports/{report_id}/proof" in told["text"]
    assert "Try again" in people[HANDLING].open(f"/reports/{report_id}/proof").buttons()


def stopped_letters(world: World) -> list[dict[str, str]]:
    return [mail for mail in world.mails(address_of(HANDLING)) if mail["subject"] == "A paper could not be typeset"]


def test_what_is_out_is_found_by_who_can_correct_retract_or_withhold_it(
    world: World, people: dict[str, Visitor]
) -> None:
    report_id = report_at(world, Stage.PUBLISHED)
    hidden = report_at(world, Stage.PUBLISHED)
    withhold(world, hidden, HoldKind.INFORMATION_HAZARD)
    for name in (HANDLING, SECOND, CHIEF, FIRST_OFFICER):
        page = people[name].open("/published")
        links = page.tree.xpath("//main//a/@href")
        assert f"/reports/{report_id}" in links
        assert (f"/reports/{hidden}" in links) is (name != CHIEF)
    assert people[REVIEWER].open("/published").status == 404

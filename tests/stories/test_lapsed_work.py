"""A promise that lapsed says nothing in public on its day: announced work gets the notice of all, the rest nothing."""

from datetime import timedelta

import pytest

from journal.dossier.clock import run_clock
from journal.production.release import make_release
from storage.rows.releases import PublicIdentity
from storage.rows.reports import Report
from tests.stories.accepted import AUTHOR, Study, registered_report, step
from tests.stories.public_shelf import opened, pages_of, shelf_of, snapshot_of
from tests.stories.withheld import hold
from tests.stories.worlds import World, stage_of
from workflows.holds import HoldKind
from workflows.stages import Action, Stage

LAPSED, GIVEN_UP = Study(title="A quokka nobody came back to"), Study(title="A wombat that was given up")
SEALED, EMBARGOED, HELD = (Study(title=f"A {animal} nobody heard of") for animal in ("pangolin", "numbat", "axolotl"))


def waits(world: World, study: Study, *, announced: bool = False) -> str:
    """A study whose results are due in ten days."""
    report_id = registered_report(world, study, announced=announced)
    with world.work() as uow:
        uow.session.get_one(Report, report_id).stage_2_due = uow.now + timedelta(days=10)
        uow.commit()
    return report_id


def half_a_year_passes(world: World) -> None:
    """And the authors answer none of the letters that go out meanwhile."""
    for days in (11, *(30,) * 6, 5):
        world.clock.advance(days=days)
        run_clock(world.resources)
        world.run_jobs()


def public_page(world: World, report_id: str) -> str:
    with world.work(writes=False) as uow:
        name = uow.session.get_one(PublicIdentity, report_id).public_id
    with opened(snapshot_of(world)) as snapshot:
        paths: list[str] = [row[0] for row in snapshot.execute("SELECT path FROM page")]
    found = dict(zip(paths, pages_of(snapshot_of(world)), strict=True))[f"/reports/{name}"].decode()
    return found.replace(name, "NAME")


@pytest.mark.thorough
def test_a_lapse_is_told_as_every_ending_is(world: World) -> None:
    lapsed, given_up = waits(world, LAPSED, announced=True), registered_report(world, GIVEN_UP, announced=True)
    sealed, embargoed, held = (waits(world, study) for study in (SEALED, EMBARGOED, HELD))
    hold(world, embargoed, kind=HoldKind.AUTHOR_EMBARGO, days=700)
    hold(world, held)
    assert make_release(world.resources) is not None
    half_a_year_passes(world)
    assert {stage_of(world, each) for each in (lapsed, sealed, embargoed)} == {Stage.WITHDRAWN_AFTER_IPA}
    assert stage_of(world, held) is Stage.IPA, "the clocks of what is held stand still"
    step(world, given_up, AUTHOR, Action.WITHDRAW)
    assert make_release(world.resources) is None, "no page tells of it on its day"

    world.clock.advance(days=92)
    assert make_release(world.resources) is not None
    assert public_page(world, lapsed) == public_page(world, given_up), "one notice, whatever ended it"
    everything = shelf_of(world).everything()
    for animal in (b"quokka", b"wombat", b"pangolin", b"numbat", b"axolotl"):
        assert animal not in everything

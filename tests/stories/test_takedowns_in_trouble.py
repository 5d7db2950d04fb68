"""A takedown takes down even while releases are stopped, or a restored database may not release."""

from dataclasses import replace
from pathlib import Path

import pytest

from journal.dossier.heartbeats import Behind
from journal.production.release import make_release
from journal.production.stopping import Stopped
from tests.stories.accepted import Study, accepted_report, registered_report
from tests.stories.public_shelf import Shelf, shelf_of
from tests.stories.test_restored_backups import back_up, restore
from tests.stories.withheld import hold, lift
from tests.stories.worlds import World, make_world

pytestmark = pytest.mark.thorough
SECRET = Study(title="A quokka that was public once")
OPEN = Study(title="An open question about monitors")
WORD = b"quokka"


def seen(world: World) -> bytes:
    return shelf_of(world).everything()


@pytest.fixture
def public(tmp_path: Path) -> tuple[World, str, str]:
    """A journal with two announced protocols, and withheld work; the first protocol and the withheld work."""
    world = make_world(tmp_path)
    report_id = registered_report(world, SECRET, announced=True)
    registered_report(world, OPEN, announced=True)
    hidden = accepted_report(world, Study(title="Never public"))
    hold(world, hidden)
    make_release(world.resources)
    assert WORD in seen(world)
    return world, report_id, hidden


def test_a_stop_by_what_is_new_leaves_the_rest_standing(public: tuple[World, str, str]) -> None:
    world, report_id, hidden = public
    late = registered_report(world, Study(title=f"About {hidden}"), announced=True)
    with pytest.raises(Stopped):
        make_release(world.resources)
    assert WORD in seen(world), "nothing was taken down, so nothing changes"
    hold(world, report_id)
    with pytest.raises(Stopped):
        make_release(world.resources)
    assert WORD not in seen(world)
    assert OPEN.title.encode() in seen(world)
    assert hidden.encode() not in seen(world)
    hold(world, late)
    assert make_release(world.resources) is None, "that is all there is to show now"


def test_a_stop_by_every_page_leaves_nothing(public: tuple[World, str, str]) -> None:
    world, report_id, hidden = public
    hold_id = hold(world, report_id)
    config = replace(world.config, journal_name=f"Nullius {hidden}")
    with pytest.raises(Stopped):
        make_release(replace(world.resources, config=config))
    assert WORD not in seen(world)
    assert hidden.encode() not in seen(world)
    assert len(Shelf.names(world)) == 1
    lift(world, hold_id)
    assert make_release(world.resources) is not None
    assert WORD in seen(world), "mended, all is back"
    assert OPEN.title.encode() in seen(world)


def test_a_restored_database_takes_down_what_it_knows(public: tuple[World, str, str]) -> None:
    world, report_id, _ = public
    backup = back_up(world)
    forgotten = registered_report(world, Study(title="Known later"), announced=True)
    world.clock.advance(hours=1)
    make_release(world.resources)
    forgotten_hold = hold(world, forgotten)
    world.clock.advance(hours=1)
    make_release(world.resources)
    restore(world, backup)
    assert forgotten_hold
    world.clock.advance(hours=1)
    with pytest.raises(Behind):
        make_release(world.resources)
    assert WORD in seen(world)
    hold(world, report_id)
    with pytest.raises(Behind):
        make_release(world.resources)
    assert WORD not in seen(world)
    assert OPEN.title.encode() in seen(world)
    assert b"Known later" not in seen(world)

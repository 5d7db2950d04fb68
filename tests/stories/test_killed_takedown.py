"""kill -9 at any point of a takedown: the next run ends where an unharmed one ends, and nothing of the work is left."""

import pytest
from sqlalchemy import select

from journal.production.release import make_release
from storage.rows.outbox import OutboxRow
from storage.rows.releases import PublicIdentity, PublicObject, Release
from storage.rows.safeguards import Takedown
from tests.stories.accepted import Study, ready_report, registered_report
from tests.stories.public_shelf import Shelf, opens, shelf_of, snapshot_of
from tests.stories.test_killed_publication import copies, killed_and_restarted, set_aside_letters
from tests.stories.withheld import hold
from tests.stories.worlds import World, make_world, stage_of
from workflows.stages import Stage

pytestmark = pytest.mark.server

WORD = b"quokka"
SECRET = Study(title="A quokka that was public once")
OPEN = Study(title="An open question about monitors")
POINTS = {
    "the new release is not named yet": ("os.link", "/public/releases/", "1"),
    "it is there and nobody noted it": ("open", "/public/releases None", "1"),
    "no old release is deleted": ("os.remove", "/public/releases/", "1"),
    "one old release is deleted": ("os.remove", "/public/releases/", "2"),
    "no object is deleted": ("os.remove", "/public/objects/", "1"),
    "some objects are deleted": ("os.remove", "/public/objects/", "3"),
    "no heartbeat is kept": ("os.link", "/vault/h1/", "1"),
}


@pytest.fixture(scope="module")
def pressed(tmp_path_factory: pytest.TempPathFactory) -> tuple[World, str]:
    """A journal with a report that stands in two releases and was just pressed down; nothing has been done of it."""
    world = make_world(tmp_path_factory.mktemp("killed") / "pressed")
    report_id = ready_report(world, SECRET)
    make_release(world.resources)
    registered_report(world, OPEN, announced=True)
    make_release(world.resources)
    assert len(list(world.resources.public_store.keys("releases/"))) == 2
    set_aside_letters(world)
    hold(world, report_id)
    assert WORD in shelf_of(world).everything()
    return world, report_id


@pytest.fixture(scope="module")
def unharmed(pressed: tuple[World, str]) -> World:
    (world,) = copies(pressed[0], ["unharmed"])
    world.run_jobs()
    return world


def down(world: World, report_id: str) -> None:
    assert WORD not in shelf_of(world).everything()
    assert stage_of(world, report_id) is Stage.PUBLISHED
    assert opens(snapshot_of(world))
    with world.work(writes=False) as uow:
        public_id = uow.session.get_one(PublicIdentity, report_id).public_id
        objects = set(uow.session.scalars(select(PublicObject.key)))
        kept = set(uow.session.scalars(select(Release.snapshot_key).where(Release.deleted_at.is_(None))))
        waiting = uow.session.scalars(select(OutboxRow).where(OutboxRow.done_at.is_(None))).all()
        assert len(uow.session.scalars(select(Takedown)).all()) == 1
    assert (objects, waiting) == (set(), [])
    assert set(Shelf.names(world)) == kept
    assert public_id.encode() in shelf_of(world).everything(), "the tombstone"


def test_a_takedown_killed_anywhere_ends_where_an_unharmed_one_ends(
    pressed: tuple[World, str], unharmed: World
) -> None:
    world, report_id = pressed
    down(unharmed, report_id)
    worlds = copies(world, POINTS)
    killed_and_restarted(worlds, POINTS)
    for each in worlds:
        down(each, report_id)
        assert snapshot_of(each) == snapshot_of(unharmed)

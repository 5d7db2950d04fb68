"""What a release withholds: embargoes until their day, holds until they are lifted, work that was taken down."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from journal.production.release import make_release, prepare
from journal.production.sealing import seal
from journal.production.shelving import put_out
from storage.rows.holds import HoldRow
from storage.rows.releases import PublicIdentity, PublicObject, Release
from tests.stories.accepted import (
    Study,
    accepted_report,
    correct,
    ready_report,
    retract,
)
from tests.stories.public_shelf import shelf_of, snapshot_of
from tests.stories.withheld import hold, lift
from tests.stories.worlds import World, make_world, stage_of
from workflows.holds import HoldKind
from workflows.stages import Stage

pytestmark = pytest.mark.children

OPEN = Study(title="An open question about monitors")
SECRET = Study(title="A quokka nobody may hear of")
WORD = b"quokka"


def seen(world: World) -> bytes:
    """Everything a reader can get hold of, but for compressed PDF streams."""
    return shelf_of(world).everything()


def rows(world: World, kind: type[Release] | type[PublicObject], report_id: str | None = None) -> int:
    with world.work(writes=False) as uow:
        found = uow.session.scalars(select(kind)).all()
        return sum(report_id is None or getattr(row, "report_id", None) == report_id for row in found)


def test_an_embargo_opens_by_its_date(world: World) -> None:
    report_id = ready_report(world, SECRET)
    hold(world, report_id, kind=HoldKind.AUTHOR_EMBARGO, days=30)
    assert make_release(world.resources) is not None
    assert WORD not in seen(world)
    world.clock.advance(days=29)
    assert make_release(world.resources) is None
    assert stage_of(world, report_id) is Stage.READY
    world.clock.advance(days=1)
    assert make_release(world.resources) is not None
    assert stage_of(world, report_id) is Stage.PUBLISHED
    assert WORD in seen(world)
    with world.work(writes=False) as uow:
        assert str(uow.session.get_one(PublicIdentity, report_id).published_on) == "2026-04-01"


Change = Callable[[World], object]


def released_with(folder: Path, *before: Change) -> bytes:
    """The snapshot of a world of its own, in which `before` happened and then an open report became ready."""
    world = make_world(folder)
    for change in before:
        change(world)
    ready_report(world, OPEN)
    make_release(world.resources)
    return snapshot_of(world)


def test_a_held_report_leaves_the_same_bytes_as_one_that_never_existed(tmp_path: Path) -> None:
    def held(world: World) -> None:
        hold(world, ready_report(world, SECRET))

    without = released_with(tmp_path / "without")
    assert released_with(tmp_path / "free", lambda world: ready_report(world, SECRET)) != without, "bytes can differ"
    assert released_with(tmp_path / "held", held) == without


def test_a_hold_wins_until_the_seal_and_takes_down_after_it(world: World, tmp_path: Path) -> None:
    report_id = ready_report(world, SECRET)
    built = prepare(world.resources, made(tmp_path / "first"))
    assert WORD in built.path.read_bytes(), "it was built with it"
    early = hold(world, report_id)
    assert seal(world.resources, built, due_at=None) is None
    assert stage_of(world, report_id) is Stage.READY
    assert list(world.resources.public_store.keys()) == []
    assert make_release(world.resources) is not None
    assert WORD not in seen(world)
    assert rows(world, PublicObject, report_id) == 0

    lift(world, early)
    built = prepare(world.resources, made(tmp_path / "second"))
    sealed = seal(world.resources, built, due_at=None)
    assert sealed is not None
    assert stage_of(world, report_id) is Stage.PUBLISHED

    late = hold(world, report_id)
    assert not put_out(world.resources, built, sealed)
    assert make_release(world.resources) is not None
    assert WORD not in seen(world)
    assert list(world.resources.public_store.keys("objects/")) == []

    lift(world, late)
    built = prepare(world.resources, made(tmp_path / "third"))
    sealed = seal(world.resources, built, due_at=None)
    assert sealed is not None
    assert put_out(world.resources, built, sealed), "without a hold the same steps do publish"
    assert snapshot_of(world) == built.path.read_bytes()


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder


@pytest.fixture(scope="module")
def aftermath(tmp_path_factory: pytest.TempPathFactory) -> tuple[World, str]:
    """A world with one published report, whose stories below follow each other."""
    world = make_world(tmp_path_factory.mktemp("aftermath"))
    report_id = ready_report(world, SECRET)
    ready_report(world, OPEN)
    make_release(world.resources)
    return world, report_id


def test_the_same_set_gives_the_same_bytes_and_no_release(aftermath: tuple[World, str], tmp_path: Path) -> None:
    world, _ = aftermath
    world.clock.advance(days=1)
    accepted_report(world, Study(title="Not ready yet"))
    assert prepare(world.resources, tmp_path).path.read_bytes() == snapshot_of(world)
    before = rows(world, Release)
    assert make_release(world.resources) is None
    assert rows(world, Release) == before


def test_a_correction_shows_and_its_paper_is_a_new_one(aftermath: tuple[World, str]) -> None:
    world, report_id = aftermath
    first = shelf_of(world).keys_by_name["paper.pdf"]
    correct(world, report_id, "Table 2 named the wrong axolotl.")
    assert make_release(world.resources) is not None
    assert b"axolotl" in seen(world)
    with world.work(writes=False) as uow:
        papers = uow.session.query(PublicObject).filter_by(report_id=report_id, name="paper.pdf").all()
    assert len(papers) == 2, "the release before still names the first"
    assert world.resources.public_store.find(first) is not None
    assert stage_of(world, report_id) is Stage.CORRECTED


def test_only_the_newest_two_releases_are_kept_with_their_objects(aftermath: tuple[World, str]) -> None:
    world, report_id = aftermath
    retract(world, report_id, "The probes were swapped.")
    assert make_release(world.resources) is not None
    assert b"probes were swapped" in seen(world)
    assert stage_of(world, report_id) is Stage.RETRACTED
    assert len(list(world.resources.public_store.keys("releases/"))) == 2
    with world.work(writes=False) as uow:
        papers = uow.session.query(PublicObject).filter_by(report_id=report_id, name="paper.pdf").all()
        deleted = uow.session.scalars(select(Release).where(Release.deleted_at.is_not(None))).all()
    assert (len(papers), len(deleted)) == (2, 1)


def test_a_takedown_leaves_a_tombstone_and_takes_older_releases_along(aftermath: tuple[World, str]) -> None:
    world, report_id = aftermath
    with world.work(writes=False) as uow:
        public_id = uow.session.get_one(PublicIdentity, report_id).public_id
        named = {row.key for row in uow.session.query(PublicObject).filter_by(report_id=report_id)}
    assert named, "there is something to delete"
    assert WORD in seen(world)
    hold(world, report_id)
    assert make_release(world.resources) is not None
    assert WORD not in seen(world)
    assert public_id.encode() in seen(world)
    assert len(list(world.resources.public_store.keys("releases/"))) == 1
    assert not named & set(world.resources.public_store.keys("objects/"))
    assert rows(world, PublicObject, report_id) == 0
    assert OPEN.title.encode() in seen(world), "the other report stays"


def test_what_is_released_again_gets_new_keys_and_keeps_its_name(aftermath: tuple[World, str]) -> None:
    world, report_id = aftermath
    with world.work(writes=False) as uow:
        before = uow.session.get_one(PublicIdentity, report_id)
    lift(world, newest_hold(world, report_id))
    assert make_release(world.resources) is not None
    assert WORD in seen(world)
    with world.work(writes=False) as uow:
        after = uow.session.get_one(PublicIdentity, report_id)
    assert (after.public_id, after.published_on) == (before.public_id, before.published_on)


def newest_hold(world: World, report_id: str) -> str:
    with world.work(writes=False) as uow:
        wanted = select(HoldRow.id).where(HoldRow.report_id == report_id).order_by(HoldRow.placed_at.desc())
        return uow.session.scalars(wanted).first() or ""


def test_an_announced_protocol_is_shown_without_its_results(world: World) -> None:
    report_id = accepted_report(world, SECRET, announced=True)
    assert make_release(world.resources) is not None
    assert WORD in seen(world)
    assert SECRET.claim.encode() not in seen(world)
    assert stage_of(world, report_id) is Stage.ACCEPTED
    with world.work(writes=False) as uow:
        identity = uow.session.get_one(PublicIdentity, report_id)
        assert identity.first_public_at == world.clock.now
        assert identity.published_on is None

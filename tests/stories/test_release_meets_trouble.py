"""A release with no room on the disk, or with a store that does not answer: it fails cleanly and succeeds later."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from journal.jobs import Job, ask_for
from journal.production.release import make_release
from storage.objects import ObjectStoreError
from storage.rows.ledger import LedgerRow
from storage.rows.outbox import OutboxRow
from storage.rows.releases import PublicObject, Release
from tests.storage.object_stores import address_at, carry_credentials, s3_over_http
from tests.stories import killed_runner
from tests.stories.accepted import Study, ready_report
from tests.stories.public_shelf import opens, snapshot_of
from tests.stories.worlds import World, make_world, stage_of
from workflows.stages import Stage

pytestmark = pytest.mark.children

STUDY = Study()


def ask_for_release(world: World) -> None:
    with world.work() as uow:
        for row in uow.session.scalars(select(OutboxRow).where(OutboxRow.job != Job.RELEASE)):
            row.done_at = uow.now
        ask_for(uow, Job.RELEASE, {}, key="release")
        uow.commit()


def troubles(world: World) -> list[str]:
    with world.work(writes=False) as uow:
        wanted = select(OutboxRow.last_error).where(OutboxRow.job == Job.RELEASE, OutboxRow.done_at.is_(None))
        return list(uow.session.scalars(wanted))


def assert_all_is_there(world: World, report_id: str) -> None:
    assert stage_of(world, report_id) is Stage.PUBLISHED
    assert opens(snapshot_of(world))
    with world.work(writes=False) as uow:
        keys = set(uow.session.scalars(select(PublicObject.key)))
        kept = set(uow.session.scalars(select(Release.snapshot_key).where(Release.deleted_at.is_(None))))
        assert len(uow.session.scalars(select(LedgerRow).where(LedgerRow.action == "publish")).all()) == 1
    assert set(world.resources.public_store.keys("releases/")) == kept
    assert set(world.resources.public_store.keys("objects/")) == keys


def test_a_full_disk_fails_the_release_and_room_lets_it_through(world: World) -> None:
    report_id = ready_report(world, STUDY)
    ask_for_release(world)
    small = 48 * 1024  # bytes in any file: the rows still fit into the log that exists, no paper fits into the vault
    script = Path(killed_runner.__file__)
    ended = subprocess.run(
        [sys.executable, str(script), str(world.folder), "0"],
        cwd=script.parent.parent.parent,
        env={"PYTHONPATH": ".", "PATH": os.environ["PATH"]},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (small, small)),
        check=False,
        timeout=120,
    )
    assert ended.returncode != 0 or troubles(world) != [], "it did fail"
    assert stage_of(world, report_id) is Stage.READY
    assert list(world.resources.public_store.keys()) == []
    world.clock.advance(days=400)
    assert world.run_jobs() > 0
    assert_all_is_there(world, report_id)


@pytest.mark.parametrize("place", ["objects", "releases"])
def test_a_public_store_that_takes_nothing_leaves_the_old_release_standing(world: World, place: str) -> None:
    make_release(world.resources)
    before = snapshot_of(world)
    report_id = ready_report(world, STUDY)
    ask_for_release(world)
    folder = world.folder / "public" / place
    aside = folder.with_name(f"{place}-aside")
    if folder.exists():
        folder.rename(aside)
    folder.write_text("something that is no folder stands here")
    world.run_jobs()
    assert any("ObjectExists" in name or "Unavailable" in name for name in troubles(world))
    folder.unlink()
    if aside.exists():
        aside.rename(folder)
    assert snapshot_of(world) == before
    world.clock.advance(minutes=1)
    assert world.run_jobs() > 0
    assert snapshot_of(world) != before
    assert_all_is_there(world, report_id)


@pytest.fixture
def on_s3(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[World, int]:
    carry_credentials(monkeypatch)
    with s3_over_http() as endpoint:
        world = make_world(tmp_path, NULLIUS_PUBLIC_STORE=address_at(endpoint))
    return world, int(endpoint.rpartition(":")[2])


@pytest.mark.server
def test_a_store_that_is_away_for_a_minute_gets_everything_afterwards(on_s3: tuple[World, int]) -> None:
    world, port = on_s3
    report_id = ready_report(world, STUDY)
    ask_for_release(world)
    world.run_jobs()
    assert troubles(world) == ["storage.objects.store.StoreUnavailable"]
    with pytest.raises(ObjectStoreError):
        list(world.resources.public_store.keys())
    world.clock.advance(minutes=1)
    with s3_over_http(port):
        assert world.run_jobs() > 0
        assert_all_is_there(world, report_id)

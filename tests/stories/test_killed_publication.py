"""kill -9 at any point of a publication loses nothing and publishes once. Every point has a world of its own, and the
worlds die and come back side by side.
"""

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest
from sqlalchemy import select

from journal.jobs import Job, ask_for
from journal.production.release import make_release, prepare
from journal.unit_of_work import begin
from storage.rows.ledger import LedgerRow
from storage.rows.outbox import OutboxRow
from storage.rows.proofs import Typesetting
from storage.rows.releases import PublicIdentity, PublicObject, Release
from tests.stories import killed_runner
from tests.stories.accepted import Study, accepted_report, approve, ready_report
from tests.stories.public_shelf import opens, snapshot_of
from tests.stories.worlds import World, make_world, stage_of
from workflows.people import PRESS
from workflows.stages import Stage

pytestmark = pytest.mark.server

POINTS_OF_THE_PRESS = {
    "the pages are being set": ("subprocess.Popen", "typeset_child", "1"),
    "half of its files are in the vault": ("os.link", "/vault/", "3"),
}
POINT_OF_PRINTING = {"the paper is being printed": ("subprocess.Popen", "typeset_child", "1")}
# These begin with a paper that is printed: what is not asked about need not take its seconds five times.
POINTS_OF_RELEASING = {
    "sealed, and nothing copied": ("os.link", "/public/objects/", "1"),
    "some objects are copied": ("os.link", "/public/objects/", "3"),
    "the snapshot is not named yet": ("os.link", "/public/releases/", "1"),
    "the snapshot is there and nobody noted it": ("open", "/public/releases None", "1"),
}
LEASE_IS_OVER = "20"  # minutes


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("killed")


@pytest.fixture(scope="module")
def accepted(folder: Path) -> tuple[World, str]:
    world = make_world(folder / "accepted")
    report_id = accepted_report(world, Study())
    set_aside_letters(world)
    return world, report_id


@pytest.fixture(scope="module")
def ready(folder: Path) -> tuple[World, str]:
    world = make_world(folder / "ready")
    report_id = ready_report(world, Study())
    set_aside_letters(world)
    with world.work() as uow:
        ask_for(uow, Job.RELEASE, {}, key="release")
        uow.commit()
    return world, report_id


def set_aside_letters(world: World) -> None:
    """What these stories are not about: the letters of all the steps before."""
    with world.work() as uow:
        for row in uow.session.scalars(select(OutboxRow).where(OutboxRow.job == Job.MAIL)):
            row.done_at = uow.now
        uow.commit()


def copies(of: World, names: Iterable[str]) -> list[World]:
    """Worlds that begin where `of` is now."""
    of.resources.engine.dispose()
    made = []
    for name in names:
        place = of.folder.parent / f"{of.folder.name}-{name.replace(' ', '-')}"
        shutil.copytree(of.folder, place)
        made.append(make_world(place, seed=b"copy"))  # the same seed would draw the same identifiers again
        made[-1].people.update(of.people)
    return made


def start(world: World, minutes: str, *point: str) -> subprocess.Popen[bytes]:
    script = Path(killed_runner.__file__)
    command = [sys.executable, str(script), str(world.folder), minutes, *point]
    return subprocess.Popen(command, cwd=script.parent.parent.parent, env={"PYTHONPATH": ".", "PATH": "/usr/bin"})


def killed_and_restarted(worlds: list[World], points: dict[str, tuple[str, str, str]]) -> None:
    dying = [start(world, "0", *point) for world, point in zip(worlds, points.values(), strict=True)]
    ends = dict(zip(points, [each.wait(timeout=120) for each in dying], strict=True))
    assert ends == dict.fromkeys(points, -signal.SIGKILL), "every point was reached"
    again = [start(world, LEASE_IS_OVER) for world in worlds]
    assert [each.wait(timeout=120) for each in again] == [0] * len(worlds)


def assert_published_once(world: World, report_id: str) -> None:
    store = world.resources.public_store
    assert stage_of(world, report_id) is Stage.PUBLISHED
    with begin(world.resources, actor=PRESS, writes=False) as uow:
        steps = uow.session.scalars(select(LedgerRow.action).where(LedgerRow.report_id == report_id)).all()
        assert steps.count("publish") == 1
        assert len(uow.session.scalars(select(PublicIdentity)).all()) == 1
        papers = uow.session.scalars(select(Typesetting).where(Typesetting.content.is_not(None))).all()
        assert len(papers) == 1
        objects = {row.key: row.sha256 for row in uow.session.scalars(select(PublicObject))}
        pointed = uow.session.scalars(select(Release).where(Release.pointed_at.is_not(None))).all()
        waiting = uow.session.scalars(select(OutboxRow).where(OutboxRow.done_at.is_(None))).all()
    assert {key: found.sha256 for key in store.keys("objects/") if (found := store.find(key))} == objects
    assert len(objects) == 4
    assert list(store.keys("releases/")) == [release.snapshot_key for release in pointed]
    assert len(pointed) == 1
    assert opens(snapshot_of(world))
    assert waiting == []


def test_a_release_killed_anywhere_publishes_once(ready: tuple[World, str], tmp_path: Path) -> None:
    world, report_id = ready
    printing = copies(world, POINT_OF_PRINTING)
    prepare(world.resources, tmp_path)
    worlds = [*printing, *copies(world, POINTS_OF_RELEASING)]
    killed_and_restarted(worlds, {**POINT_OF_PRINTING, **POINTS_OF_RELEASING})
    for each in worlds:
        assert_published_once(each, report_id)


def test_a_press_killed_anywhere_sets_one_proof_which_is_published_once(accepted: tuple[World, str]) -> None:
    world, report_id = accepted
    worlds = copies(world, POINTS_OF_THE_PRESS)
    killed_and_restarted(worlds, POINTS_OF_THE_PRESS)
    for each in worlds:
        with each.work(writes=False) as uow:
            proofs = uow.session.scalars(select(Typesetting)).all()
            assert [(proof.step, len(proof.renditions)) for proof in proofs] == [(4, 5)]
        assert stage_of(each, report_id) is Stage.TYPESET
    approve_and_release(worlds[0], report_id)


def approve_and_release(world: World, report_id: str) -> None:
    approve(world, report_id)
    make_release(world.resources)
    world.run_jobs()
    assert_published_once(world, report_id)

"""Instants and orders: embargoes to the second and in any zone, clocks that jump back, and histories in any order."""

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from itertools import permutations
from pathlib import Path

import pytest
from sqlalchemy import select

from journal.jobs import Job, ask_for
from journal.production.release import make_release
from storage.rows.holds import HoldRow
from storage.rows.outbox import OutboxRow
from storage.rows.releases import Release
from tests.stories import killed_runner
from tests.stories.accepted import AUTHOR, Study, accepted_report, registered_report, staff, written_report
from tests.stories.public_shelf import shelf_of, snapshot_of
from tests.stories.withheld import hold, lift
from tests.stories.worlds import START, World, make_world
from tests.thorough import few_of
from workflows.holds import HoldKind

A, B, C = (Study(title=f"An open question about {what}") for what in ("monitors", "judges", "probes"))
SECRET = Study(title="A quokka nobody may hear of")
WORD = b"quokka"
INDIA, SAMOA = timezone(timedelta(hours=5, minutes=30)), timezone(timedelta(hours=13))


def embargo(world: World, report_id: str, until: datetime) -> None:
    """An announced protocol that is put off until an instant, in whatever zone it was given."""
    hold_id = hold(world, report_id, kind=HoldKind.AUTHOR_EMBARGO)
    with world.work() as uow:
        uow.session.get_one(HoldRow, hold_id).embargo_until = until
        uow.commit()


def shown(world: World) -> bool:
    make_release(world.resources)
    return WORD in shelf_of(world).everything()


@pytest.mark.parametrize("zone", few_of([INDIA, SAMOA, timezone.utc]))  # noqa: UP017 - a zone among zones
def test_an_embargo_opens_at_its_instant_and_no_second_before(world: World, zone: timezone) -> None:
    report_id = registered_report(world, SECRET, announced=True)
    until = (START + timedelta(hours=30)).astimezone(zone)
    embargo(world, report_id, until)
    for seconds, opens in ((-1, False), (0, True)):
        world.clock.now = START + timedelta(hours=30, seconds=seconds)
        assert shown(world) is opens


def test_a_clock_that_jumps_back_opens_nothing_and_names_nothing_earlier(world: World) -> None:
    report_id = registered_report(world, SECRET, announced=True)
    embargo(world, report_id, START + timedelta(hours=30))
    registered_report(world, A, announced=True)
    world.clock.now = START + timedelta(hours=29)
    assert not shown(world)
    world.clock.now = START - timedelta(days=3)
    registered_report(world, B, announced=True)
    world.clock.now = START - timedelta(days=2)
    assert not shown(world)
    assert B.title.encode() in shelf_of(world).everything(), "readers have the later release all the same"
    with world.work(writes=False) as uow:
        keys = list(uow.session.scalars(select(Release.snapshot_key).order_by(Release.began_at.desc())))
    assert keys == sorted(keys, key=str)
    world.clock.now = START + timedelta(hours=30)
    assert shown(world)


def held_and_lifted(world: World) -> None:
    lift(world, hold(world, accepted_report(world, SECRET)))


def withheld(world: World) -> None:
    hold(world, accepted_report(world, SECRET))


def submitted(world: World) -> None:
    written_report(world, SECRET)


def nothing(world: World) -> None:
    staff(world)


HISTORIES: tuple[Callable[[World], None], ...] = (nothing, submitted, withheld, held_and_lifted, nothing, withheld)


@pytest.mark.thorough
def test_the_same_public_set_gives_the_same_bytes_whatever_happened_and_in_whatever_order(tmp_path: Path) -> None:
    found = set()
    for number, (order, privately) in enumerate(zip(permutations((A, B, C)), HISTORIES, strict=True)):
        world = make_world(tmp_path / str(number))
        for at, study in enumerate(order):
            if at == number % 3:
                privately(world)
            registered_report(world, study, announced=True)
        make_release(world.resources)
        found.add(snapshot_of(world))
    assert len(found) == 1
    other = make_world(tmp_path / "other")
    registered_report(other, A, announced=True)
    make_release(other.resources)
    assert snapshot_of(other) not in found, "bytes can differ"


@pytest.mark.children
def test_a_disk_that_is_full_while_the_snapshot_is_written_leaves_what_is_out(world: World) -> None:
    registered_report(world, A, announced=True)
    make_release(world.resources)
    before = snapshot_of(world)
    report_id = registered_report(world, B, announced=True)
    with world.work() as uow:
        for row in uow.session.scalars(select(OutboxRow)):
            row.done_at = uow.now
        ask_for(uow, Job.RELEASE, {}, key="release")
        uow.commit()
    world.resources.engine.dispose()
    most = len(before) // 2
    script = Path(killed_runner.__file__)
    subprocess.run(
        [sys.executable, str(script), str(world.folder), "0"],
        cwd=script.parent.parent.parent,
        env={"PYTHONPATH": ".", "PATH": os.environ["PATH"]},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)),
        check=False,
        timeout=120,
    )
    with world.work(writes=False) as uow:
        (waiting,) = uow.session.scalars(select(OutboxRow).where(OutboxRow.done_at.is_(None))).all()
        assert waiting.attempts == 1
        assert waiting.last_error.startswith("sqlite3."), waiting.last_error
    assert snapshot_of(world) == before
    world.clock.advance(hours=1)
    assert world.run_jobs() > 0
    assert B.title.encode() in shelf_of(world).everything()
    assert report_id not in snapshot_of(world).decode(errors="replace")
    assert AUTHOR in world.people

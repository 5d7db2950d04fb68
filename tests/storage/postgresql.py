"""A real PostgreSQL for the tests: a server of our own in a folder of its own, reached by a socket, gone afterwards."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from storage.database import Row, connect

# What makes a server survive a power cut and a test wait.
HASTE = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "listen_addresses=", "max_connections=60")
SECONDS_TO_START = 30.0
TEMPLATE = "template_of_ours"


class PostgreSQL:
    """A running server, and fresh databases on it: copies of a template that has all tables."""

    def __init__(self, socket: Path) -> None:
        self._socket = socket
        self._numbers = count(1)

    def address_of(self, database: str) -> str:
        """Write the address of a database on this server."""
        return f"postgresql://postgres@/{database}?host={quote(str(self._socket))}"

    def make_template(self) -> None:
        """Make the tables once, for every database to come."""
        self._run(f"CREATE DATABASE {TEMPLATE}")
        engine = connect(self.address_of(TEMPLATE))
        Row.metadata.create_all(engine)
        engine.dispose()

    @contextmanager
    def database(self, *, template: str = TEMPLATE) -> Iterator[str]:
        """Yield the address of a database that nobody has used; with `template0`, one without tables."""
        name = self.make_database(template=template)
        yield self.address_of(name)
        self.drop(name)

    def make_database(self, *, template: str) -> str:
        """Make a database, and return its name. Nobody may be connected to the template."""
        name = f"journal_{next(self._numbers)}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, database: str) -> None:
        """Delete a database, whoever is connected: they have 12 MB each, best before the disk hears of them."""
        self._run(f"DROP DATABASE {database} WITH (FORCE)")

    def wait_until_it_answers(self, process: subprocess.Popen[bytes]) -> None:
        """Return once a connection succeeds; fail if the server ended or takes too long."""
        give_up = time.monotonic() + SECONDS_TO_START
        while not self._answers():
            assert process.poll() is None, "PostgreSQL ended before it answered"
            assert time.monotonic() < give_up, "PostgreSQL did not answer in time"
            time.sleep(0.02)

    def _answers(self) -> bool:
        try:
            self._run("SELECT 1")
        except OperationalError:
            return False
        return True

    def _run(self, statement: str) -> None:
        engine = create_engine(self.address_of("postgres"), isolation_level="AUTOCOMMIT")
        try:
            with engine.connect() as connection:
                connection.execute(text(statement))
        finally:
            engine.dispose()


@contextmanager
def running_server() -> Iterator[PostgreSQL]:
    """Yield a server that runs as whoever may run one: it refuses root, who lends it another's name."""
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="nullius-pg-"))  # short: a socket's path holds at most 107 bytes
    user = _unprivileged()
    if user is not None:
        shutil.chown(folder, user.pw_uid, user.pw_gid)
    try:
        _initialise(programs, folder / "data", user)
        with _process(programs, folder, user) as process:
            server = PostgreSQL(folder)
            server.wait_until_it_answers(process)
            server.make_template()
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _initialise(programs: Path, data: Path, user: pwd.struct_passwd | None) -> None:
    options = ["--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-locale"]
    subprocess.run(
        [programs / "initdb", "--pgdata", data, *options],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=data.parent,
        **_lent(user),
    )


@contextmanager
def _process(programs: Path, folder: Path, user: pwd.struct_passwd | None) -> Iterator[subprocess.Popen[bytes]]:
    settings = [part for setting in (*HASTE, f"unix_socket_directories={folder}") for part in ("-c", setting)]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [programs / "postgres", "-D", folder / "data", *settings],
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=folder,
            **_lent(user),
        )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGQUIT)  # at once: nothing in it is worth a checkpoint
        process.wait()


def _programs() -> Path:
    """Find the newest server, where Debian keeps one for each version, or on the path."""
    kept = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    found = kept[-1] if kept else shutil.which("postgres")
    assert found, "PostgreSQL is not installed: apt-get install postgresql"
    return Path(found).parent


def _unprivileged() -> pwd.struct_passwd | None:
    """Return whose name root lends the server; None for anybody else, whose own name will do."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _lent(user: pwd.struct_passwd | None) -> dict[str, Any]:
    return {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}

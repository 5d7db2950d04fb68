"""Databases for the tests of storage: SQLite in a file, and PostgreSQL on a server that the tests start.

Every test has a database of its own, with all tables. `engine` runs a test on both; the server starts when the first
test asks for it, once for each worker of pytest, and those tests are marked `server`.
"""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine

import storage.rows  # noqa: F401 - so that every table is known
from storage.database import Row, connect
from tests.storage.kinds import POSTGRESQL, SQLITE
from tests.storage.postgresql import PostgreSQL, running_server


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("template") / "template.db"
    engine = connect(f"sqlite:///{place}")
    Row.metadata.create_all(engine)
    engine.dispose()
    return place


@pytest.fixture(params=[SQLITE, POSTGRESQL])
def kind(request: pytest.FixtureRequest) -> str:
    """Which database a test runs on: each that asks for one runs on both."""
    return str(request.param)


@pytest.fixture
def database(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with all tables and no rows."""
    if kind == "postgresql":
        server: PostgreSQL = request.getfixturevalue("postgresql")
        with server.database() as address:
            yield address
    else:
        place = tmp_path / "journal.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), place)
        yield f"sqlite:///{place}"


@pytest.fixture
def empty_database(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without tables."""
    if kind == "postgresql":
        server: PostgreSQL = request.getfixturevalue("postgresql")
        with server.database(template="template0") as address:
            yield address
    else:
        yield f"sqlite:///{tmp_path / 'empty.db'}"


@pytest.fixture
def engine(database: str) -> Iterator[Engine]:
    made = connect(database)
    yield made
    made.dispose()

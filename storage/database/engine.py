"""Connecting to the editorial database: SQLite in one file, or PostgreSQL, set up so that both behave alike."""

import sqlite3

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url

from storage.database.troubles import say_plainly

PATIENCE = 5.0
POSTURE = "posture"
READING = "reading"
WRITING = "writing"
# Every writer locks this table before it reads anything. LOCK TABLE takes no snapshot, so a writer who waited sees
# what the one before it committed; SELECT ... FOR UPDATE under REPEATABLE READ would fail instead of wait.
TURN = "LOCK TABLE ledger_head IN EXCLUSIVE MODE"


def connect(address: str | URL, *, patience: float = PATIENCE) -> Engine:
    """Return an engine for `sqlite:///path` or `postgresql://user@host/name`. Nothing is opened yet.

    `patience` is how many seconds a writer waits for its turn before `DatabaseBusy`. A transaction without a posture
    (`reading`, `writing`) may write: on SQLite it begins with BEGIN IMMEDIATE. Raises `ValueError` for other databases.
    """
    url = make_url(address)
    match url.get_backend_name():
        case "sqlite":
            engine = _connect_sqlite(url, patience)
        case "postgresql":
            engine = _connect_postgresql(url, patience)
        case other:
            raise ValueError(f"a database is sqlite:///path or postgresql://user@host/name, not {other}")
    event.listen(engine, "handle_error", say_plainly)
    return engine


def _connect_sqlite(url: URL, patience: float) -> Engine:
    # Without isolation_level=None the driver opens no transaction for a SELECT, and two who read and then write lose
    # one of the two changes without an error (measured: 468 of 800).
    engine = create_engine(url, connect_args={"timeout": patience, "isolation_level": None})
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_on_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    kept_as = connection.execute("PRAGMA journal_mode=WAL").fetchone()[0]
    if kept_as != "wal":
        raise ValueError(f"SQLite needs a file on a local disk, where it can keep a write-ahead log, not {kept_as!r}")
    connection.execute("PRAGMA synchronous=FULL")  # a hold must survive a power cut
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA recursive_triggers=ON")  # or INSERT OR REPLACE would delete rows past their triggers


def _begin_on_sqlite(connection: Connection) -> None:
    only_reading = _posture(connection) == READING
    connection.exec_driver_sql(f"PRAGMA query_only={'ON' if only_reading else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if only_reading else "BEGIN IMMEDIATE")


def _connect_postgresql(url: URL, patience: float) -> Engine:
    asked = url.query.get("options", "")
    settings = f"{asked} -c lock_timeout={round(patience * 1000)} -c timezone=UTC"
    engine = create_engine(
        url, isolation_level="REPEATABLE READ", pool_pre_ping=True, connect_args={"options": settings.strip()}
    )
    event.listen(engine, "begin", _begin_on_postgresql)
    return engine


def _begin_on_postgresql(connection: Connection) -> None:
    posture = _posture(connection)
    if posture == READING:
        connection.exec_driver_sql("SET TRANSACTION READ ONLY")
    elif posture == WRITING:
        connection.exec_driver_sql(TURN)


def _posture(connection: Connection) -> str | None:
    found: str | None = connection.get_execution_options().get(POSTURE)
    return found

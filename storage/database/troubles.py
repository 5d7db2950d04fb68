"""What a database can refuse without anybody being wrong, as exceptions that the web layer turns into sentences."""

import sqlite3

from sqlalchemy.engine import ExceptionContext


class DatabaseTrouble(Exception):
    """The transaction did not happen. Nothing of it was kept, and the same can be tried again."""


class DatabaseBusy(DatabaseTrouble):
    """Others held the database for longer than our patience, or it does not answer. Trying again soon helps."""


class ChangedMeanwhile(DatabaseTrouble):
    """Somebody changed what this rests on. Trying again helps after a look at what it is now."""


class DatabaseFull(DatabaseTrouble):
    """No space is left. Trying again helps once the administrator has made some."""


class OnlyReading(DatabaseTrouble):
    """Something was to be written where only reading is possible: a mistake of ours, or a file without write access."""


_ON_SQLITE: dict[int, type[DatabaseTrouble]] = {
    sqlite3.SQLITE_BUSY: DatabaseBusy,
    sqlite3.SQLITE_LOCKED: DatabaseBusy,
    sqlite3.SQLITE_FULL: DatabaseFull,
    sqlite3.SQLITE_READONLY: OnlyReading,
}
# https://www.postgresql.org/docs/current/errcodes-appendix.html
_ON_POSTGRESQL: dict[str, type[DatabaseTrouble]] = {
    "55P03": DatabaseBusy,  # lock_not_available: lock_timeout passed
    "40P01": DatabaseBusy,  # deadlock_detected
    "53300": DatabaseBusy,  # too_many_connections
    "57P01": DatabaseBusy,  # admin_shutdown
    "57P03": DatabaseBusy,  # cannot_connect_now
    "40001": ChangedMeanwhile,  # serialization_failure
    "53100": DatabaseFull,  # disk_full
    "25006": OnlyReading,  # read_only_sql_transaction
}
_WORDS: dict[type[DatabaseTrouble], str] = {
    DatabaseBusy: "the database is busy or does not answer; nothing was changed",
    ChangedMeanwhile: "somebody changed this meanwhile; nothing was changed",
    DatabaseFull: "the disk of the database is full; nothing was changed",
    OnlyReading: "this session only reads, or the database cannot be written: ask storage.database.writing for one",
}


def say_plainly(context: ExceptionContext) -> None:
    """Raise the trouble behind a driver's error in its place, if there is one (a listener to `handle_error`)."""
    if context.is_pre_ping:  # the pool is only asking whether a connection still lives, and makes another if not
        return
    kind = _kind_of(context)
    if kind is not None:
        raise kind(_WORDS[kind]) from context.original_exception


def _kind_of(context: ExceptionContext) -> type[DatabaseTrouble] | None:
    error = context.original_exception
    if isinstance(error, sqlite3.Error):
        return _ON_SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)  # the low byte, without SQLite's detail
    known = _ON_POSTGRESQL.get(getattr(error, "sqlstate", None) or "")
    unreachable = context.is_disconnect or context.connection is None
    return known or (DatabaseBusy if unreachable else None)

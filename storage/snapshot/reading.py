"""Opens a snapshot and reads it. The file never changes, so it is read without locks, by many threads at once."""

import sqlite3
import weakref
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from storage.snapshot.contents import File, KeptPage
from storage.snapshot.lists import Asked, Found, find
from storage.snapshot.writing import APPLICATION, VERSION


class SnapshotUnreadable(Exception):
    """The file is no snapshot, is damaged, or was written by another version of this software."""


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A baked page: media type with charset, what names its bytes in an ETag (no quotes), and the gzipped body."""

    media_type: str
    etag: str
    gzipped: bytes


class Snapshot:
    """An open release. Safe for threads; closed when nobody uses it any more, even if its file is gone by then."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        # A thread may still be reading when another opens the next release: the last one to let go closes.
        weakref.finalize(self, connection.close)

    def page(self, path: str) -> StoredPage | None:
        """The baked page at `path`, or None."""
        row = self._connection.execute("SELECT media_type, etag, body FROM page WHERE path = ?", (path,)).fetchone()
        return StoredPage(*row) if row else None

    def kept(self, reports: Collection[str]) -> Iterator[KeptPage]:
        """All pages of the reports whose own page is at one of these paths, as they lie here: in other formats
        (`/reports/ID.json`) and below it (`/reports/ID/promised`).
        """
        for row in self._connection.execute("SELECT path, media_type, etag, body FROM page ORDER BY path"):
            if "/".join(row[0].split("/")[:3]).partition(".")[0] in reports:
                yield KeptPage(*row)

    def file(self, path: str) -> File | None:
        """The file at `path`, or None."""
        row = self._connection.execute("SELECT * FROM file WHERE path = ?", (path,)).fetchone()
        return _file(row) if row else None

    def listed(self, asked: Asked) -> Found:
        """The reports that a reader asks for, in two statements."""
        return find(self._connection, asked)

    def paths(self) -> Iterator[str]:
        """The paths of all baked pages, in order."""
        for (path,) in self._connection.execute("SELECT path FROM page ORDER BY path"):
            yield path

    def public_ids(self) -> frozenset[str]:
        """The names of all reports of which more than a tombstone is shown."""
        return frozenset(name for (name,) in self._connection.execute("SELECT public_id FROM listed"))

    def files(self) -> Iterator[File]:
        """All files, in the order of their paths."""
        return map(_file, self._connection.execute("SELECT * FROM file ORDER BY path"))


def open_snapshot(path: Path) -> Snapshot:
    """Open the snapshot at `path`. Raises `SnapshotUnreadable`, or `FileNotFoundError`."""
    if not path.is_file():
        raise FileNotFoundError(path)
    address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    # SQLite is built to serialise calls on one connection (sqlite3.threadsafety == 3), so threads may share it.
    connection = sqlite3.connect(address, uri=True, check_same_thread=False, isolation_level=None)
    try:
        _expect_ours(connection, path)
    except BaseException:
        connection.close()
        raise
    return Snapshot(connection)


def _expect_ours(connection: sqlite3.Connection, path: Path) -> None:
    try:
        (application,) = connection.execute("PRAGMA application_id").fetchone()
        (version,) = connection.execute("PRAGMA user_version").fetchone()
    except sqlite3.DatabaseError as error:
        raise SnapshotUnreadable(str(path)) from error
    if (application, version) != (APPLICATION, VERSION):
        message = f"{path} is of kind {application:#x} and version {version}, not {APPLICATION:#x} and {VERSION}"
        raise SnapshotUnreadable(message)


def _file(row: tuple[str, str, str, str, str, int]) -> File:
    path, key, name, media_type, sha256, size = row
    return File(path=path, key=key, name=name, media_type=media_type, sha256=sha256, size=size)

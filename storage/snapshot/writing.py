"""Writes a snapshot: the same contents, in whatever order they come, give the same bytes.

SQLite puts no clock and no chance into a file; what could differ is fixed here: page size, order of rows, free pages.
"""

import gzip
import hashlib
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from storage.snapshot.contents import Contents, File, KeptPage, Page
from storage.snapshot.lists import TABLES, write_lists

APPLICATION = 0x4E756C6C  # "Null", so that `file` and the reader know what it is
VERSION = 1
_ETAG_DIGITS = 32
_LEVEL = 6

_SETTINGS = f"""
PRAGMA page_size = 8192;
PRAGMA encoding = 'UTF-8';
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA application_id = {APPLICATION};
PRAGMA user_version = {VERSION};
"""
_TABLES = """
CREATE TABLE page (path TEXT PRIMARY KEY, media_type TEXT NOT NULL, etag TEXT NOT NULL, body BLOB NOT NULL)
  WITHOUT ROWID;
CREATE TABLE file (
  path TEXT PRIMARY KEY, key TEXT NOT NULL, name TEXT NOT NULL, media_type TEXT NOT NULL, sha256 TEXT NOT NULL,
  size INTEGER NOT NULL
) WITHOUT ROWID;
"""


def write_snapshot(contents: Contents, path: Path) -> str:
    """Write a release to `path`, which must not be there yet, and return the SHA-256 (hex) of the file.

    Raises `FileExistsError`, `sqlite3.Error` as SQLite does (a full disk), and `sqlite3.IntegrityError` when two pages
    or files have one path. The file is not synced: whoever keeps it puts it into a store, which does.
    """
    if path.exists():
        raise FileExistsError(path)
    draft = path.with_name(f"{path.name}.draft")
    draft.unlink(missing_ok=True)
    try:
        _write(contents, draft, path)
    finally:
        draft.unlink(missing_ok=True)
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _write(contents: Contents, draft: Path, path: Path) -> None:
    connection = sqlite3.connect(draft, isolation_level=None)
    try:
        connection.executescript(f"{_SETTINGS}{_TABLES}{TABLES}")
        connection.execute("BEGIN")
        _write_pages(connection, contents.pages)
        _write_kept(connection, contents.kept)
        _write_files(connection, contents.files)
        write_lists(connection, contents.listed)
        connection.execute("COMMIT")
        # A copy has its tables one after the other, no free pages, and nothing of how it came to be.
        connection.execute("VACUUM INTO ?", (str(path),))
    finally:
        connection.close()


def _write_pages(connection: sqlite3.Connection, pages: Iterable[Page]) -> None:
    rows = ((page.path, page.media_type, etag_of(page.body), _compressed(page.body)) for page in _by_path(pages))
    connection.executemany("INSERT INTO page VALUES (?, ?, ?, ?)", rows)


def _write_kept(connection: sqlite3.Connection, pages: Iterable[KeptPage]) -> None:
    rows = ((page.path, page.media_type, page.etag, page.gzipped) for page in pages)
    connection.executemany("INSERT INTO page VALUES (?, ?, ?, ?)", rows)


def _write_files(connection: sqlite3.Connection, files: Iterable[File]) -> None:
    rows = (
        (each.path, each.key, each.name, each.media_type, each.sha256, each.size)
        for each in sorted(files, key=lambda each: each.path)
    )
    connection.executemany("INSERT INTO file VALUES (?, ?, ?, ?, ?, ?)", rows)


def _by_path(pages: Iterable[Page]) -> list[Page]:
    return sorted(pages, key=lambda page: page.path)


def etag_of(body: bytes) -> str:
    """What names these bytes in an ETag, without the quotes."""
    return hashlib.sha256(body).hexdigest()[:_ETAG_DIGITS]


def _compressed(body: bytes) -> bytes:
    return gzip.compress(body, _LEVEL, mtime=0)

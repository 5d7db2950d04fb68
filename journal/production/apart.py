"""What a release consists of, taken apart into plain bytes: rows and pages of the snapshot, and what is in files."""

import gzip
import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from journal.confinement import Completed, Limits, run_module_confined
from journal.production.unpack_child import APART, PAPER

SnapshotRow = tuple[object, ...]
CHILD = "journal.production.unpack_child"
_GZIP = b"\x1f\x8b"
_PDF = b"%PDF-"
_OUTPUT = 256 * 1024 * 1024
_WORDS = "CREATE VIRTUAL TABLE temp.indexed_words USING fts5vocab(main, search, 'row')"


class NotTakenApart(Exception):
    """A file could not be looked into, so nobody knows what it says."""


def rows_of_snapshot(path: Path, *, shortest: int = 0) -> Iterator[tuple[str, SnapshotRow]]:
    """Every row of every table, as it is kept, with its place: the path of a page, or the table's name; and every word
    of the search that has `shortest` bytes.
    """
    with closing(sqlite3.connect(path.absolute().as_uri() + "?mode=ro&immutable=1", uri=True)) as connection:
        tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
        for (table,) in connection.execute(tables).fetchall():
            for row in connection.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - a name that SQLite gave
                yield (str(row[0]) if table == "page" else table), row
        connection.execute(_WORDS)
        wanted = "SELECT term FROM temp.indexed_words WHERE length(CAST(term AS BLOB)) >= ?"
        for word in connection.execute(wanted, (shortest,)):
            yield "search", word


def plain(row: SnapshotRow) -> bytes:
    """What is written in a row."""
    return b"\n".join(map(_plain, row))


def digest_of(row: SnapshotRow) -> bytes:
    """SHA-256 of a row as it is kept."""
    whole = hashlib.sha256()
    for value in row:
        kept = value if isinstance(value, bytes) else repr(value).encode()
        whole.update(len(kept).to_bytes(8, "big") + kept)
    return whole.digest()


def parts_of_file(body: bytes) -> Iterator[bytes]:
    """The file as it is and, of a PDF, everything in it. Raises `NotTakenApart`."""
    yield body
    if body.startswith(_PDF):
        ended = run_module_confined(CHILD, files={PAPER: body}, limits=Limits(seconds=60, output=_OUTPUT))
        if not isinstance(ended, Completed) or ended.exit_code != 0:
            raise NotTakenApart
        yield ended.outputs[APART]


def _plain(value: object) -> bytes:
    if isinstance(value, bytes):
        return gzip.decompress(value) if value.startswith(_GZIP) else value
    return str(value).encode()

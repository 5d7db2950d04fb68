"""Canaries: words that stand only in private fields of the withheld study, and the disguises they could get out in."""

import base64
import gzip
import hashlib
import io
import sqlite3
from collections.abc import Iterator
from urllib.parse import quote

import pikepdf
from sqlalchemy import select

from storage.rows.holds import HoldRow
from storage.rows.manuscripts import ManuscriptFile
from storage.rows.proofs import Rendition
from storage.rows.reports import Report, ReportAuthor
from storage.rows.reviewing import Invitation
from tests.noninterference import cast
from tests.noninterference.open_operations import GUEST_OF_THE_HIDDEN
from tests.noninterference.twins import Twin
from tests.stories.public_shelf import GZIP, opened
from tests.stories.withholding import REASON

WORDS = (cast.WORD, cast.HIDDEN.title, cast.HIDDEN.claim, cast.HIDDEN.abstract, REASON, GUEST_OF_THE_HIDDEN)


def canaries(world: Twin) -> list[str]:
    """The words, and whatever the journal drew for the study: names of rows, of files in the vault, of its key."""
    with world.world.work(writes=False) as uow:
        report = uow.session.get_one(Report, world.hidden)
        wanted = (
            select(HoldRow.id).where(HoldRow.report_id == report.id),
            select(ReportAuthor.id).where(ReportAuthor.report_id == report.id),
            select(Invitation.id).where(Invitation.report_id == report.id),
            select(ManuscriptFile.vault_name).where(ManuscriptFile.report_id == report.id),
            select(Rendition.vault_name).where(Rendition.report_id == report.id),
        )
        drawn = [name for query in wanted for name in uow.session.scalars(query)]
        return [*WORDS, report.id, report.key_name, *drawn]


def disguises(word: str) -> dict[str, list[bytes]]:
    """A word as it could stand in bytes, by the name of the disguise."""
    raw = word.encode()
    return {
        "as it is": [raw],
        "in small letters": [raw.lower()],
        "UTF-16": [word.encode("utf-16-le"), word.encode("utf-16-be")],
        "base64": [_inner(base64.b64encode(b"_" * shift + raw), shift) for shift in range(3)],
        "hexadecimal": [raw.hex().encode(), raw.hex().upper().encode()],
        "in an address": [quote(word, safe="").encode()],
        "character references": ["".join(f"&#{ord(letter)};" for letter in word).encode()],
        "SHA-256": [hashlib.sha256(raw).hexdigest().encode(), hashlib.sha256(raw).digest()],
    }


def _inner(encoded: bytes, shift: int) -> bytes:
    """What stands of a word in base64 whatever comes before and after it."""
    return encoded[(0, 2, 3)[shift] : len(encoded) // 4 * 4 - 4]


def found(words: list[str], where: bytes) -> list[tuple[str, str]]:
    """Which words stand somewhere in these bytes, and in which disguise."""
    small = where.lower()
    return [
        (word, name)
        for word in words
        for name, shapes in disguises(word).items()
        if any(shape in (small if name == "in small letters" else where) for shape in shapes)
    ]


def opened_up(body: bytes) -> Iterator[bytes]:
    """Bytes, and what is packed in them: compressed bytes, every value of a snapshot, every stream of a PDF."""
    yield body
    if body.startswith(GZIP):
        yield from opened_up(gzip.decompress(body))
    elif body.startswith(b"SQLite format 3\0"):
        with opened(body) as snapshot:
            yield from values_of(snapshot)
    elif body.startswith(b"%PDF"):
        yield from _streams(body)


def values_of(snapshot: sqlite3.Connection) -> Iterator[bytes]:
    """Every value of every table."""
    tables = [name for (name,) in snapshot.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in tables:
        for row in snapshot.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - names from the file itself
            for value in row:
                yield from opened_up(value) if isinstance(value, bytes) else [str(value).encode()]


def _streams(body: bytes) -> Iterator[bytes]:
    with pikepdf.open(io.BytesIO(body)) as pdf:
        yield repr(pdf.trailer).encode()
        for each in pdf.objects:
            if isinstance(each, pikepdf.Stream):
                yield _plain(each)
            yield repr(each).encode()


def _plain(stream: pikepdf.Stream) -> bytes:
    try:
        return stream.read_bytes()
    except pikepdf.PdfError:  # a picture's own packing, which holds no words
        return stream.read_raw_bytes()

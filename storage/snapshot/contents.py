"""What a release contains, as plain values."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page as it is sent: its path ("/reports/abc.json"), media type with charset, and body, not compressed."""

    path: str
    media_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page as a snapshot keeps it: path, media type, what names its bytes in an ETag, and the gzipped body."""

    path: str
    media_type: str
    etag: str
    gzipped: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A report as lists show it and searches find it.

    `on` sorts. `outcomes` has one for each hypothesis, in the order of lists. `words` is all its text: it goes into the
    search index and does not come back. `checks` are how many passed, of how many registered.
    """

    public_id: str
    face: str
    title: str
    claim: str
    authors: tuple[str, ...]
    topics: tuple[str, ...]
    outcomes: tuple[str, ...]
    null_result: bool
    retracted: bool
    bias_level: int | None
    on: date | None
    words: str
    checks: tuple[int, int] = (0, 0)
    deviations: int = 0
    narrowed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that readers can download: its path here, its key in the public store, and what it is."""

    path: str
    key: str
    name: str
    media_type: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """Everything in a release. `kept` are pages that an earlier snapshot has already, as they lie there."""

    pages: tuple[Page, ...] = ()
    kept: tuple[KeptPage, ...] = ()
    listed: tuple[Listed, ...] = ()
    files: tuple[File, ...] = ()

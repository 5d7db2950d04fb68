"""Pages that the last release has already: what one record alone decides is made once, while the record is the same.

They are taken out of the last release itself, as it lies in the public store: no second copy is kept anywhere, and
they are gone with that release. In the journal's home lies only which release that was, and for each report a digest of
what its pages were made from: the whole public record, what the journal calls itself, and all of this software. Only
records of the release at hand are asked for, so nothing comes back that is not public. The file can be deleted at any
time; what cannot be read, or is of another release, counts as nothing, and all pages are made.
"""

import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import distributions
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from journal.public.records import path_of
from journal.public.site import Site
from journal.unit_of_work import Resources
from storage.objects import ObjectStoreError
from storage.snapshot import KeptPage, SnapshotUnreadable, open_snapshot
from workflows.declassify import PublicRecord

FILE = "pages-made.json"
_SOFTWARE = ("journal", "storage", "workflows", "templates")
_MADE_FROM = (".py", ".html", ".css", ".js", ".svg", ".txt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A release that is out: its snapshot's key and SHA-256 (hex), and what its reports' pages were made from."""

    key: str = ""
    sha256: str = ""
    digests: Mapping[str, str] = field(default_factory=dict)


def digests_of(records: Iterable[PublicRecord], site: Site) -> dict[str, str]:
    """Digests (hex) of all that decides the pages of each record, by the path of its own page."""
    about = hashlib.sha256(f"{site!r} {_software()}".encode())
    found = {}
    for record in records:
        whole = about.copy()
        whole.update(repr(record).encode(errors="surrogatepass"))
        found[path_of(record)] = whole.hexdigest()
    return found


def made_before(resources: Resources, digests: Mapping[str, str], folder: Path) -> tuple[KeptPage, ...]:
    """The pages of those records that were made from the same, out of the last release; `folder` is for its copy."""
    made = noted(resources.config.home)
    same = {path for path, digest in digests.items() if made.digests.get(path) == digest}
    body = _snapshot(resources, made) if same else None
    if body is None:
        return ()
    path = folder / "last.sqlite"
    try:
        path.write_bytes(body)
        return tuple(open_snapshot(path).kept(same))
    except (OSError, SnapshotUnreadable):
        return ()
    finally:
        path.unlink(missing_ok=True)


def note(home: Path, made: Made) -> None:
    """Note what is out now, instead of what was noted. What cannot be noted is made again the next time."""
    draft = home / f"{FILE}.draft"
    body = json.dumps([made.key, made.sha256, dict(made.digests)]).encode()
    try:
        draft.touch(mode=0o600)
        draft.write_bytes(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        draft.replace(home / FILE)
    except OSError:
        with suppress(OSError):
            draft.unlink()


def noted(home: Path) -> Made:
    """What was noted in the journal at `home`: nothing, if it is not whole."""
    try:
        head, _, body = (home / FILE).read_bytes().partition(b"\n")
        if head != hashlib.sha256(body).hexdigest().encode():
            return Made()
        key, sha256, digests = json.loads(body)
    except (OSError, ValueError):
        return Made()
    return Made(key=key, sha256=sha256, digests=digests)


def _snapshot(resources: Resources, made: Made) -> bytes | None:
    """The last release, if it is still there and the very file that was put there."""
    try:
        body = resources.public_store.read(made.key)
    except ObjectStoreError:
        return None
    return body if hashlib.sha256(body).hexdigest() == made.sha256 else None


@cache
def _software() -> str:
    """A digest of all that could make a page look otherwise: our own sources, and the versions of everything else."""
    whole = hashlib.sha256(zlib.ZLIB_RUNTIME_VERSION.encode())
    for name in sorted(f"{each.name} {each.version}" for each in distributions()):
        whole.update(f"{name}\n".encode())
    for package in _SOFTWARE:
        for place in sorted(_sources(files(package)), key=str):
            whole.update(place.read_bytes())
    return whole.hexdigest()


def _sources(folder: Traversable) -> Iterable[Traversable]:
    for each in folder.iterdir():
        if each.is_dir():
            yield from _sources(each)
        elif each.name.endswith(_MADE_FROM):
            yield each

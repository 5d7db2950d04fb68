"""The static files of both applications: addressed by the content of all, so that browsers keep them for ever and
files can name each other by relative addresses.
"""

import hashlib
import mimetypes
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

_DIGITS = 12
mimetypes.add_type("font/woff2", ".woff2")


@dataclass(frozen=True, slots=True)
class Asset:
    """One static file: its bytes, media type, and SHA-256 (hex)."""

    name: str
    body: bytes
    media_type: str
    sha256: str


@cache
def assets() -> dict[str, Asset]:
    """All static files by name (`nullius.css`, `fonts/nullius-serif-normal.woff2`)."""
    return {asset.name: asset for asset in _walk(files("templates") / "static", "")}


@cache
def assets_digest() -> str:
    """A short digest over all static files: the folder they are served in."""
    listing = "".join(f"{asset.name} {asset.sha256}\n" for asset in assets().values())
    return hashlib.sha256(listing.encode()).hexdigest()[:_DIGITS]


def asset_path(name: str) -> str:
    """The address of the static file `name`. A file that is not there is a bug: KeyError."""
    return f"/static/{assets_digest()}/{assets()[name].name}"


def _walk(folder: Traversable, prefix: str) -> list[Asset]:
    found: list[Asset] = []
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        name = f"{prefix}{entry.name}"
        if entry.is_dir():
            found += _walk(entry, f"{name}/")
        elif not name.endswith((".md", ".txt", ".py")):
            found.append(_read(entry, name))
    return found


def _read(entry: Traversable, name: str) -> Asset:
    body = entry.read_bytes()
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Asset(name=name, body=body, media_type=media_type, sha256=hashlib.sha256(body).hexdigest())

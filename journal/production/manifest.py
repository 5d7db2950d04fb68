"""The manifest: name, media type, size and SHA-256 of every file of a paper, in canonical JSON (RFC 8785)."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import rfc8785


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file of a paper: what it is ("pdf", "jats", "html", "data", "figure"), its name, type, digest, bytes."""

    kind: str
    name: str
    media_type: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of a paper, in a fixed order."""

    entries: tuple[Entry, ...]

    def entry(self, name: str) -> Entry:
        """The entry called `name`. Raises KeyError when there is none."""
        for entry in self.entries:
            if entry.name == name:
                return entry
        raise KeyError(name)

    def as_json(self) -> bytes:
        """The manifest as canonical JSON: the same files, the same bytes."""
        return rfc8785.dumps(
            {
                "schema": "nullius-manifest/1",
                "files": [
                    {
                        "kind": entry.kind,
                        "name": entry.name,
                        "media_type": entry.media_type,
                        "sha256": entry.sha256,
                        "size": entry.size,
                    }
                    for entry in self.entries
                ],
            }
        )


def entry_of(kind: str, name: str, *, media_type: str, body: bytes) -> Entry:
    """The entry of a file with these bytes."""
    digest = hashlib.sha256(body).hexdigest()
    return Entry(kind=kind, name=name, media_type=media_type, sha256=digest, size=len(body))


def manifest_of(entries: Iterable[Entry]) -> Manifest:
    """A manifest of `entries`, ordered by kind and name. Raises ValueError when two files share a name."""
    ordered = tuple(sorted(entries, key=lambda entry: (entry.kind, entry.name)))
    if len({entry.name for entry in ordered}) != len(ordered):
        raise ValueError("two files of one paper share a name")
    return Manifest(ordered)

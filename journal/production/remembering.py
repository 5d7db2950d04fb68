"""What looked drawn in the rows and pages of the last release that was looked through: the next reads only what is new.

What looks drawn follows from the bytes alone, and from no secret: whether any of it is private is asked anew at every
release, of all that was ever found. So nothing has to be forgotten when something is drawn or withheld meanwhile.

It lies in one file of the journal's home, and can be deleted at any time. What cannot be read, or was written by
another version of the search, counts as nothing; what is not of the release at hand is forgotten.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from journal.production import tokens
from journal.production.tokens import Drawn

FILE = "looked-through.jsonl"
Remembered = Mapping[bytes, Drawn]
"""What looks drawn, by the SHA-256 of the row it stands in."""


def remembered(home: Path) -> Remembered:
    """What is remembered in the journal at `home`: nothing, if it is not whole or of another version."""
    try:
        head, _, body = (home / FILE).read_bytes().partition(b"\n")
        if head != _head(body):
            return {}
        return dict(_read(json.loads(line)) for line in body.splitlines())
    except (OSError, ValueError):
        return {}


def remember(home: Path, found: Iterable[tuple[bytes, Drawn]]) -> None:
    """Remember this instead of what was remembered. What cannot be kept is found again the next time."""
    body = b"\n".join(_written(digest, drawn) for digest, drawn in found)
    draft = home / f"{FILE}.draft"  # whoever was killed left it, or writes it too: a mixture is not believed
    try:
        draft.touch(mode=0o600)
        draft.write_bytes(_head(body) + b"\n" + body)
        draft.replace(home / FILE)
    except OSError:
        with suppress(OSError):
            draft.unlink()


def _head(body: bytes) -> bytes:
    """What says that the rest is whole, and found by this search."""
    return hashlib.sha256(_search() + hashlib.sha256(body).digest()).hexdigest().encode()


def _search() -> bytes:
    return hashlib.sha256(Path(tokens.__file__).read_bytes()).digest()


def _written(digest: bytes, drawn: Drawn) -> bytes:
    keys = sorted(key.hex() for key in drawn.keys)
    return json.dumps([digest.hex(), sorted(drawn.identifiers), keys, sorted(drawn.links)]).encode()


def _read(line: list[object]) -> tuple[bytes, Drawn]:
    digest, identifiers, keys, links = line
    return bytes.fromhex(digest), Drawn(set(identifiers), set(map(bytes.fromhex, keys)), set(links))  # type: ignore[arg-type, call-overload]

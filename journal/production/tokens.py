"""What in some bytes looks as if the engine had drawn it: identifiers, tokens of links, keys, however they are written.

Nothing here knows a secret. What is found is looked up afterwards, so that most of a release costs one pass.
"""

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

IDENTIFIER = 26
"""Characters of an opaque identifier: 16 bytes in lower-case base32 (`storage.randomness.opaque`)."""
KEY_BYTES = 32
LINK = 43
"""Characters of a link's token: 32 bytes in base64 for addresses, without padding (`journal.links`)."""
_RAW = 16
_LONGEST_ADDRESS = 160
_IDENTIFIERS = re.compile(rb"[a-z2-7]{26,}|[A-Z2-7]{26,}")
_HEXADECIMAL = re.compile(rb"[0-9a-fA-F]{32,}")
_UUID = re.compile(rb"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{34,}")
_ONLY_HEXADECIMAL = re.compile(rb"[0-9a-f]*|[0-9A-F]*")
_FOR_ADDRESSES = bytes.maketrans(b"-_", b"+/")


@dataclass(slots=True)
class Drawn:
    """What could have been drawn: identifiers, 32 bytes that could be a key, and digests of possible links."""

    identifiers: set[str] = field(default_factory=set)
    keys: set[bytes] = field(default_factory=set)
    links: set[str] = field(default_factory=set)

    def add(self, other: "Drawn") -> None:
        """Take over what another found."""
        self.identifiers |= other.identifiers
        self.keys |= other.keys
        self.links |= other.links


def drawn_in(body: bytes) -> Drawn:
    """Everything in `body` that looks drawn: in clear, in hexadecimal, or in base64 of either alphabet."""
    found = Drawn()
    for text in (body, *_decoded(body)):
        found.identifiers.update(_identifiers(text))
    for run in _HEXADECIMAL.findall(body):
        raw = _from_hexadecimal(run)
        found.identifiers.update(map(_as_identifier, _windows(raw, _RAW)))
        found.keys.update(_windows(raw, KEY_BYTES))
    found.identifiers.update(_as_identifier(_from_hexadecimal(run.replace(b"-", b""))) for run in _UUID.findall(body))
    for run in _BASE64.findall(body):
        if not _ONLY_HEXADECIMAL.fullmatch(run):
            found.keys.update(_exact_keys(run))
            found.links.update(_links(run))
    return found


def _identifiers(text: bytes) -> Iterator[str]:
    for run in _IDENTIFIERS.findall(text):
        yield from (part.decode().lower() for part in _windows(run, IDENTIFIER))


def _decoded(body: bytes) -> Iterator[bytes]:
    """What hexadecimal and base64 in `body` stand for. Base64 may begin at any of four places of a run."""
    for run in _HEXADECIMAL.findall(body):
        yield _from_hexadecimal(run)
    for run in _BASE64.findall(body):
        for skipped in range(4):
            yield _from_base64(run[skipped:])


def _from_hexadecimal(run: bytes) -> bytes:
    return binascii.unhexlify(run[: len(run) // 2 * 2])


def _from_base64(run: bytes) -> bytes:
    """What a run stands for; its last character is made up where one is missing, so the last bytes may be, too."""
    return base64.b64decode(run.translate(_FOR_ADDRESSES) + b"A" * (-len(run) % 4))


def _exact_keys(run: bytes) -> Iterator[bytes]:
    """Keys of 32 bytes that a run of base64 could hold from its beginning or, in a longer one, from any place."""
    for skipped in range(4):
        yield from _windows(_from_base64(run[skipped:]), KEY_BYTES)


def _links(run: bytes) -> Iterator[str]:
    if LINK <= len(run) <= _LONGEST_ADDRESS:
        yield from (hashlib.sha256(part).hexdigest() for part in _windows(run, LINK))


def _windows(run: bytes, size: int) -> Iterator[bytes]:
    return (run[at : at + size] for at in range(len(run) - size + 1))


def _as_identifier(raw: bytes) -> str:
    return base64.b32encode(raw).decode().rstrip("=").lower()

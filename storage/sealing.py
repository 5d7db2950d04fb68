"""Sealing: bytes and documents that only the holder of a data key reads, in the one place they were sealed for.

A sealed thing is `NULS`, one byte of version, 12 bytes of random nonce, then AES-256-GCM ciphertext with its tag.
Magic, version and context are associated data: what was moved to another row or name does not open there.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias, cast

import rfc8785
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.randomness import Randomness

JSON: TypeAlias = "bool | int | float | str | Sequence[JSON] | Mapping[str, JSON] | None"

KEY_BYTES = 32
_HEADER = b"NULS\x01"
_NONCE_BYTES = 12
_TAG_BYTES = 16
_BEYOND_INTEGERS = 2**53
_BODY = len(_HEADER) + _NONCE_BYTES

OVERHEAD = _BODY + _TAG_BYTES
"""How many bytes longer a sealed thing is than what was sealed."""


class SealBroken(Exception):
    """Not sealed with this key for this context, or changed since: which of these, nobody can tell."""


@dataclass(frozen=True, slots=True)
class DataKey:
    """A key of 32 bytes. It never shows itself, in a log or a traceback."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != KEY_BYTES:
            message = f"a data key has {KEY_BYTES} bytes"
            raise ValueError(message)


def seal(key: DataKey, plaintext: bytes, *, context: str, randomness: Randomness) -> bytes:
    """Return `plaintext` sealed for `context` (what it is and where it lies); `OVERHEAD` bytes longer.

    Random nonces allow four thousand million seals under one key (NIST SP 800-38D, 8.3).
    """
    nonce = randomness.draw("sealing.nonce", _NONCE_BYTES)
    return _HEADER + nonce + AESGCM(key.secret).encrypt(nonce, plaintext, _associated(context))


def unseal(key: DataKey, sealed: bytes, *, context: str) -> bytes:
    """Return what was sealed. Raises `SealBroken` for another key, another context or any changed byte."""
    if len(sealed) < OVERHEAD or not sealed.startswith(_HEADER):
        raise SealBroken(context)
    nonce, ciphertext = sealed[len(_HEADER) : _BODY], sealed[_BODY:]
    try:
        return AESGCM(key.secret).decrypt(nonce, ciphertext, _associated(context))
    except InvalidTag as broken:
        raise SealBroken(context) from broken


def seal_document(key: DataKey, document: JSON, *, context: str, randomness: Randomness) -> bytes:
    """Return a JSON value sealed in its canonical form (RFC 8785), as rows keep their text.

    Raises `ValueError` for what has no canonical form: integers from 2**53, NaN, infinities, lone surrogates.
    """
    return seal(key, rfc8785.dumps(document), context=context, randomness=randomness)


def unseal_document(key: DataKey, sealed: bytes, *, context: str) -> JSON:
    """Return the JSON value that was sealed, equal to it but for tuples, which come back as lists."""
    return cast("JSON", json.loads(unseal(key, sealed, context=context), parse_int=_number))


def seal_text(key: DataKey, text: str, *, context: str, randomness: Randomness) -> bytes:
    """Return `text` sealed as UTF-8. Raises `ValueError` for lone surrogates."""
    return seal(key, text.encode(), context=context, randomness=randomness)


def unseal_text(key: DataKey, sealed: bytes, *, context: str) -> str:
    """Return the text that was sealed. Raises `SealBroken`."""
    return unseal(key, sealed, context=context).decode()


def _number(digits: str) -> int | float:
    # The canonical form writes 1e17 as an integer; as no integer of ours is that large, it was a float.
    number = int(digits)
    return number if abs(number) < _BEYOND_INTEGERS else float(digits)


def _associated(context: str) -> bytes:
    return _HEADER + context.encode()

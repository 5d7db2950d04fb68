"""The one place where randomness comes from: drawn under a label, so that a test can give two worlds the same draws."""

import base64
import hashlib
import hmac
import secrets
from collections import Counter
from threading import Lock
from typing import Protocol

IDENTIFIER_BYTES = 16
_BLOCK = hashlib.sha256().digest_size


class Randomness(Protocol):
    """Whatever draws bytes. The label says what they are for and never changes what the system's source gives."""

    def draw(self, label: str, size: int) -> bytes:
        """Return `size` unpredictable bytes (at least one) for the purpose that `label` names."""
        ...


class SystemRandomness:
    """The operating system's generator: the only one fit for keys that protect anything."""

    def draw(self, label: str, size: int) -> bytes:
        """Return `size` bytes from the operating system; the label is not used."""
        _refuse_empty(label, size)
        return secrets.token_bytes(size)


class LabelledRandomness:
    """Repeatable draws for demonstrations and tests: who knows the seed knows every key.

    The n-th draw under a label depends on seed, label and n alone, so one more draw under one label moves no other.
    Starting again with the same seed repeats nonces: never use it where a key guards something real.
    """

    def __init__(self, seed: bytes) -> None:
        self._seed = seed
        self._drawn: Counter[str] = Counter()
        self._lock = Lock()

    def draw(self, label: str, size: int) -> bytes:
        """Return the next `size` bytes under this label (HMAC-SHA256 of the seed over label, turn and block)."""
        _refuse_empty(label, size)
        turn = self._next_turn(label)
        blocks = range(-(-size // _BLOCK))
        return b"".join(self._block(label, turn, block) for block in blocks)[:size]

    def _next_turn(self, label: str) -> int:
        with self._lock:
            self._drawn[label] += 1
            return self._drawn[label]

    def _block(self, label: str, turn: int, block: int) -> bytes:
        message = turn.to_bytes(8, "big") + block.to_bytes(8, "big") + label.encode()
        return hmac.digest(self._seed, message, "sha256")


class ScopedRandomness:
    """Repeatable draws for two journals that are to be compared: what is drawn depends on `scope` as well.

    A scope names what is being done. What is done in one of the journals alone then moves no draw of anything else,
    as it would with one stream for all. Never use it where a key guards something real.
    """

    def __init__(self, seed: bytes) -> None:
        self._seed = seed
        self._scopes: dict[str, LabelledRandomness] = {}
        self.scope = ""

    def draw(self, label: str, size: int) -> bytes:
        """Return the next `size` bytes of this scope under this label. A scope that is entered again goes on."""
        if self.scope not in self._scopes:
            self._scopes[self.scope] = LabelledRandomness(hmac.digest(self._seed, self.scope.encode(), "sha256"))
        return self._scopes[self.scope].draw(label, size)


def opaque(randomness: Randomness, label: str) -> str:
    """Return a new identifier: 16 bytes as 26 lower-case base32 characters that say nothing of time or order."""
    drawn = randomness.draw(label, IDENTIFIER_BYTES)
    return base64.b32encode(drawn).decode("ascii").rstrip("=").lower()


def _refuse_empty(label: str, size: int) -> None:
    if size < 1:
        message = f"at least one byte is drawn for {label!r}, not {size}"
        raise ValueError(message)

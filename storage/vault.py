"""The vault: private files, encrypted under their report's key, whose names and sizes say nothing about them."""

import hashlib
from dataclasses import dataclass

from storage.objects.store import ObjectExists, ObjectStore
from storage.randomness import Randomness, opaque
from storage.sealing import OVERHEAD, DataKey, seal, unseal

KIB = 1024
MIB = 1024 * KIB

_SMALLEST = 4 * KIB
_LENGTH_BYTES = 8
_NAMES_TRIED = 5


@dataclass(frozen=True, slots=True)
class Deposit:
    """A file in the vault: its opaque name, and SHA-256 (hexadecimal) and size in bytes of the file itself.

    Digest and size would confirm a guess, so they belong with the private rows.
    """

    name: str
    sha256: str
    size: int


class Vault:
    """Deposits and reads files in `store`. Nothing is ever changed; erasing a file means destroying its key."""

    def __init__(self, store: ObjectStore, randomness: Randomness) -> None:
        self._store = store
        self._randomness = randomness

    def deposit(self, key: DataKey, body: bytes) -> Deposit:
        """Keep `body` sealed under a new name; the same body twice makes two deposits that nobody can link.

        Raises `StoreFull` and `StoreUnavailable`, after which an object that no row names may be left behind.
        """
        for _ in range(_NAMES_TRIED):
            name = self._new_name()
            sealed = seal(key, _padded(body), context=_context(name), randomness=self._randomness)
            try:
                self._store.create(name, sealed)
            except ObjectExists:
                continue
            return Deposit(name, hashlib.sha256(body).hexdigest(), len(body))
        message = f"{_NAMES_TRIED} random names were all taken: the source of randomness repeats itself"
        raise RuntimeError(message)

    def read(self, key: DataKey, name: str) -> bytes:
        """Return the body deposited under `name`.

        Raises `ObjectMissing`, `StoreUnavailable`, and `SealBroken` for another key or a damaged object.
        """
        padded = unseal(key, self._store.read(name), context=_context(name))
        length = int.from_bytes(padded[:_LENGTH_BYTES], "big")
        return padded[_LENGTH_BYTES : _LENGTH_BYTES + length]

    def _new_name(self) -> str:
        name = opaque(self._randomness, "vault.name")
        return f"v1/{name[:2]}/{name}"


def stored_size(size: int) -> int:
    """Return how large the object of a body of `size` bytes is: its size class, all of the object included.

    Classes are powers of two from 4 KiB to 1 MiB, then multiples of 1 MiB.
    """
    whole = size + _LENGTH_BYTES + OVERHEAD
    if whole > MIB:
        return -(-whole // MIB) * MIB
    return max(_SMALLEST, 1 << (whole - 1).bit_length())


def _padded(body: bytes) -> bytes:
    room = stored_size(len(body)) - OVERHEAD
    return (len(body).to_bytes(_LENGTH_BYTES, "big") + body).ljust(room, b"\0")


def _context(name: str) -> str:
    return f"vault/{name}"

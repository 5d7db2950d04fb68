"""What every object store promises, and the errors it may raise. An object is written once and never changed."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

OCTETS = "application/octet-stream"
LONGEST_KEY = 512
LONGEST_SEGMENT = 200

_SEGMENT = r"[a-z0-9_-][a-z0-9._-]*"
_KEY = re.compile(rf"{_SEGMENT}(?:/{_SEGMENT})*")
_PREFIX = re.compile(rf"(?:{_SEGMENT}/)*(?:{_SEGMENT})?")


class ObjectStoreError(Exception):
    """Anything that an object store could not do."""


class ObjectMissing(ObjectStoreError):
    """There is no object under this key."""


class ObjectExists(ObjectStoreError):
    """The key is taken by other bytes."""


class ObjectDamaged(ObjectStoreError):
    """The bytes under the key are not those whose digest was recorded with them."""


class StoreUnavailable(ObjectStoreError):
    """The store did not answer or refused to work; nothing is known to be lost and the same call may be repeated."""


class StoreFull(ObjectStoreError):
    """There is no room for another object; what is there stays readable."""


@dataclass(frozen=True, slots=True)
class StoredObject:
    """An object as a store keeps it: its key, its size in bytes and its SHA-256 in hexadecimal."""

    key: str
    size: int
    sha256: str


class ObjectStore(Protocol):
    """Objects by key, created once. Safe for threads; a process opens its own store after forking.

    A key is segments of a to z, 0 to 9, dot, underscore and hyphen, joined by slashes; no segment is empty or begins
    with a dot; no key is a folder of another. Any other key is a `ValueError`. Every method may raise
    `StoreUnavailable`. A store whose folder or bucket is not there is unavailable, not empty.
    """

    def create(self, key: str, body: bytes, *, media_type: str = OCTETS) -> StoredObject:
        """Keep `body` under `key`, durable when this returns. The same bytes again are a success.

        Raises `ObjectExists` when other bytes are there, `StoreFull`, or `ObjectDamaged`. After `StoreUnavailable` the
        object may or may not have been kept; creating it again is right in both cases.
        """
        ...

    def read(self, key: str) -> bytes:
        """Return the bytes under `key`. Raises `ObjectMissing`, or `ObjectDamaged` where the store can tell."""
        ...

    def find(self, key: str) -> StoredObject | None:
        """Return size and digest of the object under `key`, or None when there is none."""
        ...

    def delete(self, key: str) -> None:
        """Remove the object and every version of it; deleting what is not there is a success."""
        ...

    def keys(self, prefix: str = "") -> Iterator[str]:
        """Yield the keys that begin with `prefix`, in the order of their bytes."""
        ...


def described(key: str, body: bytes) -> StoredObject:
    """Return what a store says of `body` kept under `key`."""
    return StoredObject(key, len(body), hashlib.sha256(body).hexdigest())


def is_key(text: str) -> bool:
    """Tell whether an object may have this key."""
    segments = text.split("/")
    return len(text) <= LONGEST_KEY and max(map(len, segments)) <= LONGEST_SEGMENT and bool(_KEY.fullmatch(text))


def checked_key(key: str) -> str:
    """Return `key`, or raise `ValueError` when no object may have it."""
    if is_key(key):
        return key
    message = f"not a key: {key!r}"
    raise ValueError(message)


def checked_prefix(prefix: str) -> str:
    """Return `prefix`, or raise `ValueError` when no key begins with it."""
    if _PREFIX.fullmatch(prefix):
        return prefix
    message = f"no key begins with {prefix!r}"
    raise ValueError(message)

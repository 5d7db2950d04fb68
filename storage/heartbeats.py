"""Heartbeats: at every time of a release, how far the ledger had come and what was withheld, sealed into the vault.

They outlive a database that is restored from a backup, so that it can be told that it is behind. All are of one size
and lie under names that say nothing, whether or not anything is withheld. The key follows from the master key, for no
row may be needed to read them.
"""

import json
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from storage.keyring import Keyring
from storage.objects.store import ObjectMissing, ObjectStore
from storage.randomness import Randomness, opaque
from storage.sealing import OVERHEAD, SealBroken, seal, unseal

SIZE = 64 * 1024
"""Bytes of every heartbeat; of a multiple of it where some thousand holds do not fit."""
KEPT = 24
PREFIX = "h1/"
_LENGTH_BYTES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldThen:
    """A hold that was in force: the columns of its row, but for its reason. Moments are in ISO 8601, with zone."""

    id: str
    report_id: str
    kind: str
    scope: str
    placed_by: str
    placed_as: str
    placed_at: str
    embargo_until: str | None
    review_by: str | None
    deputy_id: str | None = None
    embargo_event: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heartbeat:
    """The ledger's head (its number and digest) at `at`, for the release that was due at `due_at`, and the holds."""

    at: datetime
    due_at: datetime
    n: int
    digest: str
    holds: tuple[HeldThen, ...]


class Heartbeats:
    """Writes and reads the heartbeats in the vault's store."""

    def __init__(self, store: ObjectStore, keyring: Keyring, randomness: Randomness) -> None:
        self._store = store
        self._keyring = keyring
        self._randomness = randomness

    def keep(self, beat: Heartbeat) -> None:
        """Keep `beat`, and of those before it the newest; each time of a release has one.

        Raises `StoreFull` and `StoreUnavailable`; keeping it again is right after both.
        """
        kept = sorted(self._named(), key=lambda each: each[1].at, reverse=True)
        if any(each.due_at == beat.due_at and each.digest == beat.digest for _, each in kept):
            return
        name = PREFIX + opaque(self._randomness, "heartbeat.name")
        key = self._keyring.key_for("heartbeat")
        self._store.create(name, seal(key, _padded(beat), context=name, randomness=self._randomness))
        outdated = [old for old, each in kept if each.due_at == beat.due_at]
        others = [old for old, each in kept if each.due_at != beat.due_at]
        for old in (*outdated, *others[KEPT - 1 :]):
            self._store.delete(old)

    def all(self) -> Sequence[Heartbeat]:
        """Every heartbeat that is kept, the earliest first."""
        return sorted((beat for _, beat in self._named()), key=lambda beat: (beat.at, beat.n))

    def _named(self) -> Iterator[tuple[str, Heartbeat]]:
        key = self._keyring.key_for("heartbeat")
        for name in list(self._store.keys(PREFIX)):
            try:
                yield name, _read(unseal(key, self._store.read(name), context=name))
            except (ObjectMissing, SealBroken):
                continue  # pruned meanwhile, or another journal's


def _padded(beat: Heartbeat) -> bytes:
    said = asdict(beat) | {"at": beat.at.isoformat(), "due_at": beat.due_at.isoformat()}
    body = zlib.compress(json.dumps(said).encode(), 9)
    whole = -(-(len(body) + _LENGTH_BYTES + OVERHEAD) // SIZE) * SIZE
    return (len(body).to_bytes(_LENGTH_BYTES, "big") + body).ljust(whole - OVERHEAD, b"\0")


def _read(padded: bytes) -> Heartbeat:
    length = int.from_bytes(padded[:_LENGTH_BYTES], "big")
    said = json.loads(zlib.decompress(padded[_LENGTH_BYTES : _LENGTH_BYTES + length]))
    return Heartbeat(
        at=datetime.fromisoformat(said["at"]),
        due_at=datetime.fromisoformat(said["due_at"]),
        n=said["n"],
        digest=said["digest"],
        holds=tuple(HeldThen(**each) for each in said["holds"]),
    )

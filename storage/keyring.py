"""The keyring: every report's data key, wrapped by the master key in a file, and gone for good once destroyed."""

import base64
import binascii
import os
import stat
from collections.abc import Collection, Iterable
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from storage.files import drafted, sweep_drafts, sync_folder
from storage.objects.store import ObjectExists, ObjectMissing, ObjectStore
from storage.randomness import Randomness, opaque
from storage.sealing import KEY_BYTES, DataKey, SealBroken, seal, unseal

_NAMES_TRIED = 5
_OWNER_ONLY = 0o600
_FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class KeyDestroyed(Exception):
    """There is no data key of this name any more, or there never was: nothing sealed with it can be read."""


class KeyFileRefused(Exception):
    """The file of the master key cannot be used; the message says why and what to do."""


class KeyFileMissing(KeyFileRefused):
    """There is no key file where one is expected."""


class KeyFileUnsafe(KeyFileRefused):
    """Others than the owner may read or change the key file, or the owner is somebody else."""


class KeyFileBroken(KeyFileRefused):
    """The key file does not hold 32 bytes in base64."""


class KeyFileWrong(KeyFileRefused):
    """The key file is sound but not the one that wrapped this keyring, or a wrapped key was damaged."""


class Keyring:
    """Data keys by name, each an object `k1/<name>` wrapped by the master key.

    `store` is a store of its own, so that keys can be deleted while the vault's objects must stay. There is no cache:
    every `open` asks the store, so a key destroyed anywhere opens nowhere from that moment, and keys do not gather in
    memory. Measured on a folder: reading and unwrapping takes 32 us, while only looking whether a cached key still
    exists takes 42 us (`find`) or 10 us (a bare stat). In a bucket each `open` is a round trip: who needs a key
    several times in one request keeps it for that request.
    """

    def __init__(self, store: ObjectStore, key_file: Path, randomness: Randomness) -> None:
        """Read the master key. Raises the kinds of `KeyFileRefused`."""
        self._store = store
        self._key_file = key_file
        self._master = _read_key_file(key_file)
        self._randomness = randomness

    def make(self) -> str:
        """Make a data key and return its opaque name; it is durable before anything can be sealed with it."""
        secret = self._randomness.draw("keyring.key", KEY_BYTES)
        for _ in range(_NAMES_TRIED):
            name = opaque(self._randomness, "keyring.name")
            wrapped = seal(self._master, secret, context=_context(name), randomness=self._randomness)
            try:
                self._store.create(_object_key(name), wrapped)
            except ObjectExists:
                continue
            return name
        message = f"{_NAMES_TRIED} random names were all taken: the source of randomness repeats itself"
        raise RuntimeError(message)

    def open(self, name: str) -> DataKey:
        """Return the data key. Raises `KeyDestroyed`, `KeyFileWrong` or `StoreUnavailable`."""
        try:
            wrapped = self._store.read(_object_key(name))
        except ObjectMissing as missing:
            raise KeyDestroyed(name) from missing
        try:
            return DataKey(unseal(self._master, wrapped, context=_context(name)))
        except SealBroken as broken:
            message = f"{self._key_file} does not open the key {name}: is it the key file of this journal?"
            raise KeyFileWrong(message) from broken

    def key_for(self, purpose: str) -> DataKey:
        """A key of the journal itself, that follows from the master key and needs nothing else to be there."""
        derived = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=f"nullius/{purpose}".encode())
        return DataKey(derived.derive(self._master.secret))

    def given_away(self, names: Iterable[str], *, drawn: Collection[bytes], bodies: Collection[bytes]) -> bool:
        """Whether the master key or a key of these names is among `drawn` or stands in one of `bodies`."""
        secrets = [self._master.secret, *self._secrets(names)]
        return any(secret in drawn or any(secret in body for body in bodies) for secret in secrets)

    def _secrets(self, names: Iterable[str]) -> Iterable[bytes]:
        for name in names:
            try:
                yield self.open(name).secret
            except KeyDestroyed:
                continue

    def destroy(self, name: str) -> None:
        """Delete the wrapped key, durably; destroying it again is a success.

        Backups of the keyring must follow, and a process that opened the key before may still hold it in memory.
        """
        self._store.delete(_object_key(name))


def ensure_key_file(path: Path, randomness: Randomness) -> None:
    """Make the master key, once: 32 random bytes in base64, readable by the owner alone. One there already is kept.

    Of several first starts at the same time one makes the key and all use it. Raises `KeyFileUnsafe` and
    `KeyFileBroken` for what is there, and `OSError` as the system does.
    """
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        sweep_drafts(path.parent)
        _make_key_file(path, randomness)
    _read_key_file(path)


def _make_key_file(path: Path, randomness: Randomness) -> None:
    encoded = base64.b64encode(randomness.draw("keyring.master", KEY_BYTES)) + b"\n"
    with drafted(encoded, folder=path.parent, mode=_OWNER_ONLY) as draft:
        try:
            os.link(draft, path)
        except FileExistsError:
            return  # Another first start was faster.
    for folder in (path.parent, path.parent.parent):
        sync_folder(folder)


def _read_key_file(path: Path) -> DataKey:
    try:
        with path.open("rb") as file:
            _refuse_unsafe(path, os.fstat(file.fileno()))
            encoded = file.read()
    except FileNotFoundError as missing:
        message = f"{path} is not there. It is made at the first start only; if it is lost, restore it from its backup."
        raise KeyFileMissing(message) from missing
    try:
        return DataKey(base64.b64decode(encoded.strip(), validate=True))
    except (binascii.Error, ValueError) as broken:
        message = f"{path} does not hold {KEY_BYTES} bytes in base64: restore it from its backup."
        raise KeyFileBroken(message) from broken


def _refuse_unsafe(path: Path, status: os.stat_result) -> None:
    if status.st_mode & _FOR_OTHERS:
        message = f"Others may read or change {path}: chmod 600 {path}"
        raise KeyFileUnsafe(message)
    if status.st_uid not in {0, os.geteuid()}:
        message = f"{path} belongs to another user: chown it to the one that runs the journal."
        raise KeyFileUnsafe(message)


def _object_key(name: str) -> str:
    return f"k1/{name}"


def _context(name: str) -> str:
    return f"keyring/{name}"

"""The keyring: a key opens until it is destroyed, and the master key's file is guarded."""

import base64
import os
import stat
from pathlib import Path

import pytest

from storage.keyring import (
    KeyDestroyed,
    KeyFileBroken,
    KeyFileMissing,
    KeyFileUnsafe,
    KeyFileWrong,
    Keyring,
    ensure_key_file,
)
from storage.objects import FolderStore, StoreUnavailable
from storage.randomness import LabelledRandomness, SystemRandomness
from tests.storage.object_stores import at_once

SYSTEM = SystemRandomness()


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "secret" / "master.key"
    ensure_key_file(path, SYSTEM)
    return path


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    (tmp_path / "keyring").mkdir()
    return FolderStore(tmp_path / "keyring")


@pytest.fixture
def keyring(store: FolderStore, key_file: Path) -> Keyring:
    return Keyring(store, key_file, SYSTEM)


def test_a_key_that_was_made_opens_in_every_process(keyring: Keyring, store: FolderStore, key_file: Path) -> None:
    one, two = keyring.make(), keyring.make()
    another_process = Keyring(store, key_file, SYSTEM)
    assert another_process.open(one) == keyring.open(one)
    assert keyring.open(one) != keyring.open(two)


def test_a_destroyed_key_opens_nowhere_from_that_moment(keyring: Keyring, store: FolderStore, key_file: Path) -> None:
    another_process = Keyring(store, key_file, SYSTEM)
    name, spared = keyring.make(), keyring.make()
    for ring in (keyring, another_process):
        ring.open(name)
    for _ in range(2):
        keyring.destroy(name)
        for ring in (keyring, another_process):
            with pytest.raises(KeyDestroyed):
                ring.open(name)
    assert list(store.keys()) == [f"k1/{spared}"]


def test_a_key_that_never_was_is_answered_like_a_destroyed_one(keyring: Keyring) -> None:
    with pytest.raises(KeyDestroyed):
        keyring.open("neverwas")


def test_the_keyring_holds_no_key_in_clear(keyring: Keyring, store: FolderStore) -> None:
    name = keyring.make()
    secret = keyring.open(name).secret
    store.create("bare", b"..." + secret)
    listed = list(store.keys())
    assert len(listed) == 2
    assert [key for key in listed if secret in store.read(key)] == ["bare"]


def test_keys_do_not_change_places(keyring: Keyring, store: FolderStore) -> None:
    one, two = keyring.make(), keyring.make()
    wrapped = store.read(f"k1/{one}")
    store.delete(f"k1/{two}")
    store.create(f"k1/{two}", wrapped)
    with pytest.raises(KeyFileWrong):
        keyring.open(two)


def test_another_master_key_opens_nothing_and_says_so(keyring: Keyring, store: FolderStore, tmp_path: Path) -> None:
    name = keyring.make()
    ensure_key_file(tmp_path / "another.key", SYSTEM)
    with pytest.raises(KeyFileWrong, match=r"another\.key"):
        Keyring(store, tmp_path / "another.key", SYSTEM).open(name)


def test_a_name_that_is_taken_is_drawn_again(store: FolderStore, key_file: Path) -> None:
    first = Keyring(store, key_file, LabelledRandomness(b"seed")).make()
    wrapped = store.read(f"k1/{first}")
    store.delete(f"k1/{first}")
    store.create(f"k1/{first}", b"somebody else's")
    second = Keyring(store, key_file, LabelledRandomness(b"seed")).make()
    assert second != first
    assert store.read(f"k1/{first}") == b"somebody else's" != wrapped


def test_a_keyring_that_is_away_is_unavailable_and_not_destroyed(keyring: Keyring, tmp_path: Path) -> None:
    name = keyring.make()
    (tmp_path / "keyring").rename(tmp_path / "unmounted")
    with pytest.raises(StoreUnavailable):
        keyring.open(name)
    with pytest.raises(StoreUnavailable):
        keyring.destroy(name)


def test_the_key_file_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "secret" / "master.key"
    ensure_key_file(path, SYSTEM)
    made = path.read_bytes()
    ensure_key_file(path, SYSTEM)
    assert path.read_bytes() == made
    assert len(base64.b64decode(made.strip(), validate=True)) == 32
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [each.name for each in path.parent.iterdir()] == ["master.key"]


def test_many_first_starts_agree_on_one_key(tmp_path: Path) -> None:
    path = tmp_path / "master.key"

    def start(_: int) -> str:
        ensure_key_file(path, SYSTEM)
        return path.read_text()

    assert len(set(at_once(16, start))) == 1
    assert [each.name for each in tmp_path.iterdir()] == ["master.key"]


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o606, 0o620, 0o601, 0o644])
def test_a_key_file_that_others_can_reach_is_refused(key_file: Path, store: FolderStore, mode: int) -> None:
    key_file.chmod(mode)
    with pytest.raises(KeyFileUnsafe, match="chmod 600"):
        Keyring(store, key_file, SYSTEM)
    with pytest.raises(KeyFileUnsafe, match="chmod 600"):
        ensure_key_file(key_file, SYSTEM)
    key_file.chmod(0o400)
    Keyring(store, key_file, SYSTEM)


def test_a_key_file_of_somebody_else_is_refused(
    key_file: Path, store: FolderStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    Keyring(store, key_file, SYSTEM)
    if os.geteuid():
        monkeypatch.setattr(os, "geteuid", lambda: key_file.stat().st_uid + 1)
    else:  # Root's own file serves everybody whom the system lets read it, so the file has to change hands.
        os.chown(key_file, 12345, -1)
    with pytest.raises(KeyFileUnsafe, match="another user"):
        Keyring(store, key_file, SYSTEM)


@pytest.mark.parametrize("content", [b"", b"text", b"AAAA", b"!" * 44, base64.b64encode(b"k" * 33), b"k" * 32])
def test_a_key_file_that_holds_no_key_is_refused(key_file: Path, store: FolderStore, content: bytes) -> None:
    key_file.write_bytes(content)
    with pytest.raises(KeyFileBroken, match="backup"):
        Keyring(store, key_file, SYSTEM)
    with pytest.raises(KeyFileBroken, match="backup"):
        ensure_key_file(key_file, SYSTEM)
    assert key_file.read_bytes() == content


def test_a_key_file_that_is_missing_is_not_replaced_silently(tmp_path: Path, store: FolderStore) -> None:
    with pytest.raises(KeyFileMissing, match="restore"):
        Keyring(store, tmp_path / "absent.key", SYSTEM)
    assert not (tmp_path / "absent.key").exists()

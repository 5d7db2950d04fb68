"""The vault: what is deposited comes back to the holder of the key, and tells nobody else anything."""

import hashlib
import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.objects import FolderStore, ObjectMissing
from storage.randomness import LabelledRandomness, SystemRandomness
from storage.sealing import DataKey, SealBroken
from storage.vault import KIB, MIB, Vault, stored_size

KEY = DataKey(b"k" * 32)
OTHER_KEY = DataKey(b"o" * 32)
SYSTEM = SystemRandomness()
TOLD = b"The model can be made to do it with these three sentences."


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path)


@pytest.fixture
def vault(store: FolderStore) -> Vault:
    return Vault(store, SYSTEM)


class Stuck:
    """Randomness that has one answer, as a broken device would."""

    def draw(self, label: str, size: int) -> bytes:
        del label
        return b"\7" * size


def size_of(store: FolderStore, name: str) -> int:
    found = store.find(name)
    assert found
    return found.size


@given(body=st.binary(max_size=9000))
def test_what_was_deposited_comes_back(body: bytes) -> None:
    with TemporaryDirectory() as folder:
        vault = Vault(FolderStore(Path(folder)), SYSTEM)
        deposit = vault.deposit(KEY, body)
        assert (deposit.size, deposit.sha256) == (len(body), hashlib.sha256(body).hexdigest())
        assert vault.read(KEY, deposit.name) == body


def test_a_large_body_comes_back(vault: Vault) -> None:
    body = bytes(range(256)) * 20_480
    assert vault.read(KEY, vault.deposit(KEY, body).name) == body


def test_the_plaintext_is_nowhere_in_the_store(store: FolderStore, vault: Vault) -> None:
    store.create("plain", b"..." + TOLD + b"...")
    vault.deposit(KEY, b"..." + TOLD + b"...")
    listed = list(store.keys())
    assert len(listed) == 2
    assert [key for key in listed if TOLD in store.read(key)] == ["plain"]


def test_names_say_nothing(vault: Vault) -> None:
    names = [vault.deposit(KEY, TOLD).name for _ in range(50)]
    assert len(set(names)) == 50
    assert all(re.fullmatch(r"v1/(..)/\1[a-z2-7]{24}", name) for name in names)


def test_the_same_body_twice_cannot_be_linked(store: FolderStore, vault: Vault) -> None:
    one, two = vault.deposit(KEY, TOLD), vault.deposit(KEY, TOLD)
    assert store.read(one.name) != store.read(two.name)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (0, 4 * KIB),
        (4 * KIB - 41, 4 * KIB),
        (4 * KIB - 40, 8 * KIB),
        (5000, 8 * KIB),
        (600 * KIB, MIB),
        (MIB - 41, MIB),
        (MIB - 40, 2 * MIB),
        (2 * MIB, 3 * MIB),
        (5 * MIB - 41, 5 * MIB),
        (5 * MIB, 6 * MIB),
    ],
)
def test_an_object_has_the_size_of_its_class(store: FolderStore, vault: Vault, size: int, expected: int) -> None:
    assert stored_size(size) == expected
    assert size_of(store, vault.deposit(KEY, b"x" * size).name) == expected


@given(st.integers(0, 300 * MIB))
def test_a_class_holds_its_bodies_and_wastes_at_most_half(size: int) -> None:
    assert size + 41 <= stored_size(size)
    assert stored_size(size) <= max(4 * KIB, 2 * (size + 41), size + 41 + MIB if size > MIB // 2 else 0)
    assert stored_size(size) <= stored_size(size + 1)


@given(one=st.integers(0, 4000), two=st.integers(0, 4000))
def test_two_bodies_of_a_class_are_alike(one: int, two: int) -> None:
    with TemporaryDirectory() as folder:
        store = FolderStore(Path(folder))
        deposits = [Vault(store, SYSTEM).deposit(KEY, b"x" * size) for size in (one, two)]
        assert {size_of(store, deposit.name) for deposit in deposits} == {4 * KIB}


def test_another_key_opens_nothing(vault: Vault) -> None:
    name = vault.deposit(KEY, TOLD).name
    with pytest.raises(SealBroken):
        vault.read(OTHER_KEY, name)


def test_an_object_that_was_moved_or_changed_does_not_open(store: FolderStore, vault: Vault) -> None:
    sealed = store.read(vault.deposit(KEY, TOLD).name)
    store.create("v1/aa/moved", sealed)
    store.create("v1/aa/changed", sealed[:-1] + bytes([sealed[-1] ^ 1]))
    for name in ("v1/aa/moved", "v1/aa/changed"):
        with pytest.raises(SealBroken):
            vault.read(KEY, name)


def test_a_missing_object_is_missing(vault: Vault) -> None:
    with pytest.raises(ObjectMissing):
        vault.read(KEY, "v1/aa/absent")


def test_a_name_that_is_taken_is_drawn_again(store: FolderStore) -> None:
    first = Vault(store, LabelledRandomness(b"seed")).deposit(KEY, b"first")
    second = Vault(store, LabelledRandomness(b"seed")).deposit(KEY, b"second")
    assert second.name != first.name
    vault = Vault(store, SYSTEM)
    assert (vault.read(KEY, first.name), vault.read(KEY, second.name)) == (b"first", b"second")


def test_randomness_that_repeats_itself_is_a_bug_and_overwrites_nothing(store: FolderStore) -> None:
    vault = Vault(store, Stuck())
    first = vault.deposit(KEY, b"first")
    with pytest.raises(RuntimeError, match="repeats itself"):
        vault.deposit(KEY, b"second")
    assert vault.read(KEY, first.name) == b"first"

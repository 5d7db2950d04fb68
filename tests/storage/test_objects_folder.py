"""Objects in a folder: what a kill, a full disk, a missing mount and a stranger's file do to them."""

import errno
import os
import resource
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.files import drafted, sweep_drafts
from storage.objects import AddressRefused, FolderStore, ObjectExists, StoreFull, StoreUnavailable, open_store

KILLED_WRITER = """
import os, sys, pathlib
from storage.files import drafted
folder = pathlib.Path(sys.argv[1])
with drafted(b"half a story", folder=folder / ".drafts", mode=0o444) as draft:
    if sys.argv[2]:
        os.link(draft, folder / sys.argv[2])
    os.kill(os.getpid(), 9)
"""


def kill_a_writer(folder: Path, *, having_linked: str = "") -> None:
    done = subprocess.run([sys.executable, "-c", KILLED_WRITER, str(folder), having_linked], check=False)
    assert done.returncode == -9


def drafts_in(folder: Path) -> list[Path]:
    return list((folder / ".drafts").iterdir())


@contextmanager
def files_no_larger_than(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_an_object_is_a_read_only_file_under_its_key(tmp_path: Path) -> None:
    FolderStore(tmp_path).create("v1/ab/name", b"text")
    file = tmp_path / "v1" / "ab" / "name"
    assert file.read_bytes() == b"text"
    assert stat.S_IMODE(file.stat().st_mode) == 0o444
    assert file.stat().st_nlink == 1
    assert drafts_in(tmp_path) == []


@pytest.mark.parametrize("linked", ["", "name"])
def test_what_a_killed_writer_left_is_never_listed_and_is_swept(tmp_path: Path, linked: str) -> None:
    FolderStore(tmp_path).create("before", b"1")
    kill_a_writer(tmp_path, having_linked=linked)
    assert len(drafts_in(tmp_path)) == 1
    assert list(FolderStore(tmp_path).keys()) == sorted(["before", linked] if linked else ["before"])
    FolderStore(tmp_path).create("after", b"2")
    assert drafts_in(tmp_path) == []


def test_deleting_leaves_no_second_name_of_a_killed_writer(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    store.create("before", b"1")
    kill_a_writer(tmp_path, having_linked="secret")
    assert drafts_in(tmp_path)[0].read_bytes() == b"half a story"
    store.delete("secret")
    assert drafts_in(tmp_path) == []


def test_a_sweep_leaves_living_writers_alone(tmp_path: Path) -> None:
    with drafted(b"still writing", folder=tmp_path, mode=0o444) as draft:
        assert sweep_drafts(tmp_path) == 0
        assert draft.read_bytes() == b"still writing"
    assert list(tmp_path.iterdir()) == []


def test_a_file_over_the_limit_is_a_full_store_and_leaves_nothing(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    store.create("small", b"1")
    with files_no_larger_than(8192), pytest.raises(StoreFull):
        store.create("large", b"x" * 20_000)
    assert list(store.keys()) == ["small"]
    assert drafts_in(tmp_path) == []
    store.create("large", b"x" * 20_000)


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (errno.ENOSPC, StoreFull),
        (errno.EDQUOT, StoreFull),
        (errno.EFBIG, StoreFull),
        (errno.EIO, StoreUnavailable),
        (errno.EROFS, StoreUnavailable),
        (errno.ESTALE, StoreUnavailable),
        (errno.EACCES, StoreUnavailable),
    ],
)
@pytest.mark.parametrize("call", ["write", "fsync", "link"])
def test_what_the_system_says_becomes_full_or_unavailable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, number: int, expected: type[Exception]
) -> None:
    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    store = FolderStore(tmp_path)
    with monkeypatch.context() as system:
        system.setattr(os, call, fail)
        with pytest.raises(expected):
            store.create("v1/name", b"text")
    assert drafts_in(tmp_path) == []
    store.create("v1/name", b"text")
    assert store.read("v1/name") == b"text"


ACTS: list[Callable[[FolderStore], object]] = [
    lambda store: store.create("name", b"text"),
    lambda store: store.read("name"),
    lambda store: store.find("name"),
    lambda store: store.delete("name"),
    lambda store: list(store.keys()),
]


@pytest.mark.parametrize("act", ACTS, ids=["create", "read", "find", "delete", "keys"])
def test_a_folder_that_is_not_mounted_is_unavailable_until_it_comes_back(
    tmp_path: Path, act: Callable[[FolderStore], object]
) -> None:
    folder, away = tmp_path / "mount", tmp_path / "away"
    store = open_store(str(folder), make=True)
    assert isinstance(store, FolderStore)
    store.create("name", b"text")
    folder.rename(away)
    with pytest.raises(StoreUnavailable):
        act(store)
    assert not folder.exists()
    away.rename(folder)
    act(store)


def test_a_key_is_either_an_object_or_a_folder(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    store.create("a/b", b"text")
    for key in ["a", "a/b/c"]:
        with pytest.raises(ObjectExists):
            store.create(key, b"text")
    assert drafts_in(tmp_path) == []


def test_a_strangers_file_is_not_listed(tmp_path: Path) -> None:
    (tmp_path / "README").write_text("not ours")
    (tmp_path / "Folder").mkdir()
    (tmp_path / "Folder" / "name").write_text("not ours")
    FolderStore(tmp_path).create("ours", b"text")
    assert list(FolderStore(tmp_path).keys()) == ["ours"]


KEYS = st.lists(st.text("ab-._/0", min_size=1, max_size=8), max_size=12)


@given(keys=KEYS, prefix=st.text("ab-./", max_size=3))
def test_a_folder_lists_what_a_set_of_keys_would(keys: list[str], prefix: str) -> None:
    with TemporaryDirectory() as folder:
        store, kept = FolderStore(Path(folder)), set[str]()
        for key in keys:
            try:
                store.create(key, b"")
            except (ValueError, ObjectExists):
                continue
            kept.add(key)
        try:
            listed = list(store.keys(prefix))
        except ValueError:
            listed = []
        assert listed == sorted(key for key in kept if key.startswith(prefix))


@pytest.mark.parametrize("scheme", ["", "file://", "file://localhost"])
def test_a_folder_is_opened_by_path_or_by_address(tmp_path: Path, scheme: str) -> None:
    address = f"{scheme}{tmp_path}/new/objects"
    with pytest.raises(StoreUnavailable):
        open_store(address).create("name", b"text")
    open_store(address, make=True).create("name", b"text")
    assert (tmp_path / "new" / "objects" / "name").read_bytes() == b"text"


def test_a_path_may_hold_any_character(tmp_path: Path) -> None:
    open_store(f"{tmp_path}/what? #1 100%20", make=True)
    open_store(f"file://{tmp_path}/two%20words", make=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["two words", "what? #1 100%20"]


@pytest.mark.parametrize(
    "address", ["", "http://host/bucket", "file://elsewhere/path", "s3://", "s3:///prefix", "s3://bucket?colour=red"]
)
def test_an_address_that_means_nothing_is_refused(address: str) -> None:
    with pytest.raises(AddressRefused):
        open_store(address)


def test_a_folder_that_cannot_be_made_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreUnavailable):
        open_store(f"{tmp_path}/file/objects", make=True)

"""What every object store promises, asked of a folder, of S3 in the process and of S3 over HTTP."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.objects import FolderStore, ObjectExists, ObjectMissing, ObjectStore, StoredObject, open_store
from tests.storage.object_stores import address_at, at_once, bucket_in_process, carry_credentials, s3_over_http

PLACES = [
    pytest.param("folder", id="folder"),
    pytest.param("s3", id="s3"),
    pytest.param("http", id="s3-over-http", marks=pytest.mark.server),
]


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with s3_over_http() as address:
        yield address


@pytest.fixture(params=PLACES)
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ObjectStore]:
    carry_credentials(monkeypatch)
    match request.param:
        case "folder":
            yield FolderStore(tmp_path)
        case "s3":
            with bucket_in_process() as bucket:
                yield bucket
        case _:
            yield open_store(address_at(request.getfixturevalue("endpoint")), make=True)


def digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()


@pytest.mark.parametrize("body", [b"", b"x", b"\r\n\0\xff" * 99, bytes(range(256)) * 20_480], ids=len)
def test_what_was_created_is_read_and_found(store: ObjectStore, body: bytes) -> None:
    expected = StoredObject("v1/ab/name", len(body), digest(body))
    assert store.create("v1/ab/name", body) == expected
    assert store.find("v1/ab/name") == expected
    assert store.read("v1/ab/name") == body


def test_the_same_bytes_again_are_a_success(store: ObjectStore) -> None:
    first = store.create("paper.pdf", b"the same", media_type="application/pdf")
    assert store.create("paper.pdf", b"the same", media_type="application/pdf") == first


def test_other_bytes_are_refused_and_change_nothing(store: ObjectStore) -> None:
    store.create("paper.pdf", b"the first")
    with pytest.raises(ObjectExists):
        store.create("paper.pdf", b"the second")
    assert store.read("paper.pdf") == b"the first"


def test_a_missing_object_is_said_to_be_missing(store: ObjectStore) -> None:
    store.create("v1/ab/name", b"here")
    for key in ["absent", "v1", "v1/ab", "v1/ab/name/more"]:
        assert store.find(key) is None
        with pytest.raises(ObjectMissing):
            store.read(key)


def test_of_many_creators_with_different_bytes_one_wins(store: ObjectStore) -> None:
    def create(number: int) -> str:
        try:
            return store.create("v1/race", f"creator {number}".encode() * 500).sha256
        except ObjectExists:
            return "refused"

    answers = at_once(16, create)
    assert answers.count("refused") == 15
    assert digest(store.read("v1/race")) in answers


def test_many_creators_of_the_same_bytes_all_succeed(store: ObjectStore) -> None:
    answers = at_once(16, lambda _: store.create("v1/race", b"the same" * 500).sha256)
    assert set(answers) == {digest(b"the same" * 500)}


def test_keys_are_listed_in_order_and_by_prefix(store: ObjectStore) -> None:
    ordered = ["a-b/c", "a.b", "a/b-c", "a/b.c", "a/b/c", "a/c", "ab", "a_b", "b/a"]
    for key in ["a/c", "b/a", "ab", "a_b", "a/b.c", "a-b/c", "a/b/c", "a.b", "a/b-c"]:
        store.create(key, key.encode())
    assert list(store.keys()) == sorted(ordered)
    assert list(store.keys("a/")) == ["a/b-c", "a/b.c", "a/b/c", "a/c"]
    assert list(store.keys("a/b")) == ["a/b-c", "a/b.c", "a/b/c"]
    assert list(store.keys("a")) == [key for key in sorted(ordered) if key.startswith("a")]
    assert list(store.keys("c")) == []
    assert list(store.keys("ab/")) == []


def test_what_is_deleted_is_gone_and_may_be_deleted_again(store: ObjectStore) -> None:
    store.create("k1/one", b"1")
    store.create("k1/two", b"2")
    for _ in range(2):
        store.delete("k1/one")
        assert store.find("k1/one") is None
        assert list(store.keys()) == ["k1/two"]
    store.create("k1/one", b"another")
    assert store.read("k1/one") == b"another"


BAD_KEYS = [
    "",
    "/",
    "/a",
    "a/",
    "a//b",
    ".",
    "..",
    "../a",
    "a/../b",
    "a/./b",
    ".drafts/x",
    "a/.b",
    "A",
    "ä",
    "a b",
    "a\n",
]
BAD_KEYS += ["a\\b", "a\0", "x" * 201, "/".join(["x" * 99] * 6)]


def test_a_key_that_could_lead_elsewhere_is_refused(store: ObjectStore) -> None:
    for key in BAD_KEYS:
        with pytest.raises(ValueError, match="not a key"):
            store.create(key, b"")
        with pytest.raises(ValueError, match="not a key"):
            store.read(key)
        with pytest.raises(ValueError, match="not a key"):
            store.find(key)
        with pytest.raises(ValueError, match="not a key"):
            store.delete(key)


def test_a_prefix_that_could_lead_elsewhere_is_refused(store: ObjectStore) -> None:
    for prefix in ["/", "..", "a/../", "A", "a//"]:
        with pytest.raises(ValueError, match="no key begins with"):
            list(store.keys(prefix))

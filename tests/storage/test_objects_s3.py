"""Objects in a bucket: versions, damage, servers that ignore what we ask, servers that go away."""

import socket
from collections.abc import Callable, Iterator
from itertools import repeat
from types import SimpleNamespace
from typing import Any

import pytest
from moto import mock_aws
from mypy_boto3_s3 import S3Client

from storage.objects import (
    ObjectDamaged,
    ObjectExists,
    ObjectMissing,
    ObjectStore,
    S3Store,
    StoredObject,
    StoreFull,
    StoreUnavailable,
    open_store,
)
from storage.objects.s3 import connect_s3
from tests.storage.object_stores import LOOPBACK, address_at, at_once, carry_credentials, s3_over_http

BUCKET = "journal"

ACTS: list[Callable[[ObjectStore], object]] = [
    lambda store: store.create("name", b"text"),
    lambda store: store.read("name"),
    lambda store: store.find("name"),
    lambda store: store.delete("name"),
    lambda store: list(store.keys()),
]
ACT_NAMES = ["create", "read", "find", "delete", "keys"]


@pytest.fixture(autouse=True)
def _credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    carry_credentials(monkeypatch)


@pytest.fixture
def client() -> Iterator[S3Client]:
    with mock_aws():
        client = connect_s3(region="eu-central-1")
        S3Store(BUCKET, client=client).make_bucket()
        yield client


@pytest.fixture
def store(client: S3Client) -> S3Store:
    return S3Store(BUCKET, "kept", client=client)


def answer_with(client: S3Client, operation: str, *, status: int, code: str, times: int | None = None) -> None:
    """Make the service answer an operation with an error, at the border of botocore: moto has none of these moods."""
    answer = SimpleNamespace(status_code=status, headers={}), {"Error": {"Code": code, "Message": "told so"}}
    answers = repeat(answer) if times is None else repeat(answer, times)
    events: Any = client.meta.events
    events.register_first(f"before-call.s3.{operation}", lambda **_: next(answers, None))


def test_an_object_carries_its_media_type_and_digest(store: S3Store, client: S3Client) -> None:
    kept = store.create("paper.pdf", b"text", media_type="application/pdf")
    head = client.head_object(Bucket=BUCKET, Key="kept/paper.pdf")
    assert head["ContentType"] == "application/pdf"
    assert head["Metadata"] == {"sha256": kept.sha256}


def test_stores_under_two_prefixes_do_not_see_each_other(store: S3Store, client: S3Client) -> None:
    other = S3Store(BUCKET, "kept-too", client=client)
    store.create("name", b"one")
    other.create("name", b"two")
    assert (store.read("name"), other.read("name")) == (b"one", b"two")
    assert list(S3Store(BUCKET, client=client).keys()) == ["kept-too/name", "kept/name"]


def test_more_keys_than_one_page_are_listed(store: S3Store, client: S3Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MOTO_S3_DEFAULT_MAX_KEYS", "3")
    for number in range(10):
        store.create(f"v1/{number}", b"")
    client.put_object(Bucket=BUCKET, Key="kept/Not-Ours", Body=b"")
    assert len(client.list_objects_v2(Bucket=BUCKET)["Contents"]) == 3
    assert list(store.keys()) == [f"v1/{number}" for number in range(10)]


def test_every_version_is_deleted(store: S3Store, client: S3Client) -> None:
    client.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
    for key in ("k1/one", "k1/one-more"):
        store.create(key, b"wrapped")
    client.delete_object(Bucket=BUCKET, Key="kept/k1/one")
    before = client.list_object_versions(Bucket=BUCKET, Prefix="kept/k1/one")
    assert len(before["Versions"]) == 2  # Deleting by name alone would have left the bytes.
    store.delete("k1/one")
    after = client.list_object_versions(Bucket=BUCKET)
    assert [version["Key"] for version in after["Versions"]] == ["kept/k1/one-more"]
    assert "DeleteMarkers" not in after


def test_bytes_that_are_not_what_was_recorded_are_damaged(store: S3Store, client: S3Client) -> None:
    kept = store.create("name", b"text")
    client.put_object(Bucket=BUCKET, Key="kept/name", Body=b"tixt", Metadata={"sha256": kept.sha256})
    with pytest.raises(ObjectDamaged):
        store.read("name")
    with pytest.raises(ObjectDamaged):
        store.create("name", b"text")
    with pytest.raises(ObjectExists):
        store.create("name", b"other")


def test_a_service_that_drops_metadata_is_read_instead(store: S3Store, client: S3Client) -> None:
    kept = store.create("name", b"text")
    client.put_object(Bucket=BUCKET, Key="kept/name", Body=b"text")
    assert store.find("name") == kept
    assert store.read("name") == b"text"


def test_a_service_that_ignores_if_none_match_still_keeps_what_is_there(store: S3Store, client: S3Client) -> None:
    def forget_condition(params: dict[str, Any], **_: object) -> None:
        del params["headers"]["If-None-Match"]

    client.meta.events.register_last("before-call.s3.PutObject", forget_condition)
    store.create("name", b"first")
    client.put_object(Bucket=BUCKET, Key="kept/unguarded", Body=b"first", IfNoneMatch="*")
    client.put_object(Bucket=BUCKET, Key="kept/unguarded", Body=b"second", IfNoneMatch="*")
    with pytest.raises(ObjectExists):
        store.create("name", b"second")
    assert store.read("name") == b"first"


@pytest.mark.parametrize("status_and_code", [(409, "ConditionalRequestConflict"), (412, "PreconditionFailed")])
def test_a_conflict_is_tried_again_but_not_for_ever(
    store: S3Store, client: S3Client, status_and_code: tuple[int, str]
) -> None:
    status, code = status_and_code
    answer_with(client, "PutObject", status=status, code=code)
    with pytest.raises(StoreUnavailable, match="keep writing"):
        store.create("name", b"text")


def test_a_conflict_that_passes_is_a_success(store: S3Store, client: S3Client) -> None:
    answer_with(client, "PutObject", status=409, code="ConditionalRequestConflict", times=2)
    assert store.create("name", b"text") == store.find("name")


@pytest.mark.parametrize("code", ["InsufficientStorage", "QuotaExceeded", "XMinioStorageFull"])
def test_a_full_service_is_a_full_store(store: S3Store, client: S3Client, code: str) -> None:
    answer_with(client, "PutObject", status=507, code=code)
    with pytest.raises(StoreFull):
        store.create("name", b"text")


@pytest.mark.parametrize("act", ACTS, ids=ACT_NAMES)
def test_a_missing_bucket_is_unavailable_and_not_empty(client: S3Client, act: Callable[[ObjectStore], object]) -> None:
    with pytest.raises(StoreUnavailable):
        act(S3Store("elsewhere", client=client))


def test_a_bare_404_to_a_head_does_not_hide_a_missing_bucket(client: S3Client) -> None:
    answer_with(client, "HeadObject", status=404, code="404")
    assert S3Store(BUCKET, client=client).find("name") is None
    with pytest.raises(StoreUnavailable):
        S3Store("elsewhere", client=client).find("name")


def test_a_refusal_is_unavailable(store: S3Store, client: S3Client) -> None:
    answer_with(client, "HeadObject", status=403, code="403")
    answer_with(client, "GetObject", status=403, code="AccessDenied")
    for act in ACTS[:3]:
        with pytest.raises(StoreUnavailable, match="told so"):
            act(store)


def test_a_bucket_is_made_only_when_asked_and_only_once(client: S3Client) -> None:
    address = "s3://fresh/deep/er?region=eu-central-1"
    with pytest.raises(StoreUnavailable):
        open_store(address).create("name", b"text")
    for _ in range(2):
        open_store(address, make=True).create("name", b"text")
    assert client.get_bucket_location(Bucket="fresh")["LocationConstraint"] == "eu-central-1"
    assert open_store(address).find("name") == StoredObject(
        "name", 4, open_store(address).create("name", b"text").sha256
    )


@pytest.mark.parametrize("act", ACTS, ids=ACT_NAMES)
def test_an_endpoint_where_nobody_listens_is_unavailable(act: Callable[[ObjectStore], object]) -> None:
    with socket.socket() as unused:
        unused.bind((LOOPBACK, 0))
        with pytest.raises(StoreUnavailable):
            act(open_store(address_at(f"http://{LOOPBACK}:{unused.getsockname()[1]}")))


def test_credentials_that_are_missing_are_unavailable(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")
    with pytest.raises(StoreUnavailable, match="credentials"):
        open_store("s3://bucket?endpoint=http://127.0.0.1:9").read("name")


def test_only_amazon_is_asked_for_what_only_amazon_has() -> None:
    elsewhere: Any = connect_s3("http://127.0.0.1:9").meta.config
    amazon: Any = connect_s3(region="eu-central-1").meta.config
    assert elsewhere.s3 == {"addressing_style": "path"}
    assert elsewhere.request_checksum_calculation == "when_required"
    assert elsewhere.response_checksum_validation == "when_required"
    assert amazon.request_checksum_calculation == "when_supported"
    for config in (elsewhere, amazon):
        assert config.retries == {"mode": "standard", "total_max_attempts": 3}
        assert (config.connect_timeout, config.read_timeout) == (3, 20)


@pytest.mark.server
def test_a_service_that_comes_back_still_has_everything() -> None:
    with s3_over_http() as endpoint:
        address = address_at(endpoint)
        store = open_store(address, make=True)
        store.create("name", b"text")
    for act in ACTS:
        with pytest.raises(StoreUnavailable):
            act(store)
    with s3_over_http(int(endpoint.rpartition(":")[2])):
        assert store.read("name") == b"text"
        assert set(at_once(4, lambda _: store.create("name", b"text").key)) == {"name"}
        with pytest.raises(ObjectMissing):
            store.read("another")

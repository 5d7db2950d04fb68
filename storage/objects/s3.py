"""Objects in a bucket of an S3-compatible service. The only module that knows boto3."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from botocore.exceptions import BotoCoreError, ClientError

from storage.objects.store import (
    OCTETS,
    ObjectDamaged,
    ObjectExists,
    ObjectMissing,
    StoredObject,
    StoreFull,
    StoreUnavailable,
    checked_key,
    checked_prefix,
    described,
    is_key,
)

if TYPE_CHECKING:
    from botocore.config import Config
    from botocore.loaders import Loader
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_s3.literals import BucketLocationConstraintType

_ATTEMPTS = 8
_DEFAULT_REGION: Final = "us-east-1"
_DIGEST = "sha256"
_MISSING = {"404", "NoSuchKey"}
_TAKEN = {"412", "PreconditionFailed", "409", "ConditionalRequestConflict"}
_FULL = {"507", "InsufficientStorage", "QuotaExceeded", "XMinioStorageFull"}


@dataclass(frozen=True, slots=True)
class _Kept:
    body: bytes
    recorded: str | None

    def digest(self) -> str:
        return hashlib.sha256(self.body).hexdigest()


class S3Store:
    """An `ObjectStore` under a prefix of a bucket. The role needs Get, Put, Delete and List on it.

    Without List a missing key is answered with 403, which says `StoreUnavailable` here. On a bucket with versions the
    role must also be allowed to list and delete these, else `delete` says `StoreUnavailable` instead of pretending.
    """

    def __init__(self, bucket: str, prefix: str = "", *, client: S3Client) -> None:
        self._bucket = bucket
        self._prefix = f"{checked_key(prefix)}/" if prefix else ""
        self._client = client

    def __repr__(self) -> str:
        return f"S3Store({self._bucket!r}, {self._prefix!r})"

    def create(self, key: str, body: bytes, *, media_type: str = OCTETS) -> StoredObject:
        """Put `body`, read it back and compare; see `ObjectStore.create`.

        Looking first keeps what is there safe on services that ignore If-None-Match (rclone, s3rver, radosgw dbstore);
        between racing creators only a service that honours it can decide.
        """
        for attempt in range(_ATTEMPTS):
            kept = self._kept(key)
            if kept is not None:
                return _same_or_refuse(key, body, kept)
            if attempt < _ATTEMPTS - 1:
                self._put(key, body, media_type)
        message = f"{key} could be written but not read back, or others keep writing it"
        raise StoreUnavailable(message)

    def read(self, key: str) -> bytes:
        """Return the bytes, checked against the digest recorded with them where the service kept it."""
        kept = self._kept(key)
        if kept is None:
            raise ObjectMissing(key)
        if kept.recorded not in {None, kept.digest()}:
            raise ObjectDamaged(key)
        return kept.body

    def find(self, key: str) -> StoredObject | None:
        """Return size and recorded digest; reads the object only where the service lost our metadata."""
        with _s3():
            try:
                head = self._client.head_object(Bucket=self._bucket, Key=self._name(key))
            except ClientError as error:
                if _code(error) not in _MISSING:
                    raise
                # A HEAD cannot say whether the object or the bucket is missing.
                self._client.head_bucket(Bucket=self._bucket)
                return None
        recorded = head["Metadata"].get(_DIGEST)
        return StoredObject(key, head["ContentLength"], recorded) if recorded else described(key, self.read(key))

    def delete(self, key: str) -> None:
        """Delete the object; on a bucket with versions, all of them and the delete markers too."""
        name = self._name(key)
        with _s3():
            if self._client.delete_object(Bucket=self._bucket, Key=name).get("DeleteMarker"):
                self._delete_versions(name)

    def keys(self, prefix: str = "") -> Iterator[str]:
        """Yield the keys under `prefix` in order; lists all of them first, as not every service sorts."""
        with _s3():
            listed = sorted(self._listed(checked_prefix(prefix)))
        yield from listed

    def make_bucket(self) -> None:
        """Make the bucket unless it is there. Raises `StoreUnavailable` when it belongs to somebody else."""
        with _s3():
            try:
                self._client.head_bucket(Bucket=self._bucket)
            except ClientError as error:
                if _code(error) not in {"404", "NoSuchBucket"}:
                    raise
                self._create_bucket()

    def _name(self, key: str) -> str:
        return self._prefix + checked_key(key)

    def _kept(self, key: str) -> _Kept | None:
        name = self._name(key)
        with _s3():
            try:
                answer = self._client.get_object(Bucket=self._bucket, Key=name)
                return _Kept(answer["Body"].read(), answer["Metadata"].get(_DIGEST))
            except ClientError as error:
                if _code(error) in _MISSING:
                    return None
                raise

    def _put(self, key: str, body: bytes, media_type: str) -> None:
        # Of all checksums, Content-MD5 is the one that most services verify on arrival.
        md5 = hashlib.md5(body, usedforsecurity=False).digest()
        with _s3():
            try:
                self._client.put_object(
                    Bucket=self._bucket,
                    Key=self._name(key),
                    Body=body,
                    ContentType=media_type,
                    ContentMD5=base64.b64encode(md5).decode("ascii"),
                    IfNoneMatch="*",
                    Metadata={_DIGEST: described(key, body).sha256},
                )
            except ClientError as error:
                if _code(error) not in _TAKEN:
                    raise

    def _listed(self, prefix: str) -> Iterator[str]:
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._bucket, Prefix=self._prefix + prefix
        )
        for page in pages:
            names = (entry["Key"].removeprefix(self._prefix) for entry in page.get("Contents", []))
            yield from filter(is_key, names)

    def _delete_versions(self, name: str) -> None:
        pages = self._client.get_paginator("list_object_versions").paginate(Bucket=self._bucket, Prefix=name)
        for page in pages:
            found = [(entry["Key"], entry["VersionId"]) for entry in page.get("Versions", [])]
            found += [(entry["Key"], entry["VersionId"]) for entry in page.get("DeleteMarkers", [])]
            for version in (version for key, version in found if key == name):
                self._client.delete_object(Bucket=self._bucket, Key=name, VersionId=version)

    def _create_bucket(self) -> None:
        region = self._client.meta.region_name
        if region == _DEFAULT_REGION:
            self._client.create_bucket(Bucket=self._bucket)
            return
        place: BucketLocationConstraintType = region  # type: ignore[assignment]
        self._client.create_bucket(Bucket=self._bucket, CreateBucketConfiguration={"LocationConstraint": place})


def connect_s3(endpoint: str | None = None, region: str | None = None) -> S3Client:
    """Return a client whose credentials come from the standard AWS environment variables; nothing is sent yet.

    An endpoint means a service other than Amazon's: paths instead of host names, and only the checksums that the
    protocol demands, as newer ones are unknown to many services.
    """
    import boto3  # Half a second and 35 MB that a machine without S3 need not pay; so with all of botocore.
    from botocore.session import Session

    core = Session()
    core.register_component("data_loader", _loader())
    session = boto3.session.Session(botocore_session=core)
    region = region or (_DEFAULT_REGION if endpoint else None)
    return session.client("s3", endpoint_url=endpoint, region_name=region, config=_settings(endpoint))


@cache
def _loader() -> Loader:
    """What describes S3, read once in a process and there in every child that it forks."""
    from botocore.loaders import Loader

    return Loader()


def _settings(endpoint: str | None) -> Config:
    from botocore.config import Config

    patience = Config(
        connect_timeout=3,
        read_timeout=20,
        max_pool_connections=32,
        signature_version="s3v4",
        retries={"mode": "standard", "total_max_attempts": 3},
    )
    if endpoint is None:
        return patience
    elsewhere = Config(
        s3={"addressing_style": "path"},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    return patience.merge(elsewhere)


@contextmanager
def _s3() -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        kind = StoreFull if _code(error) in _FULL else StoreUnavailable
        raise kind(str(error)) from error
    except BotoCoreError as error:
        raise StoreUnavailable(str(error)) from error


def _code(error: ClientError) -> str:
    return error.response.get("Error", {}).get("Code", "")


def _same_or_refuse(key: str, body: bytes, kept: _Kept) -> StoredObject:
    ours = described(key, body)
    if kept.body == body:
        return ours
    raise (ObjectDamaged if kept.recorded == ours.sha256 else ObjectExists)(key)

"""Object stores: bytes under a key, written once and never changed, in a folder or in a bucket."""

from storage.objects.folder import FolderStore
from storage.objects.opening import AddressRefused, open_store
from storage.objects.s3 import S3Store
from storage.objects.store import (
    ObjectDamaged,
    ObjectExists,
    ObjectMissing,
    ObjectStore,
    ObjectStoreError,
    StoredObject,
    StoreFull,
    StoreUnavailable,
)

__all__ = [
    "AddressRefused",
    "FolderStore",
    "ObjectDamaged",
    "ObjectExists",
    "ObjectMissing",
    "ObjectStore",
    "ObjectStoreError",
    "S3Store",
    "StoreFull",
    "StoreUnavailable",
    "StoredObject",
    "open_store",
]

"""Snapshots: one release as one SQLite file. What it contains decides its bytes, and nothing else does."""

from storage.snapshot.contents import Contents, File, KeptPage, Listed, Page
from storage.snapshot.lists import LONGEST_QUERY, NULL, PAGE_SIZE, Asked, Facets, Found, find_among
from storage.snapshot.reading import Snapshot, SnapshotUnreadable, StoredPage, open_snapshot
from storage.snapshot.writing import etag_of, write_snapshot

__all__ = [
    "LONGEST_QUERY",
    "NULL",
    "PAGE_SIZE",
    "Asked",
    "Contents",
    "Facets",
    "File",
    "Found",
    "KeptPage",
    "Listed",
    "Page",
    "Snapshot",
    "SnapshotUnreadable",
    "StoredPage",
    "etag_of",
    "find_among",
    "open_snapshot",
    "write_snapshot",
]

"""Objects as read-only files in a folder: the store of a machine without services."""

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from storage.files import drafted, sweep_drafts, sync_folder
from storage.objects.store import (
    OCTETS,
    ObjectExists,
    ObjectMissing,
    ObjectStoreError,
    StoredObject,
    StoreFull,
    StoreUnavailable,
    checked_key,
    checked_prefix,
    described,
    is_key,
)

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = 0o444
_NOT_A_FILE = (FileNotFoundError, IsADirectoryError, NotADirectoryError)


class FolderStore:
    """An `ObjectStore` in a folder that exists; a folder that is not there (unmounted, say) is never made silently.

    A file gets its name by a hard link after it was written and synced under a draft name, so a reader sees all of it
    or nothing and of many creators one wins. The media type is not kept: whoever serves an object knows it.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._drafts = folder / ".drafts"
        self._swept = False

    def __repr__(self) -> str:
        return f"FolderStore({str(self._folder)!r})"

    def create(self, key: str, body: bytes, *, media_type: str = OCTETS) -> StoredObject:  # noqa: ARG002
        """Keep `body` as a file that no power cut and no later writer can change; see `ObjectStore.create`."""
        path = self._path(key)
        with self._disk():
            self._prepare_drafts()
            try:
                self._put(path, body)
                kept = path.read_bytes()
            except (FileExistsError, IsADirectoryError, NotADirectoryError) as taken:
                raise ObjectExists(key) from taken
        if kept != body:
            raise ObjectExists(key)
        return described(key, body)

    def read(self, key: str) -> bytes:
        """Return the bytes of the file; see `ObjectStore.read`."""
        path = self._path(key)
        with self._disk():
            try:
                return path.read_bytes()
            except _NOT_A_FILE as missing:
                self._expect_folder()
                raise ObjectMissing(key) from missing

    def find(self, key: str) -> StoredObject | None:
        """Return what lies on the disk now: the digest is computed from the file, not remembered."""
        path = self._path(key)
        with self._disk():
            try:
                with path.open("rb") as file:
                    digest = hashlib.file_digest(file, "sha256")
                    return StoredObject(key, file.tell(), digest.hexdigest())
            except _NOT_A_FILE:
                self._expect_folder()
                return None

    def delete(self, key: str) -> None:
        """Unlink the file, durably. What the disk keeps in freed blocks is beyond this store."""
        path = self._path(key)
        with self._disk():
            self._expect_folder()
            with suppress(*_NOT_A_FILE):
                path.unlink()
                sync_folder(path.parent)
            # A writer killed between linking and tidying left a second name for the same bytes.
            sweep_drafts(self._drafts)

    def keys(self, prefix: str = "") -> Iterator[str]:
        """Yield the keys under `prefix` in order, reading one folder at a time."""
        checked_prefix(prefix)
        with self._disk():
            self._expect_folder()
            yield from _keys_in(self._folder, "", prefix)

    def _path(self, key: str) -> Path:
        return self._folder / checked_key(key)

    def _prepare_drafts(self) -> None:
        self._drafts.mkdir(exist_ok=True)
        if not self._swept:
            sweep_drafts(self._drafts)
            self._swept = True

    def _put(self, path: Path, body: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        with drafted(body, folder=self._drafts, mode=_READ_ONLY) as draft, suppress(FileExistsError):
            os.link(draft, path)
        # Also when another creator won: it may not have come to syncing yet, and we promise what we return.
        for folder in path.relative_to(self._folder).parents:
            sync_folder(self._folder / folder)

    def _expect_folder(self) -> None:
        if not self._folder.is_dir():
            message = f"{self._folder} is not there: not mounted, or never made"
            raise StoreUnavailable(message)

    @contextmanager
    def _disk(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise _in_words(error) from error


def _in_words(error: OSError) -> ObjectStoreError:
    kind = StoreFull if error.errno in _FULL else StoreUnavailable
    return kind(str(error))


def _keys_in(folder: Path, above: str, prefix: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        named = sorted(above + entry.name + ("/" if entry.is_dir() else "") for entry in entries)
    for name in named:
        if name.endswith("/") and is_key(name[:-1]) and (name.startswith(prefix) or prefix.startswith(name)):
            yield from _keys_in(folder / name.split("/")[-2], name, prefix)
        elif is_key(name) and name.startswith(prefix):
            yield name

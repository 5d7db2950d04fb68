"""Follows the public store: the newest release under `releases/` is copied here, opened, and served.

A thread for each process asks the store, so that no reader waits for it. A takedown is a newer release: it is followed
like any other, and the copy of the one before is removed.
"""

import logging
import os
from contextlib import suppress
from pathlib import Path
from threading import Event, Lock, Thread

from storage.files import drafted, sweep_drafts
from storage.objects import ObjectStore, ObjectStoreError
from storage.snapshot import Snapshot, SnapshotUnreadable, open_snapshot

RELEASES = "releases/"
_COPY = ".release"
_READ_ONLY = 0o444
_log = logging.getLogger(__name__)


class Following:
    """The release that is served now. `current` is None before the first one.

    Looks once at the first call of `follow()` in a process, then every `seconds` in a thread of its own. When the store
    does not answer, or the newest release cannot be read, the one at hand stays.
    """

    def __init__(self, store: ObjectStore, cache: Path, *, seconds: float) -> None:
        self.current: Snapshot | None = None
        self._store = store
        self._cache = cache
        self._seconds = seconds
        self._key = ""
        self._looking = Lock()
        self._starting = Lock()
        self._stop = Event()
        self._process: int | None = None

    def follow(self) -> Snapshot | None:
        """The release to serve; begins to follow if this process does not yet."""
        if self._process != os.getpid():
            self._begin()
        return self.current

    def look(self) -> None:
        """Ask the store once, and open its newest release if that is another one."""
        with self._looking:
            try:
                self._look()
            except (ObjectStoreError, SnapshotUnreadable, OSError) as trouble:
                _log.warning("the release at hand stays: %s: %s", type(trouble).__name__, trouble)

    def close(self) -> None:
        """Stop following; the release at hand can still be read."""
        self._stop.set()

    def _begin(self) -> None:
        with self._starting:
            if self._process == os.getpid():
                return
            self.look()
            Thread(target=self._keep_looking, name="following releases", daemon=True).start()
            # Last: whoever comes while this looks for the first time waits at the lock.
            self._process = os.getpid()

    def _keep_looking(self) -> None:
        while not self._stop.wait(self._seconds):
            self.look()

    def _look(self) -> None:
        newest = max(self._store.keys(RELEASES), default="")
        # An empty store says that it was emptied or that the wrong one is mounted, not that all work was taken down.
        if newest in {"", self._key}:
            return
        copy = self._copied(newest)
        try:
            self.current, self._key = open_snapshot(copy), newest
        except SnapshotUnreadable:
            copy.unlink(missing_ok=True)  # So that the next look fetches it again.
            raise
        self._remove_others(newest)

    def _copied(self, key: str) -> Path:
        """The release as a file here. Many processes may share the folder: each sees a whole file or none."""
        self._cache.mkdir(parents=True, exist_ok=True)
        path = self._cache / _file_name(key)
        if not path.exists():
            body = self._store.read(key)
            with drafted(body, folder=self._cache, mode=_READ_ONLY) as draft, suppress(FileExistsError):
                os.link(draft, path)
        return path

    def _remove_others(self, key: str) -> None:
        """Remove copies of other releases. Processes that still read one keep it until they let go."""
        sweep_drafts(self._cache)
        for path in self._cache.glob(f"*{_COPY}"):
            if path.name != _file_name(key):
                path.unlink(missing_ok=True)


def _file_name(key: str) -> str:
    return key.removeprefix(RELEASES).replace("/", "_") + _COPY

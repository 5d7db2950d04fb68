"""Files that survive a power cut and a killed writer: written whole under a draft name, synced, then linked."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_DRAFT = ".draft-"


@contextmanager
def drafted(body: bytes, *, folder: Path, mode: int) -> Iterator[Path]:
    """Yield the path of a synced file that holds `body`, to be linked into place; the draft name is gone afterwards.

    Raises `OSError` as the system does. While the block runs, `sweep_drafts` leaves the draft alone.
    """
    handle, path = _claim_draft(folder)
    try:
        _write_whole(handle, body)
        os.fchmod(handle, mode)
        os.fsync(handle)
        yield path
    finally:
        path.unlink(missing_ok=True)
        os.close(handle)


def sweep_drafts(folder: Path) -> int:
    """Remove what killed writers left in `folder` and return how many drafts that were. Living writers keep theirs."""
    return sum(_removed_if_abandoned(path) for path in folder.glob(f"{_DRAFT}*"))


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` durable: a synced file whose name is not synced can be lost."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _claim_draft(folder: Path) -> tuple[int, Path]:
    while True:
        handle, name = tempfile.mkstemp(prefix=_DRAFT, dir=folder)
        # The lock ends with the process that holds it, so it tells a living writer from a killed one without a clock.
        fcntl.flock(handle, fcntl.LOCK_EX)
        if os.fstat(handle).st_nlink:
            return handle, Path(name)
        os.close(handle)  # A sweep came between making and locking: begin again.


def _write_whole(handle: int, body: bytes) -> None:
    rest = memoryview(body)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _removed_if_abandoned(path: Path) -> bool:
    with suppress(FileNotFoundError, BlockingIOError), path.open("rb") as draft:
        fcntl.flock(draft, fcntl.LOCK_EX | fcntl.LOCK_NB)
        path.unlink()
        return True
    return False

"""The newest release as plain files, for any static host."""

import tempfile
from pathlib import Path

from journal.production.sealing import RELEASES
from journal.public.static_site import write_static
from journal.unit_of_work import Resources
from storage.snapshot import open_snapshot


class NothingReleased(Exception):
    """There is no release in the public store."""


def copy_newest_release(resources: Resources, folder: Path) -> int:
    """Write the site that readers have now into `folder`; how many files that are.

    Raises `NothingReleased`, `journal.public.static_site.FolderInUse`, and what the store and the disk raise.
    """
    store = resources.public_store
    newest = max(store.keys(RELEASES), default=None)
    if newest is None:
        raise NothingReleased
    with tempfile.TemporaryDirectory(prefix="nullius-static-") as drafts:
        path = Path(drafts) / "snapshot.sqlite"
        path.write_bytes(store.read(newest))
        return write_static(open_snapshot(path), lambda file: store.read(file.key), folder)

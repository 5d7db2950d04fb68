"""The newest release as plain files, for any static host, and a record of where: such a copy is not ours to delete."""

import tempfile
from pathlib import Path

from sqlalchemy import select

from journal.production.sealing import RELEASES
from journal.public.static_site import write_static
from journal.unit_of_work import Resources, UnitOfWork, begin
from storage.rows.releases import Release
from storage.rows.safeguards import StaticCopy
from storage.snapshot import open_snapshot
from workflows.people import PRESS


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
        # Before the first file: a copy that nobody knows of could not be renewed after a takedown.
        _record(resources, folder, newest)
        return write_static(open_snapshot(path), lambda file: store.read(file.key), folder)


def outdated_copies(uow: UnitOfWork) -> list[StaticCopy]:
    """The folders that hold a release that was deleted since, perhaps because something in it was taken down."""
    deleted = (
        select(StaticCopy).join(Release, StaticCopy.release_id == Release.id).where(Release.deleted_at.is_not(None))
    )
    return list(uow.session.scalars(deleted.order_by(StaticCopy.folder)))


def _record(resources: Resources, folder: Path, key: str) -> None:
    with begin(resources, actor=PRESS) as uow:
        release = uow.session.scalars(select(Release).where(Release.snapshot_key == key)).one_or_none()
        if release is None:
            return
        place = str(folder.absolute())
        row = uow.session.scalars(select(StaticCopy).where(StaticCopy.folder == place)).one_or_none()
        if row is None:
            row = StaticCopy(id=uow.new_id("static_copy"), folder=place, release_id=release.id, written_at=uow.now)
            uow.session.add(row)
        row.release_id, row.written_at = release.id, uow.now
        uow.commit()

"""What a reader with the public store in hand can see: snapshots and objects, and nothing else."""

import gzip
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from storage.objects import ObjectStore
from storage.rows.releases import PublicObject
from tests.stories.worlds import World

GZIP = b"\x1f\x8b"


@dataclass(frozen=True)
class Shelf:
    """The public store and the newest snapshot in it."""

    store: ObjectStore
    snapshot: bytes
    keys_by_name: dict[str, str]

    @staticmethod
    def names(world: World) -> list[str]:
        """Every key of the public store."""
        return list(world.resources.public_store.keys())

    def file(self, name: str) -> bytes:
        """The public object that is called `name`, of the only report that has one."""
        return self.store.read(self.keys_by_name[name])

    def everything(self) -> bytes:
        """All keys and bytes, and every page of every snapshot as a reader gets it; PDFs stay compressed."""
        keys = list(self.store.keys())
        bodies = [self.store.read(key) for key in keys]
        pages = [
            page for key, body in zip(keys, bodies, strict=True) if key.endswith(".sqlite") for page in pages_of(body)
        ]
        return b"\n".join([*map(str.encode, keys), *bodies, *pages])


def snapshot_of(world: World) -> bytes:
    """The newest snapshot, by name, as the public application chooses it."""
    return world.resources.public_store.read(max(world.resources.public_store.keys("releases/")))


def shelf_of(world: World) -> Shelf:
    """The shelf as it is now."""
    with world.work(writes=False) as uow:
        keys = {row.name: row.key for row in uow.session.query(PublicObject)}
    return Shelf(store=world.resources.public_store, snapshot=snapshot_of(world), keys_by_name=keys)


def opens(snapshot: bytes) -> bool:
    """Whether a snapshot is a whole database."""
    with opened(snapshot) as connection:
        return bool(connection.execute("PRAGMA integrity_check").fetchone() == ("ok",))


def pages_of(snapshot: bytes) -> list[bytes]:
    """The pages in a snapshot, not compressed."""
    with opened(snapshot) as connection:
        bodies = [row[0] for row in connection.execute("SELECT body FROM page")]
    return [gzip.decompress(body) if body.startswith(GZIP) else body for body in bodies]


@contextmanager
def opened(snapshot: bytes) -> Iterator[sqlite3.Connection]:
    """A snapshot as a database."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "snapshot.sqlite"
        path.write_bytes(snapshot)
        with closing(sqlite3.connect(f"file:{path}?immutable=1", uri=True)) as connection:
            yield connection

"""What did not change is taken out of the last release; what is withheld comes back from nowhere."""

import gzip
import hashlib
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from journal.production.release import make_release
from journal.production.unchanged import FILE, note, noted
from tests.stories.accepted import Study, registered_report
from tests.stories.public_shelf import pages_of, shelf_of, snapshot_of
from tests.stories.withheld import hold
from tests.stories.worlds import World, make_world

OPEN, SECRET = Study(title="An open question about monitors"), Study(title="A quokka that was public once")
FORGED = b"<p>These words were never released.</p>"


@pytest.fixture
def released(tmp_path: Path) -> tuple[World, str]:
    """A journal with two announced protocols out; one of them, by its identifier, is withheld later."""
    world = make_world(tmp_path)
    registered_report(world, OPEN, announced=True)
    secret = registered_report(world, SECRET, announced=True)
    assert make_release(world.resources) is not None
    return world, secret


def forge(world: World) -> str:
    """Put other words into the page of the open study, in the store itself; the SHA-256 of what is there now."""
    key = noted(world.folder).key
    place = Path(world.config.public_store, key)
    changed = world.folder / "changed.sqlite"
    changed.write_bytes(world.resources.public_store.read(key))
    with closing(sqlite3.connect(changed)) as connection, connection:
        for path, body in connection.execute("SELECT path, body FROM page").fetchall():
            if OPEN.title.encode() in gzip.decompress(body) and path.count("/") > 1 and "." not in path:
                connection.execute("UPDATE page SET body = ? WHERE path = ?", (gzip.compress(FORGED), path))
    place.chmod(0o600)
    place.write_bytes(changed.read_bytes())
    return hashlib.sha256(changed.read_bytes()).hexdigest()


def test_what_did_not_change_is_taken_over_as_it_lies_there(released: tuple[World, str]) -> None:
    world, _ = released
    sha256 = forge(world)
    note(world.folder, replace(noted(world.folder), sha256=sha256))
    registered_report(world, Study(title="A third one"), announced=True)
    make_release(world.resources)
    assert FORGED in pages_of(snapshot_of(world)), "what is noted as ours is taken, so pages are not made anew"


def test_a_store_that_was_written_by_others_is_not_believed(released: tuple[World, str]) -> None:
    world, _ = released
    forge(world)
    registered_report(world, Study(title="A third one"), announced=True)
    make_release(world.resources)
    assert FORGED not in pages_of(snapshot_of(world))
    assert any(OPEN.title.encode() in page for page in pages_of(snapshot_of(world)))


def test_what_is_taken_down_is_gone_with_its_release_and_its_digest(released: tuple[World, str]) -> None:
    world, secret = released
    before = noted(world.folder)
    hold(world, secret)
    assert make_release(world.resources) is not None
    assert b"quokka" not in shelf_of(world).everything()
    after = noted(world.folder)
    assert len(before.digests.items() & after.digests.items()) == 1, "the open study alone"
    assert before.key not in list(world.resources.public_store.keys())


def test_an_old_note_revives_nothing(released: tuple[World, str]) -> None:
    world, secret = released
    old, snapshot = (world.folder / FILE).read_bytes(), snapshot_of(world)
    hold(world, secret)
    make_release(world.resources)
    (world.folder / FILE).write_bytes(old)
    world.resources.public_store.create(noted(world.folder).key, snapshot, media_type="application/vnd.sqlite3")
    registered_report(world, Study(title="A third one"), announced=True)
    make_release(world.resources)
    assert b"quokka" not in shelf_of(world).everything()


def test_with_a_note_or_without_a_release_has_the_same_bytes(released: tuple[World, str], tmp_path: Path) -> None:
    world, secret = released
    hold(world, secret)
    registered_report(world, Study(title="A third one"), announced=True)
    make_release(world.resources)
    kept = snapshot_of(world)
    key = noted(world.folder).key
    (world.folder / FILE).unlink()
    assert make_release(world.resources) is None, "made of nothing but the records it is the same"
    assert snapshot_of(world) == kept
    assert noted(world.folder).key == key

"""The application follows the store: the newest release is served, and what was taken down is gone with it."""

import logging
from gzip import decompress
from pathlib import Path
from time import monotonic, sleep

import pytest

from journal.public.following import Following
from storage.snapshot import open_snapshot
from tests.journal.public.library import Library, article, make_library, tombstone

FIRST = [article("kq7w3fhe", "A study"), article("aaaa1111", "Another study")]
SECOND = [article("kq7w3fhe", "A study"), tombstone("aaaa1111")]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    made = make_library(tmp_path)
    made.release("2026-11-25-01", FIRST)
    return made


def test_a_takedown_is_followed(library: Library) -> None:
    assert "Another study" in library.get("/reports/aaaa1111").text
    library.release("2026-11-25-02", SECOND)
    library.store.delete("releases/2026-11-25-01")
    library.look()
    for path in ("/reports/aaaa1111", "/reports", "/reports?q=study", "/feed.xml"):
        assert "Another study" not in library.get(path).text
    assert "A study" in library.get("/reports?q=study").text


def test_no_copy_of_an_older_release_stays(library: Library) -> None:
    library.look()
    (before,) = (library.folder / "cache").iterdir()
    page = open_snapshot(before).page("/reports/aaaa1111")
    assert page is not None
    assert b"Another study" in decompress(page.gzipped)
    (library.folder / "cache" / "mine.txt").write_text("not a copy")
    library.release("2026-11-25-02", SECOND)
    library.look()
    names = sorted(path.name for path in (library.folder / "cache").iterdir())
    assert names == ["2026-11-25-02.release", "mine.txt"]


def test_the_newest_is_the_last_by_name(library: Library) -> None:
    library.release("2026-11-24-23", SECOND)
    library.look()
    assert "Another study" in library.get("/reports/aaaa1111").text


def test_a_release_that_cannot_be_read_is_left_aside(library: Library, caplog: pytest.LogCaptureFixture) -> None:
    library.get("/")
    library.store.create("releases/2026-11-25-02", b"no snapshot" * 1000)
    with caplog.at_level(logging.WARNING):
        library.look()
    assert "the release at hand stays" in caplog.text
    assert library.get("/reports/aaaa1111").status_code == 200
    assert [path.name for path in (library.folder / "cache").iterdir()] == ["2026-11-25-01.release"]


def test_an_emptied_store_is_no_takedown_of_everything(library: Library) -> None:
    library.get("/")
    library.store.delete("releases/2026-11-25-01")
    library.look()
    assert library.get("/reports/aaaa1111").status_code == 200


def test_a_second_process_shares_the_copy(library: Library) -> None:
    library.look()
    (copy,) = (library.folder / "cache").iterdir()
    written = copy.stat().st_mtime_ns
    other = Following(library.store, library.folder / "cache", seconds=3000)
    other.look()
    assert other.current is not None
    assert copy.stat().st_mtime_ns == written


def test_it_looks_by_itself(library: Library) -> None:
    following = Following(library.store, library.folder / "other", seconds=0.01)
    before = following.follow()
    library.release("2026-11-25-02", SECOND)
    until = monotonic() + 10
    while following.current is before and monotonic() < until:
        sleep(0.01)
    following.close()
    assert following.current is not before

"""Files of reports: whole or in parts, by their checksum, and what happens when their store does not answer."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest

from journal.public.ranges import OutOfRange, Part, part_asked
from tests.journal.public.library import PDF, Library, article, make_library, pdf

PAPER = "/reports/kq7w3fhe/paper.pdf"
TAG = f'"{hashlib.sha256(PDF).hexdigest()}"'


@pytest.fixture
def library(tmp_path: Path) -> Library:
    made = make_library(tmp_path)
    made.release("0001", [article("kq7w3fhe", "A study", renditions=(pdf(),))])
    return made


def test_a_file_comes_as_it_is_with_a_neutral_name(library: Library) -> None:
    answer = library.get(PAPER)
    assert (answer.status_code, answer.data) == (200, PDF)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == "inline; filename=paper.pdf"
    assert answer.headers["ETag"] == TAG
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert "objects/" not in str(answer.headers)
    assert "Last-Modified" not in answer.headers
    assert library.get(PAPER, method="HEAD").headers["Content-Length"] == str(len(PDF))


def test_a_figure_comes_from_the_folder_in_which_its_page_shows_it(library: Library) -> None:
    figure = replace(pdf("figures/figure-1.svg"), kind="figure", media_type="image/svg+xml")
    library.release("0002", [article("kq7w3fhe", "A study", renditions=(figure,))])
    answer = library.get("/reports/kq7w3fhe/figures/figure-1.svg")
    assert (answer.status_code, answer.data) == (200, PDF)
    assert answer.headers["Content-Type"].startswith("image/svg+xml")
    assert answer.headers["Content-Disposition"] == "inline; filename=figure-1.svg"
    assert library.get("/reports/kq7w3fhe/figures/figure-2.svg").status_code == 404


@pytest.mark.parametrize(
    ("asked", "expected"),
    [("bytes=0-9", PDF[:10]), ("bytes=100-", PDF[100:]), ("bytes=-7", PDF[-7:]), ("bytes=5-999999", PDF[5:])],
)
def test_a_part_comes_when_one_is_asked_for(library: Library, asked: str, expected: bytes) -> None:
    answer = library.get(PAPER, [("Range", asked)])
    assert (answer.status_code, answer.data) == (206, expected)
    assert answer.headers["Content-Length"] == str(len(expected))
    assert answer.headers["Content-Range"].endswith(f"/{len(PDF)}")


def test_a_part_of_another_version_is_not_sent(library: Library) -> None:
    same = library.get(PAPER, [("Range", "bytes=0-9"), ("If-Range", TAG)])
    other = library.get(PAPER, [("Range", "bytes=0-9"), ("If-Range", '"other"')])
    assert (same.status_code, other.status_code, other.data) == (206, 200, PDF)


def test_a_part_that_is_not_there_cannot_be_sent(library: Library) -> None:
    answer = library.get(PAPER, [("Range", f"bytes={len(PDF)}-")])
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == f"bytes */{len(PDF)}"


SIZE = 100


@pytest.mark.parametrize(
    ("asked", "part"),
    [
        ("", None),
        ("bytes=0-0", Part(0, 1, SIZE)),
        ("bytes=99-", Part(99, 100, SIZE)),
        ("bytes=-200", Part(0, 100, SIZE)),
        ("bytes=0-1,5-6", None),
        ("bytes=5-4", None),
        ("bytes=-", None),
        ("bytes=a-b", None),
        ("bytes=٣-٤", None),
        ("lines=1-2", None),
        ("bytes=1-2-3", None),
    ],
)
def test_what_a_range_asks_for(asked: str, part: Part | None) -> None:
    assert part_asked(asked, "", etag="x", size=SIZE) == part


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=100-200", "bytes=-0", "bytes=999999999999999999-"])
def test_a_range_outside_the_file(asked: str) -> None:
    with pytest.raises(OutOfRange):
        part_asked(asked, "", etag="x", size=SIZE)


def test_who_has_the_file_needs_no_store(library: Library) -> None:
    (library.folder / "public").rename(library.folder / "away")
    assert library.get("/").status_code == 503  # Nothing was read before the store went.
    (library.folder / "away").rename(library.folder / "public")
    library.look()
    (library.folder / "public").rename(library.folder / "away")
    assert library.get(PAPER, [("If-None-Match", TAG)]).status_code == 304


def test_a_silent_store_leaves_the_pages_and_says_what_to_do(library: Library) -> None:
    assert library.get("/").status_code == 200
    (library.folder / "public").rename(library.folder / "away")
    library.look()
    assert library.get("/reports/kq7w3fhe").status_code == 200
    assert library.get("/reports?q=study").status_code == 200
    answer = library.get(PAPER)
    assert answer.status_code == 503
    assert "Try again in a few minutes" in answer.text
    assert answer.headers["Retry-After"]
    (library.folder / "away").rename(library.folder / "public")
    assert library.get(PAPER).data == PDF


def test_a_damaged_file_is_not_sent(library: Library) -> None:
    path = library.folder / "public" / pdf().key
    path.chmod(0o644)
    path.write_bytes(PDF[:-1] + b"!")
    assert library.get(PAPER).status_code == 503


def test_a_file_that_is_being_taken_down_is_not_there(library: Library) -> None:
    library.get("/")
    library.store.delete(pdf().key)
    gone, never = library.get(PAPER), library.get("/reports/kq7w3fhe/other.pdf")
    assert (gone.status_code, gone.data) == (404, never.data)
    assert sorted(gone.headers.items()) == sorted(never.headers.items())

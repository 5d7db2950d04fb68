"""Each hostile file ends as a clear refusal or a clean document, in time, and brings no file of this machine."""

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from journal.reading.document import Document, read_document
from journal.reading.figures import CleanFigure, clean_figures
from journal.reading.inspection import Kind, Refused
from journal.reading.package import opened_archive, package_in
from journal.reading.pandoc import Unreadable
from tests.journal.reading.hostile_files import (
    BIBLIOGRAPHIES,
    END,
    FIGURES,
    LATEX,
    REFUSED_OR_READ,
    TEX,
    ZIPS,
)
from tests.journal.reading.samples import read
from tests.journal.reading.test_hostile_manuscripts import CANARY, assert_is_harmless, everything_of

pytestmark = pytest.mark.children

DOCS = Path(__file__).parents[3] / "docs" / "hostile-files.md"
KINDS: Mapping[str, Mapping[str, object]] = {
    "zip": ZIPS,
    "LaTeX": LATEX,
    "PDF figure": FIGURES,
    "bibliography": BIBLIOGRAPHIES,
}


@pytest.mark.parametrize("trick", ZIPS)
def test_a_zip_is_refused_with_what_to_do_or_gives_plain_files(trick: str) -> None:
    body, words = ZIPS[trick]
    files = opened_archive(body)
    found = files if isinstance(files, Refused) else package_in(files)
    if words is None and not isinstance(files, Refused) and not isinstance(found, Refused):
        assert found.main == "main.tex"
        assert not re.search("exe|sh|zip|git|MACOSX", " ".join(files))
        return
    assert isinstance(found, Refused)
    assert (words or "does not unpack") in found.words


@pytest.mark.parametrize("trick", LATEX)
def test_latex_reads_no_file_of_ours_and_brings_nothing_that_acts(trick: str, tmp_path: Path) -> None:
    canary = tmp_path / "canary.tex"
    canary.write_text(f"{CANARY} @book{{stolen, title={{{CANARY}}}}}", encoding="ascii")
    body = TEX + LATEX[trick].format(canary=canary).encode() + END
    document = read_document(body, Kind.LATEX, figures={}, seconds=5)
    if isinstance(document, Unreadable):
        assert trick in REFUSED_OR_READ, document.words
        return
    assert "Words." in document.text()
    assert CANARY not in everything_of(document)
    assert_is_harmless(document)


@pytest.mark.parametrize("trick", FIGURES)
def test_a_pdf_is_drawn_as_a_picture_or_refused(trick: str) -> None:
    body, words = FIGURES[trick]
    clean = clean_figures({"figure.pdf": body})["figure.pdf"]
    if words is None:
        assert isinstance(clean, CleanFigure)
        assert (clean.media_type, max(clean.width, clean.height) <= 4096) == ("image/png", True)
    else:
        assert isinstance(clean, Refused)
        assert words in clean.words


@pytest.mark.parametrize("trick", BIBLIOGRAPHIES)
def test_a_bibliography_brings_nothing_that_acts(trick: str) -> None:
    document = read("Said before [@a].\n", bib=BIBLIOGRAPHIES[trick])
    assert "Said before" in document.text()
    assert_is_harmless(document)
    assert "root:" not in everything_of(document)


def test_a_zip_of_latex_is_read_with_what_is_in_it_and_nothing_else() -> None:
    files = opened_archive(ZIPS["hidden files"][0])
    assert not isinstance(files, Refused)
    assert isinstance(read_document(files["main.tex"], Kind.LATEX, figures={}), Document)
    assert list(files) == ["main.tex"]


def test_the_list_of_hostile_files_names_each_of_them() -> None:
    listed = DOCS.read_text(encoding="utf-8")
    for kind, tricks in KINDS.items():
        assert f"## {kind}" in listed
        assert [trick for trick in tricks if f"| {trick} |" not in listed] == []

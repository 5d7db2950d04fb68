"""The site as plain files: every page and file at its address, and nothing that is no longer public."""

import re
from pathlib import Path

import pytest

from journal.public.contents import contents_of
from journal.public.static_site import FolderInUse, write_static
from storage.snapshot import Snapshot, open_snapshot, write_snapshot
from tests.journal.public.library import PDF, SITE, article, pdf, tombstone
from workflows.declassify import PublicRecord

FIRST = [
    article("kq7w3fhe", "A study", renditions=(pdf(),)),
    article("aaaa1111", "Another study", renditions=(pdf("b.pdf"),)),
]
SECOND = [FIRST[0], tombstone("aaaa1111")]


def snapshot(path: Path, records: list[PublicRecord]) -> Snapshot:
    write_snapshot(contents_of(records, SITE), path)
    return open_snapshot(path)


def names(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def test_every_address_is_a_file(tmp_path: Path) -> None:
    site = tmp_path / "site"
    count = write_static(snapshot(tmp_path / "r", FIRST), lambda _: PDF, site)
    written = names(site)
    assert count == len(written) - 1  # The record of what was written is no part of the site.
    expected = {"index.html", "404.html", "reports/index.html", "reports/kq7w3fhe/index.html", "reports/kq7w3fhe.json"}
    assert expected <= written
    assert (site / "reports/kq7w3fhe/paper.pdf").read_bytes() == PDF
    assert not [name for name in written if "_missing" in name or "_reports" in name]


def test_every_link_inside_leads_somewhere(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_static(snapshot(tmp_path / "r", FIRST), lambda _: iter([PDF]), site)
    links = {
        link for path in site.rglob("*.html") for link in re.findall(r'(?:href|src)="(/[^"#?]*)', path.read_text())
    }
    assert len(links) > 15
    assert [
        link for link in links if not (site / link[1:]).is_file() and not (site / link[1:] / "index.html").is_file()
    ] == []


def test_the_list_says_what_it_cannot_do(tmp_path: Path) -> None:
    write_static(snapshot(tmp_path / "r", FIRST), lambda _: PDF, tmp_path / "site")
    text = (tmp_path / "site/reports/index.html").read_text()
    assert "cannot search" in text
    assert "Another study" in text


def test_what_was_taken_down_is_taken_out(tmp_path: Path) -> None:
    site = tmp_path / "site"
    write_static(snapshot(tmp_path / "one", FIRST), lambda _: PDF, site)
    assert "reports/aaaa1111/b.pdf" in names(site)
    (site / "CNAME").write_text("nullius.example")
    write_static(snapshot(tmp_path / "two", SECOND), lambda _: PDF, site)
    fresh = tmp_path / "fresh"
    write_static(snapshot(tmp_path / "three", SECOND), lambda _: PDF, fresh)
    assert names(site) == names(fresh) | {"CNAME"}
    assert all((site / name).read_bytes() == (fresh / name).read_bytes() for name in names(fresh))


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "thesis.txt").write_text("mine")
    with pytest.raises(FolderInUse):
        write_static(snapshot(tmp_path / "r", FIRST), lambda _: PDF, tmp_path / "home")
    assert names(tmp_path / "home") == {"thesis.txt"}

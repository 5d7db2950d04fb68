"""`journal typeset`: an author's folder becomes a paper in three forms, with a list of what could not be read."""

import io
import json
import re
import zipfile
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result
from lxml import etree

from journal.cli import main
from journal.gathering import TooMuch, below
from journal.reading.inspection import Refused
from journal.reading.package import package_in
from journal.typeset.opening import opened

pytestmark = pytest.mark.children

MARKDOWN = """---
title: Do probes notice silence?
author:
  - name: Ines Okafor
    affiliation: Institute for Careful Measurement
    orcid: 0000-0002-1825-0097
  - name: Tomas Lind
    affiliation: University of the Northern Shore
abstract: We asked and found **little**.
keywords: [probes, silence]
bibliography: refs.bib
---

# Introduction

Others asked before [@halloran2024]. We expect $\\beta < 0.1$.^[As they did.]

![Silence by layer.](plots/silence.svg){#fig:silence alt="A flat line"}

# References
"""
BIBTEX = "@article{halloran2024, title={Listening}, author={Halloran, K.}, journal={J. Tests}, year={2024}}"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="60" height="40"><rect width="60" height="40"/></svg>'


def typeset(path: Path, out: Path) -> Result:
    return CliRunner().invoke(main, ["typeset", str(path), "--out", str(out)])


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = tmp_path / "study"
    (folder / "plots").mkdir(parents=True)
    (folder / "manuscript.md").write_text(MARKDOWN, encoding="utf-8")
    (folder / "refs.bib").write_text(BIBTEX, encoding="utf-8")
    (folder / "plots" / "silence.svg").write_text(DRAWING, encoding="utf-8")
    (folder / "README.md").write_text("# Not this one\n", encoding="utf-8")
    return folder


def test_a_folder_becomes_a_paper_in_three_forms(study: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    result = typeset(study, out)
    assert (result.exit_code, "All was read." in result.output) == (0, True), result.output
    with pikepdf.open(out / "paper.pdf") as pdf:
        assert pdf.docinfo["/Title"] == "Do probes notice silence?"
        assert "article.xml" in pdf.attachments
    page = (out / "paper.html").read_text(encoding="utf-8")
    for words in (
        "Ines Okafor",
        "Institute for Careful Measurement",
        "Listening",
        "<strong>little</strong>",
        "data:image/svg",
    ):
        assert words in page
    assert not re.search(r'(?:src|href)="(?!#|data:|https://orcid\.org/|https?://doi\.org/)', page)
    article = etree.fromstring((out / "paper.xml").read_bytes())
    assert "".join(article.find(".//abstract").itertext()).strip() == "We asked and found little."
    assert [name.text for name in article.iterfind(".//contrib/string-name")] == ["Ines Okafor", "Tomas Lind"]
    shown = [graphic.get("{http://www.w3.org/1999/xlink}href") for graphic in article.iter("graphic")]
    assert [(out / name).exists() for name in shown] == [True]
    assert json.loads((out / "unread.json").read_text(encoding="utf-8"))["unread"] == []


def test_what_is_missing_is_listed_and_ends_with_one(study: Path, tmp_path: Path) -> None:
    (study / "plots" / "silence.svg").unlink()
    (study / "refs.bib").unlink()
    result = typeset(study / "manuscript.md", tmp_path / "out")
    told = json.loads((tmp_path / "out" / "unread.json").read_text(encoding="utf-8"))
    assert result.exit_code == 1
    assert any("plots/silence.svg" in sentence for sentence in told["unread"])
    assert any("no bibliography" in sentence for sentence in told["unread"])
    assert "plots/silence.svg" in (tmp_path / "out" / "unread.txt").read_text(encoding="utf-8")


def test_no_paper_ends_with_two_and_leaves_none(tmp_path: Path) -> None:
    source, out = tmp_path / "paper.md", tmp_path / "out"
    source.write_bytes(b"\0\1\2 no text")
    out.mkdir()
    (out / "paper.pdf").write_bytes(b"of an earlier run")
    result = typeset(source, out)
    assert (result.exit_code, (out / "paper.pdf").exists()) == (2, False)
    assert "No paper was made." in (out / "unread.txt").read_text(encoding="utf-8")


def test_the_same_manuscript_in_a_zip_reads_the_same(study: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for path in sorted(study.rglob("*")):
            if path.is_file():
                archive.write(path, f"study/{path.relative_to(study)}")
    (study.parent / "study.zip").write_bytes(packed.getvalue())
    plain, zipped = opened(study), opened(study.parent / "study.zip")
    assert not isinstance(plain, Refused)
    assert not isinstance(zipped, Refused)
    assert (zipped.body, zipped.bibliography) == (plain.body, plain.bibliography)
    assert list(zipped.figures.values()) == list(plain.figures.values())


def test_links_out_of_the_folder_are_not_followed(study: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.bib"
    secret.write_text(BIBTEX.replace("Listening", "SECRET"), encoding="utf-8")
    (study / "refs.bib").unlink()
    (study / "refs.bib").symlink_to(secret)
    package = opened(study)
    assert not isinstance(package, Refused)
    assert package.bibliography is None


@pytest.mark.parametrize(
    ("names", "main"),
    [
        (["a.md"], "a.md"),
        (["README.md", "draft.md"], "draft.md"),
        (["protocol.md", "manuscript.md"], "manuscript.md"),
        (["one.md", "two.md"], None),
        (["supplement.md", "x/paper.tex", "x/parts.tex"], "x/paper.tex"),
        (["notes.txt", "letters/main.docx", "main.docx"], "main.docx"),
        ([], None),
    ],
)
def test_the_main_document_is_the_one_that_says_so(names: list[str], main: str | None) -> None:
    found = package_in({name: rb"\documentclass{article}" if name.endswith("paper.tex") else b"x" for name in names})
    assert (None if isinstance(found, Refused) else found.main) == main


def test_a_folder_of_thousands_of_texts_is_too_much(tmp_path: Path) -> None:
    for number in range(301):
        (tmp_path / f"{number}.tex").touch()
    with pytest.raises(TooMuch):
        below(tmp_path, {".tex"})

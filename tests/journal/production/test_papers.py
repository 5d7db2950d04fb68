"""Papers, typeset in the confined child: what is in them, and that the same paper is the same bytes."""

import io
import json
import os
import subprocess
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from lxml import etree

from journal.production.typesetting import Paper
from journal.reading.document import Document
from tests.journal.production.conftest import Press
from workflows.declassify import PublicRecord


def text_of(paper: Paper) -> str:
    command = ["pdftotext", "-layout", "-", "-"]
    return subprocess.run(command, input=paper.pdf, capture_output=True, check=True).stdout.decode()


def test_the_paper_says_what_was_asked_and_what_was_found(null_paper: Paper, null_record: PublicRecord) -> None:
    words = " ".join(text_of(null_paper).split())
    assert "Null, informative" in words
    assert "H1" in words
    assert null_record.authors[0].family in words


def test_the_paper_is_tagged_and_names_its_language_and_title(null_paper: Paper, null_record: PublicRecord) -> None:
    with pikepdf.open(io.BytesIO(null_paper.pdf)) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang).startswith("en")
        with pdf.open_metadata() as metadata:
            assert null_record.title in str(metadata["dc:title"])
        assert len(pdf.pages) == null_paper.pages


def test_jats_and_data_say_the_same_as_the_record(null_paper: Paper, null_record: PublicRecord) -> None:
    article = etree.fromstring(null_paper.jats)
    title = article.find(".//article-title")
    assert title is not None
    assert null_record.title in "".join(title.itertext())
    assert "null_informative" in json.dumps(json.loads(null_paper.data))


def test_a_proof_carries_no_identifier(press: Press, null_record: PublicRecord, null_document: Document) -> None:
    assert null_record.identity is not None
    public_id = null_record.identity.public_id
    final = press(null_record, null_document)
    proof = press(replace(null_record, identity=None, published_on=None), null_document)
    assert public_id in text_of(final)
    assert public_id not in text_of(proof)
    assert public_id.encode() not in proof.jats


def test_the_same_paper_is_the_same_bytes_under_another_zone_and_seed(
    press: Press,
    null_paper: Paper,
    null_record: PublicRecord,
    null_document: Document,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(os.environ, "TZ", "Pacific/Kiritimati")
    monkeypatch.setitem(os.environ, "PYTHONHASHSEED", "7")
    again = press(null_record, null_document)
    assert (again.pdf, again.jats, again.html) == (null_paper.pdf, null_paper.jats, null_paper.html)


def test_qpdf_finds_nothing_wrong(null_paper: Paper, tmp_path: Path) -> None:
    file = tmp_path / "paper.pdf"
    file.write_bytes(null_paper.pdf)
    checked = subprocess.run(["qpdf", "--check", file], capture_output=True, check=False)
    assert checked.returncode == 0, checked.stdout + checked.stderr

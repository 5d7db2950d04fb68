"""What is taken and what is refused at upload, and whether the words say what to do."""

import hashlib
import stat
import zipfile

import pytest

from journal.reading.inspection import Kind, Refused
from journal.reading.uploads import Accepted, check_upload
from tests.journal.reading.samples import (
    BIBLIOGRAPHY,
    PROGRAM,
    drawing,
    huge_png,
    manuscript,
    packed,
    paragraph,
    picture,
    with_entry,
    word,
    word_from,
    word_parts,
)

pytestmark = pytest.mark.children

EVERYTHING = frozenset(Kind)
PDF = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def linked_entry() -> zipfile.ZipInfo:
    """An entry that is a symbolic link."""
    entry = zipfile.ZipInfo("word/link.xml")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return entry


def locked(body: bytes) -> bytes:
    """The same archive, with every entry marked as encrypted."""
    marked = bytearray(body)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = marked.find(signature)
        while place >= 0:
            marked[place + offset] |= 1
            place = marked.find(signature, place + 1)
    return bytes(marked)


def bomb() -> bytes:
    """210 MB of spaces in a few hundred kilobytes."""
    return packed(word_parts(paragraph("x")) | {f"word/media/{n}.png": b" " * 30_000_000 for n in range(7)})


def refusal(name: str, body: bytes) -> str:
    """The words of a refusal; anything else is wrong."""
    checked = check_upload(name, body, accepted=EVERYTHING)
    assert isinstance(checked, Refused), checked
    return checked.words


@pytest.mark.parametrize(
    ("name", "body", "neutral", "media_type"),
    [
        ("Ada Marwick final (2).md", manuscript("protocol_sandbagging"), "manuscript.md", "text/markdown"),
        ("PAPER.DOCX", word_from(manuscript("oversight_for_word")), "manuscript.docx", None),
        ("Marwick plan.Rmd", b"# Plan\n\n```{r}\nset.seed(1)\n```\n", "manuscript.Rmd", "text/markdown"),
        ("plan.QMD", b"# Plan\n", "manuscript.qmd", "text/markdown"),
        ("notes.txt", "\ufeffWörter\r\n".encode(), "manuscript.md", "text/markdown"),
        ("notes.md", "# Wörter 詞 כתב 🙂\n".encode("utf-16"), "manuscript.md", "text/markdown"),
        ("x.md", b"#!/usr/bin/env looks like a script\n\nbut is prose.\n", "manuscript.md", "text/markdown"),
        ("refs.bib", BIBLIOGRAPHY.encode(), "references.bib", "application/x-bibtex"),
        ("plot.png", picture(), None, "image/png"),
        ("plot.jpeg", picture("JPEG"), None, "image/jpeg"),
        ("plot.png", picture("JPEG"), None, "image/jpeg"),
        ("plot.svg", drawing(""), None, "image/svg+xml"),
    ],
)
def test_what_authors_send_is_taken(name: str, body: bytes, neutral: str | None, media_type: str | None) -> None:
    checked = check_upload(name, body, accepted=EVERYTHING)
    assert isinstance(checked, Accepted), checked
    assert checked.sha256 == hashlib.sha256(body).hexdigest()
    assert checked.size == len(body)
    assert neutral in {None, checked.neutral_name}
    assert media_type in {None, checked.media_type}
    assert not set(name.lower().split(".")[0].split()) & set(checked.neutral_name.split("."))


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("study.docx", PROGRAM, "not a Word file, whatever its name says: it looks like PE"),
        ("study.docx", PDF, "it looks like PDF document"),
        ("study.docx", b"just words", "not a Word file"),
        ("study.docx", packed({"a.txt": b"words"}), "without a Word document in it"),
        ("study.docx", word()[:-60], "damaged"),
        ("study.docx", word()[:200] + bytes(40) + word()[240:], "damaged"),
        ("study.docx", word("<w:p>"), "damaged and cannot be opened (word/document.xml: mismatched tag"),
        ("study.docx", word(""), "no text in it"),
        ("study.docx", word(paragraph("  ")), "no text in it"),
        ("study.docx", b"", "no text in it"),
        ("study.docx", OLE, "save it as .docx"),
        ("study.docx", OLE + "EncryptedPackage".encode("utf-16-le"), "Remove the protection"),
        ("study.docx", locked(word()), "Remove the protection"),
        ("study.docx", word(more={"word/vbaProject.bin": b"macro"}), "holds macros"),
        ("study.docx", word(before='<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'), "XML entities"),
        ("study.docx", word(before="<!DOCTYPE x>"), "XML entities"),
        ("study.docx", word("<w:p>" * 300 + "</w:p>" * 300), "nested more than 256 deep"),
        ("study.docx", packed(word_parts(paragraph("x")) | {f"word/{n}.xml": b"" for n in range(5001)}), "5004 parts"),
        ("study.docx", word(more={"../../etc/cron.d/x": b"x"}), "leads out of the file"),
        ("study.docx", word(more={"/etc/cron.d/x": b"x"}), "leads out of the file"),
        ("study.docx", with_entry(linked_entry(), b"/etc/passwd"), "symbolic link"),
        ("study.md", PROGRAM, "not a text file: it looks like PE"),
        ("study.md", PDF, "not a text file: it looks like PDF"),
        ("study.md", picture(), "not a text file: it looks like PNG image data"),
        ("study.md", word(), "not a text file"),
        ("study.md", b"", "no text in it"),
        ("study.md", b" \n\n\t\n", "no text in it"),
        ("study.md", b"\xef\xbb\xbf", "no text in it"),
        (
            "study.md",
            "# Titel\n\nein Wort\nzwei Wörter\n".encode("latin-1"),
            "Line 4 holds a character that is not UTF-8",
        ),
        ("study.md", b"one\ntwo\x07\n", "Line 2 holds a control character (U+0007)"),
        ("study.md", b"# a\n" + bytes(50) + b"b\n", "not a text file"),
        ("refs.bib", b"@article{broken, title = {never closed", "No references could be read"),
        ("refs.bib", b"just words\n", "No references could be read"),
        ("plot.png", PROGRAM, "not a picture that can be used: it looks like PE"),
        ("plot.png", picture()[:60], "damaged"),
        ("plot.png", huge_png(60_000, 60_000), "3,600,000,000 pixels"),
        ("plot.svg", b"<html><body/></html>", "not a picture that can be used"),
        ("plot.svg", b"<svg", "damaged"),
        ("plot.svg", b'<!DOCTYPE s [<!ENTITY a "b">]>' + drawing("<text>&a;</text>"), "XML entities"),
        ("study.pdf", PDF, "Upload the source that the PDF was made from"),
        ("study.doc", OLE, "In Word, save it as .docx"),
        ("study.odt", b"PK", "save it as .docx"),
        ("study.exe", PROGRAM, "This kind of file is not taken here"),
        ("study", b"words", "This kind of file is not taken here"),
    ],
    ids=lambda value: value[:24] if isinstance(value, str) else "",
)
def test_what_cannot_be_used_is_refused_with_what_to_do(name: str, body: bytes, words: str) -> None:
    said = refusal(name, body)
    assert words in said
    assert said.endswith(".")


def test_a_bomb_is_refused_with_what_to_do() -> None:
    said = refusal("study.docx", bomb())
    assert "unpacks to far more" in said
    assert said.endswith(".")


def test_only_the_kinds_that_are_asked_for_are_taken() -> None:
    checked = check_upload("plot.png", picture(), accepted={Kind.MARKDOWN, Kind.WORD})
    assert checked == Refused("This kind of file is not taken here. Upload Markdown (.md, .Rmd, .qmd) or Word (.docx).")


def test_a_file_over_the_limit_is_refused_before_it_is_opened() -> None:
    checked = check_upload("study.md", b"words " * 1_000_000, accepted=EVERYTHING, largest=2 * 1024 * 1024)
    assert isinstance(checked, Refused)
    assert checked.words.startswith("This file has 6 MB; at most 2 MB are taken.")


def test_what_is_left_out_of_a_drawing_is_told() -> None:
    checked = check_upload("plot.svg", drawing("<script>alert(1)</script>"), accepted=EVERYTHING)
    assert isinstance(checked, Accepted)
    assert "script" in checked.notes[0]

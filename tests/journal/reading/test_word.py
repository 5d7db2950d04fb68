"""Word files: what pandoc makes of them, after they were packed anew, and what the author hears."""

import io
import zipfile

import pytest

from journal.reading.inspection import Inspected, Kind, inspect
from tests.journal.reading.samples import W, manuscript, paragraph, picture, read_word, word, word_from

pytestmark = pytest.mark.children


def test_a_word_file_gives_the_same_structure_as_the_text_it_was_made_from() -> None:
    document = read_word(word_from(manuscript("oversight_for_word"), "plots/auroc.png"))
    assert document.title == "Does debate help weaker judges? A stage 2 report"
    assert [(heading.level, heading.text) for heading in document.headings] == [
        (2, "Introduction"),
        (2, "Method"),
        (3, "Sample"),
        (3, "Measures"),
        (2, "Results"),
        (2, "Declarations"),
    ]
    html = document.html()
    assert html.count("<math") == 3
    assert "<th" in html
    assert "Accuracy by condition." in html
    assert 'id="ms-fn1"' in html
    assert '<img src="figures/figure-1.png"' in html
    assert '<a href="https://example.org/data">' in html


def test_bold_paragraphs_become_headings_where_there_are_none_and_the_author_hears_it() -> None:
    body = "".join(
        (
            paragraph("A study of judges", bold=True),
            paragraph("Introduction", bold=True),
            paragraph("Words that are not bold."),
            paragraph("1.2 Sample", bold=True),
            paragraph("More words."),
            paragraph("Table 1. Not a heading", bold=True),
            paragraph("A bold sentence that ends.", bold=True),
        )
    )
    document = read_word(word(body))
    assert document.title == "A study of judges"
    assert [(heading.level, heading.text) for heading in document.headings] == [(2, "Introduction"), (3, "1.2 Sample")]
    assert "3 bold paragraphs were taken for headings" in document.warnings[0]


def test_headings_are_seen_where_their_style_rests_on_one_that_the_file_lacks() -> None:
    """As programs write Word files: "Heading 1" on a "Normal" that is nowhere."""
    styled = '<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Introduction</w:t></w:r></w:p>'
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="Heading 1"/>'
        '<w:basedOn w:val="Normal"/></w:style></w:styles>'
    )
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{office}" Target="styles.xml"/></Relationships>'
    )
    more = {"word/styles.xml": styles.encode(), "word/_rels/document.xml.rels": relations.encode()}
    document = read_word(word(paragraph("A study of judges", bold=True) + styled, more=more))
    assert document.title == "A study of judges"
    assert [heading.text for heading in document.headings] == ["Introduction"]
    assert document.warnings == ()


def test_tracked_changes_are_accepted_and_counted() -> None:
    change = '<w:ins w:id="1" w:author="Ada Marwick" w:date="2026-01-01T00:00:00Z"><w:r><w:t>new</w:t></w:r></w:ins>'
    cut = '<w:del w:id="2" w:author="Ada Marwick"><w:r><w:delText>old</w:delText></w:r></w:del>'
    document = read_word(word(f"<w:p><w:r><w:t>Words </w:t></w:r>{change}{cut}</w:p>"))
    assert "Words new" in document.text()
    assert "old" not in document.text()
    assert document.warnings[0].startswith("The Word file has 2 tracked changes; all were accepted")
    assert "Ada" not in document.html() + document.jats_body()


def test_packed_anew_it_keeps_the_document_and_loses_everything_else() -> None:
    more = {
        "docProps/core.xml": b"<cp>Ada Marwick</cp>",
        "customXml/item1.xml": b"<x>Ada Marwick</x>",
        "word/embeddings/object.bin": PROGRAM,
        "word/media/image1.png": picture(),
        "word/styles.xml": b"<w/>",
    }
    inspected = inspect(Kind.WORD, b"polyglot, and " + word(more=more))
    assert isinstance(inspected, Inspected), inspected
    with zipfile.ZipFile(io.BytesIO(inspected.clean)) as archive:
        assert archive.namelist() == [
            "[Content_Types].xml",
            "_rels/.rels",
            "word/document.xml",
            "word/media/image1.png",
            "word/styles.xml",
        ]
    assert inspected.clean.startswith(b"PK\x03\x04")
    assert inspected.media == {"media/image1.png": picture()}


PROGRAM = b"MZ\x90\x00 not for readers"


@pytest.mark.parametrize("main", ["word/document2.xml", "/word/document.xml"])
def test_the_document_is_found_where_the_package_says_it_is(main: str) -> None:
    from tests.journal.reading.samples import packed, word_parts

    parts = word_parts(paragraph("Found."))
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"word/document.xml", main.encode())
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"/word/document.xml", f"/{main}".encode().replace(b"//", b"/")
    )
    parts[main.lstrip("/")] = parts.pop("word/document.xml")
    assert "Found." in read_word(packed(parts)).text()

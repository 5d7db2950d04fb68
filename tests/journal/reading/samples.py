"""Files as authors send them, and as attackers do, made in memory."""

import io
import struct
import subprocess
import tempfile
import zipfile
import zlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from PIL import Image

from journal.reading.document import Document, read_document
from journal.reading.inspection import Kind
from journal.reading.pandoc import Unreadable, bundled_pandoc

MANUSCRIPTS = Path(__file__).parents[2] / "fixtures" / "manuscripts"
BIBLIOGRAPHY = (MANUSCRIPTS / "references.bib").read_text(encoding="utf-8")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PROGRAM = (
    b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00"
    + bytes(44)
    + b"\x80\x00\x00\x00"
    + bytes(64)
    + b"PE\0\0d\x86"
)


def manuscript(name: str) -> bytes:
    """One of our own manuscripts, as its author would upload it."""
    return (MANUSCRIPTS / f"{name}.md").read_bytes()


def picture(kind: str = "PNG", *, size: tuple[int, int] = (60, 40), mode: str = "RGB") -> bytes:
    """A small picture of one colour."""
    out = io.BytesIO()
    Image.new(mode, size, color=90 if mode in {"L", "P", "I;16"} else 0).save(out, kind)
    return out.getvalue()


def figures() -> dict[str, bytes]:
    """The figures our manuscripts show, by the names they use."""
    drawing = (MANUSCRIPTS / "figures" / "forest.svg").read_bytes()
    return {"figures/forest.svg": drawing, "plots/auroc.png": picture()}


def read(text: str | bytes, *, given: Mapping[str, bytes] | None = None, bib: str | None = None) -> Document:
    """Read Markdown that has to be readable."""
    document = read_anyhow(text, given=given, bib=bib)
    assert isinstance(document, Document), document
    return document


def read_anyhow(
    text: str | bytes, *, given: Mapping[str, bytes] | None = None, bib: str | None = None, seconds: float = 20
) -> Document | Unreadable:
    """Read Markdown that may be unreadable."""
    body = text.encode("utf-8") if isinstance(text, str) else text
    return read_document(body, Kind.MARKDOWN, figures=given or {}, bibliography=bib, seconds=seconds)


def read_word(body: bytes, *, given: Mapping[str, bytes] | None = None) -> Document:
    """Read a Word file that has to be readable."""
    document = read_document(body, Kind.WORD, figures=given or {})
    assert isinstance(document, Document), document
    return document


@cache
def word_from(markdown: bytes, picture_at: str = "") -> bytes:
    """A Word file as pandoc writes it, with one picture where asked."""
    argv = [str(bundled_pandoc()), "-f", "markdown", "-t", "docx", "-o", "-"]
    with tempfile.TemporaryDirectory() as folder:
        if picture_at:
            (Path(folder) / picture_at).parent.mkdir(parents=True, exist_ok=True)
            (Path(folder) / picture_at).write_bytes(picture())
        return subprocess.run(argv, input=markdown, cwd=folder, capture_output=True, check=True).stdout


def paragraph(text: str, *, bold: bool = False) -> str:
    """One Word paragraph."""
    style = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:p><w:r>{style}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def word_parts(body: str = "", *, before: str = "") -> dict[str, bytes]:
    """The parts of the smallest Word file; `before` stands ahead of the document's root."""
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    types = (
        f'<Types xmlns="{package}/content-types"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    )
    relations = (
        f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" Type="{office}/officeDocument"'
        ' Target="word/document.xml"/></Relationships>'
    )
    document = f'{before}<w:document xmlns:w="{W}" xmlns:r="{office}"><w:body>{body}</w:body></w:document>'
    return {
        "[Content_Types].xml": types.encode(),
        "_rels/.rels": relations.encode(),
        "word/document.xml": document.encode(),
    }


def word(body: str = paragraph("Words."), *, before: str = "", more: Mapping[str, bytes] | None = None) -> bytes:
    """A small Word file, with further parts if asked."""
    return packed(word_parts(body, before=before) | dict(more or {}))


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A zip archive of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_entry(entry: zipfile.ZipInfo, content: bytes = b"x") -> bytes:
    """A small Word file with one more entry, made by hand."""
    out = io.BytesIO(word())
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(entry, content)
    return out.getvalue()


def huge_png(width: int, height: int) -> bytes:
    """A PNG of few bytes that says it has many pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(100))), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )


def drawing(inner: str, *, before: str = "") -> bytes:
    """A small SVG drawing around some elements."""
    names = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f'{before}<svg {names} viewBox="0 0 10 10"><rect width="5" height="5"/>{inner}</svg>'.encode()

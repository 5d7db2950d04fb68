"""Opens a Word file part by part and packs the parts that matter anew, so that pandoc meets nothing else.

The new archive has no macros, no embedded objects, no properties that name people, no second reading of the same bytes
(polyglots, lying headers, ZIP64), and only XML without a document type.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from lxml import etree

from journal.reading.inside.styles import free_styles
from journal.reading.inside.unpacking import MEBIBYTE, unpacked
from journal.reading.problems import Problem, Unusable

LARGEST_XML, DEEPEST_XML = 100 * MEBIBYTE, 256
KEPT = re.compile(r"\[Content_Types\]\.xml|_rels/\.rels|word/(?!embeddings/|vba|activeX/)[\w./ -]+")
XML = re.compile(r".*\.(xml|rels)", re.IGNORECASE)
STYLES = re.compile(r"word/styles\d*\.xml", re.IGNORECASE)
MEDIA = re.compile(r"word/(media/[\w. -]+)")
WORD_TEXT, WORD_DRAWINGS = "t", {"drawing", "pict", "oMath", "object"}
CHANGES = {"ins", "del", "moveFrom", "moveTo"}
OFFICE_DOCUMENT = "/officeDocument"
EARLIEST = (1980, 1, 1, 0, 0, 0)
OLE_HEADER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@dataclass(slots=True)
class Seen:
    """What the XML parts hold, counted while they are checked."""

    changes: int = 0
    comments: int = 0
    has_text: bool = False
    depth: int = 0
    in_text: bool = False


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """The new archive, the pictures in it by the name the document uses, and what the author should hear of."""

    body: bytes
    media: Mapping[str, bytes] = field(default_factory=dict)
    changes: int = 0
    comments: int = 0


def rebuild(body: bytes, *, found: str) -> Rebuilt:
    """Check a Word file and pack it anew; raises `Unusable`, with `found` naming what it is instead."""
    if body.startswith(OLE_HEADER):
        locked = "EncryptedPackage".encode("utf-16-le") in body
        raise Unusable(Problem.LOCKED if locked else Problem.OLD_WORD)
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            parts = unpacked(archive, packed=len(body))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError):
        if body.startswith(b"PK"):
            raise Unusable(Problem.BROKEN_WORD, found="it does not unpack") from None
        raise Unusable(Problem.NOT_WORD, found=found) from None
    return _checked(parts, found=found)


def _checked(parts: dict[str, bytes], *, found: str) -> Rebuilt:
    if "[Content_Types].xml" not in parts or "_rels/.rels" not in parts:
        raise Unusable(Problem.NOT_WORD, found=f"{found} without a Word document in it")
    if any("vbaproject" in name.lower() for name in parts) or b"macroEnabled" in parts["[Content_Types].xml"]:
        raise Unusable(Problem.MACROS)
    kept = {name: content for name, content in sorted(parts.items()) if KEPT.fullmatch(name) and content}
    if sum(len(content) for name, content in kept.items() if XML.fullmatch(name)) > LARGEST_XML:
        raise Unusable(Problem.BOMB, found=f"more than {LARGEST_XML // MEBIBYTE} MB of XML")
    seen = _look_through(kept)
    main = _main_part(kept["_rels/.rels"])
    if main not in kept:
        raise Unusable(Problem.NOT_WORD, found=f"{found} without a Word document in it")
    if not seen[main].has_text:
        raise Unusable(Problem.EMPTY)
    media = {match[1]: content for name, content in kept.items() if (match := MEDIA.fullmatch(name))}
    comments = sum(part.comments for part in seen.values())
    kept |= {name: free_styles(content) for name, content in kept.items() if STYLES.fullmatch(name)}
    return Rebuilt(_packed(kept), media=media, changes=sum(part.changes for part in seen.values()), comments=comments)


def _look_through(parts: Mapping[str, bytes]) -> dict[str, Seen]:
    seen = {}
    for name, content in parts.items():
        if XML.fullmatch(name):
            try:
                seen[name] = _look_at(content)
            except expat.ExpatError as error:
                raise Unusable(Problem.BROKEN_WORD, found=f"{name}: {error}") from None
    return seen


def _look_at(content: bytes) -> Seen:
    """Parse one part without building anything; a document type ends it."""
    seen = Seen()
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda name, _attributes: _enter(seen, name.rpartition(":")[2])
    parser.EndElementHandler = lambda _name: _leave(seen)
    parser.CharacterDataHandler = lambda text: _hear(seen, text)
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.Parse(content)
    parser.Parse(b"", True)  # noqa: FBT003 (expat's own signature: that was the last of it)
    return seen


def _enter(seen: Seen, name: str) -> None:
    seen.depth += 1
    if seen.depth > DEEPEST_XML:
        raise Unusable(Problem.BOMB, found=f"XML nested more than {DEEPEST_XML} deep")
    seen.in_text = name == WORD_TEXT
    seen.has_text |= name in WORD_DRAWINGS
    seen.changes += name in CHANGES
    seen.comments += name == "comment"


def _leave(seen: Seen) -> None:
    seen.depth -= 1
    seen.in_text = False


def _hear(seen: Seen, text: str) -> None:
    seen.has_text |= seen.in_text and bool(text.strip())


def _refuse_doctype(*_declaration: object) -> None:
    raise Unusable(Problem.ENTITIES)


def _main_part(relationships: bytes) -> str:
    """The part that the package names as its document (word/document.xml, or what newer programs call it)."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for relation in etree.fromstring(relationships, parser):
        if str(relation.get("Type", "")).endswith(OFFICE_DOCUMENT):
            return posixpath.normpath(str(relation.get("Target", "")).lstrip("/"))
    return ""


def _packed(parts: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, EARLIEST), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()

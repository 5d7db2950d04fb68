"""The feeds, as Atom (RFC 4287). Their moments are public days, never the moment of the release."""

import re
from collections.abc import Sequence
from datetime import date

from lxml import etree

from journal.public.records import address_of, answers_of, first_public, last_changed, title_of
from journal.public.site import Site
from storage.snapshot import Page
from workflows.declassify import Face, PublicRecord

ATOM = "http://www.w3.org/2005/Atom"
MEDIA_TYPE = "application/atom+xml; charset=utf-8"
RIGHTS = "Text CC BY 4.0, metadata CC0"
TIMES = "\N{MULTIPLICATION SIGN}"
ENTRIES = 50
# An empty feed has to say some moment; this one says nothing.
EPOCH = date(1970, 1, 1)
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed(path: str, title: str, records: Sequence[PublicRecord], site: Site) -> Page:
    """The feed at `path` of the first `ENTRIES` of `records` that have a public day, which come newest first."""
    dated = [record for record in records if first_public(record)][:ENTRIES]
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})
    address = f"{site.public_url}{path}"
    _put(root, "id", address)
    _put(root, "title", f"{site.journal_name}: {title}")
    _put(root, "updated", _moment(max((_changed(record) for record in dated), default=EPOCH)))
    _link(root, "self", address, "application/atom+xml")
    _link(root, "alternate", f"{site.public_url}/", "text/html")
    _put(root, "rights", RIGHTS)
    for record in dated:
        _entry(root, record, site)
    body = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return Page(path=path, media_type=MEDIA_TYPE, body=body)


def _entry(root: etree._Element, record: PublicRecord, site: Site) -> None:
    entry = etree.SubElement(root, f"{{{ATOM}}}entry")
    address = address_of(record, site)
    _put(entry, "id", address)
    _put(entry, "title", f"Promised: {record.title}" if record.face is Face.PROTOCOL else title_of(record))
    _put(entry, "published", _moment(first_public(record) or EPOCH))
    _put(entry, "updated", _moment(_changed(record)))
    _link(entry, "alternate", address, "text/html")
    for author in record.authors or (None,):
        person = etree.SubElement(entry, f"{{{ATOM}}}author")
        _put(person, "name", author.name if author else site.journal_name)
    for topic in record.topics:
        etree.SubElement(entry, f"{{{ATOM}}}category", term=_xml(topic))
    _put(entry, "summary", _summary(record))


def _summary(record: PublicRecord) -> str:
    """What was corrected or retracted, the outcomes in words, then what the authors say in one breath."""
    notices = [f"{notice.kind.capitalize()}, {notice.on.isoformat()}: {notice.text}" for notice in record.notices]
    outcomes = ", ".join(
        f"{outcome.words} {TIMES} {count}" if count > 1 else outcome.words for outcome, count in answers_of(record)
    )
    said = (*notices, f"{outcomes}." if outcomes else "", record.claim or record.abstract)
    return " ".join(part for part in said if part)


def _changed(record: PublicRecord) -> date:
    return last_changed(record) or EPOCH


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _put(parent: etree._Element, name: str, words: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}{name}").text = _xml(words)


def _link(parent: etree._Element, rel: str, href: str, kind: str) -> None:
    etree.SubElement(parent, f"{{{ATOM}}}link", rel=rel, href=href, type=kind)


def _xml(text: str) -> str:
    """Without the characters that XML cannot carry: a stray one in a title must not stop a release."""
    return _NOT_XML.sub("", text)

"""What programs read in the head of an article's page: Highwire Press tags and schema.org JSON-LD.

Sources: Google Scholar's inclusion guidelines and Zotero's Embedded Metadata translator; schema.org/ScholarlyArticle.
"""

from collections.abc import Iterator

from journal.public.records import address_of, last_changed, title_of
from journal.public.rendering import LICENCE_ADDRESS
from journal.public.site import Site
from workflows.declassify import Author, Face, PublicFile, PublicRecord
from workflows.protocol import Json

PROMISED = "Accepted in principle, without results yet"


def highwire(record: PublicRecord, site: Site) -> list[tuple[str, str]]:
    """(name, content) of the tags of a published report; none for anything else, which is no article yet."""
    if record.face is not Face.ARTICLE or record.published_on is None:
        return []
    return [*_of_the_article(record, site), *_of_the_authors(record)]


def _of_the_article(record: PublicRecord, site: Site) -> Iterator[tuple[str, str]]:
    address = address_of(record, site)
    yield "citation_title", title_of(record)
    yield "citation_publication_date", f"{record.published_on:%Y/%m/%d}"
    yield "citation_journal_title", site.journal_name
    yield "citation_language", "en"
    yield "citation_abstract_html_url", address
    yield "citation_fulltext_html_url", address
    for file in record.files:
        if file.kind == "pdf":
            yield "citation_pdf_url", f"{address}/{file.name}"
    for topic in record.topics:
        yield "citation_keywords", topic


def _of_the_authors(record: PublicRecord) -> Iterator[tuple[str, str]]:
    for author in record.authors:
        yield "citation_author", _inverted(author)
        if author.affiliation:
            yield "citation_author_institution", author.affiliation
        if author.orcid:
            yield "citation_author_orcid", author.orcid


def _inverted(author: Author) -> str:
    return f"{author.family}, {author.given}" if author.family and author.given else author.name


def json_ld(record: PublicRecord, site: Site) -> dict[str, Json]:
    """The record as a schema.org ScholarlyArticle; an announced protocol says that it has no results."""
    address = address_of(record, site)
    told: dict[str, Json] = {
        "@context": "https://schema.org",
        "@type": "ScholarlyArticle",
        "@id": address,
        "url": address,
        "headline": title_of(record),
        "name": title_of(record),
        "author": [_person(author) for author in record.authors],
        "inLanguage": "en",
        "isAccessibleForFree": True,
        "license": LICENCE_ADDRESS,
        "isPartOf": {"@type": "Periodical", "name": site.journal_name, "url": site.public_url},
        "publisher": {"@type": "Organization", "name": site.journal_name, "url": site.public_url},
        "genre": "Registered report, stage 2" if record.face is Face.ARTICLE else "Registered report, stage 1",
        "keywords": list(record.topics),
        "encoding": [_encoding(file, address) for file in record.files if file.kind != "figure"],
    }
    return told | _dated(record) | _said(record)


def _dated(record: PublicRecord) -> dict[str, Json]:
    changed = last_changed(record)
    dates: dict[str, Json] = {}
    if record.published_on:
        dates["datePublished"] = record.published_on.isoformat()
    if record.published_on and changed:
        dates["dateModified"] = changed.isoformat()
    return dates


def _said(record: PublicRecord) -> dict[str, Json]:
    said: dict[str, Json] = {"abstract": record.abstract} if record.abstract else {}
    if record.claim:
        said["description"] = record.claim
    if record.retracted:
        said["creativeWorkStatus"] = "Retracted"
    elif record.face is Face.PROTOCOL:
        said["creativeWorkStatus"] = PROMISED
    if record.notices:
        said["correction"] = [
            {"@type": "CorrectionComment", "name": notice.kind, "text": notice.text, "datePublished": f"{notice.on}"}
            for notice in record.notices
        ]
    return said


def _person(author: Author) -> Json:
    told: dict[str, Json] = {"@type": "Person", "name": author.name}
    if author.family and author.given:
        told |= {"familyName": author.family, "givenName": author.given}
    if author.orcid:
        told["@id"] = author.orcid
    if author.affiliation:
        place: dict[str, Json] = {"@type": "Organization", "name": author.affiliation}
        told["affiliation"] = place | ({"@id": author.ror} if author.ror else {})
    return told


def _encoding(file: PublicFile, address: str) -> Json:
    return {
        "@type": "MediaObject",
        "name": file.name,
        "contentUrl": f"{address}/{file.name}",
        "encodingFormat": file.media_type,
        "contentSize": f"{file.size} B",
        "sha256": file.sha256,
    }

"""A manuscript as JATS: what its own head says in the front, no identifier, no date, no licence."""

from collections.abc import Iterator

from lxml import etree

from journal.production.jats import DOCTYPE, XML_LANG, E, elements
from journal.production.jats_promised import clean
from journal.reading.document import Document
from journal.reading.front import Contributor

# The DTD asks for a journal; a manuscript has none and says so.
NO_JOURNAL = "Manuscript, not published in a journal"


def manuscript_jats(document: Document, *, title: str) -> bytes:
    """The manuscript as bytes of UTF-8 with its document type. Raises ValueError when the text is no XML."""
    body = E.body(*elements(document.jats_body()))
    abstract = _take_abstract(body)
    if not len(body):
        body.append(E.p(clean(title)))
    article = E.article(
        {"article-type": "research-article", "dtd-version": "1.4", "specific-use": "manuscript"},
        E.front(_journal(), E("article-meta", *_meta(document, title, abstract))),
        body,
        E.back(*elements(document.jats_back())),
    )
    article.set(XML_LANG, "en")
    etree.cleanup_namespaces(article, keep_ns_prefixes=["xlink", "mml", "ali"])
    written: bytes = etree.tostring(article, encoding="UTF-8", xml_declaration=True, doctype=DOCTYPE)
    return written


def _journal() -> etree._Element:
    return E(
        "journal-meta",
        E("journal-id", "none", {"journal-id-type": "publisher-id"}),
        E("journal-title-group", E("journal-title", NO_JOURNAL)),
        E("issn", {"specific-use": "none-assigned"}),
    )


def _meta(document: Document, title: str, abstract: etree._Element | None) -> Iterator[etree._Element]:
    """In the order of the DTD."""
    yield E("title-group", E("article-title", clean(title)))
    if document.front.authors:
        yield E("contrib-group", *map(_contributor, document.front.authors))
    yield E("pub-date-not-available")
    if abstract is not None:
        yield abstract
    if document.front.keywords:
        yield E("kwd-group", {"kwd-group-type": "author"}, *(E.kwd(clean(word)) for word in document.front.keywords))


def _contributor(author: Contributor) -> etree._Element:
    contributor = E.contrib({"contrib-type": "author"})
    if author.orcid:
        contributor.append(E("contrib-id", author.orcid, {"contrib-id-type": "orcid"}))
    contributor.append(E("string-name", clean(author.name)))
    contributor.extend(E.aff(E.institution(clean(place))) for place in author.places)
    return contributor


def _take_abstract(body: etree._Element) -> etree._Element | None:
    """Cut the section called Abstract out of the body; None where there is none."""
    for section in body.findall("sec"):
        title = section.find("title")
        if title is None or "".join(title.itertext()).strip().lower().rstrip(".:") != "abstract":
            continue
        section.remove(title)
        body.remove(section)
        return E.abstract(*section)
    return None

"""The article as JATS 1.4 (ANSI/NISO Z39.96, Publishing): front from the record, body and back from the text."""

import re
from collections.abc import Iterator
from datetime import date

from lxml import etree
from lxml.builder import ElementMaker

from journal.formats.citation import article_address
from journal.production.jats_promised import clean, promised_sections, row_metadata
from journal.reading.document import Document
from workflows.declassify import Author, PublicRecord
from workflows.narrowing import SENTENCE
from workflows.promised import Result

XLINK, MATHML, ALI = (
    "http://www.w3.org/1999/xlink",
    "http://www.w3.org/1998/Math/MathML",
    "http://www.niso.org/schemas/ali/1.0/",
)
NAMESPACES = {"xlink": XLINK, "mml": MATHML, "ali": ALI}
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
HREF = f"{{{XLINK}}}href"
DOCTYPE = (
    '<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD v1.4 20241031//EN" '
    '"https://jats.nlm.nih.gov/publishing/1.4/JATS-journalpublishing1-4-mathml3.dtd">'
)
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
CREDIT = "https://credit.niso.org/"
# https://credit.niso.org/, the fourteen terms and the last part of their addresses.
CREDIT_TERMS = (
    *("Conceptualization", "Data curation", "Formal analysis", "Funding acquisition", "Investigation", "Methodology"),
    *("Project administration", "Resources", "Software", "Supervision", "Validation", "Visualization"),
    *("Writing – original draft", "Writing – review & editing"),
)

E = ElementMaker(nsmap=NAMESPACES)


def jats_article(record: PublicRecord, document: Document | None, *, journal_name: str, public_base_url: str) -> bytes:
    """The whole article as bytes of UTF-8 with its document type. Raises ValueError when the text is no XML."""
    body = _body(document, record)
    back = _back(document, record)
    article = E.article(
        {"article-type": "retracted-article" if record.retracted else "research-article", "dtd-version": "1.4"},
        E.front(_journal(journal_name), _article_meta(record, public_base_url=public_base_url)),
        body,
        back,
    )
    article.set(XML_LANG, "en")
    etree.cleanup_namespaces(article, keep_ns_prefixes=["xlink", "mml", "ali"])
    written: bytes = etree.tostring(article, encoding="UTF-8", xml_declaration=True, doctype=DOCTYPE)
    return written


def _journal(name: str) -> etree._Element:
    name = clean(name)
    return E(
        "journal-meta",
        E("journal-id", name, {"journal-id-type": "publisher-id"}),
        E("journal-title-group", E("journal-title", name)),
        # The DTD asks for an ISSN; a journal that has none says so.
        E("issn", {"specific-use": "none-assigned"}),
        E("publisher", E("publisher-name", name)),
    )


def _article_meta(record: PublicRecord, *, public_base_url: str) -> etree._Element:
    return E("article-meta", *_meta_parts(record, public_base_url=public_base_url))


def _meta_parts(record: PublicRecord, *, public_base_url: str) -> Iterator[etree._Element]:
    """In the order of the DTD."""
    yield from _identifiers(record)
    yield _categories(record)
    yield E("title-group", E("article-title", clean(record.title)))
    yield E("contrib-group", *(_contributor(author) for author in record.authors))
    if record.published_on:
        yield _dated("pub-date", record.published_on, {"date-type": "pub", "publication-format": "electronic"})
    else:
        yield E("pub-date-not-available")
    yield from _history(record)
    yield _permissions()
    if record.identity:
        yield E("self-uri", {HREF: article_address(public_base_url, record.identity)})
    yield E("abstract", *(E.p(clean(part)) for part in record.abstract.split("\n\n") if part.strip()))
    if record.topics:
        yield E("kwd-group", {"kwd-group-type": "author"}, *(E.kwd(clean(topic)) for topic in record.topics))
    yield E("custom-meta-group", *_custom(record))


def _identifiers(record: PublicRecord) -> Iterator[etree._Element]:
    if record.identity:
        yield E("article-id", record.identity.public_id, {"pub-id-type": "publisher-id"})
        if record.identity.doi:
            yield E("article-id", record.identity.doi, {"pub-id-type": "doi"})


def _categories(record: PublicRecord) -> etree._Element:
    heading = E(
        "subj-group",
        E.subject(f"Registered Report: Stage 2{', short report' if record.short else ''}"),
        {"subj-group-type": "heading"},
    )
    topics = [E("subj-group", E.subject(clean(topic)), {"subj-group-type": "topic"}) for topic in record.topics]
    return E("article-categories", heading, *topics)


def _contributor(author: Author) -> etree._Element:
    contributor = E.contrib({"contrib-type": "author"})
    if author.orcid:
        contributor.append(E("contrib-id", author.orcid, {"contrib-id-type": "orcid"}))
    contributor.append(_name(author))
    contributor.extend(_role(role) for role in author.roles)
    if author.affiliation:
        contributor.append(E.aff(_institution(author)))
    return contributor


def _name(author: Author) -> etree._Element:
    if author.family and author.given:
        return E.name(E.surname(clean(author.family)), E("given-names", clean(author.given)))
    return E("string-name", clean(author.family or author.name))


def _institution(author: Author) -> etree._Element:
    wrap = E("institution-wrap", E.institution(clean(author.affiliation)))
    if author.ror:
        wrap.append(E("institution-id", author.ror, {"institution-id-type": "ror"}))
    return wrap


def _role(role: str) -> etree._Element:
    """A CRediT term with its address where it is one; anything else as the authors say it."""
    term = next((term for term in CREDIT_TERMS if _plain(term) == _plain(role)), None)
    if term is None:
        return E.role(clean(role))
    address = f"{CREDIT}contributor-roles/{_plain(term).replace(' ', '-')}/"
    attributes = {"vocab": "credit", "vocab-identifier": CREDIT, "vocab-term": term, "vocab-term-identifier": address}
    return E.role(term, attributes)


def _plain(term: str) -> str:
    return " ".join(re.sub(r"[^a-z]+", " ", term.casefold().replace("&", " ")).split())


def _dated(tag: str, on: date, attributes: dict[str, str]) -> etree._Element:
    return E(tag, attributes | {"iso-8601-date": on.isoformat()}, *_day_month_year(on))


def _day_month_year(on: date) -> tuple[etree._Element, ...]:
    return E.day(f"{on.day:02}"), E.month(f"{on.month:02}"), E.year(f"{on.year:04}")


def _history(record: PublicRecord) -> Iterator[etree._Element]:
    if record.accepted_in_principle is None:
        return
    event = E.event(
        E(
            "event-desc",
            f"Protocol version {record.protocol_version} accepted in principle, before the results were known",
        ),
        _dated("date", record.accepted_in_principle, {"date-type": "stage-1-in-principle-acceptance"}),
        {"event-type": "stage-1-in-principle-acceptance"},
    )
    yield E("pub-history", event)


def _permissions() -> etree._Element:
    reference = etree.Element(f"{{{ALI}}}license_ref")
    reference.text = LICENCE
    words = E("license-p", "This article is available under the Creative Commons Attribution 4.0 licence.")
    return E.permissions(E.license(reference, words, {"license-type": "open-access", HREF: LICENCE}))


def _custom(record: PublicRecord) -> Iterator[etree._Element]:
    """What no element of JATS says: bias control, deviations, the outcome of each row with its evidence."""
    yield _meta("registered-report-stage", "2")
    if record.short:
        yield _meta("short-report", "true")
    yield _meta("null-result", "true" if record.null_result else "false")
    if record.bias_level is not None:
        yield _meta("bias-control-level", str(record.bias_level))
    if record.narrowed:
        yield _meta("narrowed", SENTENCE)
    else:
        yield _meta("deviations-declared", str(len(record.deviations)))
    for result in record.results:
        yield from _result_meta(result)


def _result_meta(result: Result) -> Iterator[etree._Element]:
    label, answer, competence = result.row.label, result.answer, result.competence
    yield _meta(f"outcome {label}", result.outcome.value)
    if answer.estimate:
        yield _meta(f"estimate {label}", f"{answer.estimate} {result.row.unit}".strip())
    if answer.low and answer.high:
        yield _meta(f"interval {label}", f"{answer.low} {answer.high} ({answer.level}%)")
    for name, value in row_metadata(result):
        yield _meta(name, value)
    yield _meta(f"checks {label}", f"{competence.passed} of {competence.registered} passed")


def _meta(name: str, value: str) -> etree._Element:
    return E("custom-meta", E("meta-name", clean(name)), E("meta-value", clean(value)))


def _body(document: Document | None, record: PublicRecord) -> etree._Element:
    body = E.body(*(elements(document.jats_body()) if document else []), *_said_in_short(record))
    if not len(body):
        body.append(E.p(clean(record.claim or record.abstract or record.title)))
    return body


def _said_in_short(record: PublicRecord) -> Iterator[etree._Element]:
    """What a short report says beside its rows."""
    if record.short:
        yield from _section("methods", "How it was done", record.short.how)
        yield from _section("limitations", "Limits", record.short.limits)


def _back(document: Document | None, record: PublicRecord) -> etree._Element:
    back = E.back(*_statements(record))
    if document:
        back.extend(elements(document.jats_back()))
    return back


def elements(source: str) -> list[etree._Element]:
    """What reading wrote as JATS, as elements. Raises ValueError when it is no XML."""
    declared = " ".join(f'xmlns:{prefix}="{address}"' for prefix, address in NAMESPACES.items())
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        return list(etree.fromstring(f"<text {declared}>{clean(source)}</text>".encode(), parser))
    except etree.XMLSyntaxError as error:
        raise ValueError(f"the text is not well-formed JATS: {error}") from error


def _statements(record: PublicRecord) -> Iterator[etree._Element]:
    """Statements, then what was promised and done, as sections at the head of `<back>`: JATS4R asks for data
    availability there.
    """
    said = record.statements
    yield from _section("data-availability", "Data availability", said.data)
    yield from _section("code-availability", "Code availability", said.code)
    yield from _section("materials-availability", "Materials", said.materials)
    yield from _section("ethics-statement", "Ethics", said.ethics)
    yield from _section("funding-statement", "Funding", said.funding)
    yield from _section("coi-statement", "Competing interests", said.competing_interests)
    yield from promised_sections(record)


def _section(kind: str, title: str, text: str) -> Iterator[etree._Element]:
    if text.strip():
        yield E.sec(E.title(title), E.p(clean(text)), {"sec-type": kind})

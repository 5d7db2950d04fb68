"""Typesets a public record and its document: PDF, web text, JATS, data, and a manifest of their digests.

A pure function: the proof (a record without identity) and the published paper are the same call. The work that meets
strangers' text happens in a confined child (`typeset_child`), the only place that loads WeasyPrint.
"""

from dataclasses import dataclass, replace
from datetime import date

from journal.confinement import Limits
from journal.formats.data import record_bytes
from journal.production.jats import jats_article
from journal.production.manifest import Manifest, entry_of, manifest_of
from journal.production.paper import paper_html
from journal.production.printing import LIMITS, PAGE_LIMIT, Unprintable, page_files, print_files, task_of
from journal.production.task import TASK, Attached, Told
from journal.reading.document import Document
from journal.reading.illustrations import Figure
from workflows.declassify import PublicRecord

# For a record that has no public date yet. Any fixed day will do: it is replaced when the paper is published.
UNDATED = date(2000, 1, 1)
DATA = Attached(
    name="outcomes.json", description="The outcomes of the registered hypotheses, as data", relationship="Data"
)
JATS = Attached(name="article.xml", description="The article as JATS XML", relationship="Alternative")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A typeset paper.

    `html` is the text for the web; it names its pictures as `figures` do (`figures/figure-1.png`, relative to the
    article's page). `data` is the record as JSON. `unprinted` are characters for which no carried font has a sign:
    they print as boxes, and whoever proofs must see them. `refused` are addresses the text asked for in vain.
    """

    pdf: bytes
    html: str
    jats: bytes
    data: bytes
    figures: tuple[Figure, ...]
    manifest: Manifest
    pages: int
    unprinted: str = ""
    refused: tuple[str, ...] = ()


def typeset(  # noqa: PLR0913 - a record, a text, and how this journal prints
    record: PublicRecord,
    document: Document | None,
    *,
    journal_name: str,
    public_base_url: str,
    watermark: str | None = None,
    limits: Limits = LIMITS,
    page_limit: int = PAGE_LIMIT,
) -> Paper | Unprintable:
    """The paper of `record`, or why there is none.

    Without an identity it is a proof: it carries no identifier, no address and no citation. Without a document it is a
    short report, whose text is the registered plan. Same arguments, same bytes, on any machine. Raises
    `ConfinementFailed` when the machine cannot run the child.
    """
    files = given_files(
        record,
        document,
        journal_name=journal_name,
        public_base_url=public_base_url,
        watermark=watermark,
        page_limit=page_limit,
    )
    printed = print_files(files, limits=limits, page_limit=page_limit)
    if isinstance(printed, Unprintable):
        return printed
    return _paper(document, pdf=printed.pdf, jats=files[JATS.name], data=files[DATA.name], told=printed.told)


def given_files(  # noqa: PLR0913 - as typeset
    record: PublicRecord,
    document: Document | None,
    *,
    journal_name: str,
    public_base_url: str,
    watermark: str | None = None,
    page_limit: int = PAGE_LIMIT,
) -> dict[str, bytes]:
    """Everything the confined child is given, by file name. Same arguments, same bytes."""
    dated = record.published_on or record.accepted_in_principle or UNDATED
    page = paper_html(record, document, journal_name=journal_name, public_base_url=public_base_url, watermark=watermark)
    return {
        **page_files(page),
        JATS.name: jats_article(record, document, journal_name=journal_name, public_base_url=public_base_url),
        DATA.name: record_bytes(replace(record, files=(), body="")),
        TASK: task_of(page, attached=(DATA, JATS), dated=dated, page_limit=page_limit).as_json(),
    }


def _paper(document: Document | None, *, pdf: bytes, jats: bytes, data: bytes, told: Told) -> Paper:
    html = document.html() if document else ""
    figures = document.figures if document else ()
    entries = [
        entry_of("pdf", "paper.pdf", media_type="application/pdf", body=pdf),
        entry_of("jats", "article.xml", media_type="application/jats+xml", body=jats),
        entry_of("html", "article.html", media_type="text/html", body=html.encode()),
        entry_of("data", "outcomes.json", media_type="application/json", body=data),
        *(entry_of("figure", each.name, media_type=each.media_type, body=each.body) for each in figures),
    ]
    return Paper(
        pdf=pdf,
        html=html,
        jats=jats,
        data=data,
        figures=figures,
        manifest=manifest_of(entries),
        pages=told.pages,
        unprinted=told.unprinted,
        refused=told.refused,
    )

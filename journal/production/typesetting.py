"""Typesets a public record and its document: PDF, web text, JATS, data, and a manifest of their digests.

A pure function: the proof (a record without identity) and the published paper are the same call. The work that meets
strangers' text happens in a confined child (`typeset_child`), the only place that loads WeasyPrint.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import assert_never

from journal.confinement import Completed, Killed, KillReason, Limits, run_module_confined
from journal.formats.data import record_bytes
from journal.production.jats import jats_article
from journal.production.manifest import Manifest, entry_of, manifest_of
from journal.production.paper import Page, paper_html
from journal.production.task import PAGE, PDF, TASK, TOLD, TOO_LONG, Attached, Task, Told
from journal.reading.document import Document
from journal.reading.illustrations import Figure
from journal.reading.inspection import COULD_NOT_START, ConfinementFailed
from workflows.declassify import PublicRecord

CHILD = "journal.production.typeset_child"
PAGE_LIMIT = 300
LIMITS = Limits(seconds=120, memory=1536 * 1024 * 1024, output=128 * 1024 * 1024)
# For a record that has no public date yet. Any fixed day will do: it is replaced when the paper is published.
UNDATED = date(2000, 1, 1)
TOLD_OF_THE_CHILD = 2000
DATA = Attached(
    name="outcomes.json", description="The outcomes of the registered hypotheses, as data", relationship="Data"
)
JATS = Attached(name="article.xml", description="The article as JATS XML", relationship="Alternative")


class Reason(StrEnum):
    """Why a paper could not be typeset."""

    TIME = "time"
    PAGES = "pages"
    SIZE = "size"
    CRASH = "crash"


@dataclass(frozen=True, slots=True)
class Unprintable:
    """No paper came of it: `words` say to the person what to do, `details` what the child said (for the operator)."""

    reason: Reason
    words: str
    details: str = ""


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
    printed = set_in_child(files, limits=limits, page_limit=page_limit)
    if isinstance(printed, Unprintable):
        return printed
    return _paper(document, pdf=printed.pdf, jats=files[JATS.name], data=files[DATA.name], told=printed.told)


@dataclass(frozen=True, slots=True)
class Printed:
    """What the child made, and what it tells of its work."""

    pdf: bytes
    told: Told


def set_in_child(files: dict[str, bytes], *, limits: Limits, page_limit: int) -> Printed | Unprintable:
    """Typeset a task and its files in the confined child. Raises `ConfinementFailed` when it cannot start."""
    ended = run_module_confined(CHILD, files=files, limits=limits)
    if isinstance(ended, Killed) or ended.exit_code != 0:
        return _why_not(ended, limits=limits, page_limit=page_limit)
    return Printed(pdf=ended.outputs[PDF], told=Told.from_json(ended.outputs[TOLD]))


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
    page = paper_html(record, document, journal_name=journal_name, public_base_url=public_base_url, watermark=watermark)
    return {
        **{_file_of(index): body for index, body in enumerate(page.pictures.values())},
        PAGE: page.html.encode(),
        JATS.name: jats_article(record, document, journal_name=journal_name, public_base_url=public_base_url),
        DATA.name: record_bytes(replace(record, files=(), body="")),
        TASK: _task(record, page, page_limit=page_limit).as_json(),
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


def _file_of(index: int) -> str:
    return f"picture-{index:04}"


def _task(record: PublicRecord, page: Page, *, page_limit: int) -> Task:
    dated = record.published_on or record.accepted_in_principle or UNDATED
    pictures = {address: _file_of(index) for index, address in enumerate(page.pictures)}
    return Task(pictures=pictures, attached=(DATA, JATS), dated=dated.isoformat(), page_limit=page_limit)


def _why_not(ended: Completed | Killed, *, limits: Limits, page_limit: int) -> Unprintable:
    details = ended.stderr[-TOLD_OF_THE_CHILD:].decode(errors="replace")
    if isinstance(ended, Completed):
        if ended.exit_code == COULD_NOT_START:
            raise ConfinementFailed(details)
        return _unprintable(Reason.PAGES if ended.exit_code == TOO_LONG else Reason.CRASH, limits, page_limit, details)
    match ended.reason:
        case KillReason.TIME:
            return _unprintable(Reason.TIME, limits, page_limit, details)
        case KillReason.OUTPUT:
            return _unprintable(Reason.SIZE, limits, page_limit, details)
        case KillReason.CRASH:
            return _unprintable(Reason.CRASH, limits, page_limit, details)
    assert_never(ended.reason)


def _unprintable(reason: Reason, limits: Limits, page_limit: int, details: str) -> Unprintable:
    return Unprintable(reason, _words(reason, seconds=limits.seconds, pages=page_limit), details)


def _words(reason: Reason, *, seconds: float, pages: int) -> str:
    match reason:
        case Reason.TIME:
            return (
                f"The paper took more than {seconds:g} seconds to typeset and was given up. Very large tables and "
                "drawings with many thousands of parts are the usual cause: move them to the data, or make them "
                "pictures of pixels, and upload the manuscript again."
            )
        case Reason.PAGES:
            return (
                f"The paper would have more than {pages} pages, which is the most. Move tables and appendices to the "
                "data or materials and upload the manuscript again."
            )
        case Reason.SIZE:
            return "The paper became too large. Make its figures smaller and upload the manuscript again."
        case Reason.CRASH:
            return (
                "The paper could not be typeset: something in the manuscript broke the typesetter. The operator can "
                "see what. Very deep nesting and damaged figures are the usual causes."
            )
    assert_never(reason)

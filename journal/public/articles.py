"""The page of each record: a published report, an announced protocol, or the notice in place of one taken down."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from journal.formats.citation import reference
from journal.public.findings import checks_of, findings_of
from journal.public.metadata import highwire, json_ld
from journal.public.promised import rows_of
from journal.public.records import address_of, answers_of, checks_passed, path_of, title_of
from journal.public.rendering import html_page
from journal.public.site import Site
from journal.public.text import prepare_text
from storage.snapshot import Page
from workflows.declassify import Face, Notice, PublicFile, PublicRecord
from workflows.narrowing import SENTENCE
from workflows.protocol import BIAS_LEVELS

# More authors than this are named in full below, so that the claim stays in sight.
NAMED_AT_THE_HEAD = 8
LONG_TITLE = 140
STATEMENTS = (
    ("data", "Data"),
    ("code", "Code"),
    ("materials", "Materials"),
    ("ethics", "Ethics"),
    ("funding", "Funding"),
    ("competing_interests", "Competing interests"),
)
# Files are listed in this order; kinds that are not named here come last.
FILE_WORDS = {"pdf": "PDF", "jats": "JATS XML", "data": "Outcomes, JSON", "manifest": "Manifest", "figure": "Figure"}
QUARTERS = {"1": "first", "2": "second", "3": "third", "4": "fourth"}
FORMATS = (
    ("BibTeX", "bib", "application/x-bibtex"),
    ("RIS", "ris", "application/x-research-info-systems"),
    ("CSL-JSON", "csl.json", "application/vnd.citationstyles.csl+json"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRow:
    """A file as the macro `files` lists it."""

    name: str
    href: str
    kind: str
    size: int
    sha256: str
    media_type: str


def page_of(record: PublicRecord, site: Site) -> Page:
    """The page of `record` for readers."""
    path = path_of(record)
    if record.face is Face.TOMBSTONE:
        return html_page(path, "tombstone.html", site)
    if record.face is Face.CLOSED:
        return html_page(path, "closed.html", site, quarter=quarter_words(record.closed_in))
    text = prepare_text(record.body, path=path, files=record.files, abstract=record.abstract)
    return html_page(
        path,
        "article.html" if record.face is Face.ARTICLE else "protocol.html",
        site,
        record=record,
        title=title_of(record),
        long_title=len(record.title) > LONG_TITLE,
        notices=_notices(record),
        named=record.authors[:NAMED_AT_THE_HEAD],
        unnamed=len(record.authors[NAMED_AT_THE_HEAD:]),
        primary=answers_of(record, primary=True),
        secondary=answers_of(record, primary=False),
        checks_passed=checks_passed(record),
        narrowed=SENTENCE if record.narrowed else "",
        findings=findings_of(record),
        checks=checks_of(record),
        rows=rows_of(record),
        chapters=text.chapters,
        text=Markup(text.html),  # noqa: S704 (production made it from an allow-list)
        statements=statements_of(record),
        bias_level=BIAS_LEVELS.get(record.bias_level, "") if record.bias_level is not None else "",
        files=[_file(file, path) for file in sorted(record.files, key=_place)],
        cite_as=_cite_as(record, site),
        formats=[(word, f"{path}.{ending}") for word, ending, _ in FORMATS] if _citable(record) else [],
        citations=[(word, f"{path}.{ending}", kind) for word, ending, kind in FORMATS] if _citable(record) else [],
        highwire=highwire(record, site),
        json_ld=json_ld(record, site),
    )


def quarter_words(closed_in: str) -> str:
    """A quarter as readers read it: "the second quarter of 2027"."""
    year, _, number = closed_in.partition("-Q")
    return f"the {QUARTERS[number]} quarter of {year}"


def statements_of(record: PublicRecord) -> list[tuple[str, str]]:
    """What the authors state beside the study, with its titles."""
    return [(title, text) for field, title in STATEMENTS if (text := getattr(record.statements, field).strip())]


def _citable(record: PublicRecord) -> bool:
    return record.face is Face.ARTICLE and record.published_on is not None


def _cite_as(record: PublicRecord, site: Site) -> str:
    if not _citable(record):
        return ""
    return reference(record, journal_name=site.journal_name, address=address_of(record, site))


def _notices(record: PublicRecord) -> Sequence[Notice]:
    """A retraction first, then the newest."""
    newest = sorted(record.notices, key=lambda notice: notice.on, reverse=True)
    return sorted(newest, key=lambda notice: notice.kind != "retraction")


def _place(file: PublicFile) -> tuple[int, str]:
    known = list(FILE_WORDS)
    return (known.index(file.kind) if file.kind in known else len(known), file.name)


def _file(file: PublicFile, path: str) -> FileRow:
    return FileRow(
        name=file.name,
        href=f"{path}/{file.name}",
        kind=FILE_WORDS.get(file.kind, file.kind),
        size=file.size,
        sha256=file.sha256,
        media_type=file.media_type,
    )

"""Pages that lead to records: the home page and the list of protocols announced before their results."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from journal.public.maps import map_of
from journal.public.records import answers_of, articles, checks_passed, first_public, path_of, protocols, title_of
from journal.public.rendering import html_page
from journal.public.site import Site
from storage.snapshot import Page
from workflows.declassify import Face, PublicRecord
from workflows.outcomes import Outcome

NEWEST, NULLS, PROMISED, AUTHORS = 8, 5, 5, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportRow:
    """A report as the macro `reports` lists it; see templates/macros/reports.html."""

    href: str
    title: str
    claim: str
    authors: tuple[str, ...]
    others: int
    topics: tuple[str, ...]
    on: date | None
    promised: bool
    checks: tuple[int, int]
    deviations: int
    answers: tuple[tuple[Outcome, int], ...]
    narrowed: bool = False


def home_page(records: Sequence[PublicRecord], site: Site) -> Page:
    """What this journal is, what is new, and how to take part. `records` come newest first."""
    published, promised = articles(records), protocols(records)
    nulls = [record for record in published if record.null_result and not record.retracted]
    newest = published[:NEWEST]
    return html_page(
        "/",
        "home.html",
        site,
        map=map_of([record for record in records if not record.retracted]),
        newest=[row_of(record) for record in newest],
        older=len(published) > NEWEST,
        nulls=[row_of(record) for record in nulls if record not in newest][:NULLS],
        any_null=bool(nulls),
        promised=[row_of(record) for record in promised[:PROMISED]],
        more_promised=len(promised) > PROMISED,
    )


def protocols_page(records: Sequence[PublicRecord], site: Site) -> Page:
    """All protocols that their authors announced."""
    return html_page("/protocols", "protocols.html", site, promised=[row_of(record) for record in protocols(records)])


def row_of(record: PublicRecord) -> ReportRow:
    """The record as lists show it."""
    return ReportRow(
        href=path_of(record),
        title=title_of(record),
        claim=record.claim,
        authors=tuple(author.name for author in record.authors[:AUTHORS]),
        others=len(record.authors[AUTHORS:]),
        topics=record.topics,
        on=first_public(record),
        promised=record.face is Face.PROTOCOL,
        checks=checks_passed(record),
        deviations=len(record.deviations),
        answers=tuple(answers_of(record)),
        narrowed=record.narrowed,
    )

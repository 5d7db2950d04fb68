"""Everything in a release, from its public records: baked pages, the rows of lists, the files."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape

from journal.public.baking import bake_pages
from journal.public.listing import LIST, list_page, whole_list_page
from journal.public.records import answers_of, checks_passed, first_public, identity_of, newest_first, path_of
from journal.public.rendering import HTML
from journal.public.site import Site
from storage.snapshot import Asked, Contents, File, KeptPage, Listed, Page, find_among
from workflows.declassify import PublicRecord
from workflows.promised import Result

_TAG = re.compile(r"<[^>]*>")


def contents_of(records: Sequence[PublicRecord], site: Site, *, kept: Sequence[KeptPage] = ()) -> Contents:
    """What a release of `records` contains, whatever their order. Raises `records.Nameless` as baking does.

    A notice in the place of a report has its page and nothing else: it is in no list, no count, no search, and has no
    files. Records whose own page is among `kept` have all their pages there: they are not made again.
    """
    listed = tuple(_listed(record) for record in newest_first(records))
    pages = (
        *bake_pages(records, site, without={each.path for each in kept}),
        first_page(listed, site),
        whole_list_page(site, listed),
    )
    shown = [record for record in records if record.face.is_worded]
    return Contents(pages=pages, kept=tuple(kept), listed=listed, files=tuple(_files(shown)))


def first_page(listed: Sequence[Listed], site: Site) -> Page:
    """The list as one finds it: nothing filtered, nothing searched for."""
    asked = Asked()
    return Page(path=LIST, media_type=HTML, body=list_page(site, find_among(listed, asked), asked).encode())


def _listed(record: PublicRecord) -> Listed:
    return Listed(
        public_id=identity_of(record).public_id,
        face=record.face.value,
        title=record.title,
        claim=record.claim,
        authors=tuple(author.name for author in record.authors),
        topics=record.topics,
        outcomes=tuple(outcome.value for outcome, count in answers_of(record) for _ in range(count)),
        null_result=record.null_result,
        retracted=record.retracted,
        bias_level=record.bias_level,
        on=first_public(record),
        words=" ".join(_words(record)),
        checks=checks_passed(record),
        deviations=len(record.deviations),
        narrowed=record.narrowed,
    )


def _words(record: PublicRecord) -> Iterator[str]:
    """All that a reader may search for, as plain text."""
    yield record.abstract
    yield from record.topics
    for author in record.authors:
        yield author.affiliation
    for result in record.results:
        yield from _words_of(result)
    for part in record.parts:
        yield from (*(said.text for said in part.registered), part.account)
    for added in record.unregistered:
        yield from (added.what, added.why)
    for deviation in record.deviations:
        yield from (deviation.what, deviation.why, deviation.effect)
    yield unescape(_TAG.sub(" ", record.body))


def _words_of(result: Result) -> Iterable[str]:
    row, answer = result.row, result.answer
    yield from (row.question, row.hypothesis, row.sampling, row.analysis, row.decision_rule, row.interpretation)
    yield from (row.theory, answer.account, result.outcome.words)
    for check in result.checks:
        yield check.what


def _files(records: Iterable[PublicRecord]) -> Iterator[File]:
    for record in records:
        for each in record.files:
            yield File(
                path=f"{path_of(record)}/{each.name}",
                key=each.key,
                name=each.name,
                media_type=each.media_type,
                sha256=each.sha256,
                size=each.size,
            )

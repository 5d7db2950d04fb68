"""The page of a published report that says of everything registered what became of it."""

from dataclasses import dataclass

from journal.formats.promised_words import (
    how_many,
    in_short,
    kind_words,
    of_check,
    redline_counts,
    says_more,
    settled_words,
)
from journal.public.findings import checks_of, findings_of
from journal.public.records import path_of, title_of
from journal.public.rendering import html_page
from journal.public.site import Site
from storage.snapshot import Page
from workflows.declassify import PublicRecord
from workflows.narrowing import SENTENCE
from workflows.promised import PublicPart

END = "/promised"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRow:
    """One part of the plan: its number, what it is, what was registered in a line, whether there is more, and the
    numbers of the deviations that name it.
    """

    number: int
    part: PublicPart
    kind: str
    short: str
    says_more: bool
    deviations: tuple[int, ...]


def promised_page(record: PublicRecord, site: Site) -> Page:
    """The page beside the article of `record`."""
    path = path_of(record)
    checks = checks_of(record)
    done = [result.answer.done for result in record.results]
    done += [of_check(found.passed) for _, found in checks]
    done += [part.done for part in record.parts]
    return html_page(
        f"{path}{END}",
        "promised.html",
        site,
        report=path,
        record=record,
        title=title_of(record),
        narrowed=SENTENCE if record.narrowed else "",
        how_many=how_many(done),
        findings=findings_of(record),
        checks=[(check, found, deviations_of(record, check.label)) for check, found in checks],
        rows=rows_of(record),
        numbers={part.label: number for number, part in enumerate(record.parts, start=1)},
        settled=settled_words(record.settled),
        redline_counts=redline_counts(record.redline) if record.redline else "",
    )


def rows_of(record: PublicRecord) -> list[PartRow]:
    """Every part of the plan beside rows and checks, in the order of the form."""
    return [_row(record, number, part) for number, part in enumerate(record.parts, start=1)]


def deviations_of(record: PublicRecord, label: str) -> tuple[int, ...]:
    """The numbers of the deviations that name `label`."""
    return tuple(number for number, deviation in enumerate(record.deviations, start=1) if deviation.row == label)


def _row(record: PublicRecord, number: int, part: PublicPart) -> PartRow:
    return PartRow(
        number=number,
        part=part,
        kind=kind_words(part),
        short=in_short(part),
        says_more=says_more(part),
        deviations=deviations_of(record, part.label),
    )

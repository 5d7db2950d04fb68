"""What pages ask of public records: their addresses, their dates, their order."""

from collections.abc import Iterable, Iterator
from datetime import date

from journal.formats.citation import article_address
from journal.public.site import Site
from workflows.declassify import Face, Identity, PublicRecord
from workflows.outcomes import Outcome

REPORTS = "/reports"


class Nameless(ValueError):
    """A record without an identity was to be published: a bug of the release, which mints one for each."""


def identity_of(record: PublicRecord) -> Identity:
    """What the record is called in public. Raises `Nameless`."""
    if record.identity is None:
        raise Nameless(record.face)
    return record.identity


def path_of(record: PublicRecord) -> str:
    """The path of the record's page on the public site: "/reports/kq7w3fhe"."""
    return f"{REPORTS}/{identity_of(record).public_id}"


def address_of(record: PublicRecord, site: Site) -> str:
    """The whole address of the record's page."""
    return article_address(site.public_url, identity_of(record))


def title_of(record: PublicRecord) -> str:
    """The title as readers meet it: a retracted report says so before anything else."""
    return f"Retracted: {record.title}" if record.retracted else record.title


def first_public(record: PublicRecord) -> date | None:
    """The day that sorts the record: its publication, or for a protocol its acceptance, as far as authors show it."""
    return record.published_on or record.accepted_in_principle


def last_changed(record: PublicRecord) -> date | None:
    """The newest public day of the record: notices count."""
    days = [day for day in (first_public(record), *(notice.on for notice in record.notices)) if day]
    return max(days, default=None)


def newest_first(records: Iterable[PublicRecord]) -> list[PublicRecord]:
    """The records that lists may show, in an order that does not depend on the order they came in: no bare notices."""
    shown = [record for record in records if record.face.is_worded]
    shown.sort(key=lambda record: identity_of(record).public_id)
    return sorted(shown, key=lambda record: first_public(record) or date.min, reverse=True)


def articles(records: Iterable[PublicRecord]) -> list[PublicRecord]:
    """Those of `records` that are published reports."""
    return [record for record in records if record.face is Face.ARTICLE]


def protocols(records: Iterable[PublicRecord]) -> list[PublicRecord]:
    """Those of `records` that are announced and have no results yet."""
    return [record for record in records if record.face is Face.PROTOCOL]


def answers_of(record: PublicRecord, *, primary: bool | None = None) -> list[tuple[Outcome, int]]:
    """Each outcome of the report with how many rows have it, those of primary rows first; of one standing, if asked."""
    rows = sorted(record.results, key=lambda result: not result.row.primary)
    found = [result.outcome for result in rows if primary is None or result.row.primary is primary]
    return [(outcome, found.count(outcome)) for outcome in dict.fromkeys(found)]


def checks_passed(record: PublicRecord) -> tuple[int, int]:
    """How many of the registered checks passed, and how many there are; a check of several rows counts once."""
    checks = dict(_checks(record))
    return sum(checks.values()), len(checks)


def _checks(record: PublicRecord) -> Iterator[tuple[str, bool]]:
    for result in record.results:
        for check in result.check_results:
            yield check.label, check.passed == "passed"

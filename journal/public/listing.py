"""The list of reports: filters, search, pages of 25. One function makes the baked first page and every other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from journal.public.lists import AUTHORS, ReportRow
from journal.public.rendering import html_page
from journal.public.site import Site
from storage.snapshot import LONGEST_QUERY, NULL, Asked, Found, Listed, Page
from workflows.declassify import Face
from workflows.outcomes import Outcome
from workflows.topics import TOPICS

LIST = "/reports"
# The same list whole and without filters, for static hosts. Paths that begin with "/_" are never answered.
WHOLE_LIST = "/_reports"
LAST_PAGE = 100_000
KINDS = {Face.ARTICLE: "Published reports", NULL: "Null results", Face.PROTOCOL: "Announced protocols"}
OUTCOMES = (
    Outcome.NULL_INFORMATIVE,
    Outcome.UNINFORMATIVE,
    Outcome.SUPPORTED,
    Outcome.CONTRADICTED,
    Outcome.NOT_TESTED,
    Outcome.ESTIMATED,
    Outcome.NO_RESULT_YET,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter that a reader can choose: its word, where it leads, how many reports it gives, whether it is chosen."""

    word: str
    href: str
    count: int
    here: bool
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """The choices in three groups, each beginning with "any"."""

    kinds: list[Choice]
    outcomes: list[Choice]
    topics: list[Choice]


def list_page(site: Site, found: Found, asked: Asked) -> str:
    """The list as HTML: what was `asked`, what was `found`, and the ways on from there."""
    return _rendered(
        LIST,
        site,
        rows=[_row(each) for each in found.items],
        total=found.total,
        asked=asked,
        filters=_filters(found, asked) if _leads_on(found, asked) else None,
        searchable=True,
        unfiltered=address_of(Asked(query=asked.query)),
        page=asked.page,
        pages=found.pages,
        before=address_of(replace(asked, page=min(asked.page - 1, found.pages))) if asked.page > 1 else None,
        after=address_of(replace(asked, page=asked.page + 1)) if asked.page < found.pages else None,
    ).body.decode()


def whole_list_page(site: Site, listed: Sequence[Listed]) -> Page:
    """All reports on one page that says what a static copy cannot do. `listed` come newest first."""
    page = _rendered(
        LIST,
        site,
        rows=[_row(each) for each in listed],
        total=len(listed),
        asked=Asked(),
        filters=None,
        searchable=False,
        unfiltered=LIST,
        page=1,
        pages=1,
        before=None,
        after=None,
    )
    return replace(page, path=WHOLE_LIST)


def asked_of(arguments: Mapping[str, str]) -> Asked:
    """What the query string of the list asks. What cannot be understood is left out."""
    number = arguments.get("page", "")
    page = int(number) if number.isascii() and number.isdecimal() and len(number) <= len(str(LAST_PAGE)) else 1
    kind, outcome = arguments.get("show", ""), arguments.get("outcome", "")
    return Asked(
        query=" ".join(arguments.get("q", "")[:LONGEST_QUERY].split()),
        topic=arguments.get("topic", "")[:LONGEST_QUERY],
        outcome=outcome if outcome in OUTCOMES else "",
        kind=kind if kind in KINDS else "",
        page=min(max(page, 1), LAST_PAGE),
    )


def address_of(asked: Asked) -> str:
    """The address of the list that answers `asked`."""
    said = {
        "q": asked.query,
        "show": asked.kind,
        "outcome": asked.outcome,
        "topic": asked.topic,
        "page": str(asked.page) if asked.page > 1 else "",
    }
    query = urlencode({name: value for name, value in said.items() if value})
    return f"{LIST}?{query}" if query else LIST


def _rendered(path: str, site: Site, **values: object) -> Page:
    return html_page(path, "reports.html", site, **values)


def _row(report: Listed) -> ReportRow:
    outcomes = [Outcome(each) for each in report.outcomes]
    return ReportRow(
        href=f"{LIST}/{report.public_id}",
        title=f"Retracted: {report.title}" if report.retracted else report.title,
        claim=report.claim,
        authors=report.authors[:AUTHORS],
        others=len(report.authors[AUTHORS:]),
        topics=report.topics,
        on=report.on,
        promised=report.face == Face.PROTOCOL,
        checks=report.checks,
        deviations=report.deviations,
        narrowed=report.narrowed,
        answers=tuple((outcome, outcomes.count(outcome)) for outcome in dict.fromkeys(outcomes)),
    )


def _leads_on(found: Found, asked: Asked) -> bool:
    """Whether any filter gives a report, or one is chosen that can be taken back."""
    facets = found.facets
    some = facets.any_kind or facets.any_outcome or facets.any_topic
    return bool(some or asked.kind or asked.outcome or asked.topic)


def _filters(found: Found, asked: Asked) -> Filters:
    facets, first = found.facets, replace(asked, page=1)
    kinds = [
        Choice(word, address_of(replace(first, kind=kind)), count, asked.kind == kind)
        for kind, word in KINDS.items()
        if (count := facets.kinds.get(kind, 0)) or asked.kind == kind
    ]
    outcomes = [
        Choice(each.words, address_of(replace(first, outcome=each)), count, asked.outcome == each, each)
        for each in OUTCOMES
        if (count := facets.outcomes.get(each, 0)) or asked.outcome == each
    ]
    topics = [
        Choice(each, address_of(replace(first, topic=each)), facets.topics.get(each, 0), asked.topic == each)
        for each in _in_order(facets.topics, asked.topic)
    ]
    return Filters(
        kinds=[Choice("Everything", address_of(replace(first, kind="")), facets.any_kind, not asked.kind), *kinds],
        outcomes=[
            Choice("Any outcome", address_of(replace(first, outcome="")), facets.any_outcome, not asked.outcome),
            *outcomes,
        ],
        topics=[Choice("All topics", address_of(replace(first, topic="")), facets.any_topic, not asked.topic), *topics],
    )


def _in_order(found: Iterable[str], chosen: str) -> list[str]:
    """The topics that have reports, as the vocabulary orders them; one that is chosen but empty, if it is a topic."""
    names = {*found, *([chosen] if chosen in TOPICS else [])}
    return [topic for topic in TOPICS if topic in names] + sorted(names.difference(TOPICS))

"""Bakes a release: every public page that does not depend on what a reader asks, rendered once.

A pure function of the public records and of how the journal calls itself: same records, same bytes, in any order.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain

from lxml import etree

from journal.formats import report_schema
from journal.public.articles import page_of
from journal.public.feeds import feed
from journal.public.lists import home_page, protocols_page
from journal.public.machines import index_page, pages_for_machines
from journal.public.promised import END, promised_page
from journal.public.records import address_of, articles, last_changed, newest_first, path_of
from journal.public.rendering import html_page
from journal.public.site import Site
from storage.snapshot import Page
from workflows.declassify import Face, PublicRecord

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
SCHEMA_TYPE = "application/schema+json"
MISSING = "/_missing"
ABOUT = {
    "/about": "about/journal.html",
    "/about/registered-reports": "about/registered_reports.html",
    "/about/reviewing": "about/reviewing.html",
    "/about/holds": "about/holds.html",
    "/about/data": "about/data.html",
}
NOTHING_HERE = {
    "title": "There is nothing here",
    "sentence": "This address leads nowhere. Nothing follows from that: an address is public once something is "
    "published under it, and not before.",
    "todo": "If you typed it, look at it once more. If you followed a link, it was made wrongly.",
    "action": ("All reports", "/reports"),
}


def bake_pages(
    records: Iterable[PublicRecord], site: Site, *, without: Collection[str] = frozenset()
) -> Iterable[Page]:
    """All pages of the release, by path. What stands in the place of a report has a page and stands in no list.

    `without` the own pages of the reports at these paths: the lists are the same, for those are kept from elsewhere.

    The list at `/reports` is no page: the application computes it. `/_missing` is the body of every 404. Raises
    `journal.public.records.Nameless` for a record without identity.
    """
    every = sorted(records, key=path_of)
    shown = newest_first(every)
    pages = chain(
        _of_records([each for each in every if path_of(each) not in without], site), _of_the_journal(shown, site)
    )
    return sorted(pages, key=lambda page: page.path)


def _of_records(records: Sequence[PublicRecord], site: Site) -> Iterator[Page]:
    for record in records:
        yield page_of(record, site)
        if record.face is Face.ARTICLE:
            yield promised_page(record, site)
        yield from pages_for_machines(record, site)


def _of_the_journal(shown: Sequence[PublicRecord], site: Site) -> Iterator[Page]:
    """Lists, feeds and what the journal says of itself. `shown` come newest first."""
    yield home_page(shown, site)
    yield protocols_page(shown, site)
    yield from (html_page(path, template, site) for path, template in ABOUT.items())
    yield html_page(MISSING, "error.html", site, error=NOTHING_HERE)
    yield index_page(shown, site)
    yield Page(path=report_schema.PATH, media_type=SCHEMA_TYPE, body=report_schema.schema_text().encode())
    yield feed("/feed.xml", "newest reports", shown, site)
    nulls = [record for record in articles(shown) if record.null_result]
    yield feed("/nulls.xml", "null results", nulls, site)
    yield _sitemap(shown, site)
    yield _robots(site)


def _sitemap(shown: Sequence[PublicRecord], site: Site) -> Page:
    root = etree.Element(f"{{{SITEMAP}}}urlset", nsmap={None: SITEMAP})
    for path in ("/", "/reports", "/protocols", *ABOUT):
        _put(root, f"{site.public_url}{path}", "")
    for record in shown:
        changed = last_changed(record)
        for end in ("", END) if record.face is Face.ARTICLE else ("",):
            _put(root, f"{address_of(record, site)}{end}", changed.isoformat() if changed else "")
    body = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return Page(path="/sitemap.xml", media_type="application/xml; charset=utf-8", body=body)


def _put(root: etree._Element, address: str, changed: str) -> None:
    entry = etree.SubElement(root, f"{{{SITEMAP}}}url")
    etree.SubElement(entry, f"{{{SITEMAP}}}loc").text = address
    if changed:
        etree.SubElement(entry, f"{{{SITEMAP}}}lastmod").text = changed


def _robots(site: Site) -> Page:
    body = f"User-agent: *\nAllow: /\n\nSitemap: {site.public_url}/sitemap.xml\n"
    return Page(path="/robots.txt", media_type="text/plain; charset=utf-8", body=body.encode())

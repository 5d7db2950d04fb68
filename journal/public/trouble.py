"""The pages of the public application for when something cannot be shown: calm, and the same for everyone."""

import gzip

from journal.public.rendering import HTML, html_page
from journal.public.site import Site
from storage.snapshot import StoredPage, etag_of

# Where a release keeps its page for every 404; as journal.public.baking.MISSING, which readers need not load.
MISSING = "/_missing"


def nothing_here(site: Site) -> StoredPage:
    """Any address that leads nowhere, where a release brings no page of its own for that."""
    return stored_html(
        _page(
            site,
            title="There is nothing here",
            sentence="This address leads nowhere. Nothing follows from that about any study.",
            todo="If you typed it, look at it once more. If you followed a link, it was made wrongly.",
            action=("All reports", "/reports"),
        )
    )


def nothing_yet(site: Site) -> StoredPage:
    """Everything, before the first release."""
    return stored_html(
        _page(
            site,
            title="Nothing is public yet",
            sentence=f"{site.journal_name} has not made its first release. Releases are made at fixed times, and this "
            "page gives way to the first one by itself.",
            todo="Nothing is wrong and nothing is lost: look again later.",
            action=("Look again", "/"),
        )
    )


def store_silent(site: Site) -> StoredPage:
    """A file whose store does not answer."""
    page = _page(
        site,
        title="This file cannot be fetched now",
        sentence="The place where files are kept does not answer. The report's page has its text all the same.",
        todo="Try again in a few minutes; nothing is lost.",
        action=("All reports", "/reports"),
    )
    return stored_html(page)


def _page(site: Site, **error: object) -> str:
    return html_page("", "error.html", site, error=error).body.decode()


def stored_html(words: str) -> StoredPage:
    """A page made on demand, in the form in which baked ones are sent."""
    body = words.encode()
    return StoredPage(HTML, etag_of(body), gzip.compress(body, 6, mtime=0))

"""Every page leads somewhere, is well formed, and shows what authors typed as text."""

import re
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import urldefrag, urljoin, urlsplit

from journal.assets import assets, assets_digest
from storage.snapshot import Page
from tests.journal.public.material import EVIL, RECORDS, SITE
from tests.journal.public.reading import html_pages, tree
from workflows.declassify import PublicRecord

LINKS = {"a": "href", "link": "href", "img": "src", "script": "src", "form": "action", "use": "href"}
# The application computes these; a release does not hold them.
COMPUTED = {"/reports"}
VOID = "area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr"


def links(path: str, text: str) -> Iterator[str]:
    """The whole addresses that a page names, of links, pictures, forms and meta tags alike."""
    root = tree(text)
    for tag, attribute in LINKS.items():
        for element in root.iter(tag):
            if element.get(attribute) is not None:
                yield urljoin(f"{SITE.public_url}{path}", element.get(attribute))
    for element in root.iter("meta"):
        if (element.get("content") or "").startswith(SITE.public_url):
            yield element.get("content", "")


def files_of(records: tuple[PublicRecord, ...]) -> set[str]:
    return {
        f"/reports/{record.identity.public_id}/{file.name}"
        for record in records
        for file in record.files
        if record.identity
    }


def test_every_link_leads_somewhere(baked: dict[str, Page]) -> None:
    """To a page of the release, a file of a record, a static file, or the list; a fragment to a part of its page."""
    known = {*baked, *files_of(RECORDS), *COMPUTED} | {f"/static/{assets_digest()}/{name}" for name in assets()}
    names = {
        path: {each.get("id") for each in tree(text).iter() if each.get("id")}
        for path, text in html_pages(baked).items()
    }
    lost, looked_at = [], 0
    for path, text in html_pages(baked).items():
        for link in links(path, text):
            address, fragment = urldefrag(link)
            if not address.startswith(SITE.public_url):
                continue
            looked_at += 1
            target = urlsplit(address).path or "/"
            if target not in known or (fragment and target in names and fragment not in names[target]):
                lost.append((path, link))
    assert lost == []
    assert looked_at > 300


def test_a_link_that_leads_nowhere_would_be_seen(baked: dict[str, Page]) -> None:
    broken = baked["/"].body.decode().replace('href="/protocols"', 'href="/nowhere"')
    assert f"{SITE.public_url}/nowhere" in set(links("/", broken))


def test_pages_are_well_formed(baked: dict[str, Page]) -> None:
    """Every element is closed, in order; names are given once; one first heading, and no level skipped."""
    for path, text in html_pages(baked).items():
        assert unclosed(text) == [], path
        root = tree(text)
        ids = [each.get("id") for each in root.iter() if each.get("id")]
        assert len(ids) == len(set(ids)), (path, sorted(each for each in ids if ids.count(each) > 1))
        assert not [each for each in ids if re.search(r"\s", each)], path
        levels = [int(each.tag[1]) for each in root.iter("h1", "h2", "h3", "h4")]
        assert levels.count(1) == 1, path
        assert all(after - before <= 1 for before, after in pairwise(levels)), (path, levels)


def unclosed(text: str) -> list[str]:
    """The tags that are not closed in order."""
    bare = re.sub(r"<!--.*?-->|<script type=.*?</script>", "", text, flags=re.DOTALL)
    wrong, stack = [], []
    for closing, tag, empty in re.findall(
        rf"<(/?)(?!(?:{VOID}|!)\b)([a-zA-Z][\w-]*)(?:\"[^\"]*\"|[^>\"])*?(/?)>", bare
    ):
        if not closing and not empty:
            stack.append(tag)
        elif closing and (not stack or stack.pop() != tag):
            wrong.append(tag)
    return wrong + stack


def test_what_is_not_closed_would_be_seen() -> None:
    assert unclosed("<p><b>x</p>") != []
    assert unclosed('<p><br><img alt=">"><svg><path d=""/></svg></p>') == []


def test_what_authors_typed_comes_out_as_text(baked: dict[str, Page]) -> None:
    for path, text in html_pages(baked).items():
        assert "<script>alert" not in text, path
        assert {each.get("type") for each in tree(text).iter("script") if not each.get("src")} <= {
            "application/ld+json"
        }
    assert tree(baked["/reports/f8hostil"].body.decode()).findtext(".//h1/bdi") == EVIL

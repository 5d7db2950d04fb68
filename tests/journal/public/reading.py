"""Reads baked pages back: the pages for people, their trees, their words."""

from collections.abc import Mapping

from lxml import html

from storage.snapshot import Page


def html_pages(baked: Mapping[str, Page]) -> dict[str, str]:
    """The pages for people, by path."""
    return {path: page.body.decode() for path, page in baked.items() if page.media_type.startswith("text/html")}


def tree(text: str) -> html.HtmlElement:
    return html.document_fromstring(text.encode(), parser=html.HTMLParser(encoding="utf-8"))


def words_of(baked: Mapping[str, Page], path: str) -> str:
    main = tree(baked[path].body.decode()).get_element_by_id("main")
    return " ".join(" ".join(main.itertext()).split())

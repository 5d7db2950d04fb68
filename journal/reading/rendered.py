"""Gives pandoc's HTML the form our pages and our paper want, and lets only what is on a list leave.

No `style` attribute (the pages' policy forbids them): alignment becomes a class. Identifiers that pandoc makes itself
get our prefix. The paper's formulas stay TeX, for the typesetter to draw, and its notes stand where they are called.
"""

from __future__ import annotations

import re
from copy import deepcopy
from typing import cast

import nh3
from lxml import etree
from lxml.etree import _Element as Element

from journal.reading.allowlist import PREFIX

MATHML = "http://www.w3.org/1998/Math/MathML"
NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]")
MADE_BY_PANDOC = re.compile(r"(fn|fnref)\d+|refs|ref-.+")
ALIGNED = {"right": "num", "center": "centre"}
ALIGNMENT = re.compile(r"text-align:\s*(\w+)")
GROUPING = {"class", "id", "role", "tabindex", "aria-label"}
MATH_ELEMENTS = frozenset(
    (
        *("math", "semantics", "annotation", "mrow", "mi", "mn", "mo", "ms", "mtext", "mspace", "mfrac", "msqrt"),
        *("mroot", "mstyle", "merror", "mpadded", "mphantom", "menclose", "msub", "msup", "msubsup", "munder", "mover"),
        *("munderover", "mmultiscripts", "mprescripts", "none", "mtable", "mtr", "mtd"),
    )
)
MATH_ATTRIBUTES = frozenset(
    (
        *("display", "xmlns", "encoding", "mathvariant", "stretchy", "form", "fence", "separator", "lspace", "rspace"),
        *("minsize", "maxsize", "symmetric", "largeop", "movablelimits", "accent", "accentunder", "linethickness"),
        *("columnalign", "rowalign", "columnspacing", "rowspacing", "columnlines", "rowlines", "frame", "notation"),
        *("width", "height", "depth", "voffset", "mathsize", "displaystyle", "scriptlevel", "columnspan", "rowspan"),
    )
)
ATTRIBUTES: dict[str, set[str]] = {
    **dict.fromkeys(
        ("section", "div", "h2", "h3", "h4", "h5", "h6", "p", "ul", "li", "dl", "table", "figure"), GROUPING
    ),
    **{name: {"class"} for name in ("blockquote", "pre", "code", "tr")},
    "a": {"href", "id", "class", "role", "aria-label"},
    "img": {"src", "alt", "id"},
    "ol": {"type", "start"},
    "td": {"class", "colspan", "rowspan"},
    "th": {"class", "colspan", "rowspan", "scope"},
    "span": GROUPING | {"data-tex"},
    **{name: set(MATH_ATTRIBUTES) for name in sorted(MATH_ELEMENTS)},
}
PLAIN_ELEMENTS = frozenset(
    (
        "em",
        "strong",
        "sub",
        "sup",
        "del",
        "u",
        "q",
        "br",
        "hr",
        "dt",
        "dd",
        "thead",
        "tbody",
        "tfoot",
        "caption",
        "figcaption",
    )
)


def parsed(html: str) -> Element:
    """Pandoc's fragment below one root; raises `lxml.etree.XMLSyntaxError` should pandoc ever write no XML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(f"<div>{NOT_IN_XML.sub('', html)}</div>", parser)


def for_the_web(fragment: Element) -> str:
    """Article body for the public page and the preview: MathML, wide tables and equations that scroll by keyboard."""
    root = deepcopy(fragment)
    _tidy(root)
    equations = 0
    for span in _formulas(root):
        display = "display" in span.get("class", "")
        equations += display
        _set_only(span, {"class": "eq", **_scrolling(f"Equation {equations}")} if display else {})
    for number, table in enumerate(root.findall(".//table"), 1):
        _wrap_in(table, etree.Element("div", {"class": "wide", **_scrolling(f"Table {number}")}))
    return _written(root)


def for_the_paper(fragment: Element) -> str:
    """Article body for the typesetter: formulas as `<span class="math ..." data-tex>`, notes as `<span class="fn">`."""
    root = deepcopy(fragment)
    _tidy(root)
    for span in _formulas(root):
        for child in list(span):
            span.remove(child)
        span.text = span.get("data-tex", "")
    _set_notes_in_place(root)
    return _written(root)


def _found(root: Element, path: str) -> list[Element]:
    return cast("list[Element]", root.xpath(path))


def _remove(element: Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _scrolling(label: str) -> dict[str, str]:
    return {"tabindex": "0", "role": "group", "aria-label": label}


def _formulas(root: Element) -> list[Element]:
    return [span for span in root.findall(".//span") if span.get("data-tex") is not None]


def _set_only(element: Element, attributes: dict[str, str]) -> None:
    element.attrib.clear()
    for name, value in attributes.items():
        element.set(name, value)


def _tidy(root: Element) -> None:
    for cell in _found(root, ".//*[self::td or self::th]"):
        alignment = ALIGNMENT.search(cell.get("style", ""))
        if alignment and alignment[1] in ALIGNED:
            cell.set("class", ALIGNED[alignment[1]])
    for head in _found(root, ".//th"):
        head.set("scope", "col" if _found(head, "ancestor::thead") else "row")
    for image in _found(root, ".//img[not(@alt)]"):
        image.set("alt", "")
    for element in root.iter():
        _take_our_prefix(element)
    for section in _found(root, ".//section[@role='doc-endnotes']"):
        section.attrib.pop("id", "")
    for entry in _found(root, ".//div[contains(@class, 'csl-entry')]"):
        entry.set("role", "listitem")
    for columns in root.findall(".//colgroup"):
        _remove(columns)


def _take_our_prefix(element: Element) -> None:
    if MADE_BY_PANDOC.fullmatch(element.get("id", "")):
        element.set("id", PREFIX + element.get("id", ""))
    if MADE_BY_PANDOC.fullmatch(element.get("href", "").removeprefix("#")):
        element.set("href", f"#{PREFIX}{element.get('href', '')[1:]}")


def _wrap_in(element: Element, wrapper: Element) -> None:
    parent = element.getparent()
    if parent is None:
        return
    parent.replace(element, wrapper)
    wrapper.tail, element.tail = element.tail, None
    wrapper.append(element)


def _set_notes_in_place(root: Element) -> None:
    """Move each note's words to its call; a page has its own place for them."""
    notes = {str(item.get("id")): item for item in _found(root, ".//section[@role='doc-endnotes']//li")}
    for call in _found(root, ".//a[@role='doc-noteref']"):
        note = notes.get(call.get("href", "").removeprefix("#"))
        if note is not None:
            _become_note(call, note)
    for section in _found(root, ".//section[@role='doc-endnotes']"):
        _remove(section)


def _become_note(call: Element, note: Element) -> None:
    for back in _found(note, ".//a[@role='doc-backlink']"):
        _remove(back)
    for child in list(call):
        call.remove(child)
    call.tag, call.text = "span", None
    _set_only(call, {"class": "fn"})
    for paragraph in list(note):
        if len(call) or call.text:
            etree.SubElement(call, "br")
        paragraph.tag, paragraph.tail = "span", None
        _set_only(paragraph, {})
        call.append(paragraph)


def _written(root: Element) -> str:
    for span in _found(root, ".//span[not(@*)]"):
        _unwrap(span)
    inner = (root.text or "") + "".join(etree.tostring(child, method="html", encoding="unicode") for child in root)
    return nh3.clean(
        inner,
        tags=set(ATTRIBUTES) | PLAIN_ELEMENTS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=None,
    )


def _unwrap(element: Element) -> None:
    """Put an element's content in its own place."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    place = parent.index(element)
    _add_text(parent, before, element.text)
    for child in list(element):
        parent.insert(place, child)
        place += 1
    _add_text(parent, element.getprevious(), element.tail)
    parent.remove(element)


def _add_text(parent: Element, before: Element | None, text: str | None) -> None:
    if before is not None:
        before.tail = (before.tail or "") + (text or "")
    else:
        parent.text = (parent.text or "") + (text or "")

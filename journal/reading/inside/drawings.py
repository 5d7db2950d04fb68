"""Rewrites an SVG drawing from a list of what may stay: shapes, text, gradients, markers; nothing that acts or fetches.

What is not on the list is dropped and named. Refused outright: entities, and drawings that multiply themselves through
`<use>` beyond what a page can draw.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from xml.parsers import expat

from lxml import etree

from journal.reading.inside.pictures import Clean, redraw
from journal.reading.problems import Problem, Unusable

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
HREFS = ("href", f"{{{XLINK}}}href")
ELEMENTS = frozenset(
    (
        *(
            "svg",
            "g",
            "defs",
            "symbol",
            "use",
            "title",
            "desc",
            "style",
            "text",
            "tspan",
            "textPath",
            "image",
            "marker",
        ),
        *("path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "clipPath", "mask", "pattern", "switch"),
        *("linearGradient", "radialGradient", "stop", "filter", "feGaussianBlur", "feOffset", "feBlend"),
        *("feColorMatrix", "feComposite", "feFlood", "feMerge", "feMergeNode"),
    )
)
FOREIGN_ATTRIBUTES = frozenset(
    {f"{{{XLINK}}}href", *(f"{{http://www.w3.org/XML/1998/namespace}}{name}" for name in ("space", "lang"))}
)
UNSAFE_STYLE = re.compile(r"@import|expression|javascript:|behaviou?r|-moz-binding|\\|<|@font-face", re.IGNORECASE)
ADDRESS = re.compile(r"url\(\s*['\"]?\s*(?!#)", re.IGNORECASE)
PICTURE = re.compile(r"data:image/(?:png|jpeg);base64,([A-Za-z0-9+/=\s]+)")
MOST_ELEMENTS, DEEPEST = 50_000, 100


def redraw_drawing(body: bytes, *, found: str) -> Clean:
    """Return the drawing with only what is allowed; raises `Unusable`."""
    root = _parsed(body, found=found)
    removed: set[str] = set()
    for notes in list(root.iter(f"{{{SVG}}}metadata")):
        _remove(notes)
    for element in list(root.iter()):
        if _is_allowed(element):
            _clean_attributes(element, removed)
        elif element.getparent() is not None:
            removed |= {_local(element)} if str(element.tag).startswith(f"{{{SVG}}}") else set()
            _remove(element)
    _must_be_drawable(root)
    etree.cleanup_namespaces(root)
    return Clean(etree.tostring(root, encoding="utf-8"), "image/svg+xml", removed=tuple(sorted(removed)))


def _parsed(body: bytes, *, found: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_pis=True, remove_comments=True)
    try:
        _must_declare_no_entities(body)
        root = etree.fromstring(body, parser)
    except (expat.ExpatError, etree.XMLSyntaxError, ValueError) as error:
        raise Unusable(Problem.BROKEN_PICTURE, found=str(error)) from None
    if root.tag != f"{{{SVG}}}svg":
        raise Unusable(Problem.NOT_PICTURE, found=found)
    return root


def _must_declare_no_entities(body: bytes) -> None:
    """Drawing programs write a plain document type; one with entities of its own is an attack."""
    parser = expat.ParserCreate()
    parser.EntityDeclHandler = _refuse_entity
    parser.Parse(body)
    parser.Parse(b"", True)  # noqa: FBT003 (expat's own signature: that was the last of it)


def _refuse_entity(*_declaration: object) -> None:
    raise Unusable(Problem.ENTITIES)


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2][:40]


def _is_allowed(element: etree._Element) -> bool:
    tag = str(element.tag)
    if not tag.startswith(f"{{{SVG}}}") or _local(element) not in ELEMENTS:
        return False
    return _local(element) != "style" or _is_safe_style("".join(map(str, element.itertext())))


def _remove(element: etree._Element) -> None:
    """Take an element out and keep the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + (element.tail or "")
    else:
        parent.text = (parent.text or "") + (element.tail or "")
    parent.remove(element)


def _is_safe_style(text: str) -> bool:
    return not UNSAFE_STYLE.search(text) and not ADDRESS.search(text)


def _clean_attributes(element: etree._Element, removed: set[str]) -> None:
    for name, value in [(str(name), str(value)) for name, value in element.attrib.items()]:
        if name in HREFS and _local(element) == "image":
            _redraw_inner_picture(element, name, value, removed)
        elif not _may_stay(name, value):
            removed |= {name.rpartition("}")[2]} if name in HREFS or not name.startswith("{") else set()
            del element.attrib[name]


def _may_stay(name: str, value: str) -> bool:
    if name in HREFS:
        return value.strip().startswith("#")
    if name.startswith("{") and name not in FOREIGN_ATTRIBUTES:
        return False
    return not name.lower().startswith("on") and _is_safe_style(value)


def _redraw_inner_picture(element: etree._Element, name: str, value: str, removed: set[str]) -> None:
    picture = PICTURE.fullmatch(value.strip())
    if picture is None:
        removed.add("image from elsewhere")
        del element.attrib[name]
        return
    try:
        clean = redraw(base64.b64decode(picture[1]), found="something else")
    except binascii.Error as error:
        raise Unusable(Problem.BROKEN_PICTURE, found=str(error)) from None
    element.set(name, f"data:{clean.media_type};base64,{base64.b64encode(clean.body).decode('ascii')}")


def _must_be_drawable(root: etree._Element) -> None:
    """Count what is drawn once every `<use>` is followed."""
    by_id = {str(element.get("id")): element for element in root.iter() if element.get("id")}
    sizes: dict[etree._Element, int] = {}
    if _drawn(root, by_id, sizes, depth=0) > MOST_ELEMENTS:
        raise Unusable(Problem.TOO_INTRICATE, found=f"more than {MOST_ELEMENTS:,} elements are drawn")


def _drawn(
    element: etree._Element, by_id: dict[str, etree._Element], sizes: dict[etree._Element, int], *, depth: int
) -> int:
    if depth > DEEPEST:
        raise Unusable(Problem.TOO_INTRICATE, found=f"nested more than {DEEPEST} deep, or in a circle")
    if element not in sizes:
        below = sum(_drawn(child, by_id, sizes, depth=depth + 1) for child in _followed(element, by_id))
        sizes[element] = min(1 + below, 10 * MOST_ELEMENTS)
    return sizes[element]


def _followed(element: etree._Element, by_id: dict[str, etree._Element]) -> Iterator[etree._Element]:
    yield from element
    if _local(element) in {"use", "textPath", "pattern"}:
        targets = [str(element.get(name, "")).strip().removeprefix("#") for name in HREFS]
        yield from (by_id[target] for target in targets if target in by_id)

"""The text of an article for its page: figures by public addresses, sections flat so that headings can be linked.

Production made the HTML from an allow-list (`journal.reading.allowlist`); identifiers in it begin with `ms-`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree, html

from workflows.declassify import PublicFile

LEVEL = re.compile(r"\blevel[1-6]\b")
HEADINGS = ("h2", "h3", "h4", "h5", "h6")


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The text as HTML, and its chapters as (identifier, words)."""

    html: str
    chapters: tuple[tuple[str, str], ...]


def prepare_text(body: str, *, path: str, files: Sequence[PublicFile], abstract: str) -> Text:
    """The text of the article at `path`, whose figures are among `files`.

    A picture that is not among them shows its description. A first section that repeats `abstract` is left out.
    """
    root = html.fragment_fromstring(body, create_parent="div")
    _leave_out_abstract(root, abstract)
    _address_pictures(root, path=path, names={file.name for file in files})
    for section in [each for each in root.iter("section") if LEVEL.search(each.get("class", ""))]:
        _flatten(section)
    for number, table in enumerate(list(root.iter("table")), start=1):
        _let_scroll(table, number)
    for notes in root.iter("section"):
        if "footnotes" in notes.classes:
            notes.classes.add("notes")
            notes.set("aria-label", "Footnotes")
    chapters = [(each.get("id", ""), " ".join(each.text_content().split())) for each in root.iter("h2")]
    inner = "".join(html.tostring(child, encoding="unicode") for child in root)
    return Text(html=(root.text or "") + inner, chapters=tuple(each for each in chapters if all(each)))


def _flatten(section: html.HtmlElement) -> None:
    """Take the section away and leave its name with its heading."""
    heading = next((child for child in section if child.tag in HEADINGS), None)
    name = section.get("id")
    if heading is not None and name and not heading.get("id"):
        heading.set("id", name)
    section.drop_tag()


def _let_scroll(table: html.HtmlElement, number: int) -> None:
    """A wide table scrolls by itself on a phone, by keyboard too, and the page does not: one stop of the tab key."""
    attributes = {"class": "scroll", "tabindex": "0", "role": "region", "aria-label": f"Table {number}"}
    parent = table.getparent()
    if parent is None or "scroll" in parent.classes:
        return
    if "wide" in parent.classes:  # the frame that reading made (`journal.reading.rendered`)
        parent.attrib.update(attributes)
        return
    frame = html.Element("div", attributes)
    frame.tail, table.tail = table.tail, None
    parent.replace(table, frame)
    frame.append(table)


def _leave_out_abstract(root: html.HtmlElement, abstract: str) -> None:
    first = next(iter(root.iter("h2")), None)
    section = first.getparent() if first is not None else None
    if first is None or section is None or section is root or _letters(first.text_content()) != "abstract":
        return
    if _letters(section.text_content()).removeprefix("abstract") == _letters(abstract):
        section.drop_tree()


def _letters(text: str) -> str:
    """The words without the spaces between them: paragraphs part differently in a form and in a document."""
    return "".join(text.casefold().split())


def _address_pictures(root: html.HtmlElement, *, path: str, names: set[str]) -> None:
    """A figure is called `figures/figure-1.png` in the text; its file by that, or by the last part of it."""
    for image in list(root.iter("img")):
        source = image.get("src", "")
        name = next((each for each in (source, source.rpartition("/")[2]) if each in names), None)
        if name is None:
            _show_description(image)
        else:
            image.set("src", f"{path}/{name}")


def _show_description(image: html.HtmlElement) -> None:
    words = image.get("alt", "").strip() or "A figure is missing here."
    replacement = etree.Element("em")
    replacement.text, replacement.tail = f"[{words}]", image.tail
    parent = image.getparent()
    if parent is not None:
        parent.replace(image, replacement)

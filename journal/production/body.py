"""The text of the article, made ready for print: figures by neutral address, wide tables, notes beside results."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from lxml import etree, html

# Millimetres: the text column, an average letter of a table, the space after a cell; letters of a cell before it wraps.
COLUMN, LETTER, GAP, WRAPS_AFTER = 122, 1.5, 2.4, 14
# A table of so few lines is not parted; a paragraph with a word of more letters (a path, an address) has no straight
# right edge, as the line before such a word would be pulled apart, and code of that kind may break anywhere in a cell.
ON_ONE_PAGE, JUSTIFIES = 16, 22
SAFE_LINK = re.compile(r"(?:https?://|mailto:|doi:|#)", re.IGNORECASE)
REFERENCES = re.compile(r"(?:\d+\.?\s+)?(?:references|bibliography|literature(?: cited)?|works cited)", re.IGNORECASE)
RESULTS = re.compile(r"\b(?:results?|findings?|outcomes?|confirmatory)\b", re.IGNORECASE)
HEADINGS = ("h2", "h3", "h4")
# What reading never lets through; named again here because print has its own way of obeying each.
UNWANTED = (
    "script",
    "style",
    "link",
    "base",
    "meta",
    "iframe",
    "object",
    "embed",
    "form",
    "input",
    "button",
    "template",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """The text for print, its reference list apart, and its pictures by address."""

    text: str
    references: str
    pictures: Mapping[str, bytes]


def prepare_body(  # noqa: PLR0913 (a text, and how this page wants it)
    source: str,
    figures: Mapping[str, bytes],
    *,
    abstract: str,
    labels: Sequence[str],
    note: Callable[[str], str],
    column: float = COLUMN,
) -> Body:
    """The article's HTML for print.

    `figures` are the document's pictures by the name its `<img src>` uses; a name that is not among them prints as its
    description. `abstract` is what the paper already shows: a first section that says the same is left out. Where a
    heading among the results names one of `labels`, `note(label)` (HTML) is put beside it, once. `column` is the width
    of the text in millimetres.
    """
    root = html.fragment_fromstring(source or "<p></p>", create_parent="section")
    _remove_unwanted(root)
    _remove_abstract(root, abstract)
    pictures = _address_pictures(root, figures)
    for table in root.iter("table"):
        if _width_needed(table) > column:
            table.classes.add("wide")
        if _lines_needed(table) <= ON_ONE_PAGE:
            table.classes.add("whole")
    _mark_long_words(root)
    _mark_equations(root)
    _put_notes(root, labels=labels, note=note)
    references = _take_references(root)
    return Body(text=_inner(root), references=references, pictures=pictures)


def _remove_unwanted(root: html.HtmlElement) -> None:
    for element in list(root.iter(*UNWANTED)):
        element.drop_tree()
    for element in root.iter():
        for name in list(element.attrib):
            if name == "style" or name.startswith("on"):
                del element.attrib[name]
        if element.tag == "a" and not SAFE_LINK.match(element.get("href", "#")):
            del element.attrib["href"]
        if element.tag == "a" and element.get("rel"):
            del element.attrib["rel"]


def _remove_abstract(root: html.HtmlElement, abstract: str) -> None:
    for heading in root.iter("h2"):
        section = heading.getparent()
        if section is not None and _plain(heading.text_content()) == "abstract" and section.tag == "section":
            if _plain(section.text_content()) in (f"abstract{_plain(abstract)}", f"abstract {_plain(abstract)}"):
                section.drop_tree()
            return


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _address_pictures(root: html.HtmlElement, figures: Mapping[str, bytes]) -> dict[str, bytes]:
    pictures: dict[str, bytes] = {}
    numbers = {name: index for index, name in enumerate(sorted(figures), start=1)}
    for image in list(root.iter("img")):
        name = image.get("src", "")
        if name not in figures:
            _show_description(image)
            continue
        address = f"figure:{numbers[name]}{_ending(name)}"
        pictures[address] = figures[name]
        image.set("src", address)
        image.set("alt", image.get("alt", "").strip() or _caption_of(image) or "Figure")
        for attribute in ("srcset", "width", "height"):
            image.attrib.pop(attribute, None)
    return pictures


def _ending(name: str) -> str:
    match = re.search(r"\.[A-Za-z]{3,4}$", name)
    return match[0].lower() if match else ""


def _show_description(image: html.HtmlElement) -> None:
    words = image.get("alt", "").strip() or "A figure is missing here."
    replacement = etree.Element("em")
    replacement.text, replacement.tail = f"[{words}]", image.tail
    parent = image.getparent()
    if parent is not None:
        parent.replace(image, replacement)


def _caption_of(image: html.HtmlElement) -> str:
    for figure in image.iterancestors("figure"):
        for caption in figure.iter("figcaption"):
            return " ".join(caption.text_content().split())
    return ""


def _width_needed(table: html.HtmlElement) -> float:
    """What the columns ask for, in millimetres: the longest word of each, and short cells on one line."""
    letters: defaultdict[int, int] = defaultdict(int)
    for row in table.iter("tr"):
        for column, cell in enumerate(row):
            words = cell.text_content().split()
            longest = max(map(len, words), default=0)
            letters[column] = max(letters[column], longest, min(len(" ".join(words)), WRAPS_AFTER))
    return sum(LETTER * count + GAP for count in letters.values())


def _mark_long_words(root: html.HtmlElement) -> None:
    for line in root.iter("br"):
        for paragraph in line.iterancestors("p"):
            paragraph.classes.add("ragged")
    for element in root.iter("p", "li", "dd", "code"):
        if any(len(word) > JUSTIFIES for word in element.text_content().split()):
            element.classes.add("long" if element.tag == "code" else "ragged")


def _lines_needed(table: html.HtmlElement) -> int:
    """About how many lines the rows take, with all columns of one width."""
    lines = 0
    for row in table.iter("tr"):
        cells = [len(" ".join(cell.text_content().split())) for cell in row]
        lines += max((ceil(letters * LETTER * len(cells) / COLUMN) for letters in cells), default=0)
    return lines


def _mark_equations(root: html.HtmlElement) -> None:
    """A paragraph that is one displayed formula: what follows it goes on, so it is not indented."""
    for paragraph in root.iter("p"):
        displayed = [child for child in paragraph if _is_displayed(child)]
        if displayed and len(displayed) == len(paragraph) and not _own_words(paragraph):
            paragraph.classes.add("equation")


def _is_displayed(element: html.HtmlElement) -> bool:
    classes = set(element.get("class", "").split())
    return {"math", "display"} <= classes or "numbered" in classes


def _own_words(element: html.HtmlElement) -> str:
    return "".join([element.text or "", *(child.tail or "" for child in element)]).strip()


def _put_notes(root: html.HtmlElement, *, labels: Sequence[str], note: Callable[[str], str]) -> None:
    """Beside the first heading that names each result. A heading above a wide table gets none: they would collide."""
    waiting = list(labels)
    chapter = ""
    for heading in list(root.iter(*HEADINGS)):
        words = heading.text_content()
        chapter = words if heading.tag == "h2" else chapter
        named = [label for label in waiting if re.search(rf"\b{re.escape(label)}\b", words)]
        if not named or not RESULTS.search(f"{chapter} {words}") or _is_above_wide_table(heading):
            continue
        heading.addprevious(html.fragment_fromstring(f'<div class="anchor">{note(named[0])}</div>'))
        waiting.remove(named[0])


def _is_above_wide_table(heading: html.HtmlElement) -> bool:
    following = [element for element in heading.itersiblings() if isinstance(element.tag, str)][:2]
    return any("wide" in table.classes for element in following for table in element.iter("table"))


def _take_references(root: html.HtmlElement) -> str:
    """Cut the reference list out, so that the statements stand before it: the section of that name, else the list."""
    for heading in root.iter("h2"):
        section = heading.getparent()
        if REFERENCES.fullmatch(heading.text_content().strip()) and section is not None and section.tag == "section":
            return _cut(section)
    for element in root.iter("div"):
        if element.get("id") == "refs" or "references" in element.classes:
            return f"<h2>References</h2>{_cut(element)}"
    return ""


def _cut(element: html.HtmlElement) -> str:
    element.classes.add("references")
    words: str = html.tostring(element, encoding="unicode", with_tail=False)
    element.drop_tree()
    return words


def _inner(root: html.HtmlElement) -> str:
    children = "".join(html.tostring(child, encoding="unicode") for child in root)
    return (root.text or "") + children

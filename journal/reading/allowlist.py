"""Lets through what a paper is made of, and nothing else: an allow-list over the document tree.

Runs twice: over what pandoc read, and again over what citeproc made of it (a bibliography brings links and markup of
its own). Afterwards the tree has no raw parts, no attributes but identifiers of our own form and a few classes, and no
links but to the web, to mail and to places in the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

from journal.reading.raw_html import join_pairs, replacement_of
from journal.reading.sentences import Remarks
from journal.reading.tree import Node, no_attributes, rows_of

PREFIX = "ms-"
BIBLIOGRAPHY_PLACE = "refs"
OF_A_REFERENCE = "ref-"  # citeproc's own; pandoc's JATS knows a citation by it
INLINES = frozenset(
    (
        *("Str", "Emph", "Underline", "Strong", "Strikeout", "Superscript", "Subscript", "SmallCaps", "Quoted", "Cite"),
        *("Code", "Space", "SoftBreak", "LineBreak", "Math", "Link", "Image", "Note", "Span"),
    )
)
BLOCKS = frozenset(
    (
        *("Plain", "Para", "LineBlock", "CodeBlock", "BlockQuote", "OrderedList", "BulletList", "DefinitionList"),
        *("Header", "HorizontalRule", "Table", "Figure", "Div"),
    )
)
CONSTRUCTORS = frozenset(
    (
        *("SingleQuote", "DoubleQuote", "InlineMath", "DisplayMath", "AuthorInText", "SuppressAuthor"),
        *("NormalCitation", "AlignLeft", "AlignRight", "AlignCenter", "AlignDefault", "ColWidth", "ColWidthDefault"),
        *("DefaultStyle", "Example", "Decimal", "LowerRoman", "UpperRoman", "LowerAlpha", "UpperAlpha"),
        *("DefaultDelim", "Period", "OneParen", "TwoParens"),
    )
)
ATTRIBUTES_AT = {"Header": 1} | dict.fromkeys(
    ("Code", "CodeBlock", "Link", "Image", "Span", "Div", "Figure", "Table"), 0
)
CLASSES = frozenset(
    (
        *("unnumbered", "references", "csl-bib-body", "csl-entry", "csl-block", "csl-left-margin", "csl-right-inline"),
        *("csl-indent", "hanging-indent", "label", "missing", "numbered", "number"),
    )
)
LANGUAGE = re.compile(r"[A-Za-z][A-Za-z0-9+#-]{0,20}")
WEB = re.compile(r"(https?://[^\s/?#@\\]+(/|\?|#|$)|mailto:[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$)", re.IGNORECASE)
UNFIT_FOR_ADDRESS = re.compile(r"[\s\x00-\x1f\x7f<>\"\\]")
TAKEN = re.compile(r"refs$|ref-|fn\d|fnref\d")  # by citeproc and by pandoc's writers, once our prefix is before them
WIDEST_SPAN, LARGEST_NUMBER = 100, 100_000


@dataclass(slots=True)
class AllowList:
    """One pass over one document: the identifiers seen so far, and what there is to tell."""

    remarks: Remarks
    pictures: frozenset[str] | None = None
    ids: set[str] = field(default_factory=set)

    def of_list(self, items: list[Any]) -> list[Any]:
        """Clean a list of inlines, blocks or anything that holds them; recursion as deep as `why_too_large` lets."""
        kept: list[Any] = []
        for item in join_pairs(items):
            if isinstance(item, dict) and "t" in item:
                kept += self._of_element(item)
            else:
                kept.append(self._of_value(item))
        return kept

    def _of_value(self, value: Any) -> Any:  # noqa: ANN401 (pandoc's JSON)
        if isinstance(value, list):
            return self.of_list(value)
        if isinstance(value, dict) and "t" in value:
            return value if value["t"] in CONSTRUCTORS else None
        if isinstance(value, dict):
            return {name: self._of_value(inner) for name, inner in value.items()}
        return value

    def _of_element(self, node: Node) -> list[Node]:
        kind = node["t"]
        if kind in {"RawInline", "RawBlock"}:
            return replacement_of(node, self.remarks)
        if kind in CONSTRUCTORS:
            return [{"t": "ColWidthDefault"} if kind == "ColWidth" else node]
        if kind not in INLINES and kind not in BLOCKS:
            return []
        if "c" not in node:
            return [{"t": kind}]
        attributes = self._attributes_of(node)
        content = self._of_value(node["c"])
        if attributes is not None:
            content[ATTRIBUTES_AT[kind]] = attributes
        return self._finished({"t": kind, "c": content})

    def _finished(self, node: Node) -> list[Node]:
        kind: str = node["t"]
        match kind:
            case "Link":
                return self._link(node)
            case "Image":
                return self._image(node)
            case "Span" if node["c"][0] == no_attributes():
                return list(node["c"][1])
            case "Div" if node["c"][0] == no_attributes():
                return list(node["c"][1])
            case "Table":
                _make_plain(node)
            case "OrderedList":
                start = node["c"][0][0]
                node["c"][0][0] = start if 0 <= start <= LARGEST_NUMBER else 1
            case _:
                pass
        return [node]

    def _attributes_of(self, node: Node) -> list[Any] | None:
        """What may stay of an element's attributes; the order of calls decides who keeps a doubled identifier."""
        if node["t"] not in ATTRIBUTES_AT:
            return None
        name, classes, pairs = node["c"][ATTRIBUTES_AT[node["t"]]]
        if node["t"] in {"Code", "CodeBlock"}:
            return ["", [c for c in classes[:1] if LANGUAGE.fullmatch(c)], []]
        described = [pair for pair in pairs if pair[0] == "alt"] if node["t"] in {"Image", "Figure"} else []
        if node["t"] == "Div" and name == BIBLIOGRAPHY_PLACE:
            return [name, [], []] if self.pictures is None else [name, [c for c in classes if c in CLASSES], []]
        return [self._own_id(name), [c for c in classes if c in CLASSES], described]

    def _own_id(self, name: str) -> str:
        own = self._renamed(name) if name else ""
        if own in self.ids:
            return ""
        self.ids.add(own)
        return own

    def _renamed(self, name: str) -> str:
        """What an identifier is called from now on: the second pass meets our own names and citeproc's."""
        if self.pictures is None:
            return own_id(name)
        if name == BIBLIOGRAPHY_PLACE or name.startswith(OF_A_REFERENCE):
            return tidied(name)
        return name if name.startswith(PREFIX) else own_id(name)

    def _link(self, node: Node) -> list[Node]:
        attributes, inlines, (target, _title) = node["c"]
        if target.startswith("#"):
            return [{"t": "Link", "c": [attributes, inlines, [f"#{self._renamed(unquote(target[1:]))}", ""]]}]
        if WEB.match(target) and not UNFIT_FOR_ADDRESS.search(target):
            return [{"t": "Link", "c": [no_attributes(), inlines, [target, ""]]}]
        if not target.startswith(
            "mailto:"
        ):  # what Markdown takes for a mail address may be the name of a measure (Hold@4)
            self.remarks.links.append(target[:60] or "an empty address")
        return list(inlines)

    def _image(self, node: Node) -> list[Node]:
        attributes, inlines, (target, _title) = node["c"]
        if self.pictures is not None and target not in self.pictures:
            return list(inlines)
        return [{"t": "Image", "c": [attributes, inlines, [target, ""]]}]


def own_id(name: str) -> str:
    """An identifier that is fit for HTML and XML alike and cannot meet one of the page's own, nor citeproc's."""
    tidy = tidied(name)
    return f"{PREFIX}x-{tidy}" if TAKEN.match(tidy) else PREFIX + tidy


def tidied(name: str) -> str:
    """Letters, digits, dots and hyphens, at most 80 of them."""
    return re.sub(r"[^\w.-]+", "-", name)[:80].strip("-.")


def _make_plain(table: Node) -> None:
    """Rows and cells without attributes, and spans that a page can hold."""
    table["c"][1][0] = None
    for part in (table["c"][3], *table["c"][4], table["c"][5]):
        part[0] = no_attributes()
    for row in rows_of(table):
        row[0] = no_attributes()
        for cell in row[1]:
            cell[0] = no_attributes()
            cell[2:4] = [span if 1 <= span <= WIDEST_SPAN else 1 for span in cell[2:4]]


def clean(blocks: list[Node], remarks: Remarks) -> list[Node]:
    """The first pass, over what an author wrote."""
    return AllowList(remarks).of_list(blocks)


def clean_again(blocks: list[Node], remarks: Remarks, *, pictures: frozenset[str]) -> list[Node]:
    """The second pass, over what citeproc added; images are only those we named."""
    return AllowList(remarks, pictures=pictures).of_list(blocks)

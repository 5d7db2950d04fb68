"""Title and headings: taken from the document, inferred from bold paragraphs where Word has none, set in even steps."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from journal.reading.allowlist import own_id
from journal.reading.sentences import Remarks, some
from journal.reading.tree import Node, no_attributes, strings, text_of, walk

LONGEST_HEADING = 140
DEEPEST_HEADING = 5
CAPTION = re.compile(r"(fig(ure)?|table|box|panel|note|equation)\b\.?\s*[A-Z]?\d*", re.IGNORECASE)
NUMBERED = re.compile(r"(\d+(?:\.\d+)*)\.?\s+\S")
USUAL = re.compile(
    r"(?:\d[\d.]*\s+)?(?:abstract|summary|introduction|background|overview|motivation|methods?|contents)\b",
    re.IGNORECASE,
)
FIRST = "The first heading ({words}) was taken for the title. Say `title:` in the head of the file to have another."
SPOKEN_FOR = ("author", "authors", "abstract", "date", "keywords", "affiliation", "affiliations", "institute")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the manuscript: its level in HTML (2 to 6), its identifier, its words."""

    level: int
    id: str
    text: str


def take_title(
    meta: Mapping[str, Any], blocks: list[Node], remarks: Remarks, *, keeps_head: bool = False
) -> tuple[str, list[Node]]:
    """The title and the blocks without it; an empty title where the manuscript shows none."""
    if not keeps_head and (spoken_for := [name for name in SPOKEN_FOR if _says_something(meta.get(name))]):
        remarks.say(
            f"The head of the file ({some(spoken_for, quoted=False)}) is not part of the text; the form asks for it."
        )
    if title := text_of(meta.get("title")):
        subtitle = text_of(meta.get("subtitle"))
        return f"{title}: {subtitle}" if subtitle else title, blocks
    tops = [block for block in walk(blocks) if block["t"] == "Header" and block["c"][0] == 1]
    if len(tops) == 1 and blocks and blocks[0] is tops[0]:
        return text_of(tops[0]["c"][2]), blocks[1:]
    first = text_of(blocks[0]["c"][2]) if tops and blocks and blocks[0] is tops[0] else ""
    if keeps_head and first and not USUAL.match(first):
        remarks.say(FIRST.format(words=first[:60]))
        return first, blocks[1:]
    return "", blocks


def _says_something(value: object) -> bool:
    """LaTeX has an empty date where its author wants none printed."""
    return value is not None and not (isinstance(value, dict) and not value.get("c"))


def with_abstract(meta: Mapping[str, Any], blocks: list[Node], clean: Callable[[list[Node]], list[Node]]) -> list[Node]:
    """The blocks with the abstract of the head before them, as a section, where the head has one."""
    value = meta.get("abstract")
    if not isinstance(value, dict) or value.get("t") not in {"MetaBlocks", "MetaInlines", "MetaString"}:
        return blocks
    words = strings(value["c"]) if value["t"] == "MetaString" else value["c"]
    inner = clean(words if value["t"] == "MetaBlocks" else [{"t": "Para", "c": words}])
    top = min((node["c"][0] for node in walk(blocks) if node["t"] == "Header"), default=1)
    heading = {"t": "Header", "c": [top, ["", ["unnumbered"], []], strings("Abstract")]}
    return [heading, *inner, *blocks] if text_of(inner) else blocks


def infer_headings(title: str, blocks: list[Node], remarks: Remarks) -> tuple[str, list[Node]]:
    """Make headings of paragraphs that are bold throughout, where a Word file has no heading at all.

    One that begins the document is its title, where it has none yet and whether or not it has headings.
    """
    if any(node["t"] == "Header" for node in walk(blocks)):
        first = _as_heading(blocks[0])
        begins_bold = not title and first is not blocks[0]
        return (text_of(first["c"][2]), blocks[1:]) if begins_bold else (title, blocks)
    inferred = [_as_heading(block) for block in blocks]
    found = [text_of(new["c"][2]) for new in inferred if new["t"] == "Header"]
    if found:
        remarks.say(
            f"The Word file marks no headings; {len(found)} bold paragraphs were taken for headings"
            f" ({some(found, quoted=False)}). Look whether they are right, or mark them with Word's heading styles."
        )
    if not title and inferred[0]["t"] == "Header":
        return text_of(inferred[0]["c"][2]), inferred[1:]
    return title, inferred


def _as_heading(block: Node) -> Node:
    words = text_of(block)
    if block["t"] != "Para" or not _is_bold(block["c"]) or not 0 < len(words) <= LONGEST_HEADING:
        return block
    if CAPTION.match(words) or words.endswith((".", ":", ";", ",")):
        return block
    number = NUMBERED.match(words)
    level = min(DEEPEST_HEADING, number[1].count(".") + 1) if number else 1
    attributes = no_attributes()
    attributes[0] = _id_from_words(block["c"])
    return {"t": "Header", "c": [level, attributes, _without_bold(block["c"])]}


def _is_bold(inlines: list[Node]) -> bool:
    return all(node["t"] in {"Strong", "Space", "SoftBreak", "LineBreak"} for node in inlines)


def _without_bold(inlines: list[Node]) -> list[Node]:
    return [inner for node in inlines for inner in (node["c"] if node["t"] == "Strong" else [node])]


def even_headings(blocks: list[Node]) -> list[Heading]:
    """Set the levels from 1 without gaps, give every heading an identifier of its own, and list them."""
    headers = [node for node in walk(blocks) if node["t"] == "Header"]
    top = min((header["c"][0] for header in headers), default=1)
    taken: set[str] = set()
    listed, before = [], 0
    for header in headers:
        before = min(header["c"][0] - top + 1, before + 1, DEEPEST_HEADING)
        header["c"][0] = before
        header["c"][1][0] = _free_id(header, taken)
        listed.append(Heading(before + 1, header["c"][1][0], text_of(header["c"][2])))
    return listed


def _id_from_words(inlines: list[Node]) -> str:
    return own_id(text_of(inlines).lower()) if text_of(inlines) else own_id("section")


def _free_id(header: Node, taken: set[str]) -> str:
    wanted = header["c"][1][0] or _id_from_words(header["c"][2])
    number, free = 1, wanted
    while free in taken:
        number, free = number + 1, f"{wanted}-{number}"
    taken.add(free)
    return str(free)

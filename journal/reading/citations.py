"""Citations, set by citeproc from our copy of the references and our style; cross-references to figures and tables."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from journal.reading.allowlist import OF_A_REFERENCE, own_id
from journal.reading.bibliography import Bibliography
from journal.reading.pandoc import SECONDS, Converted, Unreadable, convert
from journal.reading.sentences import Remarks, some
from journal.reading.tree import SPACES, Node, no_attributes, strings, text_of, walk

STYLE = Path(__file__).with_name("references.csl")
CROSS_REFERENCE = re.compile(r"(fig|figure|tbl|tab|table|eq|sec|lst)[:-]")
KIND_OF_PLACE = re.compile(r"(figures?|figs?\.?|tables?|tabs?\.?)", re.IGNORECASE)
REFERENCES_HEADING = re.compile(
    r"(?:\d+\.?\s+)?(references|bibliography|literature( cited)?|works cited)", re.IGNORECASE
)


def cited_keys(blocks: list[Node]) -> list[str]:
    """Every key that is cited, once, in the order of the text."""
    cites = (node for node in walk(blocks) if node["t"] == "Cite")
    return list(dict.fromkeys(str(citation["citationId"]) for cite in cites for citation in cite["c"][0]))


def link_cross_references(blocks: list[Node], called: Mapping[str, str], remarks: Remarks) -> None:
    """Turn `@fig:loss` into a link that says "Figure 2", in place; one that leads nowhere becomes plain text."""
    for node in walk(blocks):
        if node["t"] == "Cite":
            _split_off_places(node, called, remarks)
        elif node["t"] in {"Para", "Plain"}:
            _say_figure_once(node["c"])


def _split_off_places(cite: Node, called: Mapping[str, str], remarks: Remarks) -> None:
    """One group may cite a figure and a paper (`@fig:loss [@smith]`): the first is a link, the second stays."""
    names = [c["citationId"] for c in cite["c"][0] if CROSS_REFERENCE.match(c["citationId"])]
    if not names:
        return
    places = [(name, own_id(name)) for name in names]
    remarks.lost_places += [f"@{name}" for name, place in places if place not in called]
    papers = [c | {"citationMode": {"t": "NormalCitation"}} for c in cite["c"][0] if c["citationId"] not in names]
    written = strings(f"[{'; '.join('@' + paper['citationId'] for paper in papers)}]")
    rest = [{"t": "Space"}, {"t": "Cite", "c": [papers, written]}] if papers else []
    cite.update({"t": "Span", "c": [no_attributes(), [*_links(places, called), *rest]]})


def _links(places: list[tuple[str, str]], called: Mapping[str, str]) -> list[Node]:
    inlines: list[Node] = []
    for name, place in places:
        inlines += [*strings(","), {"t": "Space"}] if inlines else []
        words = strings(called.get(place, name))
        inlines += [{"t": "Link", "c": [no_attributes(), words, [f"#{place}", ""]]}] if place in called else words
    return inlines


def _say_figure_once(inlines: list[Node]) -> None:
    """Authors write "Figure @fig:loss" too: the link then says what kind of thing it leads to, the word before goes."""
    for place in range(len(inlines) - 2, -1, -1):
        word, space, cite = inlines[place : place + 3] if place + 2 < len(inlines) else ({}, {}, {})
        if word.get("t") != "Str" or space.get("t") not in SPACES or cite.get("t") != "Cite":
            continue
        if KIND_OF_PLACE.fullmatch(word["c"]) and CROSS_REFERENCE.match(cite["c"][0][0]["citationId"]):
            del inlines[place : place + 2]


def say_what_is_not_found(keys: list[str], known: Collection[str] | None, remarks: Remarks) -> None:
    """Tell of citations without a bibliography, and of keys that are not `known` in it."""
    if keys and known is None:
        remarks.lose(f"The text cites {some(keys)}, but there is no bibliography. Upload one as BibTeX (.bib).")
    elif known is not None and (unknown := [key for key in keys if key not in known]):
        remarks.lose(
            f"These citations are not in the bibliography: {some(unknown)}. Add them to it, or correct the keys."
        )


def cite(tree: Mapping[str, Any], bibliography: Bibliography, *, seconds: float = SECONDS) -> list[Node] | Unreadable:
    """Let citeproc set the citations and the list of references; the result has to be cleaned again."""
    arguments = [
        *("-f", "json", "-t", "json", "--citeproc", "--csl=given/style.csl"),
        *("-M", "link-citations=true", "-M", "lang=en-GB"),
    ]
    if not _ends_with_references_heading(tree["blocks"]):
        arguments += ["-M", "reference-section-title=References"]
    source = json.dumps({**tree, "meta": {"references": {"t": "MetaList", "c": bibliography.references}}})
    style = {"style.csl": STYLE.read_bytes()}
    converted = convert(source.encode("utf-8"), arguments, files=style, seconds=seconds)
    if not isinstance(converted, Converted):
        return converted
    blocks: list[Node] = json.loads(converted.text)["blocks"]
    return blocks


def _ends_with_references_heading(blocks: list[Node]) -> bool:
    last = [node for node in walk(blocks) if node["t"] == "Header"][-1:]
    has_place = any(node["t"] == "Div" and node["c"][0][0] == "refs" for node in walk(blocks))
    return has_place or bool(last and blocks[-1] is last[0] and REFERENCES_HEADING.fullmatch(text_of(last[0]["c"][2])))


def drop_lost_links(blocks: list[Node], remarks: Remarks) -> None:
    """Point each inner link at a place that exists, in place, or make plain text of it."""
    places = {_id_of(node) for node in walk(blocks)} - {""}
    alike: dict[str, set[str]] = {}
    for place in places:
        alike.setdefault(_letters(place), set()).add(place)
    for node in walk(blocks):
        if node["t"] != "Link" or not node["c"][2][0].startswith("#") or node["c"][2][0][1:] in places:
            continue
        candidates = alike.get(_letters(node["c"][2][0]), set())
        if len(candidates) == 1:
            node["c"][2][0] = f"#{next(iter(candidates))}"
        else:
            if not node["c"][2][0].startswith(f"#{OF_A_REFERENCE}"):  # a key without entry has its own sentence
                remarks.lost_places.append(node["c"][2][0].replace("#ms-", "#"))
            node.update({"t": "Span", "c": [no_attributes(), node["c"][1]]})


def _id_of(node: Node) -> str:
    if node["t"] in {"Span", "Div", "Figure", "Table", "Link", "Image"}:
        return str(node["c"][0][0])
    return str(node["c"][1][0]) if node["t"] == "Header" else ""


def _letters(place: str) -> str:
    """Tools make identifiers of headings in different ways; the letters stay the same."""
    return re.sub(r"[^a-z]+", "", place.lower().removeprefix("#").removeprefix("ms-"))

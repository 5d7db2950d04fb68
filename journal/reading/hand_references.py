"""References that a LaTeX source lists by hand: set as citeproc sets its own, and cited from the text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from journal.reading.allowlist import BIBLIOGRAPHY_PLACE, OF_A_REFERENCE, tidied
from journal.reading.latex import Entry
from journal.reading.tree import Node, no_attributes, strings, text_of, walk

MARK = "bibitem:"  # journal.reading.inside.latex.references begins the terms of the list with it


def keep_keys(blocks: list[Node]) -> None:
    """Let each citation say its keys, in place, until it is set: pandoc keeps the command, which is no text."""
    for node in walk(blocks):
        if node["t"] == "Cite":
            node["c"][1] = strings(f"[{'; '.join(str(citation['citationId']) for citation in node['c'][0])}]")


def cite_by_hand(blocks: list[Node], entries: Sequence[Entry]) -> None:
    """Set the list and the citations, in place. A key without entry stays as its keys."""
    known = {entry.key: entry for entry in entries}
    for node in walk(blocks):
        if node["t"] == "DefinitionList" and _is_ours(node):
            node.update(_references(node, known))
        elif node["t"] == "Cite" and all(citation["citationId"] in known for citation in node["c"][0]):
            node["c"][1] = _cited(node["c"][0], known)


def _is_ours(node: Node) -> bool:
    return bool(node["c"]) and all(text_of(term).startswith(MARK) for term, _meanings in node["c"])


def _references(node: Node, known: Mapping[str, Entry]) -> Node:
    listed = [
        {"t": "Div", "c": [[_place(key), ["csl-entry"], []], _entry(known.get(key), meanings)]}
        for term, meanings in node["c"]
        if (key := text_of(term).removeprefix(MARK).strip()) and any(meanings)
    ]
    return {"t": "Div", "c": [[BIBLIOGRAPHY_PLACE, ["references", "csl-bib-body"], []], listed]}


def _place(key: str) -> str:
    return tidied(OF_A_REFERENCE + key)


def _entry(entry: Entry | None, meanings: list[list[Node]]) -> list[Node]:
    inlines = [
        inline
        for blocks in meanings
        for block in blocks
        if block["t"] in {"Para", "Plain"}
        for inline in (*block["c"], {"t": "Space"})
    ]
    if entry is None or entry.who:
        return [{"t": "Para", "c": inlines}]
    return [{"t": "Para", "c": [{"t": "Str", "c": f"[{entry.year}]"}, {"t": "Space"}, *inlines]}]


def _cited(citations: list[Mapping[str, Any]], known: Mapping[str, Entry]) -> list[Any]:
    is_numbered = not known[citations[0]["citationId"]].who
    by_name = citations[0]["citationMode"]["t"] == "AuthorInText" and not is_numbered
    opening, closing = ("[", "]") if is_numbered else ("(", ")")
    inlines: list[Any] = [] if by_name else [{"t": "Str", "c": opening}]
    for number, citation in enumerate(citations):
        entry = known[citation["citationId"]]
        inlines += [{"t": "Str", "c": ", " if is_numbered else "; "}] if number else []
        inlines += _with_space(citation["citationPrefix"], after=True)
        words = f"{entry.who} ({entry.year})" if by_name else ", ".join(filter(None, (entry.who, entry.year)))
        inlines.append({"t": "Link", "c": [no_attributes(), strings(words), [f"#{_place(entry.key)}", ""]]})
        inlines += _with_space(citation["citationSuffix"], after=False)
    return [*inlines, *([] if by_name else [{"t": "Str", "c": closing}])]


def _with_space(inlines: list[Any], *, after: bool) -> list[Any]:
    if not inlines:
        return []
    return [*inlines, {"t": "Space"}] if after else [{"t": "Str", "c": ", "}, *inlines]

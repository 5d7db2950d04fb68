"""Joins pictures and tables with the loose paragraphs that caption them, as word processors leave them."""

from __future__ import annotations

import re
from typing import Any

from journal.reading.sentences import Remarks
from journal.reading.tree import Node, no_attributes, strings, text_of, walk

CAPTION_OF = {
    "Table": re.compile(r"(Supplementary )?Table\s*[A-Z]?\d+\s*([.:|\u2013\u2014]|$)", re.IGNORECASE),
    "Figure": re.compile(r"(Supplementary )?Fig(ure|\.)?\s*[A-Z]?\d+\s*([.:|\u2013\u2014]|$)", re.IGNORECASE),
}
LONGEST_CAPTION = 2000
TAKEN = (
    "{count} paragraphs beside pictures and tables, which begin with a number like Figure 1 or Table 1, were taken for"
    " captions. Look whether they are right."
)


def join_captions(blocks: list[Node], remarks: Remarks) -> list[Node]:
    """Make figures of pictures that stand alone, and move a caption beside a figure or table into it."""
    joined: list[Node] = []
    taken = 0
    for block in map(_as_figure, blocks):
        before = joined[-1] if joined else None
        if _lacks_caption(block) and _may_caption(before, block["t"]):
            joined[-1] = _captioned(block, before)
            taken += 1
        elif _lacks_caption(before, only="Figure") and _may_caption(block, "Figure"):
            joined[-1] = _captioned(before, block)
            taken += 1
        else:
            joined.append(block)
    if taken:
        remarks.say(TAKEN.format(count=taken))
    return joined


def _as_figure(block: Node) -> Node:
    if block["t"] in {"Para", "Plain"} and len(block["c"]) == 1 and block["c"][0]["t"] == "Image":
        return {"t": "Figure", "c": [no_attributes(), [None, []], [{"t": "Plain", "c": block["c"]}]]}
    return block


def _lacks_caption(block: Node | None, *, only: str = "") -> bool:
    if block is None or block["t"] not in CAPTION_OF or (only and block["t"] != only):
        return False
    return not block["c"][1][1]


def _may_caption(block: Node | None, kind: str) -> bool:
    if block is None or block["t"] != "Para":
        return False
    words = text_of(block)
    return len(words) <= LONGEST_CAPTION and CAPTION_OF[kind].match(words) is not None


def _captioned(block: Any, caption: Any) -> Node:  # noqa: ANN401 (two nodes that the caller has looked at)
    block["c"][1][1] = [{"t": "Plain", "c": caption["c"]}]
    for image in walk(block["c"][2]) if block["t"] == "Figure" else ():
        if image["t"] == "Image" and not image["c"][1]:
            image["c"][1] = strings(text_of(caption))
    return dict(block)

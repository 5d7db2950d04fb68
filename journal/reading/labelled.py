"""Lines that each begin with a bold label, as heads of protocols have them (`**Status:** locked`), stay lines."""

from __future__ import annotations

from itertools import pairwise

from journal.reading.tree import Node, text_of, walk


def keep_labelled_lines(blocks: list[Node]) -> None:
    """Break the lines of a paragraph, in place, where the first and all others begin with a label."""
    for node in walk(blocks):
        if node["t"] not in {"Para", "Plain"} or not _is_label(node["c"]):
            continue
        inlines = node["c"]
        breaks = [place for place, inline in enumerate(inlines) if inline["t"] == "SoftBreak"]
        for place in breaks:
            if _is_label(inlines[place + 1 :]):
                inlines[place] = {"t": "LineBreak"}


def _is_label(inlines: list[Node]) -> bool:
    """Whether a line begins with bold words and a colon, inside or after them."""
    if not inlines or inlines[0]["t"] != "Strong":
        return False
    after = next((second for _, second in pairwise(inlines[:2])), None)
    return text_of(inlines[0]).endswith(":") or (after is not None and str(after.get("c", "")).startswith(":"))

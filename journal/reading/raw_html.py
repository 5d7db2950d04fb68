"""The little HTML that authors write inside Markdown: <sub>, <br>, <img> become structure, the rest is dropped."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from journal.reading.sentences import Remarks
from journal.reading.tree import Node, no_attributes, strings

PAIRS = {
    "sub": "Subscript",
    "sup": "Superscript",
    "em": "Emph",
    "i": "Emph",
    "strong": "Strong",
    "b": "Strong",
    "s": "Strikeout",
    "del": "Strikeout",
    "u": "Underline",
}
OPENING = re.compile(r"<([a-z]+)\s*>", re.IGNORECASE)
SHOWN_OF_TEX = 40
FURTHEST_PARTNER = 200  # so that a thousand tags without partner do not each search the whole paragraph


class _FirstTag(HTMLParser):
    """The name and the attributes of the first tag."""

    def __init__(self) -> None:
        super().__init__()
        self.name = ""
        self.values: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self.name:
            self.name, self.values = tag, {name: value or "" for name, value in attrs}


def join_pairs(inlines: list[Any]) -> list[Any]:
    """Turn `<sub>`, inlines, `</sub>` into one element; what has no partner stays for `replacement_of`."""
    joined: list[Any] = []
    position = 0
    while position < len(inlines):
        name, end = _opened(inlines, position)
        if end is None:
            joined.append(inlines[position])
            position += 1
        else:
            joined.append({"t": PAIRS[name], "c": inlines[position + 1 : end]})
            position = end + 1
    return joined


def _opened(inlines: list[Any], position: int) -> tuple[str, int | None]:
    opening = OPENING.fullmatch(_html(inlines[position]))
    name = opening[1].lower() if opening else ""
    if name not in PAIRS:
        return name, None
    closing = f"</{name}>"
    ends = (
        n
        for n in range(position + 1, min(len(inlines), position + FURTHEST_PARTNER))
        if _html(inlines[n]).lower() == closing
    )
    return name, next(ends, None)


def _html(node: Any) -> str:  # noqa: ANN401 (an item of pandoc's JSON)
    if isinstance(node, dict) and node.get("t") == "RawInline" and node["c"][0] == "html":
        return str(node["c"][1]).strip()
    return ""


def replacement_of(raw: Node, remarks: Remarks) -> list[Node]:
    """What takes the place of a raw part: a line break, an image, or nothing but a remark."""
    language, text = str(raw["c"][0]), str(raw["c"][1]).strip()
    if language in {"html", "html4", "html5"}:
        return _html_replacement(text, remarks, is_block=raw["t"] == "RawBlock")
    (remarks.tex if language in {"tex", "latex"} else remarks.other_raw).append(text[:SHOWN_OF_TEX])
    return []


def _html_replacement(text: str, remarks: Remarks, *, is_block: bool) -> list[Node]:
    if text.startswith(("<!--", "</")):
        return []
    first = _FirstTag()
    first.feed(text)
    if first.name == "br" and not is_block:
        return [{"t": "LineBreak"}]
    if first.name == "img":
        image = _image(first.values)
        return [{"t": "Para", "c": [image]}] if is_block else [image]
    if first.name:
        remarks.tags.append(f"<{first.name}>")
    return []


def _image(values: dict[str, str]) -> Node:
    attributes = no_attributes()
    if values.get("alt"):
        attributes[2] = [["alt", values["alt"]]]
    return {"t": "Image", "c": [attributes, strings(values.get("alt", "")), [values.get("src", ""), ""]]}

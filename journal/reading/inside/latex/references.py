"""References written by hand (`thebibliography`), as a list that can be found again in what pandoc reads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from journal.reading.passages.markup import Markup, plain

MARK = "bibitem:"
_LIST = re.compile(
    r"\\begin\{thebibliography\}\s*(?:\{[^{}]*\})?(?P<items>.*?)(?:\\end\{thebibliography\}|\Z)", re.DOTALL
)
_ITEM = re.compile(r"\\bibitem\s*(?:\[(?P<label>(?:[^\[\]{}]|\{(?:[^{}]|\{[^{}]*\})*\})*)\])?\s*\{(?P<key>[^{}]+)\}")
_AUTHOR_YEAR = re.compile(r"(?P<who>.+?)\s*\((?P<year>[^()]*\d{4}[a-z]?|n\.d\.|in press)\)", re.DOTALL)
_BLOCK = re.compile(r"\\newblock(?![A-Za-z])|\\bibinfo\s*\{[^{}]*\}|\\bibnamefont|\\bibfnamefont|\\natexlab")


@dataclass(frozen=True, slots=True)
class Entry:
    """One reference written by hand: its key, and how it is cited in the text, as `[3]` or as `Lee, 2020`."""

    key: str
    who: str
    year: str


def with_references_listed(text: str) -> tuple[str, list[Entry]]:
    """The source with the reference list as a list of descriptions, whose terms are our mark and the keys."""
    found = _LIST.search(text)
    if found is None:
        return text, []
    items = list(_ITEM.finditer(found["items"]))
    ends = [item.start() for item in items[1:]] + [len(found["items"])]
    parts = [
        rf"\item[{MARK}{item['key'].strip()}] {_BLOCK.sub(' ', found['items'][item.end() : end])}"
        for item, end in zip(items, ends, strict=True)
    ]
    listed = "\n".join(["\n\n\\section*{References}\n\\begin{description}", *parts, "\\end{description}\n"])
    return text[: found.start()] + (listed if items else "") + text[found.end() :], _entries(items)


def _entries(items: Sequence[re.Match[str]]) -> list[Entry]:
    labels = [_AUTHOR_YEAR.match(plain(item["label"] or "", Markup.LATEX)) for item in items]
    if all(labels):
        return [
            Entry(item["key"].strip(), label["who"], label["year"])
            for item, label in zip(items, labels, strict=True)
            if label is not None
        ]
    return [Entry(item["key"].strip(), "", str(number)) for number, item in enumerate(items, 1)]

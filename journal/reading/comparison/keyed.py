"""YAML and JSON by their lines: each field a passage with its words verbatim, each entry of a list one together.

No file is executed and none is built into objects: tags, anchors and bombs are only text here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from journal.reading.comparison.labels import labels_in
from journal.reading.passages import Block, Passage

_LINE = re.compile(
    r"^(?P<indent>\s*)(?P<dash>-\s+)?(?:(?P<quote>[\"'])?(?P<key>[\w .()/-]{1,60}?)[\"']?\s*:(?=\s"
    r"|$))?\s*(?P<value>.*?)\s*,?\s*$"
)
_BLOCK_SCALAR = re.compile(r"^[|>][-+]?\d?$")
_BARE = re.compile(r"^[\[\]{},]*$")
LONGEST = 20_000
_WORDY = 40
_NAMES = frozenset({"label", "id", "name", "statement", "text", "title", "hypothesis", "question", "description"})


@dataclass
class _Entry:
    """One entry of a list, or one field, while its lines are read."""

    line: int
    start: int
    end: int
    section: tuple[str, ...]
    values: list[tuple[int, int]] = field(default_factory=list)


def passages_of_keyed(name: str, text: str) -> Iterator[Passage]:
    """The fields of a YAML or JSON file. A list of fields is one passage with its values as cells."""
    if text.lstrip()[:1] in "{[" and text.count("\n") < len(text) / 200:
        text = _spread(text)
    for number, entry in enumerate(_entries(text)):
        source = text[entry.start : entry.end]
        cells = tuple((a - entry.start, b - entry.start) for a, b in entry.values)
        label = next((source[a:b].strip("\"' ") for a, b in cells if list(labels_in(source[a:b]))[:1]), "")
        is_label = bool(label) and len(label) < 12  # noqa: PLR2004
        yield Passage(
            name,
            Block.ITEM,
            source,
            number,
            line=entry.line,
            section=entry.section,
            cells=cells,
            lead=label if is_label else "",
        )


def is_name(key: str | None) -> bool:
    """Whether a field needs no name of its own in a sentence: no key, a label, a statement."""
    return key is None or key.lower() in _NAMES


def _spread(text: str) -> str:
    """JSON on one line, spread over lines; what is no JSON stays as it is."""
    try:
        return json.dumps(json.loads(text), indent=1, ensure_ascii=False)
    except (ValueError, RecursionError):
        return text


def _entries(text: str) -> Iterator[_Entry]:
    reading = _Reading()
    place = 0
    for number, line in enumerate(text.split("\n")[:LONGEST], 1):
        start, place = place, place + len(line) + 1
        words = line.strip()
        if words and not words.startswith(("#", "---", "%")):
            yield from reading.line(number, start, line)
    yield from reading.closed()


@dataclass
class _Reading:
    """Where one is while lines are read: the keys above, and the entry that is open."""

    path: list[tuple[int, str]] = field(default_factory=list)
    current: _Entry | None = None
    depth: int = -1

    def line(self, number: int, start: int, line: str) -> Iterator[_Entry]:
        """Take one line; an entry that it ends comes out."""
        match = _LINE.match(line)
        if match is None or _BARE.match(line.strip()):
            yield from self._bracket(number, start, line)
            return
        indent, key = len(match["indent"]), match["key"]
        value = match["value"].strip().rstrip(",")
        if match["dash"] is not None or self.current is None or indent <= self.depth:
            yield from self.closed()
            self._leave(indent)
            self.current = _Entry(number, start + indent, start + len(line), tuple(name for _i, name in self.path))
            self.depth = indent
        if key and not value.strip("[{"):
            yield from self.closed()
            self._leave(indent)
            self.path.append((indent, key))
        elif self.current is not None:
            self._keep(start, match, value, line)

    def _bracket(self, number: int, start: int, line: str) -> Iterator[_Entry]:
        """A lone bracket of JSON: inside a list it opens or ends an entry."""
        indent = len(line) - len(line.lstrip())
        if "}" in line:
            yield from self.closed()
        if "{" in line and indent > 0:
            yield from self.closed()
            self._leave(indent)
            self.current = _Entry(number, start + indent, start + len(line), tuple(name for _i, name in self.path))
            self.depth = indent

    def closed(self) -> Iterator[_Entry]:
        """End the entry that is open."""
        if self.current is not None and self.current.values:
            yield self.current
        self.current = None

    def _leave(self, indent: int) -> None:
        while self.path and self.path[-1][0] >= indent:
            self.path.pop()

    def _keep(self, start: int, match: re.Match[str], value: str, line: str) -> None:
        if self.current is None:
            return
        begins = match.start("value")
        if len(value) <= _WORDY and not is_name(match["key"]):
            begins = match.start("key") - (match["quote"] is not None)
        if value and not _BLOCK_SCALAR.match(value):
            self.current.values.append((start + begins, start + match.start("value") + len(value)))
        self.current.end = start + len(line.rstrip())

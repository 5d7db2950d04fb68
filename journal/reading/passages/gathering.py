"""Gathers the passages of one file in order, and keeps the path of headings while it does."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from journal.reading.passages.instructions import is_instruction
from journal.reading.passages.markup import Markup, plain
from journal.reading.passages.passage import Block, Emphasis, Passage, words_of
from journal.reading.passages.splitting import words_in

_LEVEL_OF_BOLD_LINE = 7
_LONGEST_HEADING = 8
_LEAD = re.compile(
    r"\s*(?:\[[ xX]\]\s*)?(?P<mark>\*\*\*|\*\*|__|\*|_)(?=\S)(?P<words>[^\n*]{1,120}?)(?P=mark)(?P<after>.{0,2})",
    re.DOTALL,
)
_TEX_LEAD = re.compile(
    r"\s*\\(?:textbf|textit|emph|textsc|paragraph|subparagraph)\*?\{(?P<words>[^{}]{1,120})\}(?P<after>.{0,2})",
    re.DOTALL,
)
_COLON_LEAD = re.compile(r"\s*(?P<words>[A-Z][^\s.:;!?]*(?: [^\s.:;!?]+){0,5}):(?=\s)")
_NUMBERED_LABEL = re.compile(r"\s*(?P<words>(?:[A-Z][A-Za-z]*\s?)?[A-Z]?[A-Z]?\d{1,2}[a-z]?(?:\.\d+)?)\s*[:.)—–-]\s")


@dataclass(frozen=True, slots=True)
class _Seen:
    block: Block
    level: int
    lead: str


@dataclass(slots=True)
class Gathered:
    """The passages of one file so far. `under` is what introduces a list or table, its last paragraph."""

    file: str
    markup: Markup
    passages: list[Passage] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    under: str = ""
    asked: str = ""

    def add(self, passage: Passage) -> None:
        """Add one passage, with its place in the document, and take note of headings."""
        words = words_of(passage.source, passage.block, self.markup)
        if not words:
            return
        seen = self._seen_as(passage, words)
        if seen.block is Block.HEADING:
            self._close(seen.level)
            self.asked = ""
        placed = replace(
            passage,
            file=self.file,
            block=seen.block,
            number=len(self.passages),
            section=tuple(title for _level, title in self.headings),
            lead=seen.lead,
            level=seen.level,
            under="" if seen.block is Block.PARAGRAPH else self.under,
            asked=self.asked,
            markup=self.markup,
        )
        self.passages.append(placed)
        self._take_note(seen, words)

    def _take_note(self, seen: _Seen, words: str) -> None:
        if seen.block is Block.HEADING:
            self.headings.append((seen.level, words))
            self.under = ""
        elif seen.block is Block.PARAGRAPH:
            self.under = words
        elif seen.block is Block.INSTRUCTION:
            self.asked = words

    def _close(self, level: int) -> None:
        while self.headings and self.headings[-1][0] >= level:
            self.headings.pop()

    def _seen_as(self, passage: Passage, words: str) -> _Seen:
        """What a passage is at a second look: a question of a form, or a heading that is only a bold line."""
        seen = _Seen(passage.block, passage.level, passage.lead)
        if passage.block not in {Block.PARAGRAPH, Block.ITEM, Block.QUOTE}:
            return seen
        if is_instruction(passage, words):
            return replace(seen, block=Block.INSTRUCTION)
        lead, is_alone = (passage.lead, False) if passage.lead else _lead_of(passage.source, self.markup)
        if passage.emphasis is Emphasis.BOLD:
            lead, is_alone = words, True
        if is_alone and passage.block is Block.PARAGRAPH and _is_short(lead):
            return _Seen(Block.HEADING, _LEVEL_OF_BOLD_LINE, "")
        return replace(seen, lead=lead)


def _is_short(words: str) -> bool:
    return words_in(words) <= _LONGEST_HEADING and not words.endswith(".")


def _lead_of(source: str, markup: Markup) -> tuple[str, bool]:
    """The label a passage begins with, and whether it is all there is."""
    match = (_TEX_LEAD if markup is Markup.LATEX else _LEAD).match(source)
    if match is not None:
        words, after = plain(match["words"], markup), match["after"].strip()
        if not source[match.end("words") :].strip("*_} \n:."):
            return words, True
        is_label = words.endswith((".", ":")) or after.startswith((":", "—", "–", "-", "(", ".", "=", "→"))
        return (words.rstrip(".: "), False) if is_label or words_in(words) <= 4 else ("", False)  # noqa: PLR2004
    match = _COLON_LEAD.match(source) or _NUMBERED_LABEL.match(source)
    return (plain(match["words"], markup), False) if match else ("", False)

"""The text of a PDF, taken out in confinement; a scan without text is said to be one."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from journal.confinement import Completed, Killed, Limits, run_module_confined
from journal.reading.inspection import COULD_NOT_START, MEBIBYTE, ConfinementFailed

_SECONDS = 60.0
_HYPHENATED = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
NO_TEXT = "{name} is a PDF without text, as a scan is. Give the file it was made from, or one with text."
BROKEN = "{name} could not be read as a PDF{said}. Give the file it was made from (Markdown, Word or LaTeX)."
ONLY_TEXT = "{name} is a PDF: its words were read, but headings, tables and figures are not kept in one."


@dataclass(frozen=True, slots=True)
class Printed:
    """The words of a PDF, a blank line between pages, and what was not read."""

    text: str = ""
    unread: tuple[str, ...] = ()


def text_of_pdf(name: str, body: bytes) -> Printed:
    """The text of a PDF. Raises `ConfinementFailed` when the child cannot start."""
    limits = Limits(seconds=_SECONDS, memory=1536 * MEBIBYTE, output=64 * MEBIBYTE)
    ended = run_module_confined("journal.reading.inside.pdf_text", [], files={"upload": body}, limits=limits)
    match ended:
        case Killed():
            return Printed(unread=(BROKEN.format(name=name, said=": it took too long or too much memory"),))
        case Completed(exit_code=0, stdout=stdout):
            return _read(name, json.loads(stdout))
        case Completed(exit_code=code):
            if code == COULD_NOT_START:
                raise ConfinementFailed(ended.stderr.decode("utf-8", "replace"))
            return Printed(unread=(BROKEN.format(name=name, said=""),))


def _read(name: str, pages: list[str]) -> Printed:
    text = "\n\n".join(pages)
    if not text.strip():
        return Printed(unread=(NO_TEXT.format(name=name),))
    return Printed(_in_paragraphs(text), (ONLY_TEXT.format(name=name),))


def _in_paragraphs(text: str) -> str:
    """Lines that look like headings or end a sentence get a blank line; the words stay as the PDF has them."""
    lines = text.split("\n")
    kept: list[str] = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        kept.append(line)
        words = line.strip()
        short = 0 < len(words) < 60 and not words.endswith((",", ";")) and following.strip()[:1].isupper()  # noqa: PLR2004
        if short and (words[-1:] in ".!?:" or len(words.split()) < 8):  # noqa: PLR2004
            kept.append("")
    return "\n".join(kept)

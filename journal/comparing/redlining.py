"""A redline as text and as JSON, and places in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from workflows.comparing.finding import Place
from workflows.comparing.redline import Fate, Line, Mark, Redline, Section, Segment

_SHOWN = {Mark.SAME: "{}", Mark.GONE: "[-{}-]", Mark.NEW: "{{+{}+}}"}
_COUNTED = {
    Fate.SAME: "{} unchanged",
    Fate.CHANGED: "{} changed",
    Fate.MOVED: "{} moved",
    Fate.GONE: "{} in the protocol only",
    Fate.NEW: "{} in the manuscript only",
}


def redline_data(redline: Redline) -> dict[str, Any]:
    """A redline as what `--json --redline` prints."""
    return {"sections": [_section_data(section) for section in redline.sections]}


def _section_data(section: Section) -> dict[str, Any]:
    return {
        "chapter": section.chapter.value,
        "protocol": section.protocol,
        "manuscript": section.manuscript,
        "lines": [_line_data(line) for line in section.lines],
    }


def _line_data(line: Line) -> dict[str, Any]:
    return {
        "fate": line.fate.value,
        "begins": line.begins,
        "segments": [{"mark": segment.mark.value, "words": segment.words} for segment in line.segments],
        "protocol": place_data(line.protocol) if line.protocol else None,
        "manuscript": place_data(line.manuscript) if line.manuscript else None,
    }


def place_data(place: Place) -> dict[str, Any]:
    """A place as what JSON prints of it."""
    return {"file": place.file, "line": place.line, "paragraph": place.paragraph, "section": list(place.section)}


def place_words(place: Place) -> str:
    """A place as a person finds it."""
    where = f"line {place.line}" if place.line else f"paragraph {place.paragraph}" if place.paragraph else ""
    section = f", {place.section[-1]}" if place.section else ""
    return f"{place.file}{' ' if where else ''}{where}{section}"


def counts_in_words(redline: Redline) -> str:
    """How many sentences and rows stayed, changed, moved, went and came."""
    return ", ".join(_COUNTED[fate].format(many) for fate, many in redline.counts().items() if many)


def redline_lines(redline: Redline | None) -> Iterator[str]:
    """A redline for a terminal: `[-gone-]`, `{+new+}`; a long unchanged stretch is told by its length."""
    if redline is None:
        return
    yield from ("", "BOTH TEXTS AS ONE", f"{counts_in_words(redline)} (sentences and rows).")
    for section in redline.sections:
        yield from ("", f"{section.protocol or '(not in the protocol)'} / {section.manuscript or '(not laid out)'}")
        for can_fold, lines in section.stretches():
            if can_fold:
                yield f"  ... {len(lines)} unchanged"
            else:
                yield from (f"  {_line_words(line)}" for line in lines)


def _line_words(line: Line) -> str:
    moved = f"(moved from {place_words(line.protocol)}) " if line.fate is Fate.MOVED and line.protocol else ""
    return moved + " ".join(_segment_words(segment) for segment in line.segments)


def _segment_words(segment: Segment) -> str:
    return _SHOWN[segment.mark].format(segment.words)

"""Cuts passages into what may be proposed: sentences, clauses of long ones, rows and cells, each with its context."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from journal.reading.passages import Block, Passage, Sentence
from journal.reading.passages.splitting import words_in
from journal.reading.proposals.labels import Labelled, is_title, labelled
from journal.reading.proposals.proposal import Kind
from journal.reading.proposals.sections import Theme, innermost, themes_of

LONGEST_QUOTE, LONGEST_STATEMENT = 40, 60
_FAIRLY_SURE = 0.5
_SHORT_LEAD = 6
_LONGEST_ROW = 44
_CELL_OF_PROSE = 6
_QUANTIFIES = re.compile(r"[<>≤≥=]|: .*\d|\d ?%")
_BARE = re.compile(r"[\W_]+")
_ENUMERATION = re.compile(r"^(?:\d+[.)]|[a-z][.)]|\([a-z0-9]\))?\s*")
_TABLED = frozenset({Kind.HYPOTHESIS, Kind.ANALYSIS, Kind.SAMPLE, Kind.GATE, Kind.EXCLUSION})


@dataclass(frozen=True, slots=True)
class Unit:
    """What may be proposed. `themes` are those of its labels and headings, innermost first.

    `label` is what its authors call it; `states` says that it is the statement a hypothesis label announces, and how
    surely (0 to 1). `place` counts the units of its passage before it.
    """

    quote: str
    words: str
    line: int | None
    passage: Passage
    themes: tuple[frozenset[Theme], ...]
    label: str = ""
    states: float = 0.0
    place: int = 0


def units_of(passages: Iterable[Passage]) -> Iterator[Unit]:
    """All units in order."""
    pending: Labelled | None = None
    for passage in passages:
        if passage.block is Block.HEADING:
            units, pending = _of_heading(passage)
            yield from units
            continue
        units = list(_of_row(passage) if passage.block is Block.ROW else _of_prose(passage))
        if pending is not None and units and passage.block is not Block.ROW:
            units[0] = replace(units[0], label=pending.label, states=_sureness(pending, units[0].themes[1:]))
            pending = None
        yield from units


def _themes(passage: Passage, *more: str) -> tuple[frozenset[Theme], ...]:
    introduced = [passage.under] if passage.under.endswith(":") else []
    near = innermost([*more, *introduced, *passage.section[-1:]])
    further = [*([] if near else [passage.asked]), *reversed(passage.section[:-1])]
    return (*near, *innermost(further))


def _sureness(label: Labelled, themes: tuple[frozenset[Theme], ...]) -> float:
    """How surely a label announces a hypothesis here: less so below a heading about analyses, rules or samples."""
    about = next((each for each in themes if each & _TABLED), frozenset())
    if Kind.HYPOTHESIS in about or any(Kind.HYPOTHESIS in each for each in themes[:1]):
        return 1.0
    if not label.is_strong:
        return 0.0
    return 0.15 if about else 0.85


def _of_heading(passage: Passage) -> tuple[list[Unit], Labelled | None]:
    words = _ENUMERATION.sub("", passage.plain)
    label = labelled(words)
    themes = _themes(passage)
    unit = Unit(passage.source, words, passage.line, passage, themes)
    if label is not None:
        if is_title(label.rest):
            return [], label
        return [replace(unit, label=label.label, states=_sureness(label, themes))], None
    asks = words.endswith("?") and any(Kind.HYPOTHESIS in each for each in themes[:2])
    return ([replace(unit, states=0.9)] if asks else []), None


def _of_prose(passage: Passage) -> Iterator[Unit]:
    themes = _themes(passage, passage.lead)
    label = labelled(passage.lead) if passage.lead else labelled(passage.plain)
    if label is not None and passage.lead and not is_title(label.rest) and not _is_whole(passage, passage.lead):
        label = replace(label, rest="")
    states = _sureness(label, _themes(passage)) if label is not None else 0.0
    name = label.label if label is not None and states else passage.lead
    place = 0
    for sentence in passage.sentences:
        if _is_whole_label(sentence, passage):
            continue
        longest = LONGEST_STATEMENT if states > _FAIRLY_SURE else LONGEST_QUOTE
        for clause in passage.clauses(sentence, longest=longest):
            yield Unit(clause.text, clause.plain, clause.line, passage, themes, name, states, place)
            states = 0.0
            place += 1


def _is_whole(passage: Passage, words: str) -> bool:
    return _bare(passage.plain) == _bare(words)


def _is_whole_label(sentence: Sentence, passage: Passage) -> bool:
    """Whether a sentence is only the label of its passage."""
    lead = passage.lead
    if not lead or _bare(sentence.plain) != _bare(lead) or _is_whole(passage, lead):
        return False
    return labelled(lead) is not None or (words_in(lead) <= _SHORT_LEAD and not _QUANTIFIES.search(lead))


def _bare(words: str) -> str:
    return _BARE.sub(" ", words).strip().lower()


def _of_row(passage: Passage) -> Iterator[Unit]:
    cells = [_cell(passage, place) for place in range(len(passage.cells))]
    if _is_of_prose(passage, cells):
        yield from _of_cells(passage, cells)
        return
    name = next((cell.plain for cell in cells if cell is not None), "")
    label = labelled(name)
    themes = _themes(passage, name, " ; ".join(passage.header))
    states = 0.6 * _sureness(label, _themes(passage, " ; ".join(passage.header))) if label is not None else 0.0
    shown = label.label if label is not None else name
    if words_in(passage.source) <= _LONGEST_ROW:
        yield Unit(passage.source, passage.plain, passage.line, passage, themes, shown, states)
        return
    for cell in cells[1:] if cells[0] is not None and words_in(cells[0].text) <= _CELL_OF_PROSE else cells:
        if cell is not None:
            for part in _parts(passage, cell):
                yield Unit(part.text, part.plain, part.line, passage, themes, shown)


def _cell(passage: Passage, place: int) -> Sentence | None:
    start, end = passage.cells[place]
    if start == end:
        return None
    return next((sentence for sentence in passage.sentences if sentence.start == start), None)


def _is_of_prose(passage: Passage, cells: list[Sentence | None]) -> bool:
    """Whether each column is about something else, as in the study design table, and its cells are sentences."""
    columns = {kind for name in passage.header for kind in themes_of(name) & _TABLED}
    lengths = [words_in(cell.text) for cell in cells if cell is not None]
    return len(columns) > 2 and bool(lengths) and sum(lengths) / len(lengths) >= _CELL_OF_PROSE  # noqa: PLR2004


def _of_cells(passage: Passage, cells: list[Sentence | None]) -> Iterator[Unit]:
    for place, cell in enumerate(cells):
        if cell is None:
            continue
        column = passage.header[place] if place < len(passage.header) else ""
        label = labelled(cell.plain)
        themes = _themes(passage, column)
        states = _sureness(label, themes) if label is not None else 0.0
        for part in _parts(passage, cell):
            yield Unit(part.text, part.plain, part.line, passage, themes, label.label if label else column, states)
            states = 0.0


def _parts(passage: Passage, cell: Sentence) -> Iterator[Sentence]:
    inner = replace_source(passage, cell)
    for sentence in inner.sentences:
        yield from inner.clauses(sentence, longest=LONGEST_QUOTE)


def replace_source(passage: Passage, cell: Sentence) -> Passage:
    """A passage of one cell alone, to be cut as prose."""
    return replace(passage, source=cell.text, line=cell.line, cells=(), block=Block.PARAGRAPH)

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
_SHORT_LEAD, _LEAST_STATEMENT, _SHORT_INTRODUCTION = 6, 4, 8
# How surely a label states something in the only place that bears it, and in any place but the surest.
_ONLY_PLACE, _AGAIN = 0.6, 0.4
_LONGEST_ROW = 44
_CELL_OF_PROSE = 6
# What makes a statement of a label: a comparison, a number after a colon, a verb.
_STATES = re.compile(r"[<>≤≥=]|: .*\d|\d ?%|\b(?:is|are|will|must|has|have|does|do|cannot)\b")
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


def units_of(passages: Iterable[Passage]) -> list[Unit]:
    """All units in order. Of the places that bear a label, the surest, then the first, is taken for its statement."""
    units = list(_cut(passages))
    stated: dict[str, int] = {}
    for place, unit in enumerate(units):
        if unit.states and unit.states > (units[stated[unit.label]].states if unit.label in stated else 0.0):
            stated[unit.label] = place
    return [
        replace(unit, states=max(unit.states, _ONLY_PLACE) if stated.get(unit.label) == place else unit.states * _AGAIN)
        if unit.states
        else unit
        for place, unit in enumerate(units)
    ]


def _cut(passages: Iterable[Passage]) -> Iterator[Unit]:
    pending: Labelled | None = None
    for passage in passages:
        if passage.block is Block.HEADING:
            units, pending = _of_heading(passage)
            yield from units
            continue
        if passage.block is Block.ROW:
            yield from _of_row(passage)
        else:
            yield from _of_prose(passage, pending)
            pending = None


def _themes(passage: Passage, *more: str) -> tuple[frozenset[Theme], ...]:
    near = [_without_asides(more), *innermost([introduction_of(passage), *passage.section[-1:]])]
    near = [themes for themes in near if themes]
    further = [*([] if near else [passage.asked]), *reversed(passage.section[:-1])]
    return (*near, *innermost(further))


def introduction_of(passage: Passage) -> str:
    """The short line that introduces the list or table a passage stands in, or nothing."""
    return passage.under if passage.under.endswith(":") and words_in(passage.under) <= _SHORT_INTRODUCTION else ""


def _without_asides(names: tuple[str, ...]) -> frozenset[Theme]:
    """What labels and heads of columns name; of a part of the document only headings speak."""
    return frozenset(theme for name in names for theme in themes_of(name) if isinstance(theme, Kind))


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


def _of_prose(passage: Passage, announced: Labelled | None) -> Iterator[Unit]:
    """The clauses of a passage; `announced` is a label that stood alone in the heading above."""
    themes = _themes(passage, passage.lead)
    label = labelled(passage.lead) if passage.lead else labelled(passage.plain)
    if label is not None and passage.lead and not is_title(label.rest) and not _is_whole(passage, passage.lead):
        label = replace(label, rest="")
    above = tuple(innermost(reversed(passage.section[:-1])))
    label, about = (announced, above) if label is None and announced else (label, _themes(passage))
    states = _sureness(label, about) if label is not None else 0.0
    name = label.label if label is not None and states else passage.lead
    place = 0
    for sentence in passage.sentences:
        if _is_whole_label(sentence, passage):
            continue
        own = labelled(sentence.plain) if place else None
        if own is not None and own.is_strong:
            name, states = own.label, _sureness(own, about)
            if not own.rest:
                continue
        longest = LONGEST_STATEMENT if states > _FAIRLY_SURE else LONGEST_QUOTE
        for clause in passage.clauses(sentence, longest=longest):
            is_remark = words_in(clause.plain) < _LEAST_STATEMENT
            yield Unit(
                clause.text, clause.plain, clause.line, passage, themes, name, 0.0 if is_remark else states, place
            )
            states = states if is_remark else 0.0
            place += not is_remark and not _is_lead(sentence, passage)


def _is_whole(passage: Passage, words: str) -> bool:
    return _bare(passage.plain) == _bare(words)


def _is_whole_label(sentence: Sentence, passage: Passage) -> bool:
    """Whether a sentence is only the label of its passage."""
    lead = passage.lead
    if not _is_lead(sentence, passage) or _is_whole(passage, lead):
        return False
    return labelled(lead) is not None or (words_in(lead) <= _SHORT_LEAD and not _STATES.search(lead))


def _is_lead(sentence: Sentence, passage: Passage) -> bool:
    return bool(passage.lead) and _bare(sentence.plain) == _bare(passage.lead)


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
    tables_them = any(Kind.HYPOTHESIS in themes_of(column) for column in passage.header)
    sureness = 1.0 if tables_them else 0.6 * _sureness(label, _themes(passage)) if label is not None else 0.0
    states = sureness if label is not None else 0.0
    shown = label.label if label is not None else name
    if words_in(passage.source) <= _LONGEST_ROW:
        yield Unit(passage.source, passage.plain, passage.line, passage, themes, shown, states)
        return
    first = cells[0]
    is_name = first is not None and (words_in(first.text) <= _CELL_OF_PROSE or first.plain.endswith("?"))
    for cell in cells[is_name:]:
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

"""The one way in: files to proposals."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

from journal.reading.passages import Changes, Passage, Passages, read_passages
from journal.reading.passages.splitting import words_in
from journal.reading.proposals.choosing import choose
from journal.reading.proposals.code import proposals_of_code, unread_code
from journal.reading.proposals.language import NOT_ENGLISH, is_english
from journal.reading.proposals.proposal import Kind, Location, Proposal, Reading
from journal.reading.proposals.quantities import fields_of
from journal.reading.proposals.scoring import confidence_of, weigh
from journal.reading.proposals.units import Unit, units_of

_LABEL_WORDS, _SHOWN = 8, 6
_INLINE_CODE = re.compile(r"`r\s[^`]*`|`\{(?:r|python|julia)\}[^`]*`|\\Sexpr\{")
MOST_WORDS = 50_000
TOO_LONG = "Only the first {words:,} words were read. Give the protocol alone, without results and supplements."
NO_HYPOTHESIS = (
    "No hypothesis was found. A study without one is welcome: say in the form what it estimates or describes."
)
NUMBERS_ARE_CODE = (
    "Some numbers are inline code whose values are not known here ({places}). Give the rendered text too."
)


def propose(files: Mapping[str, bytes], *, changes: Changes | None = None) -> Reading:
    """Read what a manuscript seems to register.

    `files` by name, `/` between folders; the first is the manuscript, others are LaTeX parts and analysis scripts.
    `changes` says how tracked changes of a Word file are read; None reads them as accepted and says so in `unread`.
    The same files give the same reading. Raises `journal.reading.inspection.ConfinementFailed` when the machine
    cannot run the confined child that opens Word files; what is wrong with a file is said in `unread`.
    """
    read = read_passages(files, changes=changes)
    said = _at_most(read.said(), MOST_WORDS)
    was_read = bool(read.passages)
    if not is_english(" ".join(passage.plain for passage in said)):
        return Reading(unread=(*read.unread, NOT_ENGLISH), was_read=was_read)
    units = units_of(said)
    proposals = [*map(_proposal, units), *proposals_of_code(read.passages)]
    places = choose(proposals, words=sum(words_in(passage.plain) for passage in said))
    chosen = tuple(
        replace(proposals[place], fields=fields_of(units[place].words)) if place < len(units) else proposals[place]
        for place in places
    )
    return Reading(proposals=chosen, unread=(*read.unread, *_unread(read, chosen)), was_read=was_read)


def _at_most(passages: Sequence[Passage], words: int) -> tuple[Passage, ...]:
    """The passages until so many words are reached."""
    counted = accumulate(words_in(passage.plain) for passage in passages)
    return tuple(passage for passage, so_far in zip(passages, counted, strict=True) if so_far <= words)


def _proposal(unit: Unit) -> Proposal:
    kind, weight = weigh(unit)
    passage = unit.passage
    place = Location(file=passage.file, line=unit.line, paragraph=passage.paragraph, section=passage.section)
    label = unit.label or " ".join(unit.words.split()[:_LABEL_WORDS])
    return Proposal(kind=kind, label=label, quote=unit.quote, location=place, confidence=confidence_of(weight))


def _unread(read: Passages, chosen: Sequence[Proposal]) -> Iterator[str]:
    if len(_at_most(read.said(), MOST_WORDS)) < len(read.said()):
        yield TOO_LONG.format(words=MOST_WORDS)
    if read.passages and not any(proposal.kind is Kind.HYPOTHESIS for proposal in chosen):
        yield NO_HYPOTHESIS
    inline = [_place(passage.line) for passage in read.said() if _INLINE_CODE.search(passage.source)]
    if inline:
        yield NUMBERS_ARE_CODE.format(places=", ".join(inline[:_SHOWN]) + (" and more" if inline[_SHOWN:] else ""))
    yield from unread_code(read.passages)


def _place(line: int | None) -> str:
    return f"line {line}"

"""The one way in: files to proposals."""

from __future__ import annotations

from collections.abc import Mapping

from journal.reading.passages import Changes, read_passages
from journal.reading.passages.splitting import words_in
from journal.reading.proposals.choosing import choose
from journal.reading.proposals.proposal import Location, Proposal, Reading
from journal.reading.proposals.scoring import confidence_of, weigh
from journal.reading.proposals.units import Unit, units_of

_LABEL_WORDS = 8


def propose(files: Mapping[str, bytes], *, changes: Changes | None = None) -> Reading:
    """Read what a manuscript seems to register.

    `files` by name, `/` between folders; the first is the manuscript, others are LaTeX parts and analysis scripts.
    `changes` says how tracked changes of a Word file are read; None reads them as accepted and says so in `unread`.
    The same files give the same reading. Raises `journal.reading.inspection.ConfinementFailed` when the machine
    cannot run the confined child that opens Word files; what is wrong with a file is said in `unread`.
    """
    read = read_passages(files, changes=changes)
    said = read.said()
    proposals = [_proposal(unit) for unit in units_of(said)]
    return Reading(proposals=choose(proposals, words=sum(words_in(passage.plain) for passage in said)), unread=read.unread)


def _proposal(unit: Unit) -> Proposal:
    kind, weight = weigh(unit)
    passage = unit.passage
    place = Location(file=passage.file, line=unit.line, paragraph=passage.paragraph, section=passage.section)
    label = unit.label or " ".join(unit.words.split()[:_LABEL_WORDS])
    return Proposal(kind=kind, label=label, quote=unit.quote, location=place, confidence=confidence_of(weight))

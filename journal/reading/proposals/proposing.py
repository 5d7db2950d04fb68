"""The one way in: files to proposals."""

from __future__ import annotations

from collections.abc import Mapping

from journal.reading.passages import Changes, Passage, read_passages
from journal.reading.proposals.proposal import Kind, Location, Proposal, Reading


def propose(files: Mapping[str, bytes], *, changes: Changes | None = None) -> Reading:
    """Read what a manuscript seems to register.

    `files` by name, `/` between folders; the first is the manuscript, others are LaTeX parts and analysis scripts.
    `changes` says how tracked changes of a Word file are read; None reads them as accepted and says so in `unread`.
    The same files give the same reading. Raises `journal.reading.inspection.ConfinementFailed` when the machine
    cannot run the confined child that opens Word files; what is wrong with a file is said in `unread`.
    """
    read = read_passages(files, changes=changes)
    proposals = tuple(
        _labelled(passage) for passage in read.said() if passage.lead[:1] == "H" and passage.lead[1:2].isdigit()
    )
    return Reading(proposals=proposals, unread=read.unread)


def _labelled(passage: Passage) -> Proposal:
    place = Location(file=passage.file, line=passage.line, paragraph=passage.paragraph, section=passage.section)
    return Proposal(
        kind=Kind.HYPOTHESIS, label=passage.lead, quote=passage.sentences[-1].text, location=place, confidence=0.8
    )

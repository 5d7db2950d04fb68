"""Chooses what is proposed: the surest, no more than a person would look through, in the order of the text."""

from __future__ import annotations

from collections.abc import Sequence

from journal.reading.proposals.proposal import Proposal

LEAST = 0.54
# A list nobody reads is no help. Protocols have about 35 items, and one more for every 300 words.
_ALWAYS, _WORDS_FOR_ONE_MORE = 60, 120


def most(words: int) -> int:
    """How many proposals a document of so many words may get."""
    return _ALWAYS + words // _WORDS_FOR_ONE_MORE


def choose(proposals: Sequence[Proposal], *, words: int) -> list[int]:
    """The places of the surest proposals in the order given, each quote once."""
    once: dict[str, int] = {}
    for place, proposal in enumerate(proposals):
        if proposal.confidence >= LEAST or "code" in proposal.fields:
            once.setdefault(" ".join(proposal.quote.split()).lower(), place)
    # Code has a limit of its own, and takes no place from what is said in words.
    coded = [place for place in once.values() if "code" in proposals[place].fields]
    surest = sorted(set(once.values()) - set(coded), key=lambda place: (-proposals[place].confidence, place))
    return sorted([*surest[: most(words)], *coded])

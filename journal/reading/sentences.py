"""What the author hears of a manuscript that could be read: one sentence for each thing to look at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

SHOWN = 5


def some(things: Iterable[str], *, quoted: bool = True) -> str:
    """A few of them, and how many more there are."""
    distinct = [f"`{thing}`" if quoted else thing for thing in dict.fromkeys(things)]
    more = len(distinct) - SHOWN
    return ", ".join(distinct[:SHOWN]) + (f" and {more} more" if more > 0 else "")


@dataclass(slots=True)
class Remarks:
    """What was left out or changed on the way, collected and then said in sentences."""

    sentences: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    tex: list[str] = field(default_factory=list)
    other_raw: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    lost_places: list[str] = field(default_factory=list)
    undescribed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    stood_in: list[str] = field(default_factory=list)
    commands: list[str] = field(default_factory=list)
    lost_references: list[str] = field(default_factory=list)
    losses: set[str] = field(default_factory=set)

    def say(self, sentence: str) -> None:
        """Add one sentence, once."""
        if sentence not in self.sentences:
            self.sentences.append(sentence)

    def lose(self, sentence: str) -> None:
        """Add one sentence about what is not in the text although its author put it there."""
        self.say(sentence)
        self.losses.add(sentence)

    def told(self) -> tuple[str, ...]:
        """All sentences, figures and citations first."""
        return (*self.sentences, *self._of(self._collected()))

    def lost(self) -> tuple[str, ...]:
        """Those of them that tell of something that is not in the text."""
        kept = (self.undescribed, self.stood_in, self.tags)  # of tags, the words inside are in the text
        gone = [pair for pair in self._collected() if not any(pair[0] is each for each in kept)]
        return (*(sentence for sentence in self.sentences if sentence in self.losses), *self._of(gone))

    def _of(self, collected: Iterable[tuple[list[str], str]]) -> tuple[str, ...]:
        unquoted = (self.undescribed, self.stood_in)
        return tuple(
            words.format(some(things, quoted=not any(things is each for each in unquoted)))
            for things, words in collected
            if things
        )

    def _collected(self) -> Sequence[tuple[list[str], str]]:
        return (
            (self.missing, "These image files are missing: {}. Upload each as a figure."),
            (
                self.stood_in,
                "The text names other endings for these figures: {}. Look whether they are the right files.",
            ),
            (self.tags, "HTML was left out, and the text inside it kept: {}. Write it in Markdown if you need it."),
            (
                self.tex,
                "LaTeX outside of formulas was left out: {}. Write tables as Markdown tables and citations as [@key].",
            ),
            (
                self.commands,
                "These LaTeX commands are not known and were left out, with what they hold: {}. Define them in it.",
            ),
            (self.lost_references, "These labels are referred to and stand nowhere: {}. The text shows ?? for them."),
            (self.other_raw, "Raw parts for other programs were left out: {}."),
            (
                self.links,
                "These links were dropped, as they do not lead to the web: {}. Give the whole address, with https://.",
            ),
            (self.lost_places, "These links lead to no place in the text and were dropped: {}."),
            (
                self.undescribed,
                'No description for readers who cannot see: {}. Write alt text: ![caption](file.png){{alt="words"}}.',
            ),
        )

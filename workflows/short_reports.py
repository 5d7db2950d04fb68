"""The short report: a stage 2 without a manuscript. The rows of the protocol with their answers are the paper."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from workflows.machine import Refusal


class Paper(StrEnum):
    """What the paper of a stage 2 is made from, as its authors choose. What it is checked for is the same."""

    ROWS = "rows"
    MANUSCRIPT = "manuscript"

    @property
    def words(self) -> str:
        """The choice as authors read it."""
        return {
            Paper.ROWS: "Send these rows as a short report, without a manuscript",
            Paper.MANUSCRIPT: "Upload a manuscript",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortReport:
    """What a short report says beside its rows: `how` it was done, in short, and its `limits`, which may be empty."""

    how: str = ""
    limits: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PerhapsShort:
    """What may be a short report: `short` is what it then says beside its rows."""

    short: ShortReport | None = None


_CHOOSE = Refusal(
    "manuscript_missing",
    "Upload the results manuscript, in Markdown or Word, or send these rows as a short report.",
    "manuscript",
)
_BOTH = Refusal(
    "manuscript_not_sent",
    "A short report is sent without a manuscript, and one is uploaded. Remove the file, or choose to send it.",
    "manuscript",
)
_HOW = Refusal("how_missing", "Say in a few sentences how it was done: there is no manuscript that does.", "how")


def gaps(paper: Paper | None, said: ShortReport, *, has_manuscript: bool) -> Iterator[Refusal]:
    """What the paper still lacks. None of this depends on which way a result went."""
    if paper is not Paper.ROWS:
        yield from () if has_manuscript else (_CHOOSE,)
        return
    if not said.how.strip():
        yield _HOW
    if has_manuscript:
        yield _BOTH

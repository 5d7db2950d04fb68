"""What authors choose, with an officer, for a report under an information-hazard hold. A choice publishes nothing."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from workflows.holds import Hold, HoldKind, active
from workflows.machine import Refusal
from workflows.people import Capacity
from workflows.stages import OUT, Stage


class Choice(StrEnum):
    """How the authors want their work to go on, when publishing it whole may do harm."""

    DELAY = "delay"
    NARROW = "narrow"
    SUMMARY = "summary"
    SEALED = "sealed"
    NEVER = "never"

    @property
    def words(self) -> str:
        """The choice as the authors read it."""
        return _WORDS[self][0]

    @property
    def means(self) -> str:
        """What follows from it, in a sentence."""
        return _WORDS[self][1]


_WORDS = {
    Choice.DELAY: ("Delay it", "It is published whole, once two officers agree that it does no more harm."),
    Choice.NARROW: ("Narrow it", "A smaller article is made without the parts that do harm. You approve it first."),
    Choice.SUMMARY: ("A summary only", "Only what was asked and what came out is published, without how."),
    Choice.SEALED: (
        "Keep it sealed",
        "Nothing is published. It stays with the journal, under seal, and can be opened.",
    ),
    Choice.NEVER: ("Never publish it", "Nothing is published, now or later. Nobody counts that against you."),
}

_NOT_POSSIBLE = Refusal("not_possible", "This step is not possible now.")


def is_hazardous(holds: Iterable[Hold], *, now: datetime) -> bool:
    """Whether an information-hazard hold is in force."""
    return any(hold.kind is HoldKind.INFORMATION_HAZARD for hold in active(holds, now=now))


def refuse_offer(acting_as: frozenset[Capacity], holds: Iterable[Hold], *, now: datetime) -> Refusal | None:
    """Why somebody with the capacities `acting_as` may not offer the authors a choice, or None."""
    return None if Capacity.OFFICER in acting_as and is_hazardous(holds, now=now) else _NOT_POSSIBLE


def refuse_choice(acting_as: frozenset[Capacity], chosen: Choice | None, *, stage: Stage) -> Refusal | None:
    """Why somebody with the capacities `acting_as` may not choose, or None. What is out is chosen."""
    if Capacity.CORRESPONDING_AUTHOR not in acting_as:
        return Refusal("not_possible", "Only the corresponding author can choose. Tell them what you think.")
    if stage in OUT:
        return Refusal("is_out", "The work is out, so this choice cannot be changed any more.")
    if chosen is None:
        return Refusal("choice_missing", "Choose one of the five.", "choice")
    return None

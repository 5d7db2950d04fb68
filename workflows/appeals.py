"""Appeals: authors of a delayed report ask that somebody else look at it. The answer is words, and lifts nothing."""

from collections.abc import Collection, Sequence
from datetime import timedelta

from workflows.machine import Refusal
from workflows.people import Capacity

APPEAL_TIME = timedelta(days=30)

_NOT_POSSIBLE = Refusal("not_possible", "This step is not possible now.")


def chosen_officer(free: Sequence[str], involved: Collection[str]) -> str | None:
    """The officer whom an appeal goes to: the first of the `free` who has not acted on the case. None if all have."""
    return next((officer for officer in free if officer not in involved), None)


def refuse_appeal(acting_as: frozenset[Capacity], *, delayed: bool, waiting: bool, words: str) -> Refusal | None:
    """Why somebody may not appeal, or None. It is the same for every kind of delay."""
    if Capacity.AUTHOR not in acting_as or not delayed:
        return _NOT_POSSIBLE
    if waiting:
        return Refusal("appeal_waits", "You have asked already, and the answer is on its way. It comes to this page.")
    if not words.strip():
        return Refusal("appeal_empty", "Say what somebody else should look at.", "words")
    return None


def may_answer(by: str, *, named: str | None, free: Collection[str], involved: Collection[str]) -> bool:
    """Whether `by` may answer an appeal: an officer free of conflict, who was named or has not acted on the case."""
    return by in free and (by == named or by not in involved)


def refuse_answer(*, may: bool, answered: bool, words: str) -> Refusal | None:
    """Why an appeal is not answered so, or None."""
    if answered:
        return Refusal("appeal_answered", "This was answered meanwhile. Reload the page to read the answer.")
    if not may:
        return _NOT_POSSIBLE
    if not words.strip():
        return Refusal("answer_empty", "Write the answer. The authors read it.", "answer")
    return None

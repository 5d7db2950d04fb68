"""Summons: who is called to a case that is overdue. Time calls people and does nothing else: nothing opens by it."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

DEPUTY_AFTER = timedelta(days=3)
ALL_AFTER = timedelta(days=6)
AGAIN_EVERY = timedelta(days=7)

FIRST, DEPUTY, ALL = 0, 1, 2
"""The steps: whoever has the case; its deputy; all officers free of conflict, and from then on these every week."""


def step_reached(due: datetime | None, *, now: datetime) -> int | None:
    """The step to which a case that was due at `due` has come, or None while it is not overdue."""
    if due is None or now <= due:
        return None
    late = now - due
    if late < DEPUTY_AFTER:
        return FIRST
    return DEPUTY if late < ALL_AFTER else ALL + (late - ALL_AFTER) // AGAIN_EVERY


def steps_owed(due: datetime | None, *, taken: Collection[int], now: datetime) -> tuple[int, ...]:
    """The steps to take now. What was missed is made up for, of the weekly ones only the last; none is taken again,
    even if the clock went back.
    """
    reached, last = step_reached(due, now=now), max(taken, default=-1)
    if reached is None or reached <= last:
        return ()
    return (*(step for step in (FIRST, DEPUTY, ALL) if last < step < reached), reached)


def deputy_of(free: Sequence[str], *, first: str | None, named: str | None = None) -> str | None:
    """Who stands in for `first` among the `free` officers: whoever was named, or the next after them in the row."""
    if named in free and named != first:
        return named
    others = [officer for officer in free if officer != first]
    return next((officer for officer in others if first is not None and officer > first), next(iter(others), None))


def called(step: int, *, first: str | None, deputy: str | None, free: Sequence[str]) -> tuple[str, ...]:
    """The officers whom `step` calls. Where the one it means is not free, or there is nobody, it calls all."""
    meant = {FIRST: first, DEPUTY: deputy}.get(step)
    return (meant,) if meant is not None and meant in free else tuple(free)

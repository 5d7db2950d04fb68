"""Closing: announced work that ends unpublished gets one notice, the same whatever ended it, in quarterly batches.

A notice on the day of the ending, or words of its own for each cause, would tell readers which protocols were
withdrawn and which were held. See docs/adr/0014.
"""

from collections.abc import Iterable
from datetime import datetime

from workflows.holds import Hold, HoldKind
from workflows.stages import ENDED, OUT, Stage

MONTHS_IN_A_QUARTER = 3
# What keeps work from the public without a day. A flag does not: it becomes one of these, or is cleared.
_ENDING = (HoldKind.INFORMATION_HAZARD, HoldKind.LEGAL)


def ending(stage: Stage, ended_at: datetime | None, in_force: Iterable[Hold]) -> datetime | None:
    """When announced work came to the end that readers are told of, or None while something may still follow.

    `ended_at` is when it reached a stage that ends it, `in_force` are the holds that withhold it now. What is out
    does not end unpublished any more.
    """
    if stage in OUT:
        return None
    moments = [hold.placed_at for hold in in_force if hold.kind in _ENDING]
    if stage in ENDED and ended_at is not None:
        moments.append(ended_at)
    return min(moments, default=None)


def batch_of(moment: datetime) -> datetime:
    """The instant of the batch that tells of what ended at `moment`: the first quarter that begins then or later."""
    begin = _quarter_begins(moment)
    return begin if begin == moment else _next_quarter(begin)


def closed_in(moment: datetime | None, *, now: datetime) -> str:
    """The quarter in whose batch readers are told of the ending at `moment`, "2027-Q2"; empty while they are not."""
    if moment is None:
        return ""
    batch = batch_of(moment)
    return f"{batch.year}-Q{batch.month // MONTHS_IN_A_QUARTER + 1}" if batch <= now else ""


def _quarter_begins(moment: datetime) -> datetime:
    month = (moment.month - 1) // MONTHS_IN_A_QUARTER * MONTHS_IN_A_QUARTER + 1
    return datetime(moment.year, month, 1, tzinfo=moment.tzinfo)


def _next_quarter(begin: datetime) -> datetime:
    months = begin.month - 1 + MONTHS_IN_A_QUARTER
    return begin.replace(year=begin.year + months // 12, month=months % 12 + 1)

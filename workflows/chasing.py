"""Reminding reviewers, and telling the editor whom they wait for.

What is owed follows from the state of a seat at the moment somebody looks, never from the date of the last look: what a
pause missed comes as one letter, each letter is asked for once, and none while the clocks stand still. The first letter
of its kind is not sent at a weekend (UTC), when nobody asked for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from workflows.deadlines import INVITATION_TIME, Stop, due_after, stopped_time

NUDGE_AFTER = timedelta(days=4)
SOON_BEFORE = timedelta(days=3)
AGAIN_AFTER = timedelta(days=7)
TELL_EDITOR_AFTER = timedelta(days=7)
MOST_LATE = 3
_SATURDAY = 5


class Chase(StrEnum):
    """A letter about a seat. The first three are to the reviewer, the others to the handling editor."""

    ANSWER = "answer"
    SOON = "soon"
    LATE = "late"
    UNANSWERED = "unanswered"
    STILL_LATE = "still_late"

    @property
    def to_editor(self) -> bool:
        """Whether the handling editor gets it."""
        return self in (Chase.UNANSWERED, Chase.STILL_LATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Somebody who was invited to review. `asked` has the moments of the letters about this `due`, by kind.

    `over`: declined, withdrawn, sent, or the round is closed; then nothing is owed.
    """

    invited_at: datetime
    due: datetime
    accepted: bool = False
    over: bool = False
    asked: Mapping[Chase, tuple[datetime, ...]] = field(default_factory=dict)
    stops: tuple[Stop, ...] = ()

    def stands_still(self, now: datetime) -> bool:
        """Whether a hold stops the clocks."""
        return any(stop.since <= now and (stop.until is None or stop.until > now) for stop in self.stops)


def chases_owed(seat: Seat, *, now: datetime) -> tuple[Chase, ...]:
    """The letters to send now: at most one to the reviewer and one to the editor."""
    if seat.over or seat.stands_still(now):
        return ()
    owed = _of_a_review(seat, now) if seat.accepted else _of_an_invitation(seat, now)
    return tuple(chase for chase in owed if not (_is_weekend(now) and not seat.asked.get(chase)))


def _is_weekend(now: datetime) -> bool:
    return now.weekday() >= _SATURDAY


def _of_an_invitation(seat: Seat, now: datetime) -> tuple[Chase, ...]:
    """Nobody answered: a nudge on the way, and when the time is over the editor's turn."""
    stood = stopped_time(seat.stops, since=seat.invited_at, until=now)
    if now > due_after(seat.invited_at, INVITATION_TIME + stood):
        return () if seat.asked.get(Chase.UNANSWERED) else (Chase.UNANSWERED,)
    nudge = now >= seat.invited_at + NUDGE_AFTER + stood
    return (Chase.ANSWER,) if nudge and not seat.asked.get(Chase.ANSWER) else ()


def _of_a_review(seat: Seat, now: datetime) -> tuple[Chase, ...]:
    """Before the day one letter, after it one a week; the editor hears once that it does not come."""
    if now <= seat.due:
        soon = now >= seat.due - SOON_BEFORE and seat.invited_at < seat.due - SOON_BEFORE
        return (Chase.SOON,) if soon and not seat.asked.get(Chase.SOON) else ()
    told = seat.asked.get(Chase.LATE, ())
    again = not told or now >= max(told) + AGAIN_AFTER
    late = (Chase.LATE,) if again and len(told) < MOST_LATE else ()
    editor = now >= seat.due + TELL_EDITOR_AFTER and not seat.asked.get(Chase.STILL_LATE)
    return (*late, *((Chase.STILL_LATE,) if editor else ()))

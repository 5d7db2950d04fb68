"""Contacts: the letters about results that are due or do not come, and what counts as an answer to them.

Everything follows from state, never from equality of dates: what a pause missed comes together as one letter, and no
time passes while the clocks stand still. See docs/adr/0016.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from workflows.deadlines import ANSWER_TIME, Stop, stopped_time
from workflows.guards import CONTACTS_BEFORE_LAPSE, LAPSE_AFTER
from workflows.stages import Stage

AGAIN_AFTER = timedelta(days=30)
TIME_TO_ANSWER = ANSWER_TIME


class Reminder(StrEnum):
    """A letter of the calendar about results."""

    MONTH_AHEAD = "month_ahead"
    WEEK_AHEAD = "week_ahead"
    OVERDUE = "overdue"


# The nearest first: once it is reached, the earlier one is no news any more.
_AHEAD = ((Reminder.WEEK_AHEAD, timedelta(days=7)), (Reminder.MONTH_AHEAD, timedelta(days=30)))
LONGEST_AHEAD = max(span for _, span in _AHEAD)


class Way(StrEnum):
    """How the authors were reached, or tried to be, beside the calendar's letters; or how they wrote themselves."""

    PHONE = "phone"
    IN_PERSON = "in_person"
    LETTER = "letter"
    AUTHORS = "authors"

    @property
    def words(self) -> str:
        """The way as people say it."""
        return _WAY_WORDS[self]


_WAY_WORDS = {
    Way.PHONE: "by phone",
    Way.IN_PERSON: "in person",
    Way.LETTER: "by a letter of one's own",
    Way.AUTHORS: "the authors wrote here",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What bears on the letters about one report whose results are awaited.

    `agreed_at` is when the day `due` was agreed, `answered_at` when the authors last did anything about the report.
    `ahead` are the letters asked for ahead of this `due`, `asked` the moments of those after it; `contacts` the moments
    at which the authors were really written to or called once it was overdue.
    """

    due: datetime
    since: datetime
    agreed_at: datetime
    answered_at: datetime
    ahead: frozenset[Reminder] = frozenset()
    asked: tuple[datetime, ...] = ()
    contacts: tuple[datetime, ...] = ()
    stops: tuple[Stop, ...] = ()


def reminder_owed(stage: Stage, waiting: Waiting, *, now: datetime) -> Reminder | None:
    """The letter that is to be sent now, if any. That results have fallen due and overdue, the table's steps tell."""
    if any(stop.until is None or stop.until > now for stop in waiting.stops if stop.since <= now):
        return None
    match stage:
        case Stage.IPA | Stage.STAGE_2_DRAFT:
            return _ahead_owed(waiting, now=now)
        case Stage.STAGE_2_OVERDUE:
            return Reminder.OVERDUE if now >= _next_letter(waiting, now=now) else None
        case _:
            return None


def _ahead_owed(waiting: Waiting, *, now: datetime) -> Reminder | None:
    """A letter whose day had passed when the date was agreed would tell nothing new."""
    for reminder, span in _AHEAD:
        if waiting.due - span <= now < waiting.due:
            is_news = waiting.agreed_at < waiting.due - span
            return reminder if is_news and reminder not in waiting.ahead else None
    return None


def _next_letter(waiting: Waiting, *, now: datetime) -> datetime:
    """When the next letter about overdue results goes out: a month after the last, or after the authors' last sign."""
    last = max((*waiting.asked, waiting.answered_at, waiting.since))
    return last + AGAIN_AFTER + stopped_time(waiting.stops, since=last, until=now)


def unanswered(waiting: Waiting) -> tuple[datetime, ...]:
    """The contacts since the authors' last sign, oldest first. Several on one day (UTC) are one."""
    first_of_day: dict[object, datetime] = {}
    for moment in sorted(waiting.contacts):
        if moment > waiting.answered_at:
            first_of_day.setdefault(moment.date(), moment)
    return tuple(first_of_day.values())


def counted(waiting: Waiting, *, now: datetime) -> int:
    """How many contacts count as unanswered: for an answer there were two weeks, not counting when clocks stood."""
    return sum(_ripe(waiting, moment, now=now) <= now for moment in unanswered(waiting))


def _ripe(waiting: Waiting, moment: datetime, *, now: datetime) -> datetime:
    return moment + TIME_TO_ANSWER + stopped_time(waiting.stops, since=moment, until=max(now, moment))


def lapses_from(waiting: Waiting, *, now: datetime) -> datetime:
    """When the promise lapses if the authors go on saying nothing and nothing stops the clocks."""
    so_far = unanswered(waiting)
    to_come = _letters_to_come(waiting, CONTACTS_BEFORE_LAPSE - len(so_far), now=now)
    decisive = sorted((*so_far, *to_come))[CONTACTS_BEFORE_LAPSE - 1]
    return max(waiting.due + LAPSE_AFTER, _ripe(waiting, decisive, now=now))


def _letters_to_come(waiting: Waiting, how_many: int, *, now: datetime) -> Iterable[datetime]:
    first = max(_next_letter(waiting, now=now), now)
    return [first + AGAIN_AFTER * number for number in range(how_many)]

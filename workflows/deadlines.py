"""Deadlines: what is due when, computed from facts, never from a flag or from equality of dates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone

REVIEW_TIME = timedelta(days=21)
INVITATION_TIME = timedelta(days=7)
ANSWER_TIME = timedelta(days=14)
REVISION_TIME = timedelta(days=60)
TRIAGE_TIME = timedelta(days=7)
DECISION_TIME = timedelta(days=7)
PROOF_TIME = timedelta(days=7)

# Anywhere on Earth: a day has ended when it has ended in the last zone, twelve hours behind UTC.
ANYWHERE = timezone(timedelta(hours=-12), "AoE")


def end_of_day_anywhere(moment: datetime) -> datetime:
    """The last second, in UTC, of the day `moment` falls on anywhere on Earth."""
    local = moment.astimezone(ANYWHERE)
    return local.replace(hour=23, minute=59, second=59, microsecond=0).astimezone(UTC)


def end_of_date_anywhere(day: date) -> datetime:
    """The last second, in UTC, of the date `day` anywhere on Earth: what a date chosen in a form stands for."""
    return end_of_day_anywhere(datetime.combine(day, time(), tzinfo=ANYWHERE))


def due_after(moment: datetime, span: timedelta) -> datetime:
    """When something given `span` from `moment` is due: at the end of its day, anywhere on Earth."""
    return end_of_day_anywhere(moment + span)


def days_late(due: datetime | None, *, now: datetime) -> int:
    """Days begun since `due`, so 1 from its first second on; 0 while it is not past or when nothing is due."""
    if due is None or now <= due:
        return 0
    return (now - due).days + 1


def still_due(due: datetime | None, *, now: datetime) -> bool:
    """Whether something is due and its time has not run out."""
    return due is not None and now <= due


@dataclass(frozen=True, slots=True)
class Stop:
    """A stretch in which the clocks of a report stood still. Without `until` they still do."""

    since: datetime
    until: datetime | None = None


def stopped_time(stops: Iterable[Stop], *, since: datetime, until: datetime) -> timedelta:
    """How long the clocks stood still between `since` and `until`. Stops that overlap count once."""
    stood, counted = timedelta(), since
    for begin, end in sorted((stop.since, min(stop.until or until, until)) for stop in stops):
        stood += max(end - max(begin, counted), timedelta())
        counted = max(counted, end)
    return stood


def stretch_ending(stops: Iterable[Stop], *, at: datetime) -> timedelta:
    """How long the clocks have stood still without a pause when they start again `at`; nothing while they stand."""
    known = [(stop.since, stop.until) for stop in stops if stop.since <= at]
    if any(until is None or until > at for _, until in known):
        return timedelta()
    begun = at
    while earlier := [since for since, until in known if since < begun and until is not None and until >= begun]:
        begun = min(earlier)
    return at - begun


def moved(due: datetime, by: timedelta) -> datetime:
    """A day moved on by the time the clocks stood still: at the end of the day that comes to, anywhere on Earth."""
    return end_of_day_anywhere(due + by) if by else due

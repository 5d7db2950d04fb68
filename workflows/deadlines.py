"""Deadlines: what is due when, computed from facts, never from a flag or from equality of dates."""

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

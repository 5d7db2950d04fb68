"""Who lifts shows now that it is them: an agreement to open something rests on a second factor shown minutes ago."""

from datetime import datetime, timedelta

from workflows.holds import Hold
from workflows.machine import Refusal

FRESH_FOR = timedelta(minutes=10)
CODE_MISSING = Refusal("second_factor_missing", "Type the code that your authenticator app shows now.", "code")


def is_fresh(shown_at: datetime, *, now: datetime) -> bool:
    """Whether a second factor shown at `shown_at` still counts. One shown in the future counts for nothing: a clock
    was wrong.
    """
    return timedelta() <= now - shown_at <= FRESH_FOR


def wants_second_factor(hold: Hold) -> bool:
    """Whether agreeing to end `hold` takes a second factor: where officers lift, not where people end an embargo."""
    return not hold.kind.opens_by_date


def refuse_unproven(hold: Hold, *, shown_at: datetime | None, now: datetime) -> Refusal | None:
    """Why an agreement to end `hold` by somebody who showed their second factor at `shown_at` does not count, or
    None.
    """
    return refuse_stale(shown_at, now=now) if wants_second_factor(hold) else None


def refuse_stale(shown_at: datetime | None, *, now: datetime) -> Refusal | None:
    """Why a second factor shown at `shown_at`, or never, does not prove now who acts, or None."""
    return None if shown_at is not None and is_fresh(shown_at, now=now) else CODE_MISSING

"""Announcing: the authors' choice to show the registered protocol before its results, and what a silence then tells.

A study that was announced and brings no article was either withheld as a hazard or left unpublished for one of the
ordinary reasons. Whoever saw it announced can weigh one against the other.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum

from workflows.machine import Refusal

HUNDRED = Decimal(100)
# For the reader's own case: of a hundred studies so many are held, and so many stay unpublished for other reasons.
HOLD_RATES = (Decimal("0.1"), Decimal(1), Decimal(5))
ORDINARY_RATES = (Decimal(5), Decimal(20))
EXAMPLE = (Decimal(1), Decimal(5))


class Announce(StrEnum):
    """When readers may see the registered protocol."""

    NEVER = "never"
    NOW = "now"
    AFTER_DATA = "after_data"
    DATE = "date"

    @property
    def words(self) -> str:
        """The choice as authors read it."""
        return _WORDS[self]


_WORDS = {
    Announce.NEVER: "Sealed: only together with the results",
    Announce.NOW: "At once: from in-principle acceptance on",
    Announce.AFTER_DATA: "When data collection has ended: from the day after its last day, once you have given it",
    Announce.DATE: "From a day that I choose",
}

IS_PUBLIC = Refusal("is_public", "The protocol is public already. What was shown cannot be taken back.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """What a silence tells at one pair of rates, in per cent: of studies held, of studies unpublished otherwise."""

    held: Decimal
    unpublished: Decimal
    hazard: int


def hazard_behind_silence(held: Decimal, unpublished: Decimal) -> Decimal:
    """How probable it is that announced work of which nothing follows is a hazard: h / (h + b).

    `held` (h) and `unpublished` (b) are the parts of all studies that are withheld as hazards, and that stay
    unpublished for ordinary reasons, in one unit. Raises ValueError for what are no rates, or when both are zero: then
    there is no silence to explain.
    """
    if held < 0 or unpublished < 0 or held + unpublished == 0:
        raise ValueError("rates are not negative, and one of them is more than zero")
    return held / (held + unpublished)


def silence_at(held: Decimal, unpublished: Decimal) -> Silence:
    """The same for two rates in per cent, rounded to a whole per cent."""
    share = hazard_behind_silence(held, unpublished) * HUNDRED
    return Silence(held=held, unpublished=unpublished, hazard=int(share.to_integral_value()))


def silences() -> tuple[Silence, ...]:
    """What the page shows: each rate of holds with each rate of ordinary silence."""
    return tuple(silence_at(held, unpublished) for unpublished in ORDINARY_RATES for held in HOLD_RATES)


def refuse_choice(choice: Announce | None, *, day: date | None, is_public: bool) -> Refusal | None:
    """Why the authors may not choose this, or None. What readers have seen stays chosen as it was."""
    if is_public:
        return IS_PUBLIC
    if choice is None:
        return Refusal("announce_missing", "Choose one of the four.", "announce")
    if choice is Announce.DATE and day is None:
        return Refusal("day_missing", "Choose the day from which the protocol may be seen.", "day")
    return None


def announced_from(choice: Announce, *, day: date | None, data_end: date | None, now: datetime) -> datetime | None:
    """From when the protocol may be seen; None for never, and while nobody knows when data collection ends."""
    match choice:
        case Announce.NEVER:
            return None
        case Announce.NOW:
            return now
        case Announce.AFTER_DATA:
            return after(data_end) if data_end else None
        case Announce.DATE:
            return _begin(day) if day else None


def after(last_day: date) -> datetime:
    """The beginning of the day after `last_day`, in UTC."""
    return _begin(last_day + timedelta(days=1))


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)

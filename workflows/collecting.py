"""Data collection: when it began and ended, as its authors record it, and what follows for the protocol."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from workflows.machine import Refusal

# Level 6: no data exist before acceptance in principle.
NO_DATA_YET = 6


class Mark(StrEnum):
    """What of data collection is recorded."""

    START = "start"
    END = "end"

    @property
    def words(self) -> str:
        """The mark as a heading."""
        return {Mark.START: "First day", Mark.END: "Last day"}[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What authors add to a day if they wish: words (a token, a place, the hash of a log), and the SHA-256 (hex) of a
    log file, which itself is not kept.
    """

    words: str = ""
    log_name: str = ""
    log_sha256: str = ""

    def __bool__(self) -> bool:
        """Whether there is any."""
        return bool(self.words.strip() or self.log_sha256)


def has_ended(data_end: date | None, *, now: datetime) -> bool:
    """Whether data collection has ended by what its authors recorded: from its last day on nothing is amended."""
    return data_end is not None and data_end <= now.date()


def refuse_days(start: date | None, end: date | None, *, recorded_end: date | None, now: datetime) -> Refusal | None:
    """Why two days cannot be recorded, or None. An end that has come can be corrected, but not taken back."""
    if start is not None and end is not None and end < start:
        return Refusal("dates_reversed", "Data collection ends before it begins. Swap the two days.", "data_end")
    if has_ended(recorded_end, now=now) and not has_ended(end, now=now):
        words = (
            "You recorded that data collection has ended. The day can be corrected to another one that has passed. "
            "If you collect more, record that as a deviation, or add a study."
        )
        return Refusal("end_recorded", words, "data_end")
    return None


def at_odds(level: int | None, *, start: date | None, accepted: date | None) -> str:
    """In words, how the first day contradicts what the protocol says of the data; empty if it does not."""
    if level != NO_DATA_YET or start is None or accepted is None or start >= accepted:
        return ""
    return (
        "Data collection began before acceptance in principle. The protocol says that no data existed then "
        "(bias-control level 6): its authors have to say anew what was known, in an amendment or as a deviation."
    )

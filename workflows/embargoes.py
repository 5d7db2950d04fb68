"""Authors' embargoes: until a day or until something has happened, and ended early only when all authors agree."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from workflows.machine import Refusal
from workflows.stages import IN_PRODUCTION, OUT, UNDER_STAGE_2, Stage


class EmbargoEvent(StrEnum):
    """What ends an embargo that was set until something happens."""

    STAGE_2 = "stage_2"
    DATA_END = "data_end"

    @property
    def words(self) -> str:
        """The event, after "until"."""
        return _WORDS[self]


_WORDS = {
    EmbargoEvent.STAGE_2: "the results are submitted",
    EmbargoEvent.DATA_END: "data collection has ended",
}
_RESULTS_ARE_IN = (*UNDER_STAGE_2, Stage.STAGE_2_REJECTED, *IN_PRODUCTION, *OUT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """How long an embargo lasts: until `event`, if there is one, and never longer than `until`."""

    until: datetime
    event: EmbargoEvent | None = None


def has_come(event: EmbargoEvent, *, stage: Stage, data_end: date | None, now: datetime) -> bool:
    """Whether `event` has happened. Data collection ends with the end of the day the authors gave, in UTC."""
    match event:
        case EmbargoEvent.STAGE_2:
            return stage in _RESULTS_ARE_IN
        case EmbargoEvent.DATA_END:
            return data_end is not None and now >= datetime.combine(data_end, time(), UTC) + timedelta(days=1)


def is_shorter(new: Term, old: Term) -> bool:
    """Whether `new` could open before `old` would."""
    same_event = new.event is None or new.event is old.event
    return new.until < old.until or not same_event


def still_to_agree(authors: Iterable[str], agreed: Iterable[str]) -> tuple[str, ...]:
    """The authors, by identifier, without whose agreement an embargo does not end early."""
    said = frozenset(agreed)
    return tuple(author for author in authors if author not in said)


def ends_early(authors: Iterable[str], agreed: Iterable[str]) -> bool:
    """Whether an embargo ends now: every author agrees, and there is at least one."""
    everybody = tuple(authors)
    return bool(everybody) and not still_to_agree(everybody, agreed)


EVENT_PAST = Refusal("embargo_event_past", "That has happened already. Choose a day instead.", "ends")
SHORTER = Refusal(
    "embargo_shorter",
    "This would end the embargo earlier than agreed. First end it, which takes all authors; then set another.",
    "embargo_until",
)

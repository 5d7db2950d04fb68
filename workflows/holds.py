"""Holds: dated facts beside the stage that withhold a report. They form a set, and release is a conjunction.

Two clocks are never mixed: `embargo_until` may open, `review_by` may only summon people. Placing is fast and by one;
lifting is slow and by two.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from workflows.deadlines import Stop
from workflows.machine import Refusal
from workflows.people import Capacity

EMBARGO_LIMIT = timedelta(days=4 * 365 + 1)
REVIEW_LIMIT = timedelta(days=90)
TRIAGE_TIME = timedelta(days=7)
OFFICERS_TO_LIFT = 2

REASON_MISSING = Refusal("reason_missing", "Say why. Only the officers on this case will read it.", "reason")
NEUTRAL_SENTENCE = "This report is with the editors. Nothing is asked of you now."


class HoldKind(StrEnum):
    """Why a report is withheld."""

    AUTHOR_EMBARGO = "author_embargo"
    PRODUCTION_EMBARGO = "production_embargo"
    TRIAGE_FLAG = "triage_flag"
    INFORMATION_HAZARD = "information_hazard"
    LEGAL = "legal"

    @property
    def words(self) -> str:
        """The kind as the officer reads it."""
        return _KIND_WORDS[self]

    @property
    def opens_by_date(self) -> bool:
        """Whether the kind ends at a date without anybody's act. A hazard never does."""
        return self in (HoldKind.AUTHOR_EMBARGO, HoldKind.PRODUCTION_EMBARGO)


_KIND_WORDS = {
    HoldKind.AUTHOR_EMBARGO: "authors' embargo",
    HoldKind.PRODUCTION_EMBARGO: "production embargo",
    HoldKind.TRIAGE_FLAG: "triage flag",
    HoldKind.INFORMATION_HAZARD: "information hazard",
    HoldKind.LEGAL: "legal or privacy",
}


class Scope(StrEnum):
    """What a hold withholds."""

    EXISTENCE = "existence"
    TEXT = "text"
    PARTS = "parts"

    @property
    def words(self) -> str:
        """The scope as the officer chooses it."""
        return {
            Scope.EXISTENCE: "everything, and that it exists",
            Scope.TEXT: "the whole text",
            Scope.PARTS: "named parts: a narrower article is made",
        }[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lift:
    """One person's agreement that a hold may end."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A hold as the rules see it. `ended_at` is set when it was lifted by two, or cleared at triage;
    `event_at` when what an embargo waited for has happened.
    """

    kind: HoldKind
    scope: Scope
    placed_by: str
    placed_at: datetime
    embargo_until: datetime | None = None
    review_by: datetime | None = None
    lifts: tuple[Lift, ...] = ()
    ended_at: datetime | None = None
    event_at: datetime | None = None


def is_active(hold: Hold, *, now: datetime) -> bool:
    """Whether `hold` withholds at `now`. An embargo opens at its instant; everything else only when it was ended."""
    if hold.ended_at is not None and hold.ended_at <= now:
        return False
    if not hold.kind.opens_by_date:
        return True
    opens = [moment for moment in (hold.embargo_until, hold.event_at) if moment is not None]
    return not opens or now < min(opens)


def active(holds: Iterable[Hold], *, now: datetime) -> tuple[Hold, ...]:
    """The holds that withhold at `now`. Release needs this to be empty."""
    return tuple(hold for hold in holds if is_active(hold, now=now))


def stops_clocks(holds: Iterable[Hold], *, now: datetime) -> bool:
    """Whether the authors' clocks stand still: under every hold but an embargo of their own or of production."""
    return any(not hold.kind.opens_by_date for hold in active(holds, now=now))


def stops_of(holds: Iterable[Hold]) -> tuple[Stop, ...]:
    """When the holds stopped the authors' clocks."""
    return tuple(Stop(hold.placed_at, hold.ended_at) for hold in holds if not hold.kind.opens_by_date)


_MAY_PLACE = {
    HoldKind.AUTHOR_EMBARGO: frozenset({Capacity.CORRESPONDING_AUTHOR}),
    HoldKind.PRODUCTION_EMBARGO: frozenset({Capacity.HANDLING_EDITOR, Capacity.EDITOR_IN_CHIEF}),
    HoldKind.TRIAGE_FLAG: frozenset(
        {
            Capacity.AUTHOR,
            Capacity.REVIEWER,
            Capacity.HANDLING_EDITOR,
            Capacity.SECOND_EDITOR,
            Capacity.EDITOR_IN_CHIEF,
            Capacity.OFFICER,
        }
    ),
    HoldKind.INFORMATION_HAZARD: frozenset({Capacity.OFFICER}),
    HoldKind.LEGAL: frozenset({Capacity.OFFICER, Capacity.EDITOR_IN_CHIEF}),
}


def refuse_placing(hold: Hold, *, acting_as: frozenset[Capacity], reason: str, now: datetime) -> Refusal | None:
    """Why somebody with the capacities `acting_as` may not place `hold`, or None."""
    if not _MAY_PLACE[hold.kind] & acting_as:
        return Refusal("not_possible", "This step is not possible now.")
    if not reason.strip():
        return REASON_MISSING
    if hold.kind.opens_by_date:
        return _refuse_embargo(hold, now=now)
    return _refuse_review(hold, now=now)


def _refuse_embargo(hold: Hold, *, now: datetime) -> Refusal | None:
    until = hold.embargo_until
    if until is None or until <= now:
        return Refusal("embargo_date", "Choose a date that lies ahead for the end of the embargo.", "embargo_until")
    if until > now + EMBARGO_LIMIT:
        return Refusal("embargo_long", "An embargo lasts four years at most. Choose an earlier date.", "embargo_until")
    return None


def _refuse_review(hold: Hold, *, now: datetime) -> Refusal | None:
    review = hold.review_by
    if review is None or review <= now:
        words = "Choose a date that lies ahead by which the hold is looked at again."
        return Refusal("review_date", words, "review_by")
    if review > now + REVIEW_LIMIT:
        return Refusal("review_far", "A hold is looked at again within 90 days. Choose an earlier date.", "review_by")
    return None


def refuse_new_review(
    hold: Hold, *, review_by: datetime | None, acting_as: frozenset[Capacity], now: datetime
) -> Refusal | None:
    """Why somebody with the capacities `acting_as` may not set another day on which `hold` is looked at, or None."""
    if Capacity.OFFICER not in acting_as or hold.kind.opens_by_date:
        return Refusal("not_possible", "This step is not possible now.")
    if not is_active(hold, now=now):
        return _ended()
    return _refuse_review(replace(hold, review_by=review_by), now=now)


def answers_flags(hold: Hold) -> bool:
    """Whether placing `hold` is the officers' answer to the flags on the report, which end with it.

    Nothing opens by this: what the flag withheld the hold withholds, and two have to lift it.
    """
    return hold.kind is HoldKind.INFORMATION_HAZARD


def may_lift(hold: Hold, acting_as: frozenset[Capacity]) -> frozenset[Capacity]:
    """As what of `acting_as` somebody may agree to end `hold`: none for most people.

    An authors' embargo is ended early by all authors together (`workflows.embargoes`), and by nobody else.
    """
    if hold.kind is HoldKind.AUTHOR_EMBARGO:
        return frozenset()
    return acting_as & (_MAY_PLACE[hold.kind] if hold.kind.opens_by_date else frozenset({Capacity.OFFICER}))


def may_place(acting_as: frozenset[Capacity]) -> tuple[HoldKind, ...]:
    """The kinds of hold that somebody with the capacities `acting_as` may place, flags aside."""
    kinds = (kind for kind in HoldKind if kind is not HoldKind.TRIAGE_FLAG)
    return tuple(kind for kind in kinds if _MAY_PLACE[kind] & acting_as)


def placing_as(kind: HoldKind, acting_as: frozenset[Capacity]) -> Capacity | None:
    """As what somebody with the capacities `acting_as` places a hold of `kind`: an officer as that before all else."""
    able = _MAY_PLACE[kind] & acting_as
    return Capacity.OFFICER if Capacity.OFFICER in able else min(able, default=None)


def refuse_lifting(hold: Hold, *, by: str, acting_as: frozenset[Capacity], now: datetime) -> Refusal | None:
    """Why `by` may not agree to lift `hold`, or None.

    An embargo is its people's own to end early, not the officers'. Only officers lift what does not open by date.
    """
    if not is_active(hold, now=now):
        return _ended()
    if not may_lift(hold, acting_as):
        return Refusal("not_possible", "This step is not possible now.")
    if any(lift.by == by for lift in hold.lifts):
        return Refusal("lifted_by_you", "You have agreed already. Another officer has to agree as well.")
    return None


def _ended() -> Refusal:
    return Refusal("hold_ended", "This hold has ended already. Reload the page to see where the report stands.")


def is_lifted_by(hold: Hold, lifts: Iterable[Lift]) -> bool:
    """Whether `lifts` are enough to end `hold`: two different officers, at least one of them not its placer.

    A production embargo is ended by one person of its own, an authors' embargo by no lift at all.
    """
    people = {lift.by for lift in lifts}
    if hold.kind is HoldKind.AUTHOR_EMBARGO:
        return False
    if hold.kind.opens_by_date:
        return bool(people)
    return len(people) >= OFFICERS_TO_LIFT  # two different people cannot both be the one who placed it


class Sight(StrEnum):
    """How much of a report's delay somebody may know."""

    EVERYTHING = "everything"
    NEUTRAL = "neutral"
    NOTHING = "nothing"


_ASSIGNED = frozenset(
    {
        Capacity.AUTHOR,
        Capacity.CORRESPONDING_AUTHOR,
        Capacity.REVIEWER,
        Capacity.HANDLING_EDITOR,
        Capacity.SECOND_EDITOR,
    }
)


def sight(acting_as: frozenset[Capacity], holds: Iterable[Hold], *, now: datetime) -> Sight:
    """What somebody with the capacities `acting_as` may know of a report and of the holds on it.

    Officers know everything. The report's own people know it and read one neutral sentence for every kind of delay.
    The editor-in-chief knows every report but those under a hold that does not open by date. Others know nothing.
    """
    if Capacity.OFFICER in acting_as:
        return Sight.EVERYTHING
    if acting_as & _ASSIGNED:
        return Sight.NEUTRAL
    if Capacity.EDITOR_IN_CHIEF in acting_as and not stops_clocks(holds, now=now):
        return Sight.NEUTRAL
    return Sight.NOTHING

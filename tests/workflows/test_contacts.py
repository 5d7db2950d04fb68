"""Letters about results: which is owed when, what counts as unanswered, and when a promise lapses."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.examples import FAVOURABLE
from workflows.contacts import Reminder, Waiting, counted, lapses_from, reminder_owed, unanswered
from workflows.deadlines import Stop, moved, stretch_ending
from workflows.guards import abandoned
from workflows.machine import Refusal
from workflows.stages import Stage

DUE = datetime(2027, 3, 2, 11, 59, 59, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MONTH, WEEK, OVERDUE = Reminder.MONTH_AHEAD, Reminder.WEEK_AHEAD, Reminder.OVERDUE


def day(number: float) -> datetime:
    """Some days after results were due."""
    return DUE + timedelta(days=number)


AHEAD = Waiting(due=DUE, since=day(-200), agreed_at=day(-200), answered_at=day(-200))
LATE = replace(AHEAD, since=day(30), asked=(day(30),), contacts=(day(30),))


@pytest.mark.parametrize(
    ("at", "sent", "owed"),
    [
        (day(-30) - SECOND, (), None),
        (day(-30), (), MONTH),
        (day(-30), (MONTH,), None),
        (day(-7) - SECOND, (), MONTH),
        (day(-7), (), WEEK),  # a pause of three weeks: one letter, not two
        (day(-7), (MONTH,), WEEK),
        (day(-7), (MONTH, WEEK), None),
        (day(-1), (WEEK,), None),
        (DUE - SECOND, (), WEEK),
        (DUE, (), None),  # from here on the table's own steps tell
    ],
)
@pytest.mark.parametrize("stage", [Stage.IPA, Stage.STAGE_2_DRAFT])
def test_ahead_of_the_day(stage: Stage, at: datetime, sent: tuple[Reminder, ...], owed: Reminder | None) -> None:
    assert reminder_owed(stage, replace(AHEAD, ahead=frozenset(sent)), now=at) is owed


@pytest.mark.parametrize(
    ("agreed", "at", "owed"),
    [(-31, -30, MONTH), (-30, -29, None), (-20, -19, None), (-20, -7, WEEK), (-7, -6, None), (-3, -2, None)],
)
def test_a_day_that_was_agreed_late_is_not_told_again_at_once(agreed: int, at: int, owed: Reminder | None) -> None:
    waiting = replace(AHEAD, agreed_at=day(agreed), answered_at=day(agreed))
    assert reminder_owed(Stage.IPA, waiting, now=day(at)) is owed


@pytest.mark.parametrize(
    ("asked", "answered", "at", "owed"),
    [
        ((30,), -200, 59.9, None),
        ((30,), -200, 60, OVERDUE),
        ((30, 60), -200, 61, None),
        ((30, 60), -200, 90, OVERDUE),
        ((30,), -200, 175, OVERDUE),  # a pause of months: one letter
        ((30, 175), -200, 176, None),  # and the next a month later, not at once
        ((30,), 45, 60, None),  # who answered is left in peace for a month
        ((30,), 45, 75, OVERDUE),
        ((), -200, 31, None),  # overdue since before letters were written down
        ((), -200, 60, OVERDUE),
    ],
)
def test_every_month_when_overdue(asked: tuple[int, ...], answered: int, at: float, owed: Reminder | None) -> None:
    waiting = replace(LATE, asked=tuple(map(day, asked)), answered_at=day(answered))
    assert reminder_owed(Stage.STAGE_2_OVERDUE, waiting, now=day(at)) is owed


_AWAITED = (Stage.IPA, Stage.STAGE_2_DRAFT, Stage.STAGE_2_OVERDUE)


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage not in _AWAITED])
@pytest.mark.parametrize("at", [-30, -7, -1])
def test_nobody_is_reminded_of_what_is_not_awaited(stage: Stage, at: int) -> None:
    assert reminder_owed(stage, AHEAD, now=day(at)) is None


@pytest.mark.parametrize("stage", [stage for stage in Stage if stage is not Stage.STAGE_2_OVERDUE])
def test_nobody_is_told_of_overdue_results_that_are_not(stage: Stage) -> None:
    assert reminder_owed(stage, LATE, now=day(90)) is None


def test_nobody_is_reminded_while_the_clocks_stand_still() -> None:
    for stage, waiting, at in ((Stage.IPA, AHEAD, day(-7)), (Stage.STAGE_2_OVERDUE, LATE, day(60))):
        assert reminder_owed(stage, waiting, now=at) is not None
        assert reminder_owed(stage, replace(waiting, stops=(Stop(at - SECOND),)), now=at) is None
        over = replace(waiting, stops=(Stop(at - timedelta(days=300), at - timedelta(days=299)),))
        assert reminder_owed(stage, over, now=at) is not None


def test_a_month_between_letters_does_not_count_the_time_that_stood_still() -> None:
    stopped = replace(LATE, stops=(Stop(day(40), day(50)),))
    assert reminder_owed(Stage.STAGE_2_OVERDUE, stopped, now=day(69.9)) is None
    assert reminder_owed(Stage.STAGE_2_OVERDUE, stopped, now=day(70)) is OVERDUE


# ---------------------------------------------------------------- unanswered


@pytest.mark.parametrize(
    ("contacts", "answered", "at", "found", "so_many"),
    [
        ((), -200, 60, (), 0),
        ((30,), -200, 43.9, (30,), 0),  # two weeks to answer
        ((30,), -200, 44, (30,), 1),
        ((30, 60, 90), -200, 104, (30, 60, 90), 3),
        ((30, 60, 90), 70, 104, (90,), 1),  # an answer answers all before it
        ((30, 60, 90), 90, 200, (), 0),
        ((31, 31.1, 31.2), -200, 90, (31,), 1),  # three calls on a day are one contact
        ((60, 30), -200, 90, (30, 60), 2),
    ],
)
def test_what_counts_as_unanswered(
    contacts: tuple[float, ...], answered: int, at: float, found: tuple[float, ...], so_many: int
) -> None:
    waiting = replace(LATE, contacts=tuple(map(day, contacts)), answered_at=day(answered))
    assert unanswered(waiting) == tuple(map(day, found))
    assert counted(waiting, now=day(at)) == so_many


def test_an_answer_has_two_weeks_beside_the_time_that_stood_still() -> None:
    stopped = replace(LATE, stops=(Stop(day(35), day(45)),))
    assert (counted(stopped, now=day(53.9)), counted(stopped, now=day(54))) == (0, 1)


@pytest.mark.parametrize(
    ("asked", "contacts", "answered", "at", "lapses"),
    [
        ((30,), (30,), -200, 31, 183),  # letters to come at 60 and 90 suffice
        ((30, 60, 90, 120, 150, 180), (30, 60, 90, 120, 150, 180), -200, 181, 183),
        ((30, 60, 90, 120, 150), (30, 60, 90, 120, 150), 155, 160, 185 + 60 + 14),  # letters at 185, 215, 245
        ((30, 170), (30, 170), -200, 175, 200 + 14),  # a pause: the third comes at 200
        ((30, 60, 90, 120, 150), (), -200, 160, 180 + 60 + 14),  # the mail server was gone: nobody was written to
    ],
)
def test_from_when_the_promise_lapses(
    asked: tuple[int, ...], contacts: tuple[int, ...], answered: int, at: int, lapses: int
) -> None:
    waiting = replace(LATE, asked=tuple(map(day, asked)), contacts=tuple(map(day, contacts)), answered_at=day(answered))
    assert lapses_from(waiting, now=day(at)) == day(lapses)


# ---------------------------------------------------------------- day by day

FIRST, AGREED, LAST = -60, -100, 320
SPANS = st.lists(st.tuples(st.integers(FIRST, LAST), st.integers(1, 90)), max_size=4)
SIGNS = st.frozensets(st.integers(FIRST, LAST), max_size=3)


def covered(spans: list[tuple[int, int]]) -> set[int]:
    return {number for start, length in spans for number in range(start, start + length)}


def life(outages: set[int], stopped: set[int], signs: frozenset[int], ended: int) -> tuple[list[tuple[str, int]], int]:
    """One look at the clock a day, at the hour the results are due, by the rules: letters by day, and a lapse."""
    letters: list[tuple[str, int]] = []
    due, stage, since, ahead, stops = DUE, Stage.STAGE_2_DRAFT, day(AGREED), set[Reminder](), list[Stop]()
    asked: list[datetime] = []
    answered = day(AGREED)
    for number in range(FIRST, LAST):
        now = day(number)
        if number in stopped and number - 1 not in stopped:
            stops.append(Stop(now))
        if number not in stopped and stops and stops[-1].until is None:
            stops[-1] = Stop(stops[-1].since, now)
            due = moved(due, stretch_ending(stops, at=now))
        if number == ended:
            break
        answered = now if number in signs else answered
        if number in outages or number in stopped:
            continue
        waiting = Waiting(
            due=due,
            since=since,
            agreed_at=day(AGREED),
            answered_at=answered,
            ahead=frozenset(ahead),
            asked=tuple(asked),
            contacts=tuple(asked),
            stops=tuple(stops),
        )
        lapsing = replace(
            FAVOURABLE, now=now, stage_2_due=due, unanswered_contacts=counted(waiting, now=now), clocks_stopped=False
        )
        if stage is Stage.STAGE_2_OVERDUE and not isinstance(abandoned(lapsing), Refusal):
            return letters, number
        owed = reminder_owed(stage, waiting, now=now)
        if owed is not None:
            letters.append((owed.value, number))
            if owed is OVERDUE:
                asked.append(now)
            ahead.add(owed)
        if stage is Stage.STAGE_2_DRAFT and now >= due + timedelta(days=30):
            stage, since = Stage.STAGE_2_OVERDUE, now
            asked.append(now)
            letters.append(("overdue", number))
    return letters, LAST


def expected(outages: set[int], stopped: set[int], signs: frozenset[int], ended: int) -> list[tuple[str, int]]:
    """The same told another way: days that stood still are not counted, and each letter goes out on the first day of
    its time on which somebody looked.
    """
    letters: list[tuple[str, int]] = []
    passed, last = FIRST, None
    sign = AGREED
    for number in range(FIRST, ended):
        if number - 1 in stopped and number > FIRST:
            passed -= 1
        if number in signs:
            sign = passed
        looks = number not in outages and number not in stopped
        said = {kind for kind, _ in letters}
        if looks and -30 <= passed < -7 and "month_ahead" not in said:
            letters.append(("month_ahead", number))
        if looks and -7 <= passed < 0 and "week_ahead" not in said:
            letters.append(("week_ahead", number))
        if looks and passed >= 30 and (last is None or passed >= max(last, sign) + 30):
            letters.append(("overdue", number))
            last = passed
        passed += 1
    return letters


@given(outages=SPANS, stops=SPANS, signs=SIGNS, ended=st.integers(FIRST, LAST))
def test_every_letter_goes_out_once_whatever_happens(
    outages: list[tuple[int, int]], stops: list[tuple[int, int]], signs: frozenset[int], ended: int
) -> None:
    gone, stopped = covered(outages), covered(stops)
    letters, lapsed = life(gone, stopped, signs, ended)
    assert letters == expected(gone, stopped, signs, min(ended, lapsed))
    assert not {number for _, number in letters} & (gone | stopped), "none in a pause, none while clocks stand still"


@given(signs=SIGNS, at=st.integers(31, LAST))
def test_the_day_of_the_lapse_is_foretold(signs: frozenset[int], at: int) -> None:
    """What editors read on any day after the authors' last sign is the day on which it happens."""
    letters, lapsed = life(set(), set(), signs, LAST)
    asked = tuple(day(number) for kind, number in letters if kind == "overdue" and number <= at)
    last_sign = max((*signs, AGREED))
    if at < last_sign or lapsed == LAST or at >= lapsed or not asked:
        return
    waiting = replace(LATE, asked=asked, contacts=asked, answered_at=day(last_sign))
    assert lapses_from(waiting, now=day(at)) == day(lapsed)

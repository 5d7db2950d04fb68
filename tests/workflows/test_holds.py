"""Holds: a set whose release is a conjunction; an embargo opens to the second, a hazard never by itself."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.examples import NOW
from workflows.holds import (
    EMBARGO_LIMIT,
    REVIEW_LIMIT,
    Hold,
    HoldKind,
    Lift,
    Scope,
    Sight,
    active,
    answers_flags,
    is_active,
    is_lifted_by,
    may_place,
    placing_as,
    refuse_lifting,
    refuse_new_review,
    refuse_placing,
    sight,
    stops_clocks,
)
from workflows.people import PEOPLE, Capacity

SECOND = timedelta(seconds=1)
DAY = timedelta(days=1)
FAR = NOW + timedelta(days=100_000)
ZONES = [UTC, timezone(timedelta(hours=-12)), timezone(timedelta(hours=5, minutes=45)), timezone(timedelta(hours=14))]
OPENS = [HoldKind.AUTHOR_EMBARGO, HoldKind.PRODUCTION_EMBARGO]
STAYS = [HoldKind.TRIAGE_FLAG, HoldKind.INFORMATION_HAZARD, HoldKind.LEGAL]


def hold(kind: HoldKind, **changes: object) -> Hold:
    """A hold of `kind` placed just now, with a date ten days ahead where it needs one."""
    date = {"embargo_until" if kind.opens_by_date else "review_by": NOW + 10 * DAY}
    start = Hold(kind=kind, scope=Scope.EXISTENCE, placed_by="placer", placed_at=NOW)
    return replace(start, **{**date, **changes})  # type: ignore[arg-type]


HOLDS = st.builds(
    Hold,
    kind=st.sampled_from(HoldKind),
    scope=st.sampled_from(Scope),
    placed_by=st.just("placer"),
    placed_at=st.just(NOW),
    embargo_until=st.none() | st.integers(-5, 5).map(lambda days: NOW + days * DAY),
    review_by=st.none() | st.integers(-5, 5).map(lambda days: NOW + days * DAY),
    ended_at=st.none() | st.integers(-5, 5).map(lambda days: NOW + days * DAY),
)


def test_every_kind_either_opens_by_date_or_stays() -> None:
    assert {kind for kind in HoldKind if kind.opens_by_date} == set(OPENS)
    assert {kind for kind in HoldKind if not kind.opens_by_date} == set(STAYS)


@pytest.mark.parametrize(("kind", "zone"), list(product(OPENS, ZONES)))
def test_an_embargo_opens_at_its_second_in_every_zone(kind: HoldKind, zone: timezone) -> None:
    embargo = hold(kind, embargo_until=NOW.astimezone(zone))
    for reader in ZONES:
        assert is_active(embargo, now=(NOW - SECOND).astimezone(reader))
        assert not is_active(embargo, now=NOW.astimezone(reader))
        assert not is_active(embargo, now=(NOW + SECOND).astimezone(reader))


@pytest.mark.parametrize("kind", OPENS)
def test_an_embargo_whose_date_is_missing_does_not_open(kind: HoldKind) -> None:
    assert is_active(hold(kind, embargo_until=None), now=FAR)


@pytest.mark.parametrize("kind", STAYS)
def test_what_is_no_embargo_never_opens_by_itself(kind: HoldKind) -> None:
    assert is_active(hold(kind, embargo_until=NOW, review_by=NOW), now=FAR)


@pytest.mark.parametrize("kind", HoldKind)
def test_a_hold_that_was_ended_is_over_from_that_second_on(kind: HoldKind) -> None:
    ended = hold(kind, embargo_until=FAR, ended_at=NOW + DAY)
    assert is_active(ended, now=NOW + DAY - SECOND)
    assert not is_active(ended, now=NOW + DAY)


@given(st.lists(HOLDS, max_size=5))
def test_release_needs_every_hold_to_be_over(holds: list[Hold]) -> None:
    withheld = active(holds, now=NOW)
    assert bool(withheld) is any(is_active(one, now=NOW) for one in holds)
    assert set(withheld) <= set(holds)


@given(st.lists(HOLDS, max_size=4), HOLDS)
def test_another_hold_never_opens_anything(holds: list[Hold], more: Hold) -> None:
    assert set(active(holds, now=NOW)) <= set(active([*holds, more], now=NOW))
    assert stops_clocks(holds, now=NOW) <= stops_clocks([*holds, more], now=NOW)


def test_an_embargo_that_opens_leaves_a_hazard_closed() -> None:
    both = [hold(HoldKind.AUTHOR_EMBARGO, embargo_until=NOW), hold(HoldKind.INFORMATION_HAZARD)]
    assert [one.kind for one in active(both, now=NOW + DAY)] == [HoldKind.INFORMATION_HAZARD]


@pytest.mark.parametrize("kind", HoldKind)
def test_the_clocks_stop_under_every_hold_but_an_embargo(kind: HoldKind) -> None:
    assert stops_clocks([hold(kind)], now=NOW) is (kind in STAYS)
    assert not stops_clocks([hold(kind, ended_at=NOW)], now=NOW)


PLACES = {
    HoldKind.AUTHOR_EMBARGO: {Capacity.CORRESPONDING_AUTHOR},
    HoldKind.PRODUCTION_EMBARGO: {Capacity.HANDLING_EDITOR, Capacity.EDITOR_IN_CHIEF},
    HoldKind.TRIAGE_FLAG: set(PEOPLE) - {Capacity.CORRESPONDING_AUTHOR},  # who is that is also an author
    HoldKind.INFORMATION_HAZARD: {Capacity.OFFICER},
    HoldKind.LEGAL: {Capacity.OFFICER, Capacity.EDITOR_IN_CHIEF},
}


@pytest.mark.parametrize(("kind", "capacity"), list(product(HoldKind, Capacity)))
def test_these_may_place_a_hold(kind: HoldKind, capacity: Capacity) -> None:
    refusal = refuse_placing(hold(kind), acting_as=frozenset({capacity}), reason="Because.", now=NOW)
    assert (refusal is None) is (capacity in PLACES[kind])
    assert refusal is None or refusal.code == "not_possible"


@pytest.mark.parametrize(
    ("kind", "changes", "reason", "code"),
    [
        *((kind, {}, " ", "reason_missing") for kind in HoldKind),
        *((kind, {"embargo_until": None}, "Because.", "embargo_date") for kind in OPENS),
        *((kind, {"embargo_until": NOW}, "Because.", "embargo_date") for kind in OPENS),
        *((kind, {"embargo_until": NOW + EMBARGO_LIMIT + SECOND}, "Because.", "embargo_long") for kind in OPENS),
        *((kind, {"embargo_until": NOW + EMBARGO_LIMIT}, "Because.", None) for kind in OPENS),
        *((kind, {"review_by": None}, "Because.", "review_date") for kind in STAYS),
        *((kind, {"review_by": NOW}, "Because.", "review_date") for kind in STAYS),
        *((kind, {"review_by": NOW + REVIEW_LIMIT + SECOND}, "Because.", "review_far") for kind in STAYS),
        *((kind, {"review_by": NOW + REVIEW_LIMIT}, "Because.", None) for kind in STAYS),
    ],
)
def test_a_hold_needs_a_reason_and_the_date_of_its_kind(
    kind: HoldKind, changes: dict[str, object], reason: str, code: str | None
) -> None:
    refusal = refuse_placing(hold(kind, **changes), acting_as=PEOPLE, reason=reason, now=NOW)
    assert (refusal.code if refusal else None) == code


def test_four_years_of_embargo_are_no_more_than_four_years() -> None:
    for year in range(2026, 2040):
        start = datetime(year, 3, 1, tzinfo=UTC)
        assert start + EMBARGO_LIMIT <= start.replace(year=year + 4)


@pytest.mark.parametrize(("kind", "capacity"), list(product(HoldKind, Capacity)))
def test_only_officers_lift_a_hazard_and_only_its_own_people_an_embargo(kind: HoldKind, capacity: Capacity) -> None:
    refusal = refuse_lifting(hold(kind), by="somebody", acting_as=frozenset({capacity}), now=NOW)
    own = set() if kind is HoldKind.AUTHOR_EMBARGO else PLACES[kind]
    may = own if kind.opens_by_date else {Capacity.OFFICER}
    assert (refusal is None) is (capacity in may)


@pytest.mark.parametrize(("kind", "capacity"), list(product(HoldKind, Capacity)))
def test_only_officers_set_another_day_to_look_again(kind: HoldKind, capacity: Capacity) -> None:
    refusal = refuse_new_review(hold(kind), review_by=NOW + DAY, acting_as=frozenset({capacity}), now=NOW)
    assert (refusal is None) is (kind in STAYS and capacity is Capacity.OFFICER)


@pytest.mark.parametrize(
    ("changes", "review_by", "code"),
    [
        ({}, None, "review_date"),
        ({}, NOW, "review_date"),
        ({}, NOW + REVIEW_LIMIT, None),
        ({}, NOW + REVIEW_LIMIT + SECOND, "review_far"),
        ({"review_by": NOW - DAY}, NOW + DAY, None),
        ({"ended_at": NOW}, NOW + DAY, "hold_ended"),
    ],
)
def test_another_day_to_look_again_lies_ahead_and_near(
    changes: dict[str, object], review_by: datetime | None, code: str | None
) -> None:
    held = hold(HoldKind.LEGAL, **changes)
    refusal = refuse_new_review(held, review_by=review_by, acting_as=frozenset({Capacity.OFFICER}), now=NOW)
    assert (refusal.code if refusal else None) == code


@pytest.mark.parametrize("kind", HoldKind)
def test_only_a_hold_for_hazard_answers_a_flag(kind: HoldKind) -> None:
    assert answers_flags(hold(kind)) is (kind is HoldKind.INFORMATION_HAZARD)


@pytest.mark.parametrize(("kind", "capacity"), list(product(HoldKind, Capacity)))
def test_the_kinds_offered_are_those_that_may_be_placed(kind: HoldKind, capacity: Capacity) -> None:
    acting_as = frozenset({capacity})
    offered = kind in may_place(acting_as)
    assert offered is (capacity in PLACES[kind] and kind is not HoldKind.TRIAGE_FLAG)
    assert placing_as(kind, acting_as) is (capacity if capacity in PLACES[kind] else None)


def test_an_officer_who_is_also_an_editor_places_as_an_officer() -> None:
    assert placing_as(HoldKind.LEGAL, PEOPLE) is Capacity.OFFICER


@pytest.mark.parametrize("kind", STAYS)
def test_nobody_agrees_twice_and_nobody_lifts_what_is_over(kind: HoldKind) -> None:
    officer = frozenset({Capacity.OFFICER})
    agreed = hold(kind, lifts=(Lift(by="one", at=NOW),))
    again = refuse_lifting(agreed, by="one", acting_as=officer, now=NOW)
    assert again is not None
    assert again.code == "lifted_by_you"
    assert refuse_lifting(agreed, by="two", acting_as=officer, now=NOW) is None
    over = refuse_lifting(replace(agreed, ended_at=NOW), by="two", acting_as=officer, now=NOW)
    assert over is not None
    assert over.code == "hold_ended"


@pytest.mark.parametrize(
    ("people", "enough"),
    [
        ([], False),
        (["placer"], False),
        (["one"], False),
        (["one", "one"], False),
        (["placer", "placer"], False),
        (["placer", "one"], True),
        (["one", "two"], True),
    ],
)
@pytest.mark.parametrize("kind", STAYS)
def test_two_different_people_lift_and_one_of_them_did_not_place(
    kind: HoldKind, people: list[str], *, enough: bool
) -> None:
    lifts = [Lift(by=who, at=NOW + index * DAY) for index, who in enumerate(people)]
    assert is_lifted_by(hold(kind), lifts) is enough


@pytest.mark.parametrize("kind", OPENS)
def test_one_of_its_own_people_ends_an_embargo_of_production_and_no_lift_the_authors(kind: HoldKind) -> None:
    assert not is_lifted_by(hold(kind), [])
    assert is_lifted_by(hold(kind), [Lift(by="placer", at=NOW)]) is (kind is HoldKind.PRODUCTION_EMBARGO)


SEES_BY_ROLE = {Capacity.OFFICER: Sight.EVERYTHING, Capacity.CLOCK: Sight.NOTHING, Capacity.PRESS: Sight.NOTHING}


@pytest.mark.parametrize(("kind", "capacity"), list(product([None, *HoldKind], Capacity)))
def test_everybody_knows_this_much_of_a_delay(kind: HoldKind | None, capacity: Capacity) -> None:
    holds = [] if kind is None else [hold(kind)]
    expected = SEES_BY_ROLE.get(capacity, Sight.NEUTRAL)
    if capacity is Capacity.EDITOR_IN_CHIEF and kind in STAYS:
        expected = Sight.NOTHING
    assert sight(frozenset({capacity}), holds, now=NOW) is expected


@given(holds=st.lists(HOLDS, max_size=3))
def test_whoever_is_nobody_to_a_report_never_knows_of_it(holds: list[Hold]) -> None:
    assert sight(frozenset(), holds, now=NOW) is Sight.NOTHING


@given(capacities=st.frozensets(st.sampled_from(sorted(PEOPLE)), min_size=1), holds=st.lists(HOLDS, max_size=3))
def test_its_own_people_cannot_tell_one_hold_from_another(capacities: frozenset[Capacity], holds: list[Hold]) -> None:
    own = capacities - {Capacity.OFFICER, Capacity.EDITOR_IN_CHIEF}
    seen = {sight(own, holds, now=NOW), *(sight(own, [hold(kind)], now=NOW) for kind in HoldKind)}
    assert seen == ({Sight.NEUTRAL} if own else {Sight.NOTHING})


def test_an_editor_in_chief_sees_the_report_again_when_the_hold_is_over() -> None:
    over = hold(HoldKind.INFORMATION_HAZARD, ended_at=NOW)
    assert sight(frozenset({Capacity.EDITOR_IN_CHIEF}), [over], now=NOW) is Sight.NEUTRAL
    assert sight(frozenset({Capacity.EDITOR_IN_CHIEF}), [over], now=NOW - SECOND) is Sight.NOTHING


def test_an_editor_in_chief_who_handles_the_report_keeps_the_neutral_sentence() -> None:
    acting_as = frozenset({Capacity.EDITOR_IN_CHIEF, Capacity.HANDLING_EDITOR})
    assert sight(acting_as, [hold(HoldKind.INFORMATION_HAZARD)], now=NOW) is Sight.NEUTRAL

"""Who may break the glass, for how long, and who looks at it afterwards."""

from datetime import timedelta
from itertools import product

import pytest

from tests.workflows.examples import NOW
from workflows.emergencies import OPEN_FOR, is_open, may_ask, may_open, refuse_opening, refuse_review
from workflows.holds import Hold, HoldKind, Scope
from workflows.people import Actor, Involvement, Role

SECOND = timedelta(seconds=1)
NEAR = {
    "author": Involvement(authors=frozenset({"me"})),
    "reviewer": Involvement(reviewers=frozenset({"me"})),
    "conflicted": Involvement(conflicted=frozenset({"me"})),
    "nobody": Involvement(),
}
OPENS = {
    ("conflicted", frozenset({Role.OFFICER})),
    ("conflicted", frozenset({Role.OFFICER, Role.EDITOR_IN_CHIEF})),
    ("nobody", frozenset({Role.EDITOR_IN_CHIEF})),
}
ROLES = [
    frozenset[Role](),
    *(frozenset({role}) for role in Role),
    frozenset({Role.OFFICER, Role.EDITOR_IN_CHIEF}),
]
STAYS = [kind for kind in HoldKind if not kind.opens_by_date]


def hold(kind: HoldKind) -> Hold:
    return Hold(kind=kind, scope=Scope.EXISTENCE, placed_by="placer", placed_at=NOW, embargo_until=NOW + SECOND)


@pytest.mark.parametrize(("near", "roles", "kind"), list(product(NEAR, ROLES, STAYS)))
def test_recused_officers_and_editors_in_chief_alone(near: str, roles: frozenset[Role], kind: HoldKind) -> None:
    may = may_open(Actor(person="me", roles=roles), NEAR[near], [hold(kind)], now=NOW)
    assert may is ((near, roles) in OPENS)


@pytest.mark.parametrize(("near", "roles"), sorted(OPENS, key=str))
@pytest.mark.parametrize("holds", [[], [hold(HoldKind.AUTHOR_EMBARGO)]], ids=["none", "embargo"])
def test_what_is_not_withheld_is_not_opened(near: str, roles: frozenset[Role], holds: list[Hold]) -> None:
    assert not may_open(Actor(person="me", roles=roles), NEAR[near], holds, now=NOW)


def test_who_may_ask() -> None:
    asks = {role for role in Role if may_ask(Actor(person="me", roles=frozenset({role})))}
    assert asks == {Role.OFFICER, Role.EDITOR_IN_CHIEF}
    assert not may_open(
        Actor(person=None, roles=frozenset({Role.EDITOR_IN_CHIEF})), Involvement(), [hold(HoldKind.LEGAL)], now=NOW
    )


@pytest.mark.parametrize(
    ("after", "is_so"),
    [(timedelta(), True), (OPEN_FOR - SECOND, True), (OPEN_FOR, False), (OPEN_FOR + SECOND, False), (-SECOND, False)],
)
def test_it_ends_by_itself_after_four_hours(after: timedelta, *, is_so: bool) -> None:
    assert timedelta(hours=4) == OPEN_FOR
    assert is_open(NOW, now=NOW + after) is is_so


def test_it_takes_a_reason_and_another_officer() -> None:
    assert refuse_opening(reason="A court order.") is None
    assert refuse_opening(reason=" ") is not None
    assert refuse_review(opened_by="a", by="b", answer="Right.") is None
    assert refuse_review(opened_by="a", by="a", answer="Right.") is not None
    assert refuse_review(opened_by="a", by="b", answer=" ") is not None

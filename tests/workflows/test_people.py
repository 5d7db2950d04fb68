"""What somebody may act as on a report: nearness shuts the other doors."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.workflows.examples import EVERY_ROLE, FAVOURABLE, INVOLVED
from workflows.machine import Refusal
from workflows.people import (
    CLOCK,
    EDITORS,
    PRESS,
    Actor,
    Capacity,
    Involvement,
    Profile,
    Role,
    capacities,
    conflict_between,
)
from workflows.report import advance
from workflows.stages import PROPOSED, Action, Stage

ROLE_SETS = [frozenset(roles) for size in range(len(Role) + 1) for roles in combinations(Role, size)]
NAMES = ["author", "corresponding", "reviewer", "handling", "second", "conflicted", "nobody"]


@pytest.mark.parametrize("roles", ROLE_SETS)
def test_an_author_is_only_an_author_whatever_their_roles(roles: frozenset[Role]) -> None:
    everything = replace(
        INVOLVED,
        reviewers=frozenset({"author", "corresponding"}),
        handling_editor="author",
        second_editor="corresponding",
    )
    assert capacities(Actor("author", roles), everything) == {Capacity.AUTHOR}
    assert capacities(Actor("corresponding", roles), everything) == {Capacity.AUTHOR, Capacity.CORRESPONDING_AUTHOR}


@pytest.mark.parametrize("roles", ROLE_SETS)
def test_a_reviewer_is_never_an_editor_or_an_officer(roles: frozenset[Role]) -> None:
    both = replace(INVOLVED, handling_editor="reviewer", second_editor="reviewer")
    assert capacities(Actor("reviewer", roles), both) == {Capacity.REVIEWER}


@pytest.mark.parametrize("name", ["reviewer", "handling", "second", "somebody"])
def test_somebody_in_conflict_is_nobody(name: str) -> None:
    for roles in ROLE_SETS:
        assert capacities(Actor(name, roles), replace(INVOLVED, conflicted=frozenset({name}))) == frozenset(), roles


def test_an_author_in_conflict_with_their_own_report_is_still_its_author() -> None:
    involved = replace(INVOLVED, conflicted=frozenset({"author"}))
    assert capacities(Actor("author"), involved) == {Capacity.AUTHOR}


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.EDITOR, frozenset()),
        (Role.EDITOR_IN_CHIEF, frozenset({Capacity.EDITOR_IN_CHIEF})),
        (Role.OFFICER, frozenset({Capacity.OFFICER})),
        (Role.ADMINISTRATOR, frozenset()),
        (Role.VETTED_READER, frozenset()),
    ],
)
def test_a_role_alone_gives_this_on_a_report(role: Role, expected: frozenset[Capacity]) -> None:
    assert capacities(Actor("somebody", frozenset({role})), INVOLVED) == expected


def test_an_assigned_editor_without_the_role_any_more_has_no_say() -> None:
    assert capacities(Actor("handling"), INVOLVED) == frozenset()
    assert capacities(Actor("second", frozenset({Role.ADMINISTRATOR})), INVOLVED) == frozenset()


def test_a_corresponding_author_who_left_the_list_of_authors_has_no_say() -> None:
    assert capacities(Actor("corresponding"), replace(INVOLVED, authors=frozenset({"author"}))) == frozenset()


@pytest.mark.parametrize("engine", [CLOCK, PRESS])
def test_the_engine_acts_only_as_itself(engine: Actor) -> None:
    assert capacities(engine, INVOLVED) == {engine.engine}


def test_nobody_in_particular_has_no_say() -> None:
    assert capacities(Actor(None, EVERY_ROLE), INVOLVED) == frozenset()
    assert capacities(Actor(None, EVERY_ROLE), Involvement()) == frozenset()


@given(
    name=st.sampled_from(NAMES),
    roles=st.sampled_from(ROLE_SETS),
    authors=st.frozensets(st.sampled_from(NAMES)),
    reviewers=st.frozensets(st.sampled_from(NAMES)),
    conflicted=st.frozensets(st.sampled_from(NAMES)),
    handling=st.sampled_from(NAMES),
    second=st.sampled_from(NAMES),
)
def test_no_person_judges_what_they_are_close_to(  # noqa: PLR0917 - each is drawn on its own
    name: str,
    roles: frozenset[Role],
    authors: frozenset[str],
    reviewers: frozenset[str],
    conflicted: frozenset[str],
    handling: str,
    second: str,
) -> None:
    involvement = Involvement(
        authors=authors,
        corresponding=name,
        reviewers=reviewers,
        conflicted=conflicted,
        handling_editor=handling,
        second_editor=second,
    )
    acting_as = capacities(Actor(name, roles), involvement)
    judges = EDITORS | {Capacity.OFFICER}
    assert not acting_as & {Capacity.CLOCK, Capacity.PRESS}
    if name in authors | reviewers | conflicted:
        assert not acting_as & judges
    if Capacity.REVIEWER in acting_as:
        assert acting_as == {Capacity.REVIEWER}
        assert name not in authors | conflicted


@pytest.mark.parametrize("stage", PROPOSED)
def test_one_editor_in_both_places_cannot_confirm_their_own_proposal(stage: Stage) -> None:
    both = replace(INVOLVED, second_editor="handling")
    acting_as = capacities(Actor("handling", frozenset({Role.EDITOR})), both)
    assert acting_as == {Capacity.HANDLING_EDITOR, Capacity.SECOND_EDITOR}
    facts = replace(FAVOURABLE, actor="handling", proposed_by="handling")
    answer = advance(stage, Action.CONFIRM, acting_as=acting_as, facts=facts)
    assert isinstance(answer, Refusal)
    assert answer.code == "own_proposal"


ADA = Profile(person="ada", email="ada@example.org", affiliations=frozenset({"https://ror.org/1", "https://ror.org/2"}))


@pytest.mark.parametrize(
    ("candidate", "why"),
    [
        (Profile("ada", "other@example.org"), "is an author of this report"),
        (Profile(None, "ADA@Example.org"), "is an author of this report"),
        (
            Profile("bo", "bo@example.org", frozenset({"https://ror.org/2"})),
            "works at the same institution as an author",
        ),
        (Profile("bo", "bo@example.org", frozenset({"https://ror.org/3"})), None),
        (Profile(None, "bo@example.org"), None),
    ],
)
def test_a_machine_sees_these_conflicts(candidate: Profile, why: str | None) -> None:
    assert conflict_between(candidate, ADA) == why


def test_what_is_unknown_of_both_is_no_conflict() -> None:
    unknown = Profile(None, "", frozenset({""}))
    assert conflict_between(unknown, unknown) is None

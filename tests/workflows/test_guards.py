"""Each guard says no in its own words when its fact is unfavourable, and only then."""

import ast
import inspect
from collections.abc import Callable
from dataclasses import fields, replace
from typing import Any

import pytest

from tests.workflows.examples import FAVOURABLE, LONG_AFTER, WAIT_FOR_THE_DAY
from tests.workflows.unfavourable import CASES
from workflows import guards
from workflows.facts import Facts
from workflows.machine import Refusal
from workflows.report import TABLE

Guard = Callable[[Facts], Refusal | None]
USED: list[Guard] = sorted({guard for row in TABLE for guard in row.guards}, key=lambda guard: guard.__name__)


@pytest.mark.parametrize(("guard", "code", "changes"), CASES)
def test_a_guard_refuses_unfavourable_facts_in_its_own_words(guard: Guard, code: str, changes: dict[str, Any]) -> None:
    facts = replace(FAVOURABLE, now=LONG_AFTER) if guard in WAIT_FOR_THE_DAY else FAVOURABLE
    assert guard(facts) is None, "it refuses even without the change, so the change shows nothing"
    refusal = guard(replace(facts, **changes))
    assert refusal is not None
    assert refusal.code == code


@pytest.mark.parametrize("guard", USED)
def test_every_guard_of_the_table_has_been_seen_to_refuse(guard: Guard) -> None:
    assert guard in {case[0] for case in CASES}


def test_no_guard_is_written_that_the_table_does_not_use() -> None:
    written = {function for name, function in inspect.getmembers(guards, inspect.isfunction) if name != "criteria"}
    assert written == set(USED)


def test_two_guards_never_refuse_with_the_same_code() -> None:
    owners: dict[str, set[Guard]] = {}
    for guard, code, _ in CASES:
        owners.setdefault(code, set()).add(guard)
    assert {code for code, who in owners.items() if len(who) > 1} == set()


def test_every_fact_is_looked_at_by_some_guard() -> None:
    read = {
        node.attr
        for node in ast.walk(ast.parse(inspect.getsource(guards)))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "facts"
    }
    assert read == {field.name for field in fields(Facts)}


def test_a_recorded_exception_takes_the_place_of_reviews() -> None:
    facts = replace(FAVOURABLE, reviews=0, review_exception="Nobody else knows the method.")
    assert guards.enough_reviews(facts) is None


def test_a_recorded_reason_takes_the_place_of_returning_reviewers() -> None:
    facts = replace(FAVOURABLE, returning_reviewers_uninvited=2, other_reviewers="Both left the field.")
    assert guards.returning_reviewers_asked(facts) is None


@pytest.mark.parametrize(
    ("needed", "arrived", "words"),
    [
        (2, 0, "Two reviews are needed before a decision; none has arrived."),
        (2, 1, "Two reviews are needed before a decision; one has arrived."),
        (3, 2, "3 reviews are needed before a decision; 2 have arrived."),
        (1, 0, "One review is needed before a decision; none has arrived."),
    ],
)
def test_missing_reviews_are_counted_in_words(needed: int, arrived: int, words: str) -> None:
    refusal = guards.enough_reviews(replace(FAVOURABLE, reviews=arrived, reviews_needed=needed))
    assert refusal is not None
    assert refusal.words.startswith(words)


# A fact that nobody collected must not open a door. These few do, because none is the rule: nothing is missing, nobody
# is waited for. Whoever asks for a step has to look. A new guard does not belong here.
OPEN_WITHOUT_FACTS = {
    guards.complete,
    guards.coauthors_consented,
    guards.criteria_judged,
    guards.answers_given,
    guards.returning_reviewers_asked,
    guards.clocks_run,
}


def test_facts_that_nobody_collected_open_no_other_door() -> None:
    forgotten = Facts(now=LONG_AFTER)
    assert {guard for guard in USED if guard(forgotten) is None} == OPEN_WITHOUT_FACTS

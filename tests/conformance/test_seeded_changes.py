"""Seeded changes on raw manuscripts: most are found, of each kind so many as here; ways of writing bring nothing."""

import itertools
from functools import cache

import pytest

from tests.conformance.mutators import Pair, harmless, pairs, substantive
from tests.conformance.seeing import compared, news
from tests.thorough import few_of
from workflows.comparing.finding import Comparison, Pairing
from workflows.reviewing import Severity

# The share of seeded changes of each kind that has to be found; docs/comparing.md tells what is missed and why.
FLOORS = {
    "added hypothesis": 1.0,
    "alpha": 1.0,
    "comparator": 0.8,
    "dropped analysis": 0.8,
    "dropped gate": 0.8,
    "dropped hypothesis": 1.0,
    "endpoint": 0.5,
    "exclusion": 0.8,
    "iterations": 1.0,
    "model": 1.0,
    "n": 1.0,
    "overclaim": 0.8,
    "p value": 1.0,
    "reworded hypothesis": 0.6,
    "seed": 1.0,
    "swapped label": 1.0,
    "temperature": 1.0,
    "threshold": 0.8,
}
NAMED = {pair.name: pair for pair in pairs()}


@cache
def clean(name: str) -> Comparison:
    return compared(NAMED[name])


@cache
def seen() -> dict[str, list[bool]]:
    found: dict[str, list[bool]] = {}
    for pair in pairs():
        for mutation in substantive(pair):
            found.setdefault(mutation.kind, []).append(bool(news(clean(pair.name), compared(mutation.pair))))
    return found


@pytest.mark.thorough
@pytest.mark.parametrize("kind", FLOORS)
def test_seeded_changes_are_found(kind: str) -> None:
    found = seen()[kind]
    assert sum(found) >= FLOORS[kind] * len(found)


@pytest.mark.thorough
def test_every_kind_has_a_floor() -> None:
    assert set(seen()) == set(FLOORS)


@pytest.mark.parametrize("name", NAMED)
def test_nothing_grave_is_said_of_a_clean_pair(name: str) -> None:
    assert [finding.why for finding in clean(name).findings if finding.severity is Severity.MUST] == []


@pytest.mark.parametrize("name", few_of(NAMED))
def test_changes_without_substance_bring_nothing_to_answer(name: str) -> None:
    for mutation in harmless(NAMED[name]):
        brought = news(clean(name), compared(mutation.pair), least=Severity.SHOULD)
        assert [finding.why for finding in brought] == [], mutation.kind


@pytest.mark.parametrize(("one", "other"), [*itertools.product(NAMED, repeat=2)])
def test_every_pairing_is_right(one: str, other: str) -> None:
    mixed = Pair(one, NAMED[one].protocol, NAMED[other].manuscript, ())
    assert compared(mixed).pairing is (Pairing.THIS if one == other else Pairing.STUDY)


@pytest.mark.parametrize("name", NAMED)
def test_the_protocol_again_is_another_version_of_it(name: str) -> None:
    protocol = NAMED[name].protocol
    later = protocol.replace(". ", ".  ", 3) + "\n\n## Amendment\n\nNothing else was changed on 2026-05-01.\n"
    assert compared(Pair(name, protocol, later, ())).pairing is Pairing.VERSION

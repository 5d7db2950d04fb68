"""On rows that authors confirmed every change of substance is listed, and no way of writing is."""

import pytest

from tests.conformance.mutators import BENIGN, Pair, pairs
from workflows.comparing.finding import Wording
from workflows.comparing.rows import ConfirmedRow, compare_rows, same_words

SAME = [
    ("alpha = .05", "a significance level of 5%"),
    ("alpha = .05", "α = 0.05"),
    ("27.5 percentage points", "27.5 pp"),
    ("500 answer pairs", "five hundred answer pairs"),
    ("longer than 4,096 tokens", "more than 4096 tokens"),
    ("1e-4", "0.0001"),
    ("less than 8 minutes", "below 480 seconds"),
    ("two-sided", "Two-tailed"),
    ("accuracy of 97%", "accuracy of 0.97"),
    ("at least 15 points", "≥ 15 pp"),
    ("four conditions", "4  conditions"),
]
OTHER = [
    ("alpha = .05", "alpha = .01"),
    ("at least 15 points", "at most 15 points"),
    ("above 15 points", "at least 15 points"),
    ("two-sided", "one-sided"),
    ("llama-3.1-8b", "llama-3.1-70b"),
    ("8 minutes", "8 seconds"),
    ("5%", "5"),
    ("lower than on mathematics", "higher than on mathematics"),
    ("middle layers", "last layers"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_ways_of_writing_are_the_same(one: str, other: str) -> None:
    assert same_words(one, other)


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_another_value_word_or_unit_is_not(one: str, other: str) -> None:
    assert not same_words(one, other)


def rows_of(pair: Pair, changed: int = -1, words: str = "") -> list[ConfirmedRow]:
    """The facts of a pair as confirmed rows, one of them with other words, or gone if there are none."""
    told = {i: words if i == changed else fact["find"] for i, fact in enumerate(pair.facts)}
    named = {i: f"{fact['kind']} {i}" for i, fact in enumerate(pair.facts)}
    return [ConfirmedRow(named[i], "fact", {"words": said}) for i, said in told.items() if said.strip()]


CHANGES = [
    pytest.param(pair, i, put, id=f"{pair.name}-{fact['kind']}-{i}")
    for pair in pairs()
    for i, fact in enumerate(pair.facts)
    if not fact["kind"].startswith(BENIGN)
    for put in fact["put"]
]


@pytest.mark.parametrize(("pair", "changed", "put"), CHANGES)
def test_every_seeded_change_is_listed_and_nothing_else(pair: Pair, changed: int, put: str) -> None:
    found = compare_rows(rows_of(pair), rows_of(pair, changed, put))
    assert [difference.label for difference in found] == [f"{pair.facts[changed]['kind']} {changed}"]


@pytest.mark.parametrize("pair", pairs(), ids=lambda pair: pair.name)
def test_clean_rows_have_no_difference(pair: Pair) -> None:
    assert compare_rows(rows_of(pair), rows_of(pair)) == ()


def test_a_row_nobody_registered_is_listed() -> None:
    (found,) = compare_rows([], [ConfirmedRow("H4", "hypothesis", {"statement": "Longer is better"})])
    assert (found.label, found.wording, found.reported) == ("H4", Wording.DIFFERS, "statement: Longer is better")


def test_an_empty_field_is_not_found() -> None:
    (found,) = compare_rows([ConfirmedRow("H1", "h", {"n": "320"})], [ConfirmedRow("H1", "h", {"n": " "})])
    assert found.wording is Wording.NOT_FOUND

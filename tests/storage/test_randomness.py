"""Randomness: labelled draws repeat and do not disturb each other; the system's never repeat."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.randomness import LabelledRandomness, Randomness, SystemRandomness, opaque

LABELS = st.text(max_size=5)
SIZES = st.integers(1, 100)


@given(st.lists(st.tuples(LABELS, SIZES), max_size=9), st.binary())
def test_the_same_seed_draws_the_same(draws: list[tuple[str, int]], seed: bytes) -> None:
    one, two = LabelledRandomness(seed), LabelledRandomness(seed)
    assert [one.draw(*draw) for draw in draws] == [two.draw(*draw) for draw in draws]


def test_a_draw_under_one_label_moves_no_other() -> None:
    quiet, busy = LabelledRandomness(b"seed"), LabelledRandomness(b"seed")
    busy.draw("nonce", 12)
    assert quiet.draw("name", 16) == busy.draw("name", 16)
    assert quiet.draw("nonce", 12) != busy.draw("nonce", 12)


@pytest.mark.parametrize("randomness", [SystemRandomness(), LabelledRandomness(b"seed")])
def test_draws_are_as_long_as_asked_and_never_the_same(randomness: Randomness) -> None:
    drawn = [randomness.draw("label", size) for size in [16, 16, 16, 31, 32, 33, 64, 65]]
    assert [len(each) for each in drawn] == [16, 16, 16, 31, 32, 33, 64, 65]
    assert len({each[:16] for each in drawn}) == len(drawn)


@pytest.mark.parametrize("randomness", [SystemRandomness(), LabelledRandomness(b"seed")])
@pytest.mark.parametrize("size", [0, -1])
def test_nothing_cannot_be_drawn(randomness: Randomness, size: int) -> None:
    with pytest.raises(ValueError, match="at least one byte"):
        randomness.draw("label", size)


def test_another_seed_or_label_draws_something_else() -> None:
    drawn = [LabelledRandomness(seed).draw(label, 16) for seed in (b"a", b"b") for label in ("", "x", "y")]
    assert len(set(drawn)) == len(drawn)


def test_an_identifier_is_26_lower_case_characters() -> None:
    identifiers = {opaque(SystemRandomness(), "report") for _ in range(1000)}
    assert len(identifiers) == 1000
    assert all(re.fullmatch("[a-z2-7]{26}", each) for each in identifiers)

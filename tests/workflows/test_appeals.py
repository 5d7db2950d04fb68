"""Appeals go to an officer who has not acted on the case, and are answered by none who has."""

import pytest

from workflows.appeals import chosen_officer, may_answer, refuse_answer, refuse_appeal
from workflows.people import PEOPLE, Capacity


@pytest.mark.parametrize(
    ("free", "involved", "chosen"),
    [
        (("ann", "bob"), (), "ann"),
        (("ann", "bob"), ("ann",), "bob"),
        (("ann", "bob"), ("ann", "bob"), None),
        ((), (), None),
    ],
)
def test_the_first_who_is_not_involved_is_chosen(
    free: tuple[str, ...], involved: tuple[str, ...], chosen: str | None
) -> None:
    assert chosen_officer(free, involved) == chosen


@pytest.mark.parametrize(
    ("by", "named", "may"),
    [
        ("ann", "ann", True),
        ("ann", None, False),
        ("bob", None, True),
        ("bob", "ann", True),
        ("eve", "eve", False),
        ("eve", None, False),
    ],
)
def test_who_may_answer(by: str, named: str | None, may: bool) -> None:  # noqa: FBT001 - a column of the table
    """Ann has acted on the case; Eve is not free."""
    assert may_answer(by, named=named, free=("ann", "bob"), involved=("ann", "eve")) is may


@pytest.mark.parametrize("capacity", sorted(PEOPLE))
def test_only_authors_appeal_and_only_under_a_delay(capacity: Capacity) -> None:
    acting_as = frozenset({capacity})
    refused = refuse_appeal(acting_as, delayed=True, waiting=False, words="Look.")
    assert (refused is None) is (capacity is Capacity.AUTHOR)
    assert refuse_appeal(acting_as, delayed=False, waiting=False, words="Look.") is not None


@pytest.mark.parametrize(
    ("waiting", "words", "code"),
    [(False, "Look.", None), (True, "Look.", "appeal_waits"), (False, " ", "appeal_empty")],
)
def test_an_appeal_has_words_and_waits_alone(waiting: bool, words: str, code: str | None) -> None:  # noqa: FBT001
    refused = refuse_appeal(frozenset({Capacity.AUTHOR}), delayed=True, waiting=waiting, words=words)
    assert (refused.code if refused else None) == code


@pytest.mark.parametrize(
    ("may", "answered", "words", "code"),
    [
        (True, False, "We looked.", None),
        (False, False, "We looked.", "not_possible"),
        (True, True, "We looked.", "appeal_answered"),
        (True, False, "", "answer_empty"),
    ],
)
def test_an_answer_is_given_once_and_in_words(may: bool, answered: bool, words: str, code: str | None) -> None:  # noqa: FBT001
    refused = refuse_answer(may=may, answered=answered, words=words)
    assert (refused.code if refused else None) == code

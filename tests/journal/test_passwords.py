"""A password is recognised by whoever knows it, however their keyboard writes it."""

import pytest

from journal.passwords import LONGEST, hash_password, is_password, unfit_password
from storage.randomness import LabelledRandomness

SENTENCE = "correct horse battery staple"


def test_a_password_is_recognised_and_another_is_not() -> None:
    kept = hash_password(SENTENCE, LabelledRandomness(b"1"))
    assert kept.startswith("$argon2id$")
    assert SENTENCE not in kept
    assert is_password(kept, SENTENCE)
    assert not is_password(kept, SENTENCE + " ")
    assert not is_password(kept, "")


def test_the_same_password_is_kept_differently_for_two_people() -> None:
    drawn = LabelledRandomness(b"1")
    assert hash_password(SENTENCE, drawn) != hash_password(SENTENCE, drawn)


def test_letters_typed_in_another_way_are_the_same() -> None:
    kept = hash_password("caf\u00e9 caf\u00e9 caf\u00e9", LabelledRandomness(b"1"))
    assert is_password(kept, "cafe\u0301 cafe\u0301 cafe\u0301")


@pytest.mark.parametrize("kept", [None, "", "plain", "$argon2id$nonsense"])
def test_nobody_signs_in_where_no_password_is_kept(kept: str | None) -> None:
    assert not is_password(kept, "nobody")
    assert not is_password(kept, "plain")


@pytest.mark.parametrize(
    ("password", "fits"),
    [
        (SENTENCE, True),
        ("пароль из слов", True),
        ("🐎🔋📎✅🌧️☂️🏔️🌊🔥", True),
        ("short", False),
        ("", False),
        ("aaaaaaaaaaaaaaaa", False),
        ("Ada Marwick-Osei", False),
        ("ADA@example.org", False),
        ("x1y2z" * 200, True),
        ("x1y2z" * 200 + "!", False),
    ],
)
def test_what_makes_a_password_fit(password: str, *, fits: bool) -> None:
    refusal = unfit_password(password, about=("Ada Marwick-Osei", "ada@example.org"))
    assert (refusal is None) is fits
    assert LONGEST == 1000

"""Sealing: what was sealed comes back whole, or not at all."""

import traceback

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.randomness import LabelledRandomness, SystemRandomness
from storage.sealing import (
    JSON,
    OVERHEAD,
    DataKey,
    SealBroken,
    seal,
    seal_document,
    seal_text,
    unseal,
    unseal_document,
    unseal_text,
)

KEY = DataKey(b"k" * 32)
OTHER_KEY = DataKey(b"o" * 32)
SYSTEM = SystemRandomness()
WORDS = st.text(st.characters(codec="utf-8"))
INTEGERS = st.integers(-(2**53) + 1, 2**53 - 1)
SCALARS = st.none() | st.booleans() | INTEGERS | st.floats(allow_nan=False, allow_infinity=False) | WORDS
DOCUMENTS = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(WORDS, inner), max_leaves=12)


def numbered_key() -> DataKey:
    return DataKey(b"0123456789abcdefghijklmnopqrstuv")


def sealed_by(seed: bytes, body: bytes = b"text") -> bytes:
    return seal(KEY, body, context="here", randomness=LabelledRandomness(seed))


@given(body=st.binary(max_size=500), context=WORDS)
def test_what_was_sealed_comes_back(body: bytes, context: str) -> None:
    sealed = seal(KEY, body, context=context, randomness=SYSTEM)
    assert len(sealed) == len(body) + OVERHEAD
    assert unseal(KEY, sealed, context=context) == body


@given(document=DOCUMENTS)
def test_a_sealed_document_comes_back(document: JSON) -> None:
    sealed = seal_document(KEY, document, context="row", randomness=SYSTEM)
    assert unseal_document(KEY, sealed, context="row") == document


@given(text=WORDS)
def test_a_sealed_text_comes_back(text: str) -> None:
    assert unseal_text(KEY, seal_text(KEY, text, context="row", randomness=SYSTEM), context="row") == text


def test_a_document_is_sealed_in_one_form_whatever_its_order() -> None:
    one = seal_document(KEY, {"b": 1, "a": 2}, context="row", randomness=SYSTEM)
    assert unseal(KEY, one, context="row") == b'{"a":2,"b":1}'


@pytest.mark.parametrize("document", [2**53, float("nan"), float("inf"), "\ud800"])
def test_what_has_no_canonical_form_is_refused(document: JSON) -> None:
    with pytest.raises(ValueError, match=r".+"):
        seal_document(KEY, document, context="row", randomness=SYSTEM)


def test_any_flipped_bit_breaks_the_seal() -> None:
    sealed = sealed_by(b"seed")
    assert unseal(KEY, sealed, context="here") == b"text"
    for bit in range(len(sealed) * 8):
        flipped = bytearray(sealed)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(SealBroken):
            unseal(KEY, bytes(flipped), context="here")


def test_a_cut_or_longer_seal_is_broken() -> None:
    sealed = sealed_by(b"seed")
    for other in [*(sealed[:length] for length in range(len(sealed))), sealed + b"\0"]:
        with pytest.raises(SealBroken):
            unseal(KEY, other, context="here")


@pytest.mark.parametrize(("key", "context"), [(OTHER_KEY, "here"), (KEY, "there"), (KEY, ""), (KEY, "here ")])
def test_another_key_or_place_does_not_open(key: DataKey, context: str) -> None:
    with pytest.raises(SealBroken):
        unseal(key, sealed_by(b"seed"), context=context)


def test_the_same_words_sealed_twice_look_different() -> None:
    first, second = (seal(KEY, b"text", context="here", randomness=SYSTEM) for _ in range(2))
    assert first != second
    assert sealed_by(b"seed") == sealed_by(b"seed")


@pytest.mark.parametrize("size", [0, 16, 31, 33])
def test_a_key_has_32_bytes(size: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        DataKey(b"k" * size)


def test_a_key_never_shows_itself() -> None:
    key = numbered_key()
    assert "0123" in repr(key.secret)
    shown = [repr(key), str(key), f"{key}", repr([key]), f"{key!a}"]
    try:
        unseal(key, b"", context="here")
    except SealBroken as broken:
        shown += traceback.TracebackException.from_exception(broken, capture_locals=True).format()
    assert not [each for each in shown if "0123" in each]

"""Identifiers are read however they are pasted, and a mistyped one is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal.identifiers import as_orcid, as_ror


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("0000-0002-1825-0097", "0000-0002-1825-0097"),
        ("https://orcid.org/0000-0002-1825-0097", "0000-0002-1825-0097"),
        (" http://www.orcid.org/0000-0002-1825-0097/ ", "0000-0002-1825-0097"),
        ("000000021694233x", "0000-0002-1694-233X"),
        ("0000-0002-1825-0098", None),
        ("https://example.org/0000-0002-1825-0097", None),
        ("\u0660\u0660\u0660\u0660-0002-1825-0097", None),
        ("", None),
    ],
)
def test_an_orcid_is_read_and_checked(typed: str, read: str | None) -> None:
    assert as_orcid(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("05a28rw58", "05a28rw58"),
        ("https://ror.org/042nb2s44", "042nb2s44"),
        ("ror.org/052GG0110", "052gg0110"),
        ("05a28rw59", None),
        ("15a28rw58", None),
        ("05a28rw58; drop", None),
        ("", None),
    ],
)
def test_a_ror_is_read_and_checked(typed: str, read: str | None) -> None:
    assert as_ror(typed) == read


@given(st.integers(0, 15), st.integers(1, 9))
def test_one_wrong_digit_of_an_orcid_is_found(at: int, by: int) -> None:
    digits = "0000000218250097"
    wrong = digits[:at] + str((int(digits[at]) + by) % 10) + digits[at + 1 :]
    assert as_orcid(wrong) is None


@given(st.text())
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    assert as_orcid(text) is None or len(as_orcid(text) or "") == 19
    assert as_ror(text) is None or len(as_ror(text) or "") == 9

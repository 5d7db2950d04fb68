"""Any name of a person is one; what would break a letter or a page is not."""

import pytest

from journal.names import as_address, unfit_name

FIT = [
    "Ada Marwick-Osei",
    "محمد بن سلمان",
    "שרה כהן",
    "\U0001f469\u200d\U0001f52c Lê Thị Hồng",
    "Ng",
    "O\u2019Brien\u200f",
    "名前",
    "x" * 200,
]
UNFIT = ["", "   ", "x" * 201, "x" * 5000, "Ada\nBcc: all@example.org", "Ada\r", "Ada\x00", "Ada\u202etxt", "a\u2028b"]


@pytest.mark.parametrize("name", FIT)
def test_a_name_in_any_script_is_kept(name: str) -> None:
    assert unfit_name(name) is None


@pytest.mark.parametrize("name", UNFIT)
def test_what_is_no_name_is_refused_beside_its_field(name: str) -> None:
    refusal = unfit_name(name)
    assert refusal is not None
    assert refusal.field == "name"


def test_a_name_that_is_too_long_is_told_how_long_it_is() -> None:
    refusal = unfit_name("x" * 5000)
    assert refusal is not None
    assert "200" in refusal.words
    assert "5,000" in refusal.words


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        (" Ada@Example.ORG ", "ada@example.org"),
        ("ü@exämple.org", "ü@exämple.org"),
        ("ada@example.org\r\nBcc: all@example.org", None),
        ("ada@example.org\n", None),
        ("ada@example.org, eve@example.org", None),
        ("Ada <ada@example.org>", None),
        ("a" * 5000 + "@example.org", None),
        ("ada", None),
        ("", None),
    ],
)
def test_an_address_is_one_address_and_nothing_else(typed: str, read: str | None) -> None:
    assert as_address(typed) == read

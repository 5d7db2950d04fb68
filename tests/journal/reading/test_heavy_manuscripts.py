"""Manuscripts that would take all time or memory are given up, in time and with words."""

import re
import time

import pytest

from journal.reading.inspection import Kind, Refused
from journal.reading.pandoc import Unreadable
from journal.reading.uploads import check_upload
from tests.journal.reading.samples import paragraph, read_anyhow, word

pytestmark = pytest.mark.children

HEAVY = {
    "10,000 brackets": ("[" * 10_000, "never close do this"),
    "10,000 quotations": (">" * 10_000, "never close do this|memory"),
    "macros that double": (
        "\\newcommand{\\a}{x}"
        + "".join(
            f"\\newcommand{{\\{b}}}{{\\{a}\\{a}\\{a}\\{a}}}"
            for a, b in zip("abcdefghijklmno", "bcdefghijklmnop", strict=True)
        )
        + "\n\n$\\p$\n",
        "never close do this|memory",
    ),
    "a macro that calls itself": ("\\newcommand{\\a}{\\a\\a}\n\n$\\a$\n", "Loop encountered in expanding macro a"),
    "aliases in the head": (
        "---\na: &a [x,x,x,x,x,x,x,x,x]\n"
        + "".join(f"{b}: &{b} [" + ",".join([f"*{a}"] * 9) + "]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True))
        + "---\n\nx\n",
        "never close do this|memory|longer than|deep",
    ),
    "400 quotations in each other": ("> " * 400 + "x\n", "100 deep"),
    "divisions in each other": (":::: {.a}\n" * 150 + "x\n" + "::::\n" * 150, "100 deep"),
}


@pytest.mark.parametrize("what", HEAVY)
def test_what_would_never_end_is_given_up_in_time(what: str) -> None:
    text, words = HEAVY[what]
    began = time.monotonic()
    document = read_anyhow(text, seconds=1 if "never" in words else 20)
    assert time.monotonic() - began < 10
    assert isinstance(document, Unreadable)
    assert re.search(words, document.words), document.words


def test_a_table_with_too_many_cells_is_unreadable() -> None:
    row = "|" + " 1 |" * 90 + "\n"
    document = read_anyhow(row + "|" + "---|" * 90 + "\n" + row * 250)
    assert isinstance(document, Unreadable)
    assert "more than 20,000 cells" in document.words


@pytest.mark.long
def test_an_enormous_table_is_given_up() -> None:
    row = "|" + " 1 |" * 200 + "\n"
    assert isinstance(read_anyhow(row + "|" + "---|" * 200 + "\n" + row * 2000), Unreadable)


@pytest.mark.long
def test_three_hundred_megabytes_of_xml_are_refused() -> None:
    checked = check_upload("a.docx", word(paragraph("x") * 6_000_000), accepted=frozenset(Kind), largest=2**30)
    assert isinstance(checked, Refused)

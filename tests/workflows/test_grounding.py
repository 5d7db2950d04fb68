"""The rule that tells a bare question from a remark that says something, on remarks written before it and after it."""

from pathlib import Path

import pytest

from workflows.grounding import EXAMPLE, is_bare

REMARKS = Path(__file__).parent / "remarks"


def remarks(kind: str) -> list[str]:
    found = [line for path in sorted(REMARKS.glob(f"{kind}*.txt")) for line in path.read_text("utf-8").splitlines()]
    return [line for line in found if not line.startswith("#")]


BARE, GROUNDED = remarks("bare"), remarks("grounded")


def test_the_corpus_has_more_than_a_hundred_remarks_of_each_kind() -> None:
    assert min(len(BARE), len(GROUNDED)) > 100
    assert not set(BARE) & set(GROUNDED)


def test_few_of_the_told_remarks_are_told_wrongly_and_few_bare_ones_pass() -> None:
    told = [remark for remark in BARE if is_bare(remark)]
    wrongly = [remark for remark in GROUNDED if is_bare(remark)]
    assert len(told) / len(BARE) > 0.95, "recall"
    assert len(told) / (len(told) + len(wrongly)) > 0.95, "precision"


@pytest.mark.parametrize("bare", BARE[:20])
def test_a_reason_or_a_deed_beside_it_grounds_every_question(bare: str) -> None:
    assert is_bare(bare)
    assert not is_bare(bare, "Without it the verdict of H1 cannot be checked.")
    assert not is_bare(bare, "", "State which of the two holds.")


@pytest.mark.parametrize("texts", [(), ("",), (" ", "\n"), ("?!",), ("...",)])
def test_where_no_word_is_there_is_no_question(texts: tuple[str, ...]) -> None:
    assert not is_bare(*texts)


def test_the_example_shows_one_of_each() -> None:
    bare, grounded = EXAMPLE.split("\N{RIGHT DOUBLE QUOTATION MARK}")[:2]
    assert is_bare(bare.strip("\N{LEFT DOUBLE QUOTATION MARK}"))
    assert not is_bare(grounded.partition("\N{LEFT DOUBLE QUOTATION MARK}")[2])

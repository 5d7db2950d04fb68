"""The drawing of an interval: to scale, comparable between rows of one unit, and told in words."""

from dataclasses import replace
from decimal import Decimal
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from journal.formats.forest import WIDTH, Axis, axis_of, forest, spoken
from tests.journal.production.material import FACTS, published

RESULTS = published(FACTS).results
VALUES = st.decimals(-1000, 1000, places=3)


@given(values=st.lists(VALUES, min_size=4, max_size=4, unique=True).map(sorted))
def test_larger_values_stand_further_right(values: list[Decimal]) -> None:
    low, first, second, high = values
    axis = Axis(low, high)
    assert 0 <= axis.at(first) <= axis.at(second) <= WIDTH


def test_rows_of_one_unit_share_a_scale() -> None:
    axis = axis_of(RESULTS, "AUC above chance")
    assert axis == Axis(Decimal("-0.15"), Decimal("0.39"))


def test_a_row_without_numbers_has_no_drawing() -> None:
    not_tested = RESULTS[-1]
    assert axis_of([not_tested], not_tested.row.unit) is None
    assert forest(not_tested, Axis(Decimal(0), Decimal(1))) is None


def test_a_null_is_drawn_hollow_and_an_uninformative_one_dashed() -> None:
    drawings = {}
    for result in RESULTS[:4]:
        axis = axis_of(RESULTS, result.row.unit)
        assert axis is not None
        drawing = forest(result, axis)
        assert drawing is not None
        ET.fromstring(drawing)  # noqa: S314 (our own)
        drawings[result.row.label] = drawing
    assert b'fill="#fff"' in drawings["H1"]
    assert b"14 9" not in drawings["H1"]
    assert b"14 9" in drawings["H4"]
    assert b'fill="#fff"' not in drawings["RQ3"]


def test_a_point_of_nothing_is_still_drawn() -> None:
    zero = replace(RESULTS[2], answer=replace(RESULTS[2].answer, estimate="0", low="0", high="0"))
    axis = axis_of([zero], zero.row.unit)
    assert axis is not None
    assert forest(zero, axis) is not None


def test_the_drawing_is_told_in_words() -> None:
    assert spoken(RESULTS[0]) == (
        "H1: estimate 0.03 AUC above chance, 90% interval from \N{MINUS SIGN}0.01 to 0.07, "
        "smallest effect of interest 0.15"
    )

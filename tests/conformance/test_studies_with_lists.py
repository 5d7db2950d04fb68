"""Invented studies of other styles, with lists of differences that were written before the comparison saw them."""

from bench.studies import measure_studies
from tests.conformance.mutators import PAIRS

STUDIES = PAIRS.parent / "studies"


def test_most_listed_differences_are_found_early_and_what_is_harmless_is_not_told() -> None:
    lines = list(measure_studies(STUDIES, tell=False))
    undeclared = next(line for line in lines if line.startswith("all undeclared")).split()
    found, listed, first = int(undeclared[2]), int(undeclared[4]), int(undeclared[6])
    assert found >= 0.8 * listed
    assert first >= 0.8 * listed
    harmless = next(line for line in lines if line.startswith("harmless")).split()
    assert int(harmless[2].strip(":")) <= 2
    assert not any("shown as undeclared" in line for line in lines)
    assert sum("reports-this-protocol" in line for line in lines) == len(list(STUDIES.iterdir()))

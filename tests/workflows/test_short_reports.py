"""What a short report must have in place of a manuscript, beside its rows."""

from dataclasses import replace

import pytest

from workflows.short_reports import Paper, ShortReport, gaps

SAID = ShortReport(how="In June, on rented machines.", limits="Open models alone.")


@pytest.mark.parametrize(
    ("paper", "said", "has_manuscript", "missing"),
    [
        (None, ShortReport(), False, ["manuscript_missing"]),
        (None, ShortReport(), True, []),
        (Paper.MANUSCRIPT, SAID, False, ["manuscript_missing"]),
        (Paper.MANUSCRIPT, ShortReport(), True, []),
        (Paper.ROWS, SAID, False, []),
        (Paper.ROWS, replace(SAID, limits=""), False, []),
        (Paper.ROWS, replace(SAID, how=" "), False, ["how_missing"]),
        (Paper.ROWS, SAID, True, ["manuscript_not_sent"]),
        (Paper.ROWS, ShortReport(), True, ["how_missing", "manuscript_not_sent"]),
    ],
)
def test_what_the_paper_lacks(paper: Paper | None, said: ShortReport, has_manuscript: bool, missing: list[str]) -> None:  # noqa: FBT001 - a column of the table
    assert [gap.code for gap in gaps(paper, said, has_manuscript=has_manuscript)] == missing

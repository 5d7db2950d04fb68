"""The page of the stages says what the table says, every row of it and nothing else."""

import re

from tests.workflows.diagram import COMMAND, PAGE, PARTS, name_of, page, said, who
from workflows.report import TABLE
from workflows.stages import ENDED, Stage

ARROW = re.compile(r"^    (\w+) --> (\w+): (.+) \((.+)\)$", re.MULTILINE)


def test_the_page_is_the_one_drawn_from_the_table() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), f"the table has changed: run `{COMMAND}` and read what it wrote"


def test_every_row_is_one_arrow_and_every_arrow_a_row() -> None:
    drawn = sorted(ARROW.findall(PAGE.read_text(encoding="utf-8")))
    assert drawn == sorted((str(row.source), str(row.target), said(row.action), who(row)) for row in TABLE)


def test_every_stage_that_can_be_left_is_in_one_part() -> None:
    assert sorted(stage for part in PARTS.values() for stage in part) == sorted(set(Stage) - set(ENDED))


def test_no_two_stages_have_the_same_name_on_the_page() -> None:
    assert len({name_of(stage) for stage in Stage}) == len(Stage)


def test_every_guard_of_the_table_says_what_it_asks_for() -> None:
    asked = {guard.__doc__ for row in TABLE for guard in row.guards}
    assert None not in asked
    assert all(sentence in page() for sentence in (doc.partition("\n")[0] for doc in asked if doc))

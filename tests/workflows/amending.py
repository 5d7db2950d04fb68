"""Every refusal of amendments and of days of data collection, for tests/workflows/refusals.py."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from tests.workflows.examples import NOW, PROTOCOL
from workflows import amendments, collecting
from workflows.amendments import Amendment
from workflows.changes import changed
from workflows.machine import Refusal


def of_amendments() -> Iterator[Refusal]:
    """Those of asking for a change of the accepted protocol."""
    other = changed(PROTOCOL, replace(PROTOCOL, title="Another title"))
    yield from amendments.gaps((), Amendment(), adds=False)
    yield from amendments.gaps(other, Amendment(), adds=True)


def of_data_collection() -> Iterator[Refusal]:
    """Those of the days of data collection."""
    days = (
        (date(2027, 2, 2), date(2027, 2, 1), None),
        (None, None, date(2027, 2, 1)),
    )
    refused = (collecting.refuse_days(start, end, recorded_end=was, now=NOW) for start, end, was in days)
    yield from (refusal for refusal in refused if refusal is not None)

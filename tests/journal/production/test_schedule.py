"""Releases are due at fixed instants of UTC, whatever happened before and wherever the machine stands."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from journal.production.schedule import last_due


@pytest.mark.parametrize(
    ("now", "every", "due"),
    [
        (datetime(2026, 3, 2, 9, 0, tzinfo=UTC), 3600, datetime(2026, 3, 2, 9, tzinfo=UTC)),
        (datetime(2026, 3, 2, 8, 59, 59, 999999, tzinfo=UTC), 3600, datetime(2026, 3, 2, 8, tzinfo=UTC)),
        (datetime(2026, 3, 2, 23, 59, tzinfo=UTC), 86400, datetime(2026, 3, 2, tzinfo=UTC)),
        (datetime(2026, 3, 2, 9, 0, 7, tzinfo=UTC), 5, datetime(2026, 3, 2, 9, 0, 5, tzinfo=UTC)),
        (
            datetime(2026, 3, 2, 0, 30, tzinfo=timezone(timedelta(hours=5, minutes=30))),
            3600,
            datetime(2026, 3, 1, 19, tzinfo=UTC),
        ),
    ],
)
def test_due_instants(now: datetime, every: int, due: datetime) -> None:
    assert last_due(now, every=timedelta(seconds=every)) == due

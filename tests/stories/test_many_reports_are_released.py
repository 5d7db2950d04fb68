"""A release of more reports than a statement of SQLite takes names."""

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, select
from sqlalchemy.exc import DBAPIError

from journal.production.release import make_release, prepare
from journal.production.shelving import tidy
from storage.rows.reports import Report
from tests.stories.accepted import Study, registered_report
from tests.stories.worlds import make_world

MOST_NAMES = 32_766
"""Of SQLite as its authors build it; some distributions allow more."""


def as_its_authors_build_it(connection: Connection) -> None:
    """Take no more names than any SQLite takes."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    driver.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, MOST_NAMES)


def test_there_is_such_a_limit(tmp_path: Path) -> None:
    world = make_world(tmp_path)
    event.listen(world.resources.engine, "engine_connect", as_its_authors_build_it)
    names = [str(number) for number in range(MOST_NAMES + 1)]
    with world.work(writes=False) as uow, pytest.raises(DBAPIError, match="too many SQL variables"):
        uow.session.scalars(select(Report.id).where(Report.id.not_in(names))).all()


def test_older_releases_are_looked_through_however_many_reports_there_are(tmp_path: Path) -> None:
    world = make_world(tmp_path / "journal")
    event.listen(world.resources.engine, "engine_connect", as_its_authors_build_it)
    registered_report(world, Study(), announced=True)
    released = make_release(world.resources)
    assert released is not None
    built = prepare(world.resources, tmp_path)
    (record,) = built.records.values()
    many = {f"another {number}": record for number in range(MOST_NAMES + 1)}
    tidy(world.resources, replace(built, records={**built.records, **many}))
    assert list(world.resources.public_store.keys("releases/")) == [released.key]
    tidy(world.resources, replace(built, records=many))
    assert list(world.resources.public_store.keys("releases/")) == [], "it contains what is not public any more"

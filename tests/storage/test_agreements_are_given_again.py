"""The migration that asks for a second factor: who had agreed on a hold still in force agrees once more."""

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Integer, column, table, text
from sqlalchemy.exc import IntegrityError

import storage.migrations
from storage.database import Row, connect
from storage.migrations import migrate
from workflows.holds import HoldKind, Scope
from workflows.people import Capacity, Role
from workflows.stages import Stage

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
KEPT = Path(next(iter(storage.migrations.__path__))) / "versions"


def put(connection: Connection, noun: str, /, **values: Any) -> None:  # noqa: ANN401 - values of columns
    connection.execute(Row.metadata.tables[noun].insert().values(**values))


def hold(connection: Connection, name: str, kind: HoldKind, **ended: Any) -> None:  # noqa: ANN401 - as above
    values = {"scope": Scope.EXISTENCE, "placed_by": "olga", "placed_as": Capacity.OFFICER, "placed_at": NOW}
    put(connection, "hold", id=name, report_id="report", kind=kind, reason=b"x", version=1, **values, **ended)
    put(connection, "hold_lift", id=f"lift-{name}", hold_id=name, by="olga", at=NOW, reason=b"x")


def before(address: str, versions: Path) -> None:
    """A journal as it was, with an agreement on a hold in force, on one that ended, and on an embargo."""
    versions.mkdir()
    shutil.copy(KEPT / "m0001_the_first_tables.py", versions)
    migrate(address, versions=versions)
    engine = connect(address)
    with engine.begin() as connection:
        _drop_guards(connection)
        for name in ("olga", "omar"):
            put(connection, "person", id=name, email=name, name=name, fs_uniquifier=name, created_at=NOW, version=1)
            put(connection, "role_grant", id=name, person_id=name, role=Role.OFFICER, granted_at=NOW)
        _put_report(connection)
        hold(connection, "in-force", HoldKind.INFORMATION_HAZARD)
        hold(connection, "ended", HoldKind.LEGAL, ended_at=NOW, lifted_by="olga", seconded_by="omar")
        hold(connection, "embargo", HoldKind.AUTHOR_EMBARGO)
    engine.dispose()


def _put_report(connection: Connection) -> None:
    """With the column that a later migration takes away."""
    columns = [column(each.name, each.type) for each in Row.metadata.tables["report"].columns]
    report = table("report", *columns, column("contacts_unanswered", Integer()))
    values = {"stage": Stage.IN_REVIEW, "stage_since": NOW, "key_name": "k", "created_at": NOW, "version": 1}
    connection.execute(report.insert().values(id="report", contacts_unanswered=0, **values))


def _drop_guards(connection: Connection) -> None:
    """The triggers came with the migration; any run of migrations sets them."""
    for name, noun in (("hold_lift_proven", "hold_lift"), ("hold_ended", "hold")):
        for number in (1, 2):
            on = "" if connection.dialect.name == "sqlite" else f" ON {noun}"
            connection.execute(text(f"DROP TRIGGER {name}_{number}{on}"))


def test_they_agree_once_more(empty_database: str, tmp_path: Path) -> None:
    before(empty_database, tmp_path / "versions")
    migrate(empty_database)
    engine = connect(empty_database)
    with engine.connect() as connection:
        left = connection.execute(text("SELECT id FROM hold_lift ORDER BY id")).scalars().all()
        assert left == ["lift-embargo", "lift-ended"]
        again = {"hold_id": "in-force", "by": "olga", "at": NOW, "reason": b"x"}
        put(connection, "hold_lift", id="again", reauthenticated_at=NOW, **again)
        connection.execute(text("UPDATE hold SET version = 2 WHERE id = 'ended'"))
        with pytest.raises(IntegrityError):
            put(connection, "hold_lift", id="without", **{**again, "by": "omar"})
    engine.dispose()

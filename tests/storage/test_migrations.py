"""Migrations: they lead to the tables that the rows describe, all or none, once, and they lose nothing on the way."""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import DBAPIError

import storage.migrations
from storage.database import Row, connect
from storage.migrations import draft, is_current, migrate
from tests.storage.together import together

KEPT = Path(next(iter(storage.migrations.__path__))) / "versions"
TRIGGERS = {
    "sqlite": "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
}
MIGRATION = '''"""Test."""

import sqlalchemy as sa
from alembic import op

revision = "{number}"
down_revision = {before!r}


def upgrade() -> None:
    """Make the change."""
{steps}
'''


@contextmanager
def opened(address: str) -> Iterator[Engine]:
    engine = connect(address)
    yield engine
    engine.dispose()


@pytest.fixture
def versions(tmp_path: Path) -> Path:
    """A folder for other migrations than our own."""
    folder = tmp_path / "versions"
    folder.mkdir()
    return folder


def add(versions: Path, *steps: str) -> None:
    """Write the next migration, of these statements."""
    number = len(list(versions.glob("*.py"))) + 1
    before = f"{number - 1:04}" if number > 1 else None
    body = MIGRATION.format(number=f"{number:04}", before=before, steps="\n".join(f"    {step}" for step in steps))
    (versions / f"m{number:04}_test.py").write_text(body)


def schema_of(engine: Engine) -> dict[str, Any]:
    """Everything a database knows of its tables, CHECKs and triggers among them, which Alembic does not compare."""
    seen = inspect(engine)
    found: dict[str, Any] = {
        table: {
            "columns": {c["name"]: (str(c["type"]), c["nullable"], c["default"]) for c in seen.get_columns(table)},
            "key": seen.get_pk_constraint(table)["constrained_columns"],
            "references": sorted(
                (f["name"] or "", f["referred_table"], str(f["options"])) for f in seen.get_foreign_keys(table)
            ),
            "unique": sorted((u["name"] or "", u["column_names"]) for u in seen.get_unique_constraints(table)),
            "indexes": sorted(index_of(i) for i in seen.get_indexes(table)),
            "checks": sorted(
                (c["name"] or "", " ".join(c["sqltext"].split())) for c in seen.get_check_constraints(table)
            ),
        }
        for table in seen.get_table_names()
        if table != "alembic_version"
    }
    with engine.connect() as connection:
        found["triggers"] = sorted(tuple(row) for row in connection.execute(text(TRIGGERS[engine.dialect.name])))
    return found


def index_of(index: Any) -> tuple[str, list[str], bool, str]:  # noqa: ANN401 - what SQLAlchemy reflects
    condition = re.sub(r"[()]", "", str(next(iter(index.get("dialect_options", {}).values()), "")))
    return index["name"], index["column_names"], bool(index["unique"]), condition


def test_migrations_lead_to_the_tables_that_the_rows_describe(database: str, empty_database: str) -> None:
    migrate(empty_database)
    with opened(database) as described, opened(empty_database) as migrated:
        assert schema_of(migrated) == schema_of(described)


def test_nothing_is_left_to_migrate(empty_database: str, tmp_path: Path) -> None:
    """What Alembic would write next is nothing. If this fails: change the rows' migration, or draft another."""
    copied = tmp_path / "copied"
    shutil.copytree(KEPT, copied)
    migrate(empty_database)
    draft(empty_database, "what is missing", versions=copied)
    (drafted,) = copied.glob("*_what_is_missing.py")
    assert re.search(r'"""Make the change."""\s+# ###.*\n    pass\n', drafted.read_text()), drafted.read_text()


def test_a_migrated_ledger_is_guarded(empty_database: str) -> None:
    migrate(empty_database)
    head = text("INSERT INTO ledger_head (id, n, digest) VALUES (1, 0, 'x')")
    with opened(empty_database) as engine, engine.connect() as connection:
        connection.execute(head)
        with pytest.raises(DBAPIError, match=r"append-only|the head of the ledger"):
            connection.execute(text("DELETE FROM ledger_head"))


@pytest.mark.thorough
def test_a_database_is_current_once_it_is_migrated_and_a_second_time_changes_nothing(empty_database: str) -> None:
    assert not is_current(empty_database)
    migrate(empty_database)
    with opened(empty_database) as engine:
        before = schema_of(engine)
        migrate(empty_database)
        assert schema_of(engine) == before
    assert is_current(empty_database)


def test_asking_about_a_database_that_is_not_there_does_not_make_it(tmp_path: Path) -> None:
    assert not is_current(f"sqlite:///{tmp_path / 'nothing.db'}")
    assert list(tmp_path.iterdir()) == []


def test_a_database_from_a_newer_engine_is_not_current(empty_database: str, versions: Path) -> None:
    add(versions, "op.create_table('a', sa.Column('id', sa.Integer, primary_key=True))")
    add(versions, "op.create_table('b', sa.Column('id', sa.Integer, primary_key=True))")
    migrate(empty_database, versions=versions)
    assert is_current(empty_database, versions=versions)
    (versions / "m0002_test.py").unlink()
    assert not is_current(empty_database, versions=versions)


@pytest.mark.children
def test_several_processes_that_start_at_once_migrate_once(empty_database: str) -> None:
    program = f"from storage.migrations import migrate; migrate({empty_database!r})"
    processes = [subprocess.Popen([sys.executable, "-c", program]) for _ in range(2)]
    assert [process.wait(timeout=60) for process in processes] == [0, 0]
    assert is_current(empty_database)


@pytest.mark.thorough
def test_several_threads_migrate_in_turn(empty_database: str) -> None:
    together(3, lambda _: migrate(empty_database))
    assert is_current(empty_database)


def test_a_migration_that_fails_takes_those_before_it_back(empty_database: str, versions: Path) -> None:
    add(versions, "op.create_table('a', sa.Column('id', sa.Integer, primary_key=True))")
    add(versions, "op.execute('INSERT INTO a VALUES (1)')", "op.execute('INSERT INTO nowhere VALUES (1)')")
    with pytest.raises(DBAPIError, match="nowhere"):
        migrate(empty_database, versions=versions)
    with opened(empty_database) as engine:
        assert inspect(engine).get_table_names() == []


PARENT = "op.create_table('parent', sa.Column('id', sa.Integer, primary_key=True), sa.Column('old', sa.Text))"
REFERENCE = "sa.Column('parent_id', sa.Integer, sa.ForeignKey('parent.id', ondelete='CASCADE'))"
CHILD = f"op.create_table('child', sa.Column('id', sa.Integer, primary_key=True), {REFERENCE})"
ONE_OF_EACH = ("op.execute('INSERT INTO parent VALUES (1, NULL)')", "op.execute('INSERT INTO child VALUES (1, 1)')")


def test_changing_a_table_does_not_take_along_the_rows_that_refer_to_it(empty_database: str, versions: Path) -> None:
    """On SQLite a table is changed by copying and dropping it, and a DROP deletes its rows, references and all."""
    add(versions, PARENT, CHILD, *ONE_OF_EACH)
    add(
        versions,
        "with op.batch_alter_table('parent') as parent:",
        "    parent.alter_column('old', nullable=True, type_=sa.String(9))",
    )
    migrate(empty_database, versions=versions)
    with opened(empty_database) as engine, engine.connect() as connection:
        assert connection.execute(text("SELECT * FROM child")).all() == [(1, 1)]


def test_a_migration_that_leaves_a_reference_to_nothing_is_not_kept(empty_database: str, versions: Path) -> None:
    add(versions, PARENT, CHILD)
    migrate(empty_database, versions=versions)
    add(versions, "op.execute('INSERT INTO child VALUES (1, 7)')")
    with pytest.raises((RuntimeError, DBAPIError), match=r"refer to nothing, in child|violates foreign key"):
        migrate(empty_database, versions=versions)
    with opened(empty_database) as engine, engine.connect() as connection:
        assert connection.execute(text("SELECT * FROM child")).all() == []


@pytest.mark.thorough
def test_a_drafted_migration_makes_everything_with_the_guard(empty_database: str, versions: Path) -> None:
    migrate(empty_database, versions=versions)
    draft(empty_database, "The first tables", versions=versions)
    assert [place.name for place in versions.glob("*.py")] == ["m0001_the_first_tables.py"]
    migrate(empty_database, versions=versions)
    with opened(empty_database) as engine:
        found = schema_of(engine)
    assert found.keys() == Row.metadata.tables.keys() | {"triggers"}
    assert len(found["triggers"]) >= 5


def test_the_comparison_sees_what_alembic_does_not(empty_database: str, versions: Path) -> None:
    """A word that an enumeration gained changes a CHECK and nothing else."""
    for table, words in (("one", "'x'"), ("two", "'x', 'y'")):
        check = f'sa.CheckConstraint("a IN ({words})", name="words")'
        add(versions, f"op.create_table({table!r}, sa.Column('a', sa.String(9)), {check})")
    migrate(empty_database, versions=versions)
    with opened(empty_database) as engine:
        found = schema_of(engine)
    assert found["one"]["columns"] == found["two"]["columns"]
    assert found["one"]["checks"] != found["two"]["checks"]

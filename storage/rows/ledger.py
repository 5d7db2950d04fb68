"""The ledger's rows, its head, and the triggers by which the database itself refuses to change what was written."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Connection, MetaData, String, event
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Row
from storage.rows.columns import Digest

HEAD_ID = 1


class LedgerRow(Row):
    """One thing that happened. `digest` covers every other field, `previous` among them: the digest of row n - 1."""

    __tablename__ = "ledger"
    __table_args__ = (CheckConstraint("n > 0", name="counted_from_one"),)

    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    id: Mapped[str] = mapped_column(String(26), unique=True)
    at: Mapped[datetime]
    report_id: Mapped[str | None] = mapped_column(String(26), index=True)
    actor_id: Mapped[str | None] = mapped_column(String(26), index=True)
    capacity: Mapped[str] = mapped_column(String(40))
    action: Mapped[str] = mapped_column(String(40))
    facts: Mapped[dict[str, Any]]
    previous: Mapped[str] = mapped_column(String(64), unique=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)


class LedgerHead(Row):
    """The number and digest of the newest row of the ledger: one row, whose lock puts writers in line."""

    __tablename__ = "ledger_head"
    __table_args__ = (CheckConstraint(f"id = {HEAD_ID}", name="only_one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    n: Mapped[int]
    digest: Mapped[Digest]


_APPEND_ONLY = "the ledger is append-only"
_HEAD_STAYS = "the head of the ledger stays"
# INSERT OR REPLACE deletes what stands in its way, and by default no trigger for DELETE hears of it.
_ROW_IN_THE_WAY = """EXISTS (SELECT 1 FROM ledger
    WHERE n = NEW.n OR id = NEW.id OR previous = NEW.previous OR digest = NEW.digest)"""
_SQLITE = (
    ("BEFORE UPDATE ON ledger", _APPEND_ONLY),
    ("BEFORE DELETE ON ledger", _APPEND_ONLY),
    (f"BEFORE INSERT ON ledger WHEN {_ROW_IN_THE_WAY}", _APPEND_ONLY),
    ("BEFORE UPDATE ON ledger_head WHEN NEW.n <> OLD.n + 1", "the head of the ledger moves on by one"),
    ("BEFORE DELETE ON ledger_head", _HEAD_STAYS),
    ("BEFORE INSERT ON ledger_head WHEN EXISTS (SELECT 1 FROM ledger_head)", _HEAD_STAYS),
)
_POSTGRESQL_REFUSES = """
CREATE OR REPLACE FUNCTION ledger_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION USING MESSAGE = 'the ledger is append-only: no ' || TG_OP || ' on ' || TG_TABLE_NAME; END $$
"""
_POSTGRESQL = (
    "BEFORE UPDATE OR DELETE ON ledger FOR EACH ROW",
    "BEFORE TRUNCATE ON ledger FOR EACH STATEMENT",
    "BEFORE UPDATE ON ledger_head FOR EACH ROW WHEN (NEW.n <> OLD.n + 1)",
    "BEFORE DELETE ON ledger_head FOR EACH ROW",
    "BEFORE TRUNCATE ON ledger_head FOR EACH STATEMENT",
)


def ledger_triggers(dialect: str) -> list[str]:
    """Return the statements that make a database of this dialect keep its ledger; running them again is no harm."""
    match dialect:
        case "sqlite":
            return [statement for number, guard in enumerate(_SQLITE, 1) for statement in _on_sqlite(number, *guard)]
        case "postgresql":
            return [
                _POSTGRESQL_REFUSES,
                *(_on_postgresql(number, moment) for number, moment in enumerate(_POSTGRESQL, 1)),
            ]
        case _:
            raise ValueError(f"no triggers are known for {dialect}")


def guard_ledger(connection: Connection) -> None:
    """Set the triggers. A migration that makes or, on SQLite, copies a table of the ledger calls this afterwards."""
    for statement in ledger_triggers(connection.dialect.name):
        connection.exec_driver_sql(statement)


def _on_sqlite(number: int, moment: str, words: str) -> tuple[str, str]:
    return (
        f"DROP TRIGGER IF EXISTS ledger_kept_{number}",
        f"CREATE TRIGGER ledger_kept_{number} {moment} BEGIN SELECT RAISE(ABORT, '{words}'); END",
    )


def _on_postgresql(number: int, moment: str) -> str:
    return f"CREATE OR REPLACE TRIGGER ledger_kept_{number} {moment} EXECUTE FUNCTION ledger_refuses()"


@event.listens_for(Row.metadata, "after_create")
def _guard_a_new_ledger(_metadata: MetaData, connection: Connection, **about: Any) -> None:  # noqa: ANN401 - SQLAlchemy's
    """Guard a ledger that was made without a migration: in tests."""
    if any(table.name == LedgerHead.__tablename__ for table in about["tables"] or ()):
        guard_ledger(connection)

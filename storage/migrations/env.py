"""Runs the migrations of one database in one transaction: all of them happen, or none. Alembic loads this file."""

from typing import Any

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection, Engine

import storage.rows
from storage.database import UTC, Row
from storage.migrations.guarding import guard_the_ledger
from storage.rows.hold_guards import guard_holds

assert storage.rows.__all__, "importing the package makes every table known"  # noqa: S101
# Any number will do, if every version of the engine uses the same: two that start at once take turns.
_LOCK = "SELECT pg_advisory_xact_lock(7105111108)"


def render_item(kind: str, item: object, autogenerating: AutogenContext) -> str | bool:
    """Write our own type in a migration by its name; leave the rest to Alembic."""
    if kind == "type" and isinstance(item, UTC):
        autogenerating.imports.add("from storage.database import UTC")
        return "UTC()"
    return False


def migrate(connection: Connection) -> None:
    """Run what Alembic was asked for, in the transaction of `connection`."""
    options: dict[str, Any] = {
        "target_metadata": Row.metadata,
        "render_as_batch": connection.dialect.name == "sqlite",
        "transactional_ddl": True,
        "transaction_per_migration": False,
        "process_revision_directives": guard_the_ledger,
        "render_item": render_item,
    }
    context.configure(connection=connection, **options)
    context.run_migrations()
    guard_holds(connection)


def run(engine: Engine) -> None:
    """Connect, take the turn, migrate and commit."""
    # READ COMMITTED, so that who waited for the lock sees what the one before it did.
    settings = {"isolation_level": "READ COMMITTED"} if engine.dialect.name == "postgresql" else {}
    with engine.execution_options(**settings).connect() as connection:
        if engine.dialect.name == "sqlite":
            # Changing a table there means copying and dropping it, which must not take rows that refer to it along.
            # Inside a transaction the pragma does nothing, hence past SQLAlchemy, which would begin one.
            driver: Any = connection.connection.dbapi_connection
            driver.execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            if engine.dialect.name == "postgresql":
                connection.exec_driver_sql(_LOCK)
            migrate(connection)
            if engine.dialect.name == "sqlite":
                _refuse_dangling_references(connection)


def _refuse_dangling_references(connection: Connection) -> None:
    dangling = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if dangling:
        tables = ", ".join(sorted({row[0] for row in dangling}))
        raise RuntimeError(f"the migration left rows that refer to nothing, in {tables}; it was not kept")


run(context.config.attributes["engine"])

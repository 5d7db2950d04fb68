"""The history of the database's tables, as Alembic keeps it, and the functions that run it."""

from storage.migrations.running import draft, is_current, migrate

__all__ = ["draft", "is_current", "migrate"]

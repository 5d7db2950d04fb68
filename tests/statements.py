"""SQL is compiled once for all journals of a process: SQLAlchemy keeps it for one engine, and worlds have their own."""

from functools import cache
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import Dialect, Engine

from storage.database import connect


@cache
def _sqlite() -> tuple[Dialect, dict[Any, Any]]:
    """What SQLAlchemy knows of SQLite once it has connected to one, and what it compiles for it."""
    with TemporaryDirectory() as folder:
        engine = connect(f"sqlite:///{folder}/any.sqlite")
        engine.connect().close()
        engine.dispose()
    return engine.dialect, {}


def share_statements(engine: Engine) -> None:
    """Let an engine on SQLite use what was compiled for others: statements are kept by the dialect they are for."""
    if engine.dialect.name == "sqlite":
        engine.dialect, compiled = _sqlite()
        engine.update_execution_options(compiled_cache=compiled)

"""Bringing a database to the newest state of its tables, and asking whether it is there."""

from pathlib import Path
from threading import Lock

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Engine, make_url

from storage.database import connect, reading

_FOLDER = Path(__file__).parent
_VERSIONS = _FOLDER / "versions"
_ONE_AT_A_TIME = Lock()  # Alembic keeps what it is doing in globals; processes take turns in env.py


def migrate(address: str | URL, *, versions: Path = _VERSIONS) -> None:
    """Run the migrations in `versions` that the database has not seen, all in one transaction.

    Raises `DatabaseBusy` when others use the database for longer than our patience.
    """
    engine = connect(address)
    try:
        with _ONE_AT_A_TIME:
            command.upgrade(_alembic(versions, engine), "head")
    finally:
        engine.dispose()


def is_current(address: str | URL, *, versions: Path = _VERSIONS) -> bool:
    """Say whether the database has seen every migration and none that we do not know. Changes nothing."""
    if _is_not_there(make_url(address)):
        return False
    newest = set(ScriptDirectory.from_config(_alembic(versions)).get_heads())
    engine = connect(address)
    try:
        with reading(engine) as session:
            return newest == set(MigrationContext.configure(session.connection()).get_current_heads())
    finally:
        engine.dispose()


def draft(address: str | URL, words: str, *, versions: Path = _VERSIONS) -> None:
    """Write the next migration: what takes the database at `address`, migrated so far, to the rows as they are now.

    Alembic sees tables, columns, indexes, unique and foreign keys, but neither a changed CHECK nor a trigger.
    """
    engine = connect(address)
    known = ScriptDirectory.from_config(_alembic(versions)).walk_revisions()
    number = max((int(script.revision) for script in known), default=0) + 1
    try:
        command.revision(_alembic(versions, engine), words, autogenerate=True, rev_id=f"{number:04}")
    finally:
        engine.dispose()


def _alembic(versions: Path, engine: Engine | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.set_main_option("version_locations", str(versions).replace("%", "%%"))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("file_template", "m%%(rev)s_%%(slug)s")
    config.attributes["engine"] = engine
    return config


def _is_not_there(url: URL) -> bool:
    """Say whether there is no file of an SQLite database; asking SQLite would make one."""
    return url.get_backend_name() == "sqlite" and not (url.database and Path(url.database).is_file())

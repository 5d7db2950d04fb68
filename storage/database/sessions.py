"""Sessions: one kind reads, one kind writes. Neither commits by itself."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from storage.database.engine import POSTURE, READING, WRITING
from storage.database.troubles import ChangedMeanwhile, OnlyReading


class WritingSession(Session):
    """A session that takes its turn at its first statement and keeps it until it commits, rolls back or closes."""

    def flush(self, objects: Sequence[Any] | None = None) -> None:
        """Write what changed. Raises `ChangedMeanwhile` when a row is no longer the version that was read."""
        try:
            super().flush(objects)
        except StaleDataError as stale:
            raise ChangedMeanwhile("somebody changed a row after it was read; nothing was changed") from stale


class ReadingSession(Session):
    """A session that sees the database as it was at its first statement, and changes nothing."""

    def flush(self, objects: Sequence[Any] | None = None) -> None:  # noqa: ARG002 - SQLAlchemy's signature
        """Refuse, with `OnlyReading`, if there is anything to write; the database itself refuses the rest."""
        changed = [row for row in self.dirty if self.is_modified(row)]
        touched = [*self.new, *changed, *self.deleted]
        if touched:
            kinds = ", ".join(sorted({type(row).__name__ for row in touched}))
            raise OnlyReading(f"a reading session was given something to write ({kinds}): ask for a writing one")


def reading(engine: Engine) -> ReadingSession:
    """Return a session that only reads; close it, or use it in a `with`."""
    return ReadingSession(engine.execution_options(**{POSTURE: READING}), expire_on_commit=False)


def writing(engine: Engine) -> WritingSession:
    """Return a session that may write; whoever asked for it commits it, else nothing happened.

    Its first statement waits for its turn, and raises `DatabaseBusy` when that does not come. What it loaded stays
    readable after the commit.
    """
    return WritingSession(engine.execution_options(**{POSTURE: WRITING}), expire_on_commit=False)

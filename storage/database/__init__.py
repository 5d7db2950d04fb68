"""The editorial database: what rows are made of, how one connects, and how one reads and writes.

One writer at a time, on SQLite and on PostgreSQL alike: a writing session takes its turn before it reads anything, so
what it decided on is still so when it commits. Keep the work between the first statement and the commit short.
Nothing in `storage` commits; the unit of work does.
"""

from storage.database.engine import connect
from storage.database.row import UTC, Row, Versioned
from storage.database.sessions import ReadingSession, WritingSession, reading, writing
from storage.database.troubles import ChangedMeanwhile, DatabaseBusy, DatabaseFull, DatabaseTrouble, OnlyReading

__all__ = [
    "UTC",
    "ChangedMeanwhile",
    "DatabaseBusy",
    "DatabaseFull",
    "DatabaseTrouble",
    "OnlyReading",
    "ReadingSession",
    "Row",
    "Versioned",
    "WritingSession",
    "connect",
    "reading",
    "writing",
]

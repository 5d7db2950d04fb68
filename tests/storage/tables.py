"""Tables for the tests of the database itself: declared as the journal's are, but no part of it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, MetaData
from sqlalchemy.orm import Mapped, mapped_column

from storage.database import Row, Versioned


class Apart(Row):
    """A row that no migration is to know."""

    __abstract__ = True
    metadata = MetaData(naming_convention=Row.metadata.naming_convention)


class Scored(Apart):
    __abstract__ = True

    id: Mapped[int] = mapped_column(primary_key=True)
    score: Mapped[int] = mapped_column(default=0)


class Tally(Versioned, Scored):
    __tablename__ = "tally"


class Bare(Scored):
    """A tally that nothing guards."""

    __tablename__ = "bare"


class Answer(StrEnum):
    YES = "of course"
    NO = "by no means"


class Moment(Apart):
    __tablename__ = "moment"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    until: Mapped[datetime | None]
    first: Mapped[Answer | None]
    second: Mapped[Answer | None]
    names: Mapped[list[str] | None]
    tally_id: Mapped[int | None] = mapped_column(ForeignKey("tally.id"))

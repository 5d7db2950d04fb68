"""What every row is made of: the declarative class, instants in UTC, and a version that guards against lost updates."""

from datetime import UTC as ZONE
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

from sqlalchemy import JSON, DateTime, Dialect, Enum, LargeBinary, MetaData, String, event
from sqlalchemy.orm import DeclarativeBase, Mapped, TypeResolve, declared_attr
from sqlalchemy.types import TypeDecorator, TypeEngine

WIDTH_OF_AN_INSTANT = len("2026-11-24T00:00:00.000000+00:00")
WIDTH_OF_A_WORD = 40


class UTC(TypeDecorator[datetime]):
    """An instant. Takes aware datetimes in any zone, refuses naive ones, gives back aware ones in UTC.

    SQLite has no type for it and its driver drops the offset, so there it is ISO 8601 text of one width, whose order
    is the order of time. PostgreSQL keeps `timestamptz`.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text on SQLite, `timestamptz` elsewhere."""
        kept = String(WIDTH_OF_AN_INSTANT) if dialect.name == "sqlite" else DateTime(timezone=True)
        return dialect.type_descriptor(kept)

    def process_bind_param(self, value: object, dialect: Dialect) -> str | datetime | None:
        """Refuse anything but an aware datetime, with `TypeError`."""
        if value is None:
            return None
        if not isinstance(value, datetime) or value.utcoffset() is None:
            raise TypeError(f"an instant is an aware datetime, not {value!r}")
        instant = value.astimezone(ZONE)
        return instant.isoformat(timespec="microseconds") if dialect.name == "sqlite" else instant

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:  # noqa: ANN401 - text or datetime
        """Give back an aware datetime in UTC."""
        if value is None:
            return None
        kept = datetime.fromisoformat(value) if dialect.name == "sqlite" else value
        return kept.astimezone(ZONE)


class Row(DeclarativeBase):
    """A row of the editorial database.

    An annotation decides the column: `datetime` is `UTC`, a `StrEnum` is text of at most 40 characters that a CHECK
    holds to the values of the enumeration, `dict[str, Any]` and `list[str]` are JSON, `bytes` are bytes.
    """

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: UTC,
        dict[str, Any]: JSON(none_as_null=True),
        list[str]: JSON(none_as_null=True),
        bytes: LargeBinary,
    }


@event.listens_for(Row, "resolve_type_annotation")
def _keep_words_of_an_enumeration(resolve: TypeResolve) -> TypeEngine[Any] | None:
    """Keep a `StrEnum` as text with a CHECK of its own, named after the column: two columns may share a kind."""
    kind = resolve.resolved_type
    if not (isinstance(kind, type) and issubclass(kind, StrEnum)):
        return None
    return Enum(
        kind,
        native_enum=False,
        create_constraint=True,
        length=WIDTH_OF_A_WORD,
        values_callable=lambda words: [word.value for word in words],
        name=resolve.key,
    )


class Versioned:
    """A row that several people may change: whoever changes what has changed meanwhile is told, not obeyed.

    A flush of a stale row raises `ChangedMeanwhile`.
    """

    version: Mapped[int]

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy passes the class
        """Name the column that counts the changes."""
        return {"version_id_col": cls.version}

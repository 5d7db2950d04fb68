"""Marking: every text and every date of some facts made recognisable, so that a test sees where each of them goes."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum
from typing import TypeVar

ValueT = TypeVar("ValueT")

# By these rows, checks, answers and deviations refer to each other: they stay as they are.
REFER = {"label", "row", "rows"}
FIRST_DATE = date(1901, 1, 1)


def marked(value: ValueT, *, place: str = "facts") -> ValueT:
    """`value` with every text in it replaced by one that says where it stood, `«facts.protocol.title»`."""
    if isinstance(value, str) and not isinstance(value, Enum):
        return f"«{place}»"  # type: ignore[return-value]
    if isinstance(value, tuple):
        return tuple(marked(part, place=f"{place}.{index}") for index, part in enumerate(value))  # type: ignore[return-value]
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **dict(_marked_fields(value, place)))
    return value


def _marked_fields(value: object, place: str) -> Iterator[tuple[str, object]]:
    for index, field in enumerate(fields(value)):  # type: ignore[arg-type]
        inner = getattr(value, field.name)
        if isinstance(inner, date) and not isinstance(inner, datetime):
            yield field.name, FIRST_DATE + timedelta(days=index)
        elif field.name not in REFER or not isinstance(inner, str | tuple) or _holds_dataclasses(inner):
            yield field.name, marked(inner, place=f"{place}.{field.name}")


def _holds_dataclasses(value: object) -> bool:
    return isinstance(value, tuple) and any(is_dataclass(part) for part in value)


def marks(value: object) -> set[str]:
    """Every text and date (ISO) that `value` contains, however deep."""
    if isinstance(value, str) and not isinstance(value, Enum):
        return {value}
    if isinstance(value, date):
        return {value.isoformat()}
    if isinstance(value, tuple):
        return {mark for part in value for mark in marks(part)}
    if is_dataclass(value):
        return {mark for field in fields(value) for mark in marks(getattr(value, field.name))}
    return set()

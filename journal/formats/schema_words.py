"""How a JSON Schema is put together: a few words for what stands in a record."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, TypeAlias

Schema: TypeAlias = dict[str, Any]


def text(said: str) -> Schema:
    """Words as typed, which may be empty."""
    return {"type": "string", "description": said}


def maybe_text(said: str) -> Schema:
    """Words, or null where there are none."""
    return {"type": ["string", "null"], "description": said}


def numeric(said: str) -> Schema:
    """A number, or null where none was typed."""
    return {"type": ["number", "null"], "description": said}


def count(said: str) -> Schema:
    """How many."""
    return {"type": "integer", "minimum": 0, "description": said}


def truth(said: str) -> Schema:
    """Yes or no."""
    return {"type": "boolean", "description": said}


def day(said: str) -> Schema:
    """A day of the UTC calendar, or null."""
    return {"type": ["string", "null"], "format": "date", "description": said}


def one_of(values: Iterable[StrEnum], said: str, *, or_null: bool = False) -> Schema:
    """One of the codes of `values`."""
    codes: list[str | None] = [each.value for each in values]
    return {"enum": [*codes, None] if or_null else codes, "description": said}


def many(of: Schema, said: str) -> Schema:
    """A list, which may be empty."""
    return {"type": "array", "items": of, "description": said}


def texts(said: str) -> Schema:
    """A list of words."""
    return many({"type": "string"}, said)


def named(name: str) -> Schema:
    """What `name` defines."""
    return {"$ref": f"#/$defs/{name}"}


def record(said: str, **fields: Schema) -> Schema:
    """An object that has all of `fields`. More may come, for keys are added over time."""
    return {"type": "object", "description": said, "properties": fields, "required": list(fields)}

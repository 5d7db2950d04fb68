"""The JSON Schema (draft 2020-12) of protocol files, made from the types of the model: docs/protocol.schema.json."""

import json
from dataclasses import MISSING, fields, is_dataclass
from types import UnionType
from typing import Any, TypeAlias, get_args, get_origin, get_type_hints

from journal.protocol_file.explained import EXPLAINED
from workflows.protocol import BIAS_LEVELS, LABEL_LIMIT, TEXT_LIMIT, Protocol

Schema: TypeAlias = dict[str, Any]

# Fields of numbers as typed: a file may give the number itself.
_NUMBERS = frozenset(
    ("smallest_effect", "level", "value", "upper", "target", "most", "groups", "alpha", "power", "effect", "threshold")
) | {"version"}


def schema() -> Schema:
    """The schema of a protocol file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Protocol of a registered report",
        "$ref": "#/$defs/Protocol",
        "$defs": {kind.__name__: _record(kind) for kind in EXPLAINED},
    }


def schema_text() -> str:
    """The schema as the file docs/protocol.schema.json has it."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def _record(kind: type) -> Schema:
    types = get_type_hints(kind)
    properties = {name: _field(kind, name, types[name]) for name in EXPLAINED[kind]}
    if kind is Protocol:
        properties["$schema"] = {"type": "string", "description": "Where this schema is."}
    needed = [each.name for each in fields(kind) if each.default is MISSING]
    plain: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return {**plain, "required": needed} if needed else plain


def _field(kind: type, name: str, of: Any) -> Schema:  # noqa: ANN401 - any type of the model
    said = _of(name, of)
    if name == "bias_level":
        said["maximum"] = max(BIAS_LEVELS)
    return {**said, "description": EXPLAINED[kind][name][0]}


def _of(name: str, kind: Any) -> Schema:  # noqa: ANN401 - any type of the model
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _of(name, get_args(kind)[0])}
    if get_origin(kind) is UnionType:
        inner = _of(name, get_args(kind)[0])
        if "enum" in inner:
            return {"enum": [*inner["enum"], None]}
        return {**inner, "type": [inner["type"], "null"]}
    if is_dataclass(kind) and isinstance(kind, type):
        return {"$ref": f"#/$defs/{kind.__name__}"}
    return _PLAIN[kind] if kind in _PLAIN else _words(name) if kind is str else {"enum": [each.value for each in kind]}


_PLAIN: dict[Any, Schema] = {bool: {"type": "boolean"}, int: {"type": "integer", "minimum": 0}}


def _words(name: str) -> Schema:
    if name in _NUMBERS:
        return {"type": ["string", "number"]}
    return {"type": "string", "maxLength": LABEL_LIMIT if name == "label" else TEXT_LIMIT}

"""The registered design as data. Every field that protocols have is there, empty or not; numbers stand as typed."""

from dataclasses import fields
from enum import StrEnum

from workflows.protocol import Json
from workflows.registered import Design


def design_json(design: Design) -> dict[str, Json]:
    """Lists of parts by kind, and two texts."""
    return {each.name: _json(getattr(design, each.name)) for each in fields(Design)}


def _json(value: object) -> Json:
    match value:
        case None:
            return None
        case StrEnum():
            return value.value
        case str():
            return value
        case tuple():
            return [_json(each) for each in value]
        case _:
            names = [each.name for each in fields(value)]  # type: ignore[arg-type]  # the parts are dataclasses
            return {name: _json(getattr(value, name)) for name in names}

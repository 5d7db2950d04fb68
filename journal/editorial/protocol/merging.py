"""A plan and the plan of a file: what the file would set, and the two together."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from workflows.protocol import Labelled, Protocol

_PARTS = ("rows", "checks", "measures", "samples", "exclusions", "analyses", "contingencies", "pins", "papers")
_OURS = ("files",)
"""What no file sets: the manuscripts of the draft are the draft's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What would happen to one part or field: `how` is new, changed or gone; `what` the fields that change."""

    name: str
    how: str
    what: tuple[str, ...] = ()


def replaced(plan: Protocol, by: Protocol) -> Protocol:
    """The plan of the file in place of `plan`, which keeps its files."""
    return replace(by, **{name: getattr(plan, name) for name in _OURS})


def merged(plan: Protocol, by: Protocol) -> Protocol:
    """`plan` with what the file says: parts of the same label take what the file says of them, new ones are added."""
    values: dict[str, Any] = {}
    for each in fields(Protocol):
        mine, theirs = getattr(plan, each.name), getattr(by, each.name)
        if each.name in _OURS:
            continue
        values[each.name] = _parts(mine, theirs) if each.name in _PARTS else _said(mine, theirs)
    return replace(plan, **values)


def _parts(mine: tuple[Labelled, ...], theirs: tuple[Labelled, ...]) -> tuple[Labelled, ...]:
    said = {part.label: part for part in theirs}
    kept = [_filled(part, said.pop(part.label)) if part.label in said else part for part in mine]
    return (*kept, *said.values())


def _filled(part: Labelled, by: Labelled) -> Labelled:
    """`part` with every field that the file says something of."""
    said: dict[str, Any] = {each.name: getattr(by, each.name) for each in fields(by)}
    return replace(part, **{name: value for name, value in said.items() if value not in ("", (), None)})


def _said(mine: object, theirs: object) -> object:
    """What the file says of a field of the plan; where it says nothing, what stands there."""
    if hasattr(theirs, "__dataclass_fields__") and not isinstance(theirs, str):
        inner = {name: _said(getattr(mine, name), getattr(theirs, name)) for name in theirs.__dataclass_fields__}
        return replace(mine, **inner)  # type: ignore[type-var]  # statements, promises, dates
    return mine if theirs in ("", (), None) else theirs


def changes(before: Protocol, after: Protocol) -> list[Change]:
    """What becomes of each part and field."""
    return [*_of_fields(before, after), *(change for name in _PARTS for change in _of_parts(before, after, name))]


def _of_fields(before: Protocol, after: Protocol) -> Iterator[Change]:
    for each in fields(Protocol):
        mine, theirs = getattr(before, each.name), getattr(after, each.name)
        if each.name not in _PARTS and mine != theirs:
            empty = getattr(Protocol(), each.name)
            how = "new" if mine == empty else "gone" if theirs == empty else "changed"
            yield Change(name=each.name.replace("_", " "), how=how)


def _of_parts(before: Protocol, after: Protocol, name: str) -> Iterator[Change]:
    mine = {part.label: part for part in getattr(before, name)}
    theirs = {part.label: part for part in getattr(after, name)}
    for label, part in theirs.items():
        if label not in mine:
            yield Change(name=label or name, how="new")
        elif mine[label] != part:
            differ = tuple(
                each.name for each in fields(part) if getattr(mine[label], each.name) != getattr(part, each.name)
            )
            yield Change(name=label, how="changed", what=tuple(field.replace("_", " ") for field in differ))
    yield from (Change(name=label or name, how="gone") for label in mine if label not in theirs)

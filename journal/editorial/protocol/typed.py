"""Between the parts of a plan and what a form shows of them. What a form does not show of a part is kept as it was."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import Field, fields, replace
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, get_args, get_type_hints

from workflows.protocol import Labelled

Typed = Mapping[str, object]
EntryT = TypeVar("EntryT")


def shown_part(part: object) -> dict[str, object]:
    """A part (row, check, sample, any dataclass of the plan) as its group of fields shows it."""
    return {each.name: _shown(getattr(part, each.name)) for each in fields(part)}  # type: ignore[arg-type]


def _shown(value: object) -> object:
    match value:
        case StrEnum():
            return value.value
        case tuple() if all(isinstance(each, str) for each in value):
            return ", ".join(str(each) for each in value)
        case None:
            return ""
        case _:
            return value


def taken_part(part: EntryT, typed: Typed) -> EntryT:
    """`part` with what was typed of it; structure that its form does not show stays."""
    kind: type = type(part)
    readers = _readers(kind)
    values: dict[str, Any] = {
        name: readers[name](value) for name, value in typed.items() if name in readers and value is not None
    }
    return replace(part, **values)  # type: ignore[type-var]  # dataclasses of the plan


@cache
def _readers(kind: type) -> dict[str, Callable[[object], object]]:
    """How each field of a dataclass is read from what was typed."""
    hints = get_type_hints(kind)
    found = {each.name: _reader(each, hints[each.name]) for each in fields(kind)}
    return {name: reader for name, reader in found.items() if reader is not None}


def _reader(field: "Field[object]", hint: object) -> Callable[[object], object] | None:
    if hint is str:
        return _label if field.name == "label" else _text
    if hint is bool:
        return bool
    if hint == tuple[str, ...]:
        return split
    choices = next(
        (each for each in (hint, *get_args(hint)) if isinstance(each, type) and issubclass(each, StrEnum)), None
    )
    if choices is None:
        return None
    values = {each.value: each for each in choices}
    default = field.default if isinstance(field.default, StrEnum) else None
    return lambda typed: values.get(str(typed), default)


def _text(typed: object) -> str:
    return str(typed)


def _label(typed: object) -> str:
    return str(typed).strip()


def split(typed: object) -> tuple[str, ...]:
    """Labels separated by commas."""
    return tuple(label.strip() for label in str(typed).split(",") if label.strip())


def free_label(letter: str, taken: Iterable[str]) -> str:
    """The first of "H1", "H2" and so on that nothing is called yet."""
    used = {label.casefold() for label in taken}
    number = next(n for n in range(1, len(used) + 2) if f"{letter}{n}".casefold() not in used)
    return f"{letter}{number}"


def labels_of(parts: Iterable[Labelled]) -> tuple[str, ...]:
    """What the parts are called."""
    return tuple(part.label for part in parts)

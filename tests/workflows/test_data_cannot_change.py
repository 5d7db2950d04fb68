"""The data of the rules: frozen, slotted, and of nothing that could be changed behind somebody's back."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, is_dataclass
from typing import get_args, get_origin, get_type_hints

import pytest

import workflows
from workflows.declassify import Face, PublicRecord, ReportFacts
from workflows.facts import Facts
from workflows.holds import Hold
from workflows.protocol import Protocol

MODULES = [importlib.import_module(f"workflows.{found.name}") for found in pkgutil.iter_modules(workflows.__path__)]
CLASSES = sorted(
    {
        found
        for module in MODULES
        for _, found in inspect.getmembers(module, inspect.isclass)
        if is_dataclass(found) and found.__module__.startswith("workflows.")
    },
    key=lambda found: found.__qualname__,
)


@pytest.mark.parametrize("kind", CLASSES, ids=lambda kind: kind.__qualname__)
def test_every_dataclass_of_the_rules_is_frozen_and_slotted(kind: type) -> None:
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]
    assert "__slots__" in vars(kind)


def parts(kind: object) -> Iterator[object]:
    """Every type that a value of `kind` can contain."""
    yield get_origin(kind) or kind
    inner = get_type_hints(kind).values() if isinstance(kind, type) and is_dataclass(kind) else get_args(kind)
    for part in inner:
        yield from parts(part)


@pytest.mark.parametrize("kind", [PublicRecord, ReportFacts, Facts, Hold, Protocol], ids=lambda kind: kind.__qualname__)
def test_facts_and_records_contain_nothing_changeable(kind: type) -> None:
    assert not {list, dict, set, bytearray, object} & set(parts(kind))


def test_a_record_cannot_be_changed_after_it_was_made() -> None:
    record = PublicRecord(face=Face.TOMBSTONE)
    with pytest.raises(FrozenInstanceError):
        record.title = "Not so fast"  # type: ignore[misc]

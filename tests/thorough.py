"""What `./run test --fast` takes of a table: a few of its rows; all others are `thorough`."""

from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from _pytest.mark import ParameterSet


def few_of(values: Iterable[Any], *, first: int = 1) -> list[ParameterSet]:
    """The values for `parametrize`: `first` many as they are, the others marked as the same once more. A tuple is one
    row of several arguments, as pytest has it.
    """
    return [_row(value, marks=() if number < first else (pytest.mark.thorough,)) for number, value in enumerate(values)]


def _row(value: object, *, marks: Sequence[pytest.MarkDecorator]) -> ParameterSet:
    values = value if isinstance(value, tuple) else (value,)
    return pytest.param(*values, marks=marks)

"""What all histories share: papers are printed once, and the house is built before any leak is planted."""

from collections.abc import Iterator

import pytest

from tests.noninterference.printing import printed_once
from tests.noninterference.twins import house_of_both


@pytest.fixture(scope="module", autouse=True)
def printing() -> Iterator[None]:
    with printed_once():
        house_of_both()
        yield

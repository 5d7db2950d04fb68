"""What all histories share: papers are printed once, the house is built before any leak is planted, and worlds are in
memory where there is room for them: what a disk takes to keep two journals safe tells nothing.
"""

import gc
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.noninterference.printing import printed_once
from tests.noninterference.twins import house_of_both

_MEMORY = Path("/dev", "shm")
_ROOM = 1 << 30


@pytest.fixture(scope="module", autouse=True)
def printing() -> Iterator[None]:
    with printed_once():
        house_of_both()
        gc.freeze()  # of all that was imported and made till here nothing becomes waste
        yield


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    has_room = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > _ROOM
    with TemporaryDirectory(prefix="nullius-worlds-", dir=_MEMORY if has_room else None) as folder:
        yield Path(folder)

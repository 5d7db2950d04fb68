"""Waiting for other processes, and finding them."""

import time
from collections.abc import Callable
from pathlib import Path


def until(true: Callable[[], bool], *, seconds: float = 20) -> bool:
    """Whether something becomes true within `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return true()


def children_of(process: int) -> list[int]:
    """The processes that `process` started and that still run."""
    lists = Path(f"/proc/{process}/task").glob("*/children")  # one for each thread
    return [int(word) for found in lists for word in found.read_text().split()]

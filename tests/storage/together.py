"""Several threads that begin at the same moment, each with connections of its own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

ResultT = TypeVar("ResultT")


def together(count: int, act: Callable[[int], ResultT]) -> list[ResultT]:
    """Return what `act` gave to each of `count` threads that began together, numbered from 0."""
    start = Barrier(count)

    def run(number: int) -> ResultT:
        start.wait()
        return act(number)

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(run, range(count)))

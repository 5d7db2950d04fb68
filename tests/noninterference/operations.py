"""What can happen in two worlds. Each operation is total: where it is not possible it does nothing, so that any order
of them is a history.

*Open* operations happen in both worlds; some are those of adversaries, who know everything about the withheld study.
*Hidden* ones touch only the withheld study, and happen in one world alone.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.noninterference.twins import Twin

Doing = Callable[[Twin], None]


@dataclass(frozen=True)
class Operation:
    """Something that happens, by name. `hidden`: only in the world that has the withheld study."""

    name: str
    do: Doing
    hidden: bool


OPERATIONS: dict[str, Operation] = {}


def openly(name: str) -> Callable[[Doing], Doing]:
    """Register an operation of both worlds."""
    return _registered(name, hidden=False)


def hiddenly(name: str) -> Callable[[Doing], Doing]:
    """Register an operation on the withheld study."""
    return _registered(name, hidden=True)


def _registered(name: str, *, hidden: bool) -> Callable[[Doing], Doing]:
    def register(do: Doing) -> Doing:
        assert name not in OPERATIONS
        OPERATIONS[name] = Operation(name, do, hidden)
        return do

    return register

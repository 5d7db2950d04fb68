"""Histories: operations in an order, played in two worlds, one of which never had the withheld study."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.noninterference import hidden_amending, hidden_operations, late_operations, open_operations
from tests.noninterference.knowledge import Knowledge, known
from tests.noninterference.observing import Difference, Sights, differences
from tests.noninterference.operations import OPERATIONS
from tests.noninterference.twins import NOBODY, Twin, twin

Observe = Callable[[Twin, Knowledge], Sights]
REGISTERED = (open_operations, hidden_operations, hidden_amending, late_operations)
OPEN = tuple(name for name, each in OPERATIONS.items() if not each.hidden)
HIDDEN = tuple(name for name, each in OPERATIONS.items() if each.hidden)


@dataclass(frozen=True)
class History:
    """Names of operations, in order. Each draws under its place, so that leaving one out moves no other."""

    steps: tuple[str, ...]

    def without_the_hidden(self) -> Iterator[tuple[int, str]]:
        """The steps of the world that never had the withheld study, with their places."""
        return ((place, name) for place, name in enumerate(self.steps) if not OPERATIONS[name].hidden)


def history(*steps: str) -> History:
    """A history of these operations."""
    return History(steps)


def interleaved(seed: int, *, open_ones: int, hidden_ones: int) -> History:
    """A history drawn by `seed`: the withheld study's life among the others', in an order by chance, then a release."""
    chance = random.Random(seed)  # noqa: S311 - which history is tried, and nothing secret
    born = chance.choice([name for name in HIDDEN if name.startswith("it ")][:5])
    later = [name for name in HIDDEN if not name.startswith("it is")]
    hidden = [born, *(chance.choice(later) for _ in range(hidden_ones - 1))]
    opened = [chance.choice(OPEN) for _ in range(open_ones)]
    steps: list[str] = []
    while hidden or opened:
        source = hidden if chance.random() < len(hidden) / (len(hidden) + len(opened)) else opened
        steps.append(source.pop(0))
    return History((*steps, "an hour passes"))


def play(folder: Path, steps: Sequence[tuple[int, str]], *, rumour: str = NOBODY) -> Twin:
    """A world in which `steps` happened."""
    world = twin(folder)
    world.rumour = rumour
    for place, name in steps:
        with world.operation(f"{place} {name}"):
            OPERATIONS[name].do(world)
    return world


def compared(folder: Path, told: History, observe: Observe) -> list[Difference]:
    """HOLD: where somebody who looks with `observe` tells a world with the withheld study from one without it."""
    one = play(folder / "with", tuple(enumerate(told.steps)))
    know = known(one)
    other = play(folder / "without", tuple(told.without_the_hidden()), rumour=know.of("report_id"))
    assert not other.hidden
    return told_apart(one, other, observe, know)


def told_apart(one: Twin, other: Twin, observe: Observe, know: Knowledge) -> list[Difference]:
    """Where the two differ for who knows `know` and looks with `observe`, and in what adversaries were answered."""
    found = differences(observe(one, know) | one.heard, observe(other, know) | other.heard)
    for world in (one, other):
        world.world.resources.engine.dispose()
    return found

"""Histories: operations in an order, played in two worlds, one of which never had the withheld study."""

import random
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.noninterference import (
    hidden_amending,
    hidden_operations,
    hidden_reading,
    hidden_weighing,
    late_operations,
    open_operations,
)
from tests.noninterference.knowledge import Knowledge, known
from tests.noninterference.observing import Difference, Sights, differences
from tests.noninterference.operations import OPERATIONS
from tests.noninterference.twins import NOBODY, Twin, twin

Step = tuple[str, str]
"""What it draws under, and the operation's name."""
Observe = tuple[Callable[[Twin, Knowledge], Sights], ...]
"""Ways of looking, the cheapest first."""
REGISTERED = (open_operations, hidden_operations, hidden_amending, hidden_reading, hidden_weighing, late_operations)
OPEN = tuple(name for name, each in OPERATIONS.items() if not each.hidden)
HIDDEN = tuple(name for name, each in OPERATIONS.items() if each.hidden)


@dataclass(frozen=True)
class History:
    """Names of operations, in order. Each draws under its name and how often it was done before, so that leaving out
    the hidden ones moves no other; and what the first hour of one history publishes has the names that it has in
    another, so that its paper need not be set again.
    """

    steps: tuple[str, ...]

    def whole(self) -> Iterator[Step]:
        """Every step, with what it draws under."""
        done: Counter[str] = Counter()
        for name in self.steps:
            done[name] += 1
            yield f"{name}, {done[name]}", name

    def without_the_hidden(self) -> Iterator[Step]:
        """The steps of the world that never had the withheld study."""
        return ((scope, name) for scope, name in self.whole() if not OPERATIONS[name].hidden)


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
    return History((*merged(chance, hidden, opened), "an hour passes"))


def merged(chance: random.Random, hidden: Sequence[str], opened: Sequence[str]) -> list[str]:
    """Both, each in its own order, one among the other as chance has it."""
    places = sorted(chance.sample(range(len(hidden) + len(opened)), len(hidden)))
    both = iter(opened)
    of_it = iter(hidden)
    return [next(of_it if place in places else both) for place in range(len(hidden) + len(opened))]


def play(folder: Path, steps: Iterable[Step], *, rumour: str = NOBODY) -> Twin:
    """A world in which `steps` happened."""
    world = twin(folder)
    world.rumour = rumour
    for scope, name in steps:
        with world.operation(scope):
            OPERATIONS[name].do(world)
    return world


def compared(folder: Path, told: History, observe: Observe) -> list[Difference]:
    """HOLD: where somebody who looks with `observe` tells a world with the withheld study from one without it."""
    one = play(folder / "with", told.whole())
    know = known(one)
    other = play(folder / "without", told.without_the_hidden(), rumour=know.of("report_id"))
    assert not other.hidden
    return told_apart(one, other, observe, know)


def told_apart(one: Twin, other: Twin, observe: Observe, know: Knowledge) -> list[Difference]:
    """Where the two differ in what adversaries were answered or, if nowhere, for who knows `know` and looks in the
    ways of `observe`, one after the other, as long as there is no difference.
    """
    found = differences(one.heard, other.heard)
    for look in observe:
        found = found or differences(look(one, know), look(other, know))
    for world in (one, other):
        world.world.resources.engine.dispose()
    return found

"""Every planted leak is found anew by chance: by histories that nobody wrote for it, among all onlookers.

The seeds are fixed and the same for all leaks, so that what was found is found again; docs/noninterference.md keeps the
figures.
"""

import random
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from journal.demonstration.visitor import Lost
from tests.noninterference import cast
from tests.noninterference.appearing import HOUR, closed, released, taken_down
from tests.noninterference.histories import HIDDEN, OPEN, History, Observe, compared, merged
from tests.noninterference.leaks.planting import LEAKS, Leak, Property
from tests.noninterference.observing import Difference
from tests.noninterference.test_hold import everything
from tests.noninterference.test_teeth import PLANTED

pytestmark = [pytest.mark.long, pytest.mark.children]
SEEDS = range(5000, 5025)
"""So many histories are tried for a leak at most."""
BORN = HIDDEN[:5]
HOURS = (HOUR,) * 3
BEFORE_IT_COMES_OUT = ("an officer withholds it", "the officers look again", "an editor keeps a note")


def whole_life(chance: random.Random) -> History:
    """The withheld study's life in its order, some of it left out, among what else happens."""
    hidden = [chance.choice(BORN), *(name for name in HIDDEN if name not in BORN and chance.random() < 0.6)]
    opened = [chance.choice((*OPEN, *HOURS)) for _ in range(10)]
    return History((*merged(chance, hidden, opened), HOUR))


def held_before(chance: random.Random) -> History:
    """What is ready and held, and stays ready."""
    hidden = ["it is ready and held", *(chance.choice(BEFORE_IT_COMES_OUT) for _ in range(3))]
    return History(tuple(merged(chance, hidden, [chance.choice(OPEN) for _ in range(4)])))


def others_go_on(chance: random.Random) -> History:
    """What else happens afterwards."""
    return History(tuple(chance.choice(OPEN) for _ in range(chance.randrange(4))))


Told = Callable[[random.Random], History]
Compared = Callable[[Path, History, Observe], list[Difference]]
SEARCHED: dict[Property, tuple[Told, Compared]] = {
    Property.HOLD: (whole_life, compared),
    Property.RELEASE: (held_before, released),
    Property.TAKEDOWN: (others_go_on, taken_down),
    Property.CLOSURE: (others_go_on, closed),
}


@pytest.mark.parametrize("planted", LEAKS.values(), ids=lambda planted: planted.name)
def test_a_planted_leak_is_found_by_chance(tmp_path: Path, planted: Leak) -> None:
    assert PLANTED
    tried = next((n for n, seed in enumerate(SEEDS, start=1) if shows(tmp_path, planted, seed)), None)
    print(f"searched: {planted.name}: {f'found by history {tried}' if tried else 'not found'}")  # noqa: T201 - kept in docs/
    assert tried, f"{len(SEEDS)} histories did not show it"


def shows(folder: Path, planted: Leak, seed: int) -> bool:
    """Whether the history of this seed shows the leak."""
    chance = random.Random(seed)  # noqa: S311 - which history is tried, and nothing secret
    drawn, comparing = SEARCHED[planted.breaks]
    told, onlooker = drawn(chance), cast.ONLOOKERS[seed % len(cast.ONLOOKERS)]
    with pytest.MonkeyPatch.context() as patch, TemporaryDirectory(dir=folder) as worlds:
        planted.plant(patch)
        try:
            return bool(comparing(Path(worlds), told, everything(onlooker)))
        except (Lost, AssertionError):  # what leaks may keep the study's own people from going on
            return False

"""The harness has teeth: every planted leak is caught by its shortest history."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.noninterference.appearing import closed, released, taken_down
from tests.noninterference.histories import History, Observe, compared
from tests.noninterference.knowledge import Knowledge
from tests.noninterference.leaks import cases, desk, later, letters, promised, public
from tests.noninterference.leaks.planting import LEAKS, Leak, Property
from tests.noninterference.observing import Difference, Sights, at_the_desk, in_public, probes
from tests.noninterference.twins import Twin

pytestmark = pytest.mark.children
PLANTED = (cases, desk, later, letters, promised, public)
COMPARED: dict[Property, Callable[[Path, History, Observe], list[Difference]]] = {
    Property.HOLD: compared,
    Property.RELEASE: released,
    Property.TAKEDOWN: taken_down,
    Property.CLOSURE: closed,
}


def seen_by(onlooker: str) -> Observe:
    """The part of the observation in which a leak shows."""

    def desk(world: Twin, _: Knowledge) -> Sights:
        return at_the_desk(world, onlooker)

    def tried(world: Twin, know: Knowledge) -> Sights:
        return probes(world, onlooker, know)

    return (desk, tried) if onlooker else (in_public,)


@pytest.mark.parametrize("planted", LEAKS.values(), ids=lambda planted: planted.name)
def test_a_planted_leak_is_caught(tmp_path: Path, planted: Leak, monkeypatch: pytest.MonkeyPatch) -> None:
    planted.plant(monkeypatch)
    seen = COMPARED[planted.breaks](tmp_path, planted.told, seen_by(planted.onlooker))
    assert seen, "the harness did not see it"


def test_there_are_enough() -> None:
    assert len(LEAKS) >= 45

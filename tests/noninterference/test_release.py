"""RELEASE, TAKEDOWN, CLOSURE: what comes out tells nothing of the time before; what was taken down, or ended, tells
nothing at all.
"""

from pathlib import Path

import pytest

from tests.noninterference import cast
from tests.noninterference.appearing import closed, released, taken_down
from tests.noninterference.histories import History, history
from tests.noninterference.knowledge import Knowledge
from tests.noninterference.observing import Sights, at_the_desk, in_public
from tests.noninterference.test_hold import everything
from tests.noninterference.twins import Twin

pytestmark = pytest.mark.children

HELD_BEFORE = (
    history("it is ready and held", "an hour passes", "the officers look again", "a published work is corrected"),
    history("its results are accepted", "an officer withholds it", "an hour passes", "its proof is approved",
            "nine days pass"),
    history("it is ready and held", "an officer withholds it", "an editor keeps a note",
            "somebody begins a study of the same title"),
)  # fmt: skip
AFTERWARDS = (
    history(),
    history("an hour passes", "a published work is corrected", "an hour passes"),
    history("nine days pass", "a published work is taken down", "an hour passes"),
)


@pytest.mark.parametrize("told", HELD_BEFORE, ids=lambda told: told.steps[-1])
def test_what_comes_out_looks_as_if_first_seen_now(tmp_path: Path, told: History) -> None:
    found = released(tmp_path, told, everything(cast.STRANGER))
    assert not found, "\n".join(map(str, found[:20]))


@pytest.mark.parametrize("told", AFTERWARDS, ids=lambda told: "-".join(told.steps) or "at once")
def test_what_was_taken_down_looks_like_anything_that_was(tmp_path: Path, told: History) -> None:
    found = taken_down(tmp_path, told, everything(cast.ANOTHER_AUTHOR))
    assert not found, "\n".join(map(str, found[:20]))


def who_has_no_part_in_it(world: Twin, know: Knowledge) -> Sights:
    """Its author and its editor know how it ended; the others do not."""
    seen = in_public(world, know)
    for name in (cast.STRANGER, cast.ANOTHER_REVIEWER, cast.ADMINISTRATOR):
        seen |= at_the_desk(world, name)
    return seen


def test_what_ended_looks_the_same_whatever_ended_it(tmp_path: Path) -> None:
    found = closed(tmp_path, history("a published work is corrected"), (who_has_no_part_in_it,))
    assert not found, "\n".join(map(str, found[:20]))

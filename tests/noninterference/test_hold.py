"""HOLD: a withheld study that was never announced is absent for all who have nothing to do with it, byte for byte."""

from pathlib import Path

import pytest

from tests.noninterference import cast
from tests.noninterference.histories import History, Observe, compared, history, interleaved
from tests.noninterference.knowledge import Knowledge
from tests.noninterference.observing import Sights, at_the_desk, in_public, probes
from tests.noninterference.twins import Twin

pytestmark = pytest.mark.children

LIVES = (
    history("it is submitted", "an hour passes", "it goes to review", "an hour passes", "its reviewers agree",
            "an editor keeps a note", "an officer withholds it", "the officers look again", "an hour passes"),
    history("it is ready and held", "its author offers a narrower article", "two officers approve it",
            "the officers look again", "an hour passes", "a published work is corrected",
            "an hour passes", "an officer reads which pages share its words", "an hour passes"),
    history("its results are accepted", "an officer withholds it", "an hour passes", "its proof is approved",
            "an hour passes", "nine days pass"),
    history("it is a draft", "somebody begins a study of the same title", "its authors have a long plan read",
            "an hour passes", "its author withdraws it", "an hour passes"),
    history("its results are accepted", "its authors set an embargo", "an officer withholds it",
            "its authors choose how it goes on", "an author asks for another look", "an hour passes",
            "its authors agree that the embargo ends", "an hour passes"),
    history("it is submitted", "an officer withholds it", "the chief reads it in an emergency", "an hour passes",
            "an officer looks at the emergency", "nine days pass"),
    history("it is accepted in principle", "an author flags it", "an editor invites the hidden author",
            "an editor invites the hidden guest", "two officers lift what holds it", "an officer withholds it",
            "a published work is taken down", "an hour passes"),
    history("it is accepted in principle", "its authors ask for an amendment", "an hour passes",
            "its reviewers are asked about the amendment", "the amendment is approved", "its authors record their data",
            "an officer withholds it", "an hour passes"),
    history("it is accepted in principle", "its results do not come", "an hour passes", "its editor records a call",
            "an hour passes", "its authors are still at work", "an author withdraws an announced study",
            "an hour passes", "its promise lapses", "an hour passes"),
)  # fmt: skip


def everything(onlooker: str) -> Observe:
    """What the public sees, what all onlookers find at the desk, and what one of them gets who tries every address."""

    def observe(world: Twin, know: Knowledge) -> Sights:
        seen = in_public(world, know)
        for name in cast.ONLOOKERS:
            seen |= at_the_desk(world, name)
        return seen | probes(world, onlooker, know)

    return (observe,)


def nothing_differs(folder: Path, told: History, onlooker: str) -> None:
    found = compared(folder, told, everything(onlooker))
    assert not found, f"after {told.steps}:\n" + "\n".join(map(str, found[:20]))


@pytest.mark.parametrize("told", LIVES, ids=lambda told: told.steps[0])
def test_a_withheld_study_is_absent(tmp_path: Path, told: History) -> None:
    nothing_differs(tmp_path, told, cast.ANOTHER_EDITOR)


@pytest.mark.parametrize("seed", range(20))
def test_it_is_absent_in_any_order_of_things(tmp_path: Path, seed: int) -> None:
    told = interleaved(seed, open_ones=4, hidden_ones=5)
    nothing_differs(tmp_path, told, cast.ONLOOKERS[seed % len(cast.ONLOOKERS)])


@pytest.mark.long
@pytest.mark.parametrize("seed", range(1000, 1200))
def test_it_is_absent_in_long_histories(tmp_path: Path, seed: int) -> None:
    told = interleaved(seed, open_ones=8, hidden_ones=10)
    nothing_differs(tmp_path, told, cast.ONLOOKERS[seed % len(cast.ONLOOKERS)])

"""UNASSIGNED: staff who have no seat see the journal without the withheld work; its own people read one sentence."""

from pathlib import Path

import pytest

from tests.noninterference import cast
from tests.noninterference.histories import compared, history
from tests.noninterference.knowledge import Knowledge
from tests.noninterference.observing import Sights, at_the_desk, probes
from tests.noninterference.twins import Twin
from tests.stories.accepted import CHIEF

pytestmark = pytest.mark.children


def pages_of_the_chief(world: Twin, know: Knowledge) -> Sights:
    """What the editor-in-chief finds, letters aside: one told of the submission, before it was withheld."""
    seen = at_the_desk(world, CHIEF) | probes(world, CHIEF, know)
    return {where: said for where, said in seen.items() if not where.endswith(" mail")}


@pytest.mark.parametrize("flag", ["an author flags it", "an officer withholds it"])
def test_an_editor_in_chief_without_a_seat_finds_nothing(tmp_path: Path, flag: str) -> None:
    told = history("it is submitted", "an hour passes", flag, "an hour passes")
    found = compared(tmp_path, told, (pages_of_the_chief,))
    assert not found, "\n".join(map(str, found[:20]))


def test_before_it_is_withheld_they_find_it(tmp_path: Path) -> None:
    """The comparison above could fail."""
    assert compared(tmp_path, history("it is submitted", "an hour passes"), (pages_of_the_chief,))


@pytest.mark.parametrize(
    "happens",
    [("it is submitted", "it goes to review", "an hour passes", "its reviewers agree"), ("its results are weighed",)],
)
def test_an_editor_without_a_seat_finds_nothing_even_of_open_work(tmp_path: Path, happens: tuple[str, ...]) -> None:
    told = history(*happens, "an hour passes")

    def seen(world: Twin, know: Knowledge) -> Sights:
        return at_the_desk(world, cast.ANOTHER_EDITOR) | probes(world, cast.ANOTHER_EDITOR, know)

    found = compared(tmp_path, told, (seen,))
    assert not found, "\n".join(map(str, found[:20]))

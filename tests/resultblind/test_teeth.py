"""The comparison has teeth: every planted preference is caught."""

from pathlib import Path

import pytest

from tests.resultblind.preferences import PREFERENCES, Preference
from tests.resultblind.worlds import ONE, OTHER, Looking, differences, observe

pytestmark = pytest.mark.children


@pytest.mark.parametrize("planted", PREFERENCES, ids=lambda planted: planted.name)
def test_a_planted_preference_is_caught(tmp_path: Path, planted: Preference, monkeypatch: pytest.MonkeyPatch) -> None:
    planted.plant(monkeypatch)
    lookers = (planted.shows_to,) if planted.shows_to else ()
    looks = {planted.after: Looking(lookers, tuple(range(planted.studies)))}
    one, other = (
        observe(tmp_path / name, directions[: planted.studies], looks).sights
        for name, directions in (("one", ONE), ("other", OTHER))
    )
    assert differences(one, other), "the comparison did not see it"


def test_there_are_enough() -> None:
    assert len(PREFERENCES) >= 6

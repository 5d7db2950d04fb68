"""What docs/channels.md says of the planted leaks is so."""

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.noninterference.leaks.planting import LEAKS
from tests.noninterference.test_teeth import PLANTED

pytestmark = pytest.mark.children  # as all of this folder: the house of both worlds is built first
PAGE = Path(__file__).parents[2] / "docs" / "channels.md"
_ROW = re.compile(r"^\| (\d+) \|.*\| ([^|]+) \|$", re.MULTILINE)


def test_every_channel_says_how_many_leaks_take_it() -> None:
    assert PLANTED, "all are registered"
    planted = Counter(channel for leak in LEAKS.values() for channel in leak.channels)
    told = {int(number): words for number, words in _ROW.findall(PAGE.read_text())}
    assert sorted(told) == list(range(1, 61))
    assert {number: words for number, words in told.items() if not words.startswith("none: ")} == {
        number: str(count) for number, count in planted.items()
    }

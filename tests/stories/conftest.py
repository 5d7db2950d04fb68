"""Every story happens in a world of its own."""

from pathlib import Path

import pytest

from tests.stories.worlds import World, make_world


@pytest.fixture
def world(tmp_path: Path) -> World:
    return make_world(tmp_path)

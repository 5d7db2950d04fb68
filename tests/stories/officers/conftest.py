"""The stories of one file share a journal with everybody it takes; each of them signs in once."""

import pytest

from journal.demonstration.visitor import Visitor
from tests.stories.papers import FIRST_OFFICER, SECOND_OFFICER, journal_of_people
from tests.stories.second_factors import give_app
from tests.stories.worlds import World, make_world


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    made = make_world(tmp_path_factory.mktemp("holds"))
    journal_of_people(made)
    for name in (FIRST_OFFICER, SECOND_OFFICER):
        give_app(made, name)
    return made


@pytest.fixture(scope="module")
def visitors(world: World) -> dict[str, Visitor]:
    """Everybody, signed in once."""
    return {name: world.signed_in(name) for name in world.people}


@pytest.fixture
def officer(visitors: dict[str, Visitor]) -> Visitor:
    return visitors[FIRST_OFFICER]


@pytest.fixture
def other(visitors: dict[str, Visitor]) -> Visitor:
    return visitors[SECOND_OFFICER]

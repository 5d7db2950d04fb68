"""The stories of one file share a journal with its editors and an author; each of them signs in once."""

import pytest

from journal.demonstration.visitor import Visitor
from tests.stories.deciding import AUTHOR, CHIEF, HANDLING, SECOND, people
from tests.stories.worlds import World, make_world


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    made = make_world(tmp_path_factory.mktemp("world"))
    people(made)
    return made


@pytest.fixture(scope="module")
def chief(world: World) -> Visitor:
    return world.signed_in(CHIEF)


@pytest.fixture(scope="module")
def handling(world: World) -> Visitor:
    return world.signed_in(HANDLING)


@pytest.fixture(scope="module")
def second(world: World) -> Visitor:
    return world.signed_in(SECOND)


@pytest.fixture(scope="module")
def author(world: World) -> Visitor:
    return world.signed_in(AUTHOR)

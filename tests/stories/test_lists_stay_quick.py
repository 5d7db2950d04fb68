"""Lists ask the database as often for many reports as for few."""

from pathlib import Path

import pytest
from sqlalchemy import event

from storage.rows.reports import Report
from tests.stories.reports import draft_report
from tests.stories.worlds import World, make_world
from workflows.people import Role
from workflows.stages import Stage


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    made: Path = tmp_path_factory.mktemp("lists")
    world = make_world(made)
    world.person("Ilse Vantongeren", Role.EDITOR_IN_CHIEF)
    world.person("Ada Marwick")
    return world


def add(world: World, reports: int) -> None:
    """Reports of Ada's that wait for the editor-in-chief."""
    for _ in range(reports):
        identifier = draft_report(world, "Ada Marwick")
        with world.work() as uow:
            uow.session.get_one(Report, identifier).stage = Stage.SUBMITTED
            uow.commit()


@pytest.mark.parametrize(("who", "path"), [("Ilse Vantongeren", "/queue"), ("Ada Marwick", "/studies")])
def test_the_number_of_queries_does_not_grow(world: World, who: str, path: str) -> None:
    counts = []
    visitor = world.signed_in(who)
    statements: list[object] = []
    event.listen(world.resources.engine, "before_cursor_execute", lambda *asked: statements.append(asked[2]))
    for more in (1, 9):
        add(world, more)
        statements.clear()
        page = visitor.open(path)
        assert page.status == 200
        assert page.text.count("Do refusals hold") >= more
        counts.append(len(statements))
    assert counts[0] == counts[1]

"""Collecting what may be public: every report that could be, with as many queries for many as for one."""

from pathlib import Path

import pytest
from sqlalchemy import event

from journal.dossier.publishing import candidates, marks
from tests.stories.accepted import Study, ready_report, registered_report
from tests.stories.worlds import World, make_world


def asked(world: World) -> int:
    """How many queries collecting takes."""
    seen: list[str] = []

    def listen(*given: object) -> None:
        seen.append(str(given[2]))

    event.listen(world.resources.engine, "before_cursor_execute", listen)
    with world.work(writes=False) as uow:
        candidates(uow)
        marks(uow)
    event.remove(world.resources.engine, "before_cursor_execute", listen)
    return sum(statement.lstrip().startswith("SELECT") for statement in seen)


@pytest.fixture
def world(tmp_path: Path) -> World:
    return make_world(tmp_path)


def test_many_reports_are_collected_with_as_many_queries_as_one(world: World) -> None:
    ready_report(world, Study())
    one = asked(world)
    for number in range(5):
        ready_report(world, Study(title=f"Study {number}"))
    assert asked(world) == one


def test_a_sealed_report_is_not_even_looked_at_before_it_is_ready(world: World) -> None:
    sealed = registered_report(world, Study())
    announced = registered_report(world, Study(title="Announced"), announced=True)
    ready = ready_report(world, Study(title="Ready"))
    with world.work(writes=False) as uow:
        found = {candidate.report_id for candidate in candidates(uow)}
    assert found == {announced, ready}
    assert sealed not in found

"""Announced work that ends unpublished: nothing is told on the day, and then one notice for all, whatever the cause."""

import json
from datetime import UTC, datetime

import pytest

from journal.production.release import make_release
from storage.rows.releases import PublicIdentity
from tests.stories.accepted import AUTHOR, Study, accepted_report, registered_report, step
from tests.stories.public_shelf import opened, pages_of, shelf_of, snapshot_of
from tests.stories.withheld import hold, lift
from tests.stories.worlds import World
from workflows.stages import Action

WITHDRAWN = Study(title="A quokka that was given up")
HELD = Study(title="An axolotl that turned dangerous")
SEALED = Study(title="A pangolin nobody heard of")
APRIL = datetime(2026, 4, 1, tzinfo=UTC)


def name_of(world: World, report_id: str) -> str:
    with world.work(writes=False) as uow:
        return uow.session.get_one(PublicIdentity, report_id).public_id


def page(world: World, path: str) -> bytes:
    """A page of the newest release as readers get it."""
    with opened(snapshot_of(world)) as snapshot:
        paths: list[str] = [row[0] for row in snapshot.execute("SELECT path FROM page")]
    return dict(zip(paths, pages_of(snapshot_of(world)), strict=True))[path]


def notice(world: World, report_id: str) -> tuple[str, str]:
    """Page and JSON of a report, its name left out."""
    name = name_of(world, report_id)
    page_, data = page(world, f"/reports/{name}").decode(), page(world, f"/reports/{name}.json").decode()
    return page_.replace(name, "NAME"), data.replace(name, "NAME")


@pytest.mark.children
def test_announced_work_closes_at_the_beginning_of_a_quarter_with_one_notice(world: World) -> None:
    withdrawn = registered_report(world, WITHDRAWN, announced=True)
    held = accepted_report(world, HELD, announced=True)
    sealed = registered_report(world, SEALED)
    assert make_release(world.resources) is not None
    step(world, withdrawn, AUTHOR, Action.WITHDRAW)
    step(world, sealed, AUTHOR, Action.WITHDRAW)
    assert make_release(world.resources) is None, "no page tells of a withdrawal on its day"
    world.clock.advance(days=3)
    its_hold = hold(world, held)
    assert make_release(world.resources) is not None
    assert b"quokka" in shelf_of(world).everything()
    assert b"axolotl" not in shelf_of(world).everything(), "a hold takes down at once"
    assert "taken down" in notice(world, held)[0]

    world.clock.now = APRIL
    assert make_release(world.resources) is not None
    assert notice(world, withdrawn) == notice(world, held)
    text, data = notice(world, held)
    assert "the second quarter of 2026" in text
    assert json.loads(data)["closed_in"] == "2026-Q2"
    everything = shelf_of(world).everything()
    for word in (b"quokka", b"axolotl", b"pangolin"):
        assert word not in everything
    assert b"Closed" not in page(world, "/reports")
    assert name_of(world, held).encode() not in page(world, "/sitemap.xml")

    lift(world, its_hold)
    assert make_release(world.resources) is not None
    assert b"axolotl" in shelf_of(world).everything(), "it was not over"
    assert b"quokka" not in shelf_of(world).everything()

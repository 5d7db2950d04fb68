"""An announced protocol shows its amendment at the next release; a sealed one shows nothing before its results."""

import json

import pytest

from journal.production.release import make_release
from tests.stories import amending
from tests.stories.accepted import AUTHOR, HANDLING, SECOND, Study, registered_report
from tests.stories.public_shelf import shelf_of
from tests.stories.test_announced_work_closes import name_of, page
from tests.stories.worlds import World
from tests.stories.writing import keep_manuscript


def amend(world: World, report: str) -> None:
    author = world.signed_in(AUTHOR)
    author.open(f"/reports/{report}/amendments")
    author.press("Begin an amendment")
    keep_manuscript(world, report)
    amending.write(world, report, amending.with_sample("2,400 prompts."), AUTHOR)
    amending.ask(author, report)
    amending.approve(world, report, by=HANDLING)
    amending.confirm(world, report, by=SECOND)


def released(world: World) -> None:
    assert make_release(world.resources) is not None


def test_an_announced_protocol_shows_its_amendment_at_the_next_release(world: World) -> None:
    report = registered_report(world, Study(), announced=True)
    released(world)
    path = f"/reports/{name_of(world, report)}"
    assert b"Amended after acceptance" not in page(world, path)
    amend(world, report)
    assert b"Amended after acceptance" not in page(world, path), "the release before is what readers have"
    released(world)
    now = page(world, path)
    assert b"Amended after acceptance" in now
    assert b"2,400 prompts." in now
    assert b"protocol version 2" in now
    assert amending.SAID["why"].encode() in now
    (amended,) = json.loads(page(world, f"{path}.json"))["amendments"]
    assert (amended["version"], amended["on"]) == (2, "2026-03-02")


@pytest.mark.thorough
def test_what_was_asked_for_and_not_approved_is_nowhere(world: World) -> None:
    report = registered_report(world, Study(), announced=True)
    released(world)
    path = f"/reports/{name_of(world, report)}"
    before = page(world, path)
    author = world.signed_in(AUTHOR)
    author.open(f"/reports/{report}/amendments")
    author.press("Begin an amendment")
    keep_manuscript(world, report)
    amending.write(world, report, amending.with_sample("A thousand quokkas."), AUTHOR)
    amending.ask(author, report)
    amending.approve(world, report, by=HANDLING)
    make_release(world.resources)
    assert page(world, path) == before
    assert b"quokka" not in shelf_of(world).everything()


def test_of_a_sealed_protocol_an_amendment_shows_nothing(world: World) -> None:
    report = registered_report(world, Study())
    make_release(world.resources)
    before = shelf_of(world).everything()
    amend(world, report)
    assert make_release(world.resources) is None, "nothing that readers see has changed"
    assert shelf_of(world).everything() == before

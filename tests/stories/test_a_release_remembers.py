"""A release looks through what is new, and asks anew of all that it ever found: what was public can be withheld now."""

from dataclasses import replace
from pathlib import Path

import pytest

from journal.production.release import make_release
from journal.production.remembering import FILE, remember, remembered
from journal.production.stopping import Stopped
from journal.production.tokens import Drawn
from tests.stories.accepted import Study, accepted_report, registered_report
from tests.stories.public_shelf import snapshot_of
from tests.stories.withheld import hold
from tests.stories.worlds import World, make_world

OPEN, OTHER = Study(title="An open question about monitors"), Study(title="Another open question")
FOUND = {b"\1" * 32: Drawn({"k7wq" * 6 + "ab"}, {b"\2" * 32}, {"0f" * 32}), b"\3" * 32: Drawn()}


@pytest.fixture
def released(tmp_path: Path) -> tuple[World, str]:
    """A journal with two announced protocols out; every page names the first one's row, which is public: a mistake that
    gives nothing away yet.
    """
    made = make_world(tmp_path)
    shown = registered_report(made, OPEN, announced=True)
    registered_report(made, OTHER, announced=True)
    config = replace(made.config, journal_name=f"Nullius {shown}")
    world = replace(made, config=config, resources=replace(made.resources, config=config))
    assert make_release(world.resources) is not None
    return world, shown


def test_a_page_that_did_not_change_stops_a_release_once_what_it_names_is_withheld(released: tuple[World, str]) -> None:
    world, shown = released
    old = set(remembered(world.folder))
    assert len(old) > 20
    hold(world, shown)
    with pytest.raises(Stopped) as stopped:
        make_release(world.resources)
    assert "/about" in stopped.value.places, "no word of it is new"
    assert not any(shown in drawn.identifiers for drawn in remembered(world.folder).values()), "nor is it kept"


def test_what_is_withheld_later_and_named_nowhere_stops_nothing(released: tuple[World, str]) -> None:
    world, _ = released
    before = snapshot_of(world)
    hold(world, accepted_report(world, Study(title="A quokka nobody may hear of")))
    registered_report(world, Study(title="A third one"), announced=True)
    assert make_release(world.resources) is not None
    assert snapshot_of(world) != before


@pytest.mark.thorough
def test_pages_that_are_gone_are_forgotten(released: tuple[World, str]) -> None:
    world, _ = released
    old = set(remembered(world.folder))
    registered_report(world, Study(title="A third one"), announced=True)
    make_release(world.resources)
    new = set(remembered(world.folder))
    assert old & new, "what did not change"
    assert old - new, "lists that name one report less"


def test_what_is_remembered_is_read_as_it_was_written(tmp_path: Path) -> None:
    remember(tmp_path, FOUND.items())
    assert remembered(tmp_path) == FOUND
    assert (tmp_path / FILE).stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == [FILE]


@pytest.mark.parametrize("spoiled", [b"", b"nonsense", b"\n[]", None])
def test_what_is_not_whole_is_not_believed(tmp_path: Path, spoiled: bytes | None) -> None:
    remember(tmp_path, FOUND.items())
    path = tmp_path / FILE
    path.write_bytes(path.read_bytes()[:-20] if spoiled is None else spoiled)
    assert remembered(tmp_path) == {}


def test_where_nothing_can_be_kept_nothing_is_remembered(tmp_path: Path) -> None:
    remember(tmp_path / "not there", FOUND.items())
    assert remembered(tmp_path / "not there") == {}

"""Words that a public page shares with withheld work are told to its officers alone, and stop nothing."""

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from journal.production.release import make_release
from storage.rows.safeguards import Overlap
from tests.stories.accepted import AUTHOR, CHIEF, HANDLING, OFFICER, SECOND, Study, accepted_report, registered_report
from tests.stories.public_shelf import shelf_of
from tests.stories.withheld import hold
from tests.stories.worlds import World, address_of, make_world
from tests.thorough import few_of
from tests.workflows.examples import PROTOCOL
from workflows.holds import HoldKind

TITLE = "Quokkas that tell lies"
ABSTRACT = "We ask whether small marsupials that were trained on instructed lies can be told apart from honest ones."
SUBJECT = "A case has a new entry"


def told(world: World, name: str) -> list[str]:
    world.run_jobs()
    return [mail["text"] for mail in world.mails(address_of(name)) if mail["subject"] == SUBJECT]


def overlaps(world: World) -> list[tuple[str, str]]:
    with world.work(writes=False) as uow:
        return [(row.report_id, row.path) for row in uow.session.scalars(select(Overlap))]


def journal(folder: Path, *, shown: str, kind: HoldKind = HoldKind.INFORMATION_HAZARD) -> tuple[World, str]:
    world = make_world(folder)
    hidden = accepted_report(world, Study(title=TITLE, protocol=replace(PROTOCOL, abstract=ABSTRACT)))
    hold(world, hidden, kind=kind)
    registered_report(world, Study(title=shown), announced=True)
    assert make_release(world.resources) is not None
    assert shown.encode() in shelf_of(world).everything(), "nothing was stopped"
    return world, hidden


@pytest.mark.children
def test_a_title_in_common_is_told_to_officers_once(tmp_path: Path) -> None:
    world, hidden = journal(tmp_path, shown=f"More on {TITLE.upper()}!")
    ((report_id, path),) = overlaps(world)
    assert report_id == hidden
    (letter,) = told(world, OFFICER)
    assert f"/reports/{hidden}/hold" in letter
    assert TITLE not in letter
    for name in (AUTHOR, HANDLING, SECOND, CHIEF):
        assert told(world, name) == [], name
    registered_report(world, Study(title="Something else"), announced=True)
    make_release(world.resources)
    assert len(told(world, OFFICER)) == 1, "what is known is not told again"
    assert path in world.signed_in(OFFICER).open(f"/reports/{hidden}/hold").text


PHRASES = {
    "Small marsupials that were trained on instructed lies": 1,
    "Small marsupials that were trained on instructed": 0,
    "Quokkas that tell": 0,
    "Lies that tell quokkas": 0,
}


@pytest.mark.parametrize("shown", few_of(PHRASES, first=2))
def test_a_longer_phrase_counts_and_a_shorter_does_not(tmp_path: Path, shown: str) -> None:
    world, _ = journal(tmp_path, shown=shown)
    assert len(overlaps(world)) == PHRASES[shown]


def test_an_embargo_is_no_secret(tmp_path: Path) -> None:
    world, _ = journal(tmp_path, shown=TITLE, kind=HoldKind.AUTHOR_EMBARGO)
    assert overlaps(world) == []

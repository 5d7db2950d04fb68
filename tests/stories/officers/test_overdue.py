"""What is overdue calls people, one after the other, and goes on withholding; the editor-in-chief sees a number."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from journal.dossier.clock import run_clock
from storage.ledger import Verified, verify
from storage.rows.holds import HoldRow
from tests.stories.papers import CHIEF, FIRST_OFFICER, HANDLING, SECOND_OFFICER, journal_of_people, report_at
from tests.stories.reports import TITLE
from tests.stories.second_factors import agree, give_app
from tests.stories.withholding import HAZARD, another_officer, case, flag, holds, written
from tests.stories.worlds import START, World, make_world
from workflows.stages import Stage

THIRD_OFFICER = "Zoe Officer"
OVERDUE = "A case is overdue"


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A world for each story, for the letters of one must not be counted with another's."""
    made = make_world(tmp_path)
    journal_of_people(made)
    another_officer(made, THIRD_OFFICER)
    for name in (FIRST_OFFICER, SECOND_OFFICER):
        give_app(made, name)
    return made


def withheld(world: World, **changes: str) -> str:
    report_id = report_at(world, Stage.IN_REVIEW)
    officer = world.signed_in(FIRST_OFFICER)
    officer.open(case(report_id))
    officer.press("Withhold it now", {**HAZARD, **changes})
    world.run_jobs()
    world.clock.now = held_until(world, report_id)
    return report_id


def held_until(world: World, report_id: str) -> datetime:
    due = holds(world, report_id)[0].review_by
    assert due
    return due


def called(world: World, before: Counter[tuple[str, str]]) -> list[str]:
    """The first names of who got a letter about something overdue since."""
    run_clock(world.resources)
    return sorted(to.partition("@")[0] for to, subject in (written(world) - before).elements() if subject == OVERDUE)


def days(world: World, *spans: float) -> Iterator[list[str]]:
    """Who is called as each of the `spans` of days passes."""
    for span in spans:
        before = written(world)
        world.clock.advance(days=span)
        yield called(world, before)


def test_first_the_officer_then_the_deputy_then_all_then_every_week(world: World) -> None:
    withheld(world, deputy=world.people[THIRD_OFFICER])
    everybody = ["olga", "omar", "zoe"]
    assert list(days(world, 0, 0.01, 1, 2, 1, 2, 1, 6, 1, 6)) == [
        [], ["olga"], [], ["zoe"], [], everybody, [], everybody, [], everybody,
    ]  # fmt: skip


def test_nobody_named_it_is_the_next_officer(world: World) -> None:
    report_id = withheld(world)
    deputy = holds(world, report_id)[0].deputy_id
    assert deputy in {world.people[SECOND_OFFICER], world.people[THIRD_OFFICER]}
    names = {world.people[name]: name.split()[0].lower() for name in (SECOND_OFFICER, THIRD_OFFICER)}
    assert list(days(world, 1, 3)) == [["olga"], [names[deputy]]]
    page = world.signed_in(FIRST_OFFICER).open(case(report_id))
    assert "Deputy" in page.text


@pytest.mark.thorough
def test_days_that_were_missed_are_made_up_for_with_one_letter_each(world: World) -> None:
    withheld(world)
    assert list(days(world, 38, 0, 1)) == [["olga", "omar", "zoe"], [], []]


@pytest.mark.thorough
def test_a_clock_that_goes_back_calls_nobody_twice(world: World) -> None:
    withheld(world)
    everybody = ["olga", "omar", "zoe"]
    assert list(days(world, 30, -29, 0, 5, -20, 44, 5)) == [everybody, [], [], [], [], [], everybody]


def test_a_flag_calls_all_officers_and_goes_on_withholding(world: World) -> None:
    report_id = report_at(world, Stage.IN_REVIEW)
    flag(world, report_id)
    world.run_jobs()
    world.clock.now = held_until(world, report_id)
    assert list(days(world, 1, 100)) == [["olga", "omar", "zoe"], ["olga", "omar", "zoe"]]
    assert holds(world, report_id)[0].ended_at is None
    assert world.signed_in(CHIEF).open(f"/reports/{report_id}").status == 404
    with world.work(writes=False) as uow:
        assert isinstance(verify(uow.session), Verified)


@pytest.mark.thorough
def test_another_day_ends_the_calling_and_is_due_anew(world: World) -> None:
    report_id = withheld(world)
    assert next(days(world, 1)) == ["olga"]
    officer = world.signed_in(SECOND_OFFICER)
    page = officer.open("/holds")
    assert "Overdue" in page.text
    assert page.text.index("Overdue") < page.text.index(TITLE)
    officer.follow(TITLE)
    row = holds(world, report_id)[0]
    later = (world.clock.now + timedelta(days=30)).date().isoformat()
    officer.press("Set this day", {f"again-{row.id}-review_by": later})
    assert "Overdue" not in officer.open("/holds").text
    assert list(days(world, 20, 12)) == [[], ["olga"]]


@pytest.mark.thorough
def test_what_has_ended_calls_nobody(world: World) -> None:
    report_id = withheld(world)
    for name in (FIRST_OFFICER, SECOND_OFFICER):
        officer = world.signed_in(name)
        officer.open(case(report_id))
        agree(world, officer, holds(world, report_id)[0].id, "It was patched.", by=name)
    assert list(days(world, 1, 9)) == [[], []]


def test_an_officer_who_became_an_author_is_not_called(world: World) -> None:
    report_id = withheld(world)
    with world.work() as uow:
        uow.session.get_one(HoldRow, holds(world, report_id)[0].id).placed_by = world.people[CHIEF]
        uow.commit()
    assert next(days(world, 1)) == ["olga", "omar", "zoe"]


def test_the_editor_in_chief_sees_a_number_and_nobody_else_does(world: World) -> None:
    withheld(world)
    chief, editor = world.signed_in(CHIEF), world.signed_in(HANDLING)
    assert "overdue" not in chief.open("/queue").text
    world.clock.advance(days=1)
    page = chief.open("/queue")
    assert "one case is overdue" in page.text
    assert TITLE not in page.text
    assert chief.open("/holds").status == 404
    assert "overdue" not in editor.open("/queue").text
    assert world.clock.now > START


def test_a_chief_who_wrote_the_report_is_not_told_of_it_by_a_number(world: World) -> None:
    report_id = report_at(world, Stage.IN_REVIEW, author=CHIEF)
    flag(world, report_id, by=CHIEF)
    world.clock.advance(days=30)
    assert "overdue" not in world.signed_in(CHIEF).open("/queue").text
    other = report_at(world, Stage.IN_REVIEW)
    flag(world, other)
    world.clock.advance(days=30)
    assert "one case is overdue" in world.signed_in(CHIEF).open("/queue").text

"""One person takes public work down; a second officer confirms it in a day; silence escalates and restores nothing."""

from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from journal.cli import main
from journal.doctor import examine
from journal.dossier.clock import run_clock
from journal.production.release import make_release
from journal.production.static_copy import copy_newest_release
from storage.ledger import Verified, verify
from storage.rows.safeguards import StaticCopy, Takedown
from tests.stories.accepted import AUTHOR, HANDLING, OFFICER, Study, registered_report
from tests.stories.public_shelf import shelf_of
from tests.stories.withholding import HAZARD, LEGAL
from tests.stories.worlds import World, address_of, make_world
from workflows.people import Role

SECOND_OFFICER = "Petra Lind"
SECRET = Study(title="A quokka that was public once")
BUTTON = "Confirm the takedown"
UNCONFIRMED = "A takedown is not confirmed yet"


@pytest.fixture
def taken_down(tmp_path: Path) -> tuple[World, str]:
    """A journal whose announced protocol one officer has just taken down, and the report."""
    world = make_world(tmp_path)
    report_id = registered_report(world, SECRET, announced=True)
    world.person(SECOND_OFFICER, Role.OFFICER)
    make_release(world.resources)
    assert b"quokka" in shelf_of(world).everything()
    officer = world.signed_in(OFFICER)
    officer.open(case(report_id))
    officer.press("Withhold it now", HAZARD)
    world.run_jobs()
    assert b"quokka" not in shelf_of(world).everything()
    return world, report_id


def case(report_id: str) -> str:
    return f"/reports/{report_id}/hold"


def rows(world: World) -> list[Takedown]:
    with world.work(writes=False) as uow:
        return list(uow.session.scalars(select(Takedown).order_by(Takedown.pressed_at)))


def subjects(world: World, name: str) -> list[str]:
    world.run_jobs()
    return [mail["subject"] for mail in world.mails(address_of(name))]


def test_a_second_officer_confirms_and_not_the_one_who_pressed(taken_down: tuple[World, str]) -> None:
    world, report_id = taken_down
    assert "A takedown waits for a second officer" in subjects(world, SECOND_OFFICER)
    assert "A takedown waits for a second officer" not in subjects(world, OFFICER)
    presser = world.signed_in(OFFICER)
    page = presser.open(case(report_id))
    assert BUTTON not in page.buttons()
    assert "Another officer confirms it" in page.text
    second = world.signed_in(SECOND_OFFICER)
    assert BUTTON in second.open(case(report_id)).buttons()
    page = second.press(BUTTON)
    assert "The takedown is confirmed." in page.text
    assert BUTTON not in page.buttons()
    (row,) = rows(world)
    assert (row.pressed_by, row.confirmed_by) == (world.people[OFFICER], world.people[SECOND_OFFICER])
    world.clock.advance(days=3)
    run_clock(world.resources)
    assert UNCONFIRMED not in subjects(world, OFFICER)
    with world.work(writes=False) as uow:
        assert isinstance(verify(uow.session), Verified)


def test_silence_escalates_once_and_restores_nothing(taken_down: tuple[World, str]) -> None:
    world, report_id = taken_down
    world.clock.advance(hours=24, seconds=-1)
    run_clock(world.resources)
    assert UNCONFIRMED not in subjects(world, SECOND_OFFICER)
    world.clock.advance(seconds=1)
    for _ in range(3):
        run_clock(world.resources)
        world.clock.advance(hours=9)
    for name in (OFFICER, SECOND_OFFICER):
        assert subjects(world, name).count(UNCONFIRMED) == 1, name
    for name in (AUTHOR, HANDLING):
        assert UNCONFIRMED not in subjects(world, name)
    world.clock.advance(days=400)
    run_clock(world.resources)
    make_release(world.resources)
    assert b"quokka" not in shelf_of(world).everything()
    letters = [mail["text"] for mail in world.mails(address_of(OFFICER))]
    assert not any(SECRET.title in text for text in letters)
    second = world.signed_in(SECOND_OFFICER)
    second.open(case(report_id))
    assert "The takedown is confirmed." in second.press(BUTTON).text, "late is better than never"


@pytest.mark.thorough
def test_another_hold_on_what_is_down_asks_for_no_other_confirmation(taken_down: tuple[World, str]) -> None:
    world, report_id = taken_down
    officer = world.signed_in(OFFICER)
    officer.open(case(report_id))
    officer.press("Withhold it now", LEGAL)
    assert len(rows(world)) == 1


def test_who_is_no_officer_cannot_confirm(taken_down: tuple[World, str]) -> None:
    world, report_id = taken_down
    for name in (AUTHOR, HANDLING):
        visitor = world.signed_in(name)
        token = visitor.open("/profile")
        assert BUTTON not in token.buttons()
        assert visitor.open(case(report_id)).status in (200, 404)
        assert "Taken down" not in visitor.page.text


@pytest.mark.thorough
def test_the_database_lets_nobody_confirm_their_own(taken_down: tuple[World, str]) -> None:
    world, _ = taken_down
    with world.work() as uow:
        row = uow.session.scalars(select(Takedown)).one()
        row.confirmed_by, row.confirmed_at = row.pressed_by, uow.now
        with pytest.raises(IntegrityError, match="two_people"):
            uow.session.flush()


@pytest.mark.thorough
def test_static_copies_are_listed_for_officers_and_the_operator(tmp_path: Path) -> None:
    world = make_world(tmp_path / "journal")
    report_id = registered_report(world, SECRET, announced=True)
    make_release(world.resources)
    folder = tmp_path / "site"
    copy_newest_release(world.resources, folder)
    assert str(folder) not in told(world), "it is up to date"
    officer = world.signed_in(OFFICER)
    officer.open(case(report_id))
    page = officer.press("Withhold it now", HAZARD)
    assert str(folder) in page.text
    world.run_jobs()
    assert str(folder) in told(world)
    copy_newest_release(world.resources, folder)
    assert b"quokka" not in b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert str(folder) not in told(world)
    assert str(folder) not in officer.open(case(report_id)).text


def told(world: World) -> str:
    return "\n".join(finding.words for finding in examine(world.config))


@pytest.mark.thorough
def test_the_day_is_counted_from_the_press(taken_down: tuple[World, str]) -> None:
    world, _ = taken_down
    (row,) = rows(world)
    assert row.confirm_by - row.pressed_at == timedelta(days=1)


def test_the_command_line_copies_what_is_recorded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world = make_world(tmp_path / "journal")
    registered_report(world, SECRET, announced=True)
    monkeypatch.setenv("NULLIUS_HOME", str(world.folder))
    done = CliRunner().invoke(main, ["release", "--static", str(tmp_path / "site")])
    assert done.exit_code == 0, done.output
    with world.work(writes=False) as uow:
        assert uow.session.scalars(select(StaticCopy.folder)).all() == [str(tmp_path / "site")]

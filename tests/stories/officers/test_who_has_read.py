"""Who opens a page or file of a withheld report leaves a row, which officers read; nothing else comes of a page."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from journal.demonstration.visitor import Visitor
from journal.dossier.readings import PAGES
from journal.editorial import access_log
from journal.links import Purpose, make_link
from storage.database import DatabaseBusy
from storage.rows.readings import Reading
from storage.rows.reviewing import Invitation
from tests.stories.papers import AUTHOR, CHIEF, FIRST_OFFICER, HANDLING, REVIEWER, report_at
from tests.stories.withholding import case, withhold
from tests.stories.worlds import World
from workflows.holds import HoldKind
from workflows.stages import Stage

STAYS = [HoldKind.TRIAGE_FLAG, HoldKind.INFORMATION_HAZARD, HoldKind.LEGAL]


def kept(world: World, report_id: str) -> list[tuple[str, str, str]]:
    """Who read what as what, in any order."""
    with world.work(writes=False) as uow:
        rows = uow.session.scalars(select(Reading).where(Reading.report_id == report_id))
        return sorted((row.reader, row.page, row.read_as) for row in rows)


@pytest.mark.parametrize("kind", STAYS)
def test_editors_reviewers_and_officers_leave_a_row_and_authors_none(
    world: World, visitors: dict[str, Visitor], kind: HoldKind
) -> None:
    report_id = report_at(world, Stage.IN_REVIEW)
    withhold(world, report_id, kind)
    for name in (HANDLING, REVIEWER, FIRST_OFFICER, AUTHOR):
        assert visitors[name].open(f"/reports/{report_id}").status == 200
    assert visitors[CHIEF].open(f"/reports/{report_id}").status == 404
    page = "dashboard.report"
    expected = [(HANDLING, "handling_editor"), (REVIEWER, "reviewer"), (FIRST_OFFICER, "officer")]
    assert kept(world, report_id) == sorted((world.people[name], page, as_) for name, as_ in expected)


@pytest.mark.parametrize("kind", [None, HoldKind.AUTHOR_EMBARGO, HoldKind.PRODUCTION_EMBARGO])
def test_nothing_is_kept_of_what_is_not_withheld(
    world: World, visitors: dict[str, Visitor], kind: HoldKind | None
) -> None:
    report_id = report_at(world, Stage.IN_REVIEW)
    if kind is not None:
        withhold(world, report_id, kind)
    assert visitors[HANDLING].open(f"/reports/{report_id}").status == 200
    assert kept(world, report_id) == []


def test_one_row_for_each_person_page_and_hour(world: World, visitors: dict[str, Visitor]) -> None:
    report_id = report_at(world, Stage.IN_REVIEW)
    withhold(world, report_id, HoldKind.LEGAL)
    editor = visitors[HANDLING]
    start = world.clock.now
    world.clock.now = start.replace(minute=59)
    for _ in range(3):
        editor.open(f"/reports/{report_id}")
    assert len(kept(world, report_id)) == 1
    editor.open(f"/reports/{report_id}/reviewers")
    assert len(kept(world, report_id)) == 2
    world.clock.advance(minutes=1)
    editor.open(f"/reports/{report_id}")
    assert len(kept(world, report_id)) == 3


def test_a_reviewer_by_link_is_known_by_their_invitation(world: World) -> None:
    report_id = report_at(world, Stage.IN_REVIEW)
    withhold(world, report_id, HoldKind.LEGAL)
    with world.work() as uow:
        invitation = uow.session.scalars(select(Invitation).where(Invitation.report_id == report_id)).one().id
        token = make_link(uow, Purpose.REVIEW, invitation, timedelta(days=9))
        uow.commit()
    guest = world.visitor()
    assert guest.open(f"/review/{token}").status == 200
    assert kept(world, report_id) == [(invitation, "reviewing.invitation", "reviewer")]


def test_the_case_shows_who_has_read_and_nobody_else_sees_it(
    world: World, visitors: dict[str, Visitor], officer: Visitor
) -> None:
    report_id = report_at(world, Stage.IN_REVIEW)
    withhold(world, report_id, HoldKind.INFORMATION_HAZARD)
    page = officer.open(case(report_id))
    assert "Nobody has, but for its authors" in page.text
    editor = visitors[HANDLING].open(f"/reports/{report_id}")
    page = officer.open(case(report_id))
    assert f"{HANDLING}, the handling editor" in page.text
    assert f"{FIRST_OFFICER}, an information-hazard officer" in page.text
    assert "this case" in page.text
    again = visitors[HANDLING].open(f"/reports/{report_id}")
    assert again.text == editor.text
    legal = visitors[CHIEF].open(case(report_at(world, Stage.IN_REVIEW)))
    assert legal.status == 200
    assert "Who has read" not in legal.text


@pytest.mark.parametrize("trouble", [DatabaseBusy("busy"), OperationalError("x", {}, Exception("gone"))])
def test_a_log_that_cannot_be_kept_is_no_reason_for_a_page_to_fail(
    world: World, visitors: dict[str, Visitor], monkeypatch: pytest.MonkeyPatch, trouble: Exception
) -> None:
    report_id = report_at(world, Stage.IN_REVIEW)
    withhold(world, report_id, HoldKind.LEGAL)

    def broken(*_: object, **__: object) -> None:
        raise trouble

    monkeypatch.setattr(access_log, "begin", broken)
    assert visitors[HANDLING].open(f"/reports/{report_id}").status == 200
    monkeypatch.undo()
    assert kept(world, report_id) == []


def test_a_form_that_came_back_is_read_as_well_and_waits_for_nobody(world: World, officer: Visitor) -> None:
    """It is refused while the request has the writer's turn: the row comes after that."""
    report_id = report_at(world, Stage.IN_REVIEW)
    withhold(world, report_id, HoldKind.LEGAL)
    officer.open(case(report_id))
    assert officer.press("Withhold it now").status == 422
    assert (world.people[FIRST_OFFICER], "holds.withhold", "officer") in kept(world, report_id)


def test_every_page_that_has_words_is_there(world: World) -> None:
    assert PAGES.keys() <= set(world.app.view_functions)

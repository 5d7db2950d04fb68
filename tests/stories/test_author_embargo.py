"""The authors' embargo: until a day or until something happens, and ended early only when every author has agreed."""

import re
from datetime import date, timedelta

import pytest

from journal.dossier.clock import run_clock
from storage.ledger import Verified, verify
from storage.rows.holds import HoldRow
from storage.rows.reports import Report, ReportAuthor
from tests.stories.papers import AUTHOR, journal_of_people, report_at
from tests.stories.worlds import World, make_world
from workflows.authorship import AuthorDetails
from workflows.holds import active
from workflows.stages import Stage

COAUTHOR, GUEST = "Ben Okoro", "cyd@example.org"
EMBARGO = {"ends": "day", "embargo_until": "2026-09-01", "reason": "A partner patches first."}
LINK = re.compile(r"/embargo/[\w-]+")


@pytest.fixture
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    made = make_world(tmp_path_factory.mktemp("embargo"))
    journal_of_people(made)
    made.person(COAUTHOR)
    return made


def by_three(world: World, stage: Stage = Stage.IN_REVIEW) -> str:
    """A report by somebody with an account who corresponds, another with one, and one without."""
    report_id = report_at(world, stage)
    with world.work() as uow:
        report = uow.session.get_one(Report, report_id)
        for place, (name, email, person) in enumerate(
            ((COAUTHOR, "ben@example.org", world.people[COAUTHOR]), ("Cyd Marsh", GUEST, None)), 1
        ):
            row = ReportAuthor(
                id=uow.new_id("report_author"),
                position=place,
                email=email,
                person_id=person,
                consented_at=uow.now,
                corresponding=False,
            )
            uow.cabinet.put(report, row, "details", AuthorDetails(name=name, email=email))
            report.authors.append(row)
        uow.commit()
    return report_id


def embargoes(world: World, report_id: str) -> list[HoldRow]:
    with world.work(writes=False) as uow:
        rows = uow.session.query(HoldRow).filter_by(report_id=report_id).order_by(HoldRow.placed_at).all()
        return [row for row in rows if active((row.facts,), now=uow.now)]


def set_by_author(world: World, report_id: str, **changes: str) -> None:
    author = world.signed_in(AUTHOR)
    author.open(f"/reports/{report_id}/settings")
    assert author.press("Set the embargo", {**EMBARGO, **changes}).status == 200


def link_to_guest(world: World) -> str:
    world.run_jobs()
    found = [LINK.search(mail["text"]) for mail in world.mails(GUEST)]
    return [each.group() for each in found if each][-1]


def test_it_ends_early_when_the_last_of_all_authors_agrees(world: World) -> None:
    report_id = by_three(world)
    set_by_author(world, report_id)
    author = world.signed_in(AUTHOR)
    author.open(f"/reports/{report_id}/settings")
    page = author.press("I agree that it ends", {"embargo": "end"})
    assert "ends when all have agreed" in page.text
    assert "Cyd Marsh: asked" in page.text
    assert len(embargoes(world, report_id)) == 1
    link = link_to_guest(world)
    guest = world.visitor()
    assert "Ada Marwick" in guest.open(link).text
    assert len(embargoes(world, report_id)) == 1
    assert "other authors have agreed" in guest.press("I agree that it ends").text
    assert len(embargoes(world, report_id)) == 1
    coauthor = world.signed_in(COAUTHOR)
    page = coauthor.open(f"/reports/{report_id}/settings")
    assert "Cyd Marsh: agrees" in page.text
    assert "The embargo has ended." in coauthor.press("I agree that it ends").text
    assert embargoes(world, report_id) == []
    assert guest.open(link).status == 404
    subjects = [mail["subject"] for mail in world.mails(GUEST)]
    assert subjects == ["Your agreement is asked"]
    with world.work(writes=False) as uow:
        assert isinstance(verify(uow.session), Verified)


@pytest.mark.thorough
def test_the_last_to_agree_may_have_no_account(world: World) -> None:
    report_id = by_three(world)
    set_by_author(world, report_id)
    for name in (COAUTHOR, AUTHOR):
        author = world.signed_in(name)
        author.open(f"/reports/{report_id}/settings")
        author.press("I agree that it ends")
    guest = world.visitor()
    guest.open(link_to_guest(world))
    assert "it has ended" in guest.press("I agree that it ends").text
    assert embargoes(world, report_id) == []


def test_nobody_is_written_to_twice_in_a_day_and_pressing_again_is_no_second_voice(world: World) -> None:
    report_id = by_three(world)
    set_by_author(world, report_id)
    author = world.signed_in(AUTHOR)
    author.open(f"/reports/{report_id}/settings")
    author.press("I agree that it ends")
    for _ in range(3):
        author.press("Write to the others again")
    world.run_jobs()
    assert len(world.mails(GUEST)) == 1
    world.clock.advance(days=2)
    author.press("Write to the others again")
    world.run_jobs()
    assert len(world.mails(GUEST)) == 2
    assert len(embargoes(world, report_id)) == 1


def test_the_corresponding_author_cannot_shorten_it_alone(world: World) -> None:
    report_id = by_three(world)
    set_by_author(world, report_id)
    author = world.signed_in(AUTHOR)
    author.open(f"/reports/{report_id}/settings")
    for changes in ({"embargo_until": "2026-08-31"}, {"ends": "stage_2", "embargo_until": "2027-01-01"}):
        page = author.press("Change the embargo", {**EMBARGO, **changes})
        assert page.status == 422
        assert "which takes all authors" in page.text
    assert author.press("Change the embargo", {**EMBARGO, "embargo_until": "2026-12-01"}).status == 200
    assert [str(row.embargo_until)[:10] for row in embargoes(world, report_id)] == ["2026-12-01"]


@pytest.mark.thorough
def test_whoever_is_no_author_any_more_is_not_waited_for(world: World) -> None:
    report_id = by_three(world)
    set_by_author(world, report_id)
    for name in (AUTHOR, COAUTHOR):
        author = world.signed_in(name)
        author.open(f"/reports/{report_id}/settings")
        author.press("I agree that it ends")
    link = link_to_guest(world)
    with world.work() as uow:
        report = uow.session.get_one(Report, report_id)
        report.authors.pop()
        uow.commit()
    assert world.visitor().open(link).status == 404
    author = world.signed_in(AUTHOR)
    author.open(f"/reports/{report_id}/settings")
    assert "The embargo has ended." in author.press("Write to the others again").text


def test_until_the_results_are_submitted(world: World) -> None:
    report_id = by_three(world, Stage.STAGE_2_DRAFT)
    set_by_author(world, report_id, ends="stage_2", embargo_until="")
    page = world.signed_in(AUTHOR).open(f"/reports/{report_id}/settings")
    assert "before the results are submitted" in page.text
    run_clock(world.resources)
    assert len(embargoes(world, report_id)) == 1
    moved_on(world, report_id, Stage.STAGE_2_SUBMITTED)
    assert run_clock(world.resources) == 1
    assert run_clock(world.resources) == 0
    assert embargoes(world, report_id) == []


def test_until_data_collection_has_ended(world: World) -> None:
    report_id = by_three(world, Stage.STAGE_2_DRAFT)
    set_by_author(world, report_id, ends="data_end", embargo_until="")
    with world.work() as uow:
        uow.session.get_one(Report, report_id).data_end = date(2026, 3, 10)
        uow.commit()
    run_clock(world.resources)
    assert len(embargoes(world, report_id)) == 1
    world.clock.advance(days=9)
    run_clock(world.resources)
    assert embargoes(world, report_id) == []


def test_an_event_that_never_comes_holds_four_years_at_most(world: World) -> None:
    report_id = by_three(world, Stage.STAGE_2_DRAFT)
    set_by_author(world, report_id, ends="data_end", embargo_until="")
    world.clock.advance(days=4 * 365 - 1)
    assert len(embargoes(world, report_id)) == 1
    world.clock.now += timedelta(days=3)
    assert embargoes(world, report_id) == []


def test_what_has_happened_already_is_nothing_to_wait_for(world: World) -> None:
    report_id = by_three(world, Stage.STAGE_2_IN_REVIEW)
    author = world.signed_in(AUTHOR)
    author.open(f"/reports/{report_id}/settings")
    page = author.press("Set the embargo", {**EMBARGO, "ends": "stage_2"})
    assert page.status == 422
    assert "happened already" in page.text


def moved_on(world: World, report_id: str, stage: Stage) -> None:
    with world.work() as uow:
        uow.session.get_one(Report, report_id).stage = stage
        uow.commit()

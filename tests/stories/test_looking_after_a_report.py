"""Before review and beside it: who may look after a report, what the desk returns, flags and notes."""

from pathlib import Path

import pytest
from sqlalchemy import select

from journal.demonstration.visitor import Visitor
from storage.rows.holds import HoldRow
from storage.rows.reports import Conflict, Report
from tests.stories.deciding import (
    AUTHOR,
    CHIEF,
    HANDLING,
    SECOND,
    assigned_report,
    people,
    reviewed_report,
    submitted_report,
)
from tests.stories.worlds import World, address_of, make_world, stage_of
from workflows.people import Role
from workflows.stages import Stage


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    made = make_world(Path(tmp_path_factory.mktemp("world")))
    people(made)
    return made


@pytest.fixture(scope="module")
def chief(world: World) -> Visitor:
    return world.signed_in(CHIEF)


@pytest.fixture(scope="module")
def handling(world: World) -> Visitor:
    return world.signed_in(HANDLING)


@pytest.fixture(scope="module")
def second(world: World) -> Visitor:
    return world.signed_in(SECOND)


@pytest.fixture(scope="module")
def author(world: World) -> Visitor:
    return world.signed_in(AUTHOR)


def seats(world: World, handling: str, second: str) -> dict[str, str]:
    return {"handling_editor": world.people[handling], "second_editor": world.people[second]}


def test_nobody_in_conflict_takes_a_seat(world: World, chief: Visitor) -> None:
    world.person("Ben Okafor", Role.EDITOR)  # a co-author who is known to the report by address alone
    world.person("Rolf Reviewer", Role.EDITOR)
    report_id = submitted_report(world, coauthor="Ben Okafor")
    page = chief.open(f"/reports/{report_id}/assign")
    assert "Not availableIs an author of this report" in page.text
    for wrong, words in (
        (seats(world, "Ben Okafor", SECOND), "Ben Okafor is an author of this report"),
        (seats(world, HANDLING, HANDLING), "these are two people"),
        ({"handling_editor": "", "second_editor": world.people[SECOND]}, "Choose an editor from the list"),
    ):
        refused = chief.press("Assign", wrong)
        assert refused.status == 422
        assert words in refused.text
    with world.work(writes=False) as uow:
        report = uow.session.get_one(Report, report_id)
        assert report.handling_editor_id is report.second_editor_id is None
    chief.press("Assign", seats(world, HANDLING, SECOND))
    with world.work(writes=False) as uow:
        authors = uow.session.get_one(Report, report_id).involvement(frozenset()).authors
        assert world.people["Ben Okafor"] in authors, "the account is linked, so that the rules know the author"


def test_a_reviewer_takes_no_seat(world: World, chief: Visitor) -> None:
    world.person("Vera Lund", Role.EDITOR)
    report_id = reviewed_report(world, "Vera Lund")
    chief.open(f"/reports/{report_id}/assign")
    refused = chief.press("Assign", seats(world, HANDLING, "Vera Lund"))
    assert "Vera Lund reviews this report" in refused.text


def test_a_declared_conflict_frees_the_seat_for_good(world: World, chief: Visitor, second: Visitor) -> None:
    report_id = assigned_report(world)
    second.open(f"/reports/{report_id}/assign")
    second.press("I have a conflict: hand it back", {"reason": "We wrote a paper together."})
    assert second.open(f"/reports/{report_id}").status == 404
    with world.work(writes=False) as uow:
        assert uow.session.get_one(Report, report_id).second_editor_id is None
        conflict = uow.session.scalars(select(Conflict).where(Conflict.report_id == report_id)).one()
        assert b"paper" not in (conflict.reason or b"")
    page = chief.open(f"/reports/{report_id}/assign")
    assert "Declared a conflict of interest" in page.text
    world.run_jobs()
    assert "A report needs another editor" in {mail["subject"] for mail in world.mails(address_of(CHIEF))}


def test_the_desk_returns_or_declines_with_a_reason(world: World, chief: Visitor) -> None:
    returned, declined = submitted_report(world), submitted_report(world)
    chief.open(f"/reports/{returned}/desk")
    assert "Choose what happens" in chief.press("Tell the authors", {"reason": "No stopping rule."}).text
    chief.press("Tell the authors", {"act": "return"})
    assert stage_of(world, returned) is Stage.RETURNED
    chief.open(f"/reports/{declined}/desk")
    assert "Give the reason" in chief.press("Tell the authors", {"act": "desk_reject"}).text
    chief.press("Tell the authors", {"reason": "This is no empirical study."})
    assert stage_of(world, declined) is Stage.DESK_REJECTED
    world.run_jobs()
    told = "\n".join(mail["text"] for mail in world.mails(address_of(AUTHOR)))
    assert "No stopping rule." in told
    assert "This is no empirical study." in told


def test_a_flag_instead_of_a_review(world: World, handling: Visitor) -> None:
    report_id = assigned_report(world)
    handling.open(f"/reports/{report_id}/start")
    assert handling.press("Raise a flag").status == 422
    handling.press("Raise a flag", {"reason": "Section 4 is a recipe."})
    with world.work(writes=False) as uow:
        assert len(uow.session.scalars(select(HoldRow).where(HoldRow.report_id == report_id)).all()) == 1
    assert stage_of(world, report_id) is Stage.SUBMITTED


def test_notes_stay_among_editors(world: World, handling: Visitor, second: Visitor, author: Visitor) -> None:
    report_id = reviewed_report(world)
    handling.open(f"/reports/{report_id}/notes")
    assert handling.press("Keep the note").status == 422
    for _ in range(2):
        handling.open(f"/reports/{report_id}/notes")
        handling.press("Keep the note", {"body": "Reviewer A knows the field best."})
    assert second.open(f"/reports/{report_id}/notes").text.count("Reviewer A knows the field best.") == 1
    assert "knows the field" not in author.open(f"/reports/{report_id}").text


def test_the_report_leads_its_editor_in_chief_to_the_editors_page_and_the_letter_comes_from_nobody_asked(
    world: World, chief: Visitor
) -> None:
    report = submitted_report(world)
    chief.open(f"/reports/{report}")
    chief.follow("Assign editors")
    chief.press("Assign", seats(world, HANDLING, SECOND))
    world.clock.advance(minutes=1)
    world.run_jobs()
    for name in (HANDLING, SECOND):
        assert HANDLING not in world.mails(address_of(name))[-1]["text"].partition("\n")[2]
        assert "The editors" in world.mails(address_of(name))[-1]["text"]

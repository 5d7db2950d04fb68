"""Before review and beside it: who may look after a report, what the desk returns, flags and notes."""

from collections import Counter

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
    reviewed_report,
    submitted_report,
)
from tests.stories.worlds import World, address_of, stage_of
from workflows.people import Role
from workflows.stages import Stage


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
        ({"handling_editor": "", "second_editor": world.people[SECOND]}, "Choose a handling editor."),
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


def test_whoever_loses_a_seat_or_changes_it_is_told(world: World, chief: Visitor) -> None:
    world.person("Nils Ahlgren", Role.EDITOR)
    report_id = assigned_report(world)
    told = {name: subjects(world, name) for name in (HANDLING, SECOND, "Nils Ahlgren")}
    chief.open(f"/reports/{report_id}/assign")
    chief.press("Assign", seats(world, SECOND, "Nils Ahlgren"))
    assert subjects(world, HANDLING) - told[HANDLING] == Counter(["You no longer look after a report"])
    for name in (SECOND, "Nils Ahlgren"):
        assert subjects(world, name) - told[name] == Counter(["You are assigned to a report"])
    chief.open(f"/reports/{report_id}/assign")
    chief.press("Assign")
    assert subjects(world, SECOND) - told[SECOND] == Counter(["You are assigned to a report"]), "nothing changed"


def subjects(world: World, name: str) -> Counter[str]:
    world.run_jobs()
    return Counter(mail["subject"] for mail in world.mails(address_of(name)))


def test_the_desk_says_whose_turn_it_is_once_a_handling_editor_is_assigned(world: World, chief: Visitor) -> None:
    page = chief.open(f"/reports/{submitted_report(world)}/desk")
    assert "Your turn: look at the submission." in page.text
    page = chief.open(f"/reports/{assigned_report(world)}/desk")
    assert "Your turn" not in page.text
    assert f"Next: the handling editor. {HANDLING} screens the submission" in page.text
    assert "Tell the authors" in page.buttons()


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
    assert "Your turn: assign an editor to the free seat." in page.text
    assert "Declared a conflict of interest" in page.text
    world.run_jobs()
    assert "A report needs another editor" in {mail["subject"] for mail in world.mails(address_of(CHIEF))}


def test_a_seat_that_is_free_when_its_turn_comes_is_the_chiefs_to_fill(world: World, chief: Visitor) -> None:
    report_id = reviewed_report(world, "Rita Olsen", "Bo Tanaka")
    handling = world.signed_in(HANDLING)
    handling.open(f"/reports/{report_id}/assign")
    handling.press("I have a conflict: hand it back")
    page = chief.open(f"/reports/{report_id}")
    assert "Your turn: assign an editor to the free seat." in page.text
    assert page.link("Assign editors").endswith(f"/reports/{report_id}/assign")
    assert "You: assign an editor to the free seat" in chief.open("/queue").text


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

"""Officers withhold a report and let it go again; its own people read one sentence, everybody else finds nothing."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from journal.demonstration.visitor import Visitor
from storage.ledger import Verified, verify
from storage.rows.holds import HoldLift, HoldRow
from storage.rows.people import Person, RoleGrant
from storage.rows.reports import Report, ReportAuthor
from tests.stories.papers import (
    AUTHOR,
    CHIEF,
    FIRST_OFFICER,
    HANDLING,
    SECOND_OFFICER,
    jobs_asked,
    released,
    report_at,
)
from tests.stories.reports import TITLE
from tests.stories.second_factors import agree, give_app
from tests.stories.withholding import HAZARD, LEGAL, REASON, SECRET, case, flag, holds, letters, withhold, written
from tests.stories.worlds import World, address_of
from workflows.holds import HoldKind
from workflows.people import Role
from workflows.stages import Stage


def test_one_officer_withholds_at_once_and_two_let_go(world: World, officer: Visitor, other: Visitor) -> None:
    report_id = report_at(world, Stage.IN_REVIEW)
    before = written(world)
    officer.open(f"/reports/{report_id}")
    officer.follow("Withhold this report")
    page = officer.press("Withhold it now", HAZARD)
    assert "The report is withheld from this moment on." in page.text
    assert REASON in page.text
    assert letters(world, before) == [(address_of(SECOND_OFFICER), "A case has a new entry")]

    page = agree(world, officer, holds(world, report_id)[0].id, "It was patched.", by=FIRST_OFFICER)
    assert "waits for another officer" in page.text
    assert "Agree to lift it" not in page.buttons()
    assert holds(world, report_id)[0].ended_at is None
    page = other.open("/holds")
    assert "Waits for a second officer" in page.text
    other.follow(TITLE)
    other.open(case(report_id))
    assert "It was patched." in other.page.text
    page = agree(world, other, holds(world, report_id)[0].id, "I tried it: it is.", by=SECOND_OFFICER)
    assert "The hold has ended." in page.text
    ended = holds(world, report_id)[0]
    assert (ended.lifted_by, ended.seconded_by) == (world.people[FIRST_OFFICER], world.people[SECOND_OFFICER])
    assert report_id not in other.open("/holds").answer.body.decode()
    assert jobs_asked(world, "release", report_id) == []
    with world.work(writes=False) as uow:
        assert isinstance(verify(uow.session), Verified)
    subjects = letters(world, before)
    assert (address_of(SECOND_OFFICER), "A case waits for a second officer") in subjects
    assert (address_of(FIRST_OFFICER), "A case has changed") in subjects
    assert {to for to, _ in subjects} == {address_of(FIRST_OFFICER), address_of(SECOND_OFFICER)}
    assert not any(SECRET.search(subject) for _, subject in subjects if "officer" not in subject)


def test_the_placer_alone_cannot_lift(world: World, officer: Visitor) -> None:
    report_id = report_at(world, Stage.IN_REVIEW)
    officer.open(case(report_id))
    officer.press("Withhold it now", HAZARD)
    stale = officer.page
    row = holds(world, report_id)[0]
    agree(world, officer, row.id, "I was wrong.", by=FIRST_OFFICER)
    officer.page = stale
    again = agree(world, officer, row.id, "I was really wrong.", by=FIRST_OFFICER)
    assert again.status == 422
    assert "Another officer has to agree as well." in again.text
    assert holds(world, report_id)[0].ended_at is None
    me = world.people[FIRST_OFFICER]
    for changes in ({}, {"lifted_by": me}, {"lifted_by": me, "seconded_by": me}, {"became_id": row.id}):
        with world.work() as uow:
            found = uow.session.get_one(HoldRow, row.id)
            found.ended_at = uow.now
            for name, value in changes.items():
                setattr(found, name, value)
            with pytest.raises(IntegrityError):
                uow.session.flush()
    with world.work() as uow:
        for _ in range(2):
            who = world.people[SECOND_OFFICER]
            lift = HoldLift(id=uow.new_id("hold_lift"), hold_id=row.id, by=who, at=uow.now, reauthenticated_at=uow.now)
            uow.cabinet.put(uow.session.get_one(Report, report_id), lift, "reason", "x")
            uow.session.add(lift)
        with pytest.raises(IntegrityError, match="UNIQUE"):
            uow.session.flush()


@pytest.mark.thorough
def test_an_agreement_of_somebody_who_became_an_author_does_not_count(world: World, other: Visitor) -> None:
    report_id = report_at(world, Stage.IN_REVIEW)
    withhold(world, report_id, HoldKind.INFORMATION_HAZARD)
    third = world.signed_in("Olaf Officer")
    give_app(world, "Olaf Officer")
    with world.work() as uow:
        person = uow.session.get_one(Person, world.people["Olaf Officer"])
        person.grants.append(RoleGrant(id=uow.new_id("role_grant"), role=Role.OFFICER, granted_at=uow.now))
        uow.commit()
    row = holds(world, report_id)[0]
    third.open(case(report_id))
    agree(world, third, row.id, "Harmless.", by="Olaf Officer")
    with world.work() as uow:
        report = uow.session.get_one(Report, report_id)
        author = ReportAuthor(
            id=uow.new_id("report_author"),
            report_id=report_id,
            position=1,
            person_id=world.people["Olaf Officer"],
            email="olaf@example.org",
            consented_at=uow.now,
            details=report.authors[0].details,
        )
        report.authors.append(author)
        uow.commit()
    assert third.open(case(report_id)).status == 404
    assert report_id not in third.open("/holds").answer.body.decode()
    other.open(case(report_id))
    page = agree(world, other, row.id, "Harmless.", by=SECOND_OFFICER)
    assert "A second officer has to agree" in page.text
    assert holds(world, report_id)[0].ended_at is None
    with world.work() as uow:
        for grant in uow.session.scalars(select(RoleGrant).where(RoleGrant.person_id == world.people["Olaf Officer"])):
            uow.session.delete(grant)
        uow.commit()


def test_a_form_that_is_sent_twice_places_one_hold(world: World, officer: Visitor) -> None:
    report_id = report_at(world, Stage.IN_REVIEW)
    form = officer.open(case(report_id))
    officer.press("Withhold it now", HAZARD)
    officer.page = form
    assert officer.press("Withhold it now", HAZARD).status == 200
    assert len(holds(world, report_id)) == 1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"kind": ""}, "Choose why it is withheld."),
        ({"reason": " "}, "Say why. Only the officers"),
        ({"review_by": ""}, "Choose a date that lies ahead"),
        ({"review_by": "2026-12-31"}, "within 90 days"),
        ({"review_by": "soon"}, "2026-11-30"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_kept(
    world: World, officer: Visitor, changes: dict[str, str], words: str
) -> None:
    report_id = report_at(world, Stage.IN_REVIEW)
    officer.open(case(report_id))
    values = {**HAZARD, **changes}
    page = officer.press("Withhold it now", {name: value for name, value in values.items() if value or name != "kind"})
    assert page.status == 422
    assert words in page.text
    assert changes.get("reason", REASON).strip() in page.text
    assert holds(world, report_id) == []


def test_everything_missing_is_said_at_once_and_a_day_is_suggested(world: World, officer: Visitor) -> None:
    officer.open(case(report_at(world, Stage.IN_REVIEW)))
    page = officer.press("Withhold it now")
    assert "2 things need you" in page.text
    assert "date that lies ahead" not in page.text


def test_a_flag_becomes_a_hold_by_one_officer(world: World, officer: Visitor, visitors: dict[str, Visitor]) -> None:
    report_id = report_at(world, Stage.SUBMITTED)
    before = written(world)
    flag(world, report_id)
    told = letters(world, before)
    assert {to for to, _ in told} >= {address_of(FIRST_OFFICER), address_of(SECOND_OFFICER)}
    assert {subject for _, subject in told} == {"A report waits for an officer"}
    assert any(f"/reports/{report_id}/hold\n" in mail["text"] for mail in world.mails(address_of(FIRST_OFFICER)))
    page = officer.open("/holds")
    assert "Flagged: your answer is wanted" in page.text
    assert REASON in page.text
    assert visitors[CHIEF].open(f"/reports/{report_id}").status == 404
    officer.open(case(report_id))
    officer.press("Withhold it now", HAZARD)
    flagged, held = sorted(holds(world, report_id), key=lambda row: row.kind is HoldKind.INFORMATION_HAZARD)
    assert flagged.became_id == held.id
    assert held.ended_at is None


def test_a_flag_is_cleared_by_two_and_the_chief_can_assign_again(
    world: World, officer: Visitor, other: Visitor, visitors: dict[str, Visitor]
) -> None:
    report_id = report_at(world, Stage.SUBMITTED)
    flag(world, report_id)
    row = holds(world, report_id)[0]
    for who, name in ((officer, FIRST_OFFICER), (other, SECOND_OFFICER)):
        assert visitors[CHIEF].open(f"/reports/{report_id}").status == 404
        who.open(case(report_id))
        agree(world, who, row.id, "No uplift.", by=name)
    assert visitors[CHIEF].open(f"/reports/{report_id}").status == 200


def test_another_day_to_look_again(world: World, officer: Visitor) -> None:
    report_id = report_at(world, Stage.IN_REVIEW)
    withhold(world, report_id, HoldKind.LEGAL)
    row = holds(world, report_id)[0]
    officer.open(f"/reports/{report_id}")
    officer.follow("Open the case")
    officer.press("Set this day", {f"again-{row.id}-review_by": "2026-05-20"})
    assert holds(world, report_id)[0].review_by.isoformat().startswith("2026-05-21T11:59:59")  # type: ignore[union-attr]
    page = officer.press("Set this day", {f"again-{row.id}-review_by": "2026-01-20"})
    assert page.status == 422


def test_what_was_public_comes_down_at_once(world: World, officer: Visitor) -> None:
    report_id = report_at(world, Stage.PUBLISHED)
    released(world, report_id)
    page = officer.open(case(report_id))
    assert "This report is public." in page.text
    officer.press("Withhold it now", LEGAL)
    assert jobs_asked(world, "release", report_id) == [f"takedown/{report_id}"]


def test_an_editor_in_chief_withholds_for_a_legal_reason_and_then_it_is_the_officers(
    world: World, visitors: dict[str, Visitor]
) -> None:
    report_id = report_at(world, Stage.IN_REVIEW)
    chief = visitors[CHIEF]
    chief.open(f"/reports/{report_id}")
    page = chief.follow("Withhold this report")
    assert "information_hazard" not in page.answer.body.decode()
    page = chief.press("Withhold it now", {name: value for name, value in LEGAL.items() if name != "kind"})
    assert "withheld from this moment on" in page.text
    assert [row.kind for row in holds(world, report_id)] == [HoldKind.LEGAL]
    assert chief.open(f"/reports/{report_id}").status == 404
    assert chief.open(case(report_id)).status == 404


def test_a_handling_editor_puts_publication_off_and_ends_that(world: World, visitors: dict[str, Visitor]) -> None:
    report_id = report_at(world, Stage.TYPESET)
    editor = visitors[HANDLING]
    editor.open(f"/reports/{report_id}/proof")
    editor.follow("Put publication off until a day")
    values = {"embargo-embargo_until": "2026-06-01", "embargo-reason": "A press day."}
    assert "not published before" in editor.press("Put it off", values).text
    assert holds(world, report_id)[0].embargo_until.isoformat() == "2026-06-01T00:00:00+00:00"  # type: ignore[union-attr]
    editor.press("End it now")
    assert holds(world, report_id)[0].ended_at is not None
    past = editor.press("Put it off", {**values, "embargo-embargo_until": "2020-01-01"})
    assert past.status == 422
    out = report_at(world, Stage.PUBLISHED)
    assert "Put it off" not in editor.open(case(out)).buttons()


def test_an_author_finds_no_case_whatever_withholds_the_report(world: World, visitors: dict[str, Visitor]) -> None:
    """Their own embargo stands on the page of settings, and is ended there."""
    report_id = report_at(world, Stage.READY)
    author = visitors[AUTHOR]
    assert author.open(case(report_id)).status == 404
    for kind in HoldKind:
        withhold(world, report_id, kind)
        assert author.open(case(report_id)).status == 404
    author.open(f"/reports/{report_id}/settings")
    author.press("End the embargo today")
    assert {row.kind for row in holds(world, report_id) if row.ended_at is None} == {*HoldKind} - {
        HoldKind.AUTHOR_EMBARGO
    }

"""In an emergency a recused officer or an editor-in-chief reads what is kept from them, for four hours, and all
officers know.
"""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from journal.demonstration.visitor import Visitor
from storage.ledger import Verified, verify
from storage.rows.manuscripts import FileKind, ManuscriptFile
from storage.rows.readings import EmergencyReading, Reading
from storage.rows.reports import Conflict, Report
from tests.stories.papers import (
    AUTHOR,
    CHIEF,
    FIRST_OFFICER,
    HANDLING,
    REVIEWER,
    SECOND_OFFICER,
    report_at,
)
from tests.stories.reports import TITLE
from tests.stories.withholding import REASON, SECRET, case, holds, letters, withhold, written
from tests.stories.worlds import World, address_of
from workflows.holds import HoldKind
from workflows.stages import Stage

WHY = {"reason": "A newspaper has the text."}
OPEN_IT = "Open it to read, for four hours"
NOBODY = "a" * 26


def held(world: World, kind: HoldKind = HoldKind.INFORMATION_HAZARD) -> str:
    report_id = report_at(world, Stage.IN_REVIEW)
    withhold(world, report_id, kind)
    return report_id


def openings(world: World, report_id: str) -> list[EmergencyReading]:
    with world.work(writes=False) as uow:
        return list(uow.session.scalars(select(EmergencyReading).where(EmergencyReading.report_id == report_id)))


def upload(world: World, report_id: str) -> str:
    with world.work() as uow:
        report = uow.session.get_one(Report, report_id)
        kept = uow.cabinet.deposit(report, b"# The plan")
        row = ManuscriptFile(
            id=uow.new_id("file"),
            report_id=report_id,
            for_stage=1,
            kind=FileKind.MANUSCRIPT,
            name="manuscript.md",
            media_type="text/markdown",
            sha256=kept.sha256,
            size=kept.size,
            vault_name=kept.name,
            uploaded_at=uow.now,
        )
        uow.session.add(row)
        uow.commit()
        return row.id


def recuse(world: World, report_id: str, name: str) -> None:
    with world.work() as uow:
        conflict = Conflict(
            id=uow.new_id("conflict"), report_id=report_id, person_id=world.people[name], declared_at=uow.now
        )
        uow.session.add(conflict)
        uow.commit()


def test_the_chief_opens_it_reads_and_is_looked_at(
    world: World, visitors: dict[str, Visitor], officer: Visitor, other: Visitor
) -> None:
    report_id = held(world)
    file_id = upload(world, report_id)
    before = written(world)
    chief = visitors[CHIEF]
    page = chief.open(case(report_id))
    assert page.status == 404
    page = chief.press(OPEN_IT, {"reason": " "})
    assert page.status == 422
    assert "Say what the emergency is." in page.text
    page = chief.press(OPEN_IT, WHY)
    assert TITLE in page.text
    assert REASON not in page.text
    assert chief.open(case(report_id)).title == "Read in an emergency"
    assert chief.open(f"{case(report_id)}/emergency/files/{file_id}").answer.body == b"# The plan"
    assert set(letters(world, before)) == {
        (address_of(name), "A case was opened in an emergency") for name in (FIRST_OFFICER, SECOND_OFFICER)
    }
    with world.work(writes=False) as uow:
        rows = uow.session.scalars(select(Reading).where(Reading.report_id == report_id))
        read = {(row.reader, row.page, row.read_as) for row in rows}
        assert isinstance(verify(uow.session), Verified)
    pages = {"holds.emergency", "holds.emergency_file"}
    assert read == {(world.people[CHIEF], page, "emergency") for page in pages}

    page = officer.open("/holds")
    assert "Opened in an emergency: look at it" in page.text
    officer.open(case(report_id))
    assert WHY["reason"] in officer.page.text
    (opening,) = openings(world, report_id)
    look = f"look-{opening.id}-answer"
    assert officer.press("I have looked at it", {look: ""}).status == 422
    officer.press("I have looked at it", {look: "It was right."})
    assert "It was right." in officer.open(case(report_id)).text
    assert "Opened in an emergency: look at it" not in other.open("/holds").text


def test_it_closes_by_itself_after_four_hours(world: World, visitors: dict[str, Visitor]) -> None:
    report_id = held(world)
    file_id = upload(world, report_id)
    chief = visitors[CHIEF]
    chief.open(case(report_id))
    chief.press(OPEN_IT, WHY)
    world.clock.advance(hours=4, seconds=-1)
    assert chief.open(f"{case(report_id)}/emergency").status == 200
    world.clock.advance(seconds=1)
    for address in (f"{case(report_id)}/emergency", f"{case(report_id)}/emergency/files/{file_id}"):
        assert chief.open(address).status == 404
    assert chief.open(case(report_id)).title == "There is no such page"


def test_it_opens_nothing_else_and_lifts_nothing(world: World, visitors: dict[str, Visitor]) -> None:
    report_id = held(world)
    chief = visitors[CHIEF]
    chief.open(case(report_id))
    chief.press(OPEN_IT, WHY)
    token = chief.page.tree.xpath("//input[@name='csrf_token']/@value")[0]
    for page in ("", "/assign", "/reviews", "/notes", "/protocol/read"):
        assert chief.open(f"/reports/{report_id}{page}").status == 404
    for address in (f"{case(report_id)}/{holds(world, report_id)[0].id}/lift", case(report_id)):
        assert chief._post(address, [("csrf_token", token)], multipart=False).status == 404  # noqa: SLF001 - forged
    assert report_id not in chief.open("/queue").answer.body.decode()


def test_a_recused_officer_opens_it_and_does_not_look_at_it_themselves(
    world: World, officer: Visitor, other: Visitor
) -> None:
    report_id = held(world)
    recuse(world, report_id, SECOND_OFFICER)
    other.open(case(report_id))
    assert TITLE in other.press(OPEN_IT, WHY).text
    (opening,) = openings(world, report_id)
    assert report_id not in other.open("/holds").answer.body.decode()
    token = other.page.tree.xpath("//input[@name='csrf_token']/@value")[0]
    forged = [("csrf_token", token), (f"look-{opening.id}-answer", "Fine.")]
    address = f"{case(report_id)}/emergency/{opening.id}"
    assert other._post(address, forged, multipart=False).status == 404  # noqa: SLF001 - a forged form
    assert report_id in officer.open("/holds").answer.body.decode()
    with world.work() as uow:
        row = uow.session.get_one(EmergencyReading, opening.id)
        row.reviewed_by, row.reviewed_at = row.opened_by, uow.now
        with pytest.raises(IntegrityError):
            uow.session.flush()


def test_missing_and_forbidden_are_one_page(world: World, visitors: dict[str, Visitor]) -> None:
    report_id, plain = held(world), report_at(world, Stage.DRAFT)
    chief = visitors[CHIEF]

    def seen(report: str) -> tuple[int, str]:
        page = chief.open(case(report))
        return page.status, page.answer.body.decode().replace(report, "").split("csrf_token")[0]

    assert seen(report_id) == seen(NOBODY)
    chief.open(case(NOBODY))
    page = chief.press(OPEN_IT, WHY)
    assert page.status == 404
    assert "Nothing that you could open is withheld" in page.text
    assert openings(world, NOBODY) == []
    assert openings(world, plain) == []


@pytest.mark.parametrize("name", [AUTHOR, REVIEWER, HANDLING, "Una Stranger"])
def test_nobody_else_may_ask(world: World, visitors: dict[str, Visitor], name: str) -> None:
    report_id = held(world)
    visitor = visitors.get(name) or world.signed_in(name)
    assert OPEN_IT not in visitor.open(case(report_id)).buttons()
    token = visitor.open("/studies").tree.xpath("//input[@name='csrf_token']/@value")[0]
    forged = [("csrf_token", token), ("reason", "x")]
    address = f"{case(report_id)}/emergency"
    assert visitor._post(address, forged, multipart=False).status == 404  # noqa: SLF001 - a forged form
    assert visitor.open(address).status == 404
    assert openings(world, report_id) == []


def test_sent_twice_it_is_one_opening(world: World, visitors: dict[str, Visitor]) -> None:
    report_id = held(world)
    form = visitors[CHIEF].open(case(report_id))
    for _ in range(2):
        visitors[CHIEF].page = form
        assert visitors[CHIEF].press(OPEN_IT, WHY).status == 200
    assert len(openings(world, report_id)) == 1


@pytest.mark.parametrize("looked", [True, False])
def test_after_a_day_officers_are_reminded_unless_one_has_looked(
    world: World, visitors: dict[str, Visitor], officer: Visitor, *, looked: bool
) -> None:
    report_id = held(world)
    visitors[CHIEF].open(case(report_id))
    visitors[CHIEF].press(OPEN_IT, WHY)
    written(world)
    if looked:
        officer.open(case(report_id))
        answer = {f"look-{openings(world, report_id)[0].id}-answer": "It was right."}
        officer.press("I have looked at it", answer)
    before = written(world)
    world.clock.advance(hours=24)
    found = [letter for letter in letters(world, before) if letter[1].startswith("Overdue")]
    mine = [
        mail for mail in world.mails(address_of(FIRST_OFFICER))
        if mail["subject"].startswith("Overdue") and report_id in mail["text"]
    ]  # fmt: skip
    assert bool(mine) is not looked
    assert not any(SECRET.search(subject) for _, subject in found)

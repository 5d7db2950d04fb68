"""Officers withhold a report and let it go again; its own people read one sentence, everybody else finds nothing."""

import re
from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.exc import IntegrityError

from journal.demonstration.visitor import Visitor
from journal.dossier.access import open_report
from journal.dossier.holding import place, raise_flag
from storage.ledger import Verified, verify
from storage.rows.holds import HoldLift, HoldRow
from storage.rows.people import Person, RoleGrant
from storage.rows.reports import Report, ReportAuthor
from tests.stories.papers import (
    AUTHOR,
    CHIEF,
    FIRST_OFFICER,
    HANDLING,
    REVIEWER,
    SECOND,
    SECOND_OFFICER,
    jobs_asked,
    journal_of_people,
    released,
    report_at,
    stage_of,
    typeset,
)
from tests.stories.reports import TITLE
from tests.stories.worlds import World, address_of, make_world
from workflows.holds import NEUTRAL_SENTENCE, Hold, HoldKind, Scope
from workflows.people import Capacity, Role
from workflows.stages import Stage

REASON = "Section 4 names prompts that still work."
HAZARD = {"kind": "information_hazard", "scope": "existence", "reason": REASON, "review_by": "2026-04-01"}
LEGAL = {**HAZARD, "kind": "legal"}
SECRET = re.compile(r"hold|flag|hazard|embargo|withh|officer", re.IGNORECASE)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    made = make_world(tmp_path_factory.mktemp("holds"))
    journal_of_people(made)
    return made


@pytest.fixture(scope="module")
def visitors(world: World) -> dict[str, Visitor]:
    """Everybody, signed in once."""
    return {name: world.signed_in(name) for name in world.people}


@pytest.fixture
def officer(visitors: dict[str, Visitor]) -> Visitor:
    return visitors[FIRST_OFFICER]


@pytest.fixture
def other(visitors: dict[str, Visitor]) -> Visitor:
    return visitors[SECOND_OFFICER]


def case(report_id: str) -> str:
    return f"/reports/{report_id}/hold"


def holds(world: World, report_id: str) -> list[HoldRow]:
    with world.work(writes=False) as uow:
        return list(uow.session.scalars(select(HoldRow).where(HoldRow.report_id == report_id)))


def flag(world: World, report_id: str, *, by: str = AUTHOR, capacity: Capacity = Capacity.AUTHOR) -> None:
    with world.work(world.actor(by)) as uow:
        opened = open_report(uow, report_id)
        assert opened
        assert isinstance(raise_flag(uow, opened, capacity=capacity, reason=REASON), HoldRow)
        uow.commit()


def withhold(world: World, report_id: str, kind: HoldKind) -> None:
    """A hold of any kind, by whoever places such."""
    by, capacity = {
        HoldKind.AUTHOR_EMBARGO: (AUTHOR, Capacity.CORRESPONDING_AUTHOR),
        HoldKind.PRODUCTION_EMBARGO: (HANDLING, Capacity.HANDLING_EDITOR),
    }.get(kind, (FIRST_OFFICER, Capacity.OFFICER))
    with world.work(world.actor(by)) as uow:
        opened = open_report(uow, report_id)
        assert opened
        soon = uow.now + timedelta(days=20)
        dates = {"embargo_until": soon} if kind.opens_by_date else {"review_by": soon}
        hold = Hold(kind=kind, scope=Scope.EXISTENCE, placed_by=world.people[by], placed_at=uow.now, **dates)
        assert isinstance(place(uow, opened, hold, capacity=capacity, reason=REASON), HoldRow)
        uow.commit()


def written(world: World) -> Counter[tuple[str, str]]:
    """Address and subject of each letter, once all that were asked for are written. The clock stands: no order."""
    world.run_jobs()
    return Counter((mail["to"], mail["subject"]) for mail in world.mails())


def letters(world: World, before: Counter[tuple[str, str]]) -> list[tuple[str, str]]:
    """Who was written to since, and the subject."""
    return list((written(world) - before).elements())


def test_one_officer_withholds_at_once_and_two_let_go(world: World, officer: Visitor, other: Visitor) -> None:
    report_id = report_at(world, Stage.IN_REVIEW)
    before = written(world)
    officer.open(f"/reports/{report_id}")
    officer.follow("Withhold this report")
    page = officer.press("Withhold it now", HAZARD)
    assert "The report is withheld from this moment on." in page.text
    assert REASON in page.text
    assert letters(world, before) == [(address_of(SECOND_OFFICER), "A case has a new entry")]

    page = officer.press("Agree to lift it", {f"lift-{holds(world, report_id)[0].id}-reason": "It was patched."})
    assert "waits for another officer" in page.text
    assert "Agree to lift it" not in page.buttons()
    assert holds(world, report_id)[0].ended_at is None
    page = other.open("/holds")
    assert "Waits for a second officer" in page.text
    other.follow(TITLE)
    other.open(case(report_id))
    assert "It was patched." in other.page.text
    page = other.press("Agree to lift it", {f"lift-{holds(world, report_id)[0].id}-reason": "I tried it: it is."})
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
    officer.press("Agree to lift it", {f"lift-{row.id}-reason": "I was wrong."})
    officer.page = stale
    again = officer.press("Agree to lift it", {f"lift-{row.id}-reason": "I was really wrong."})
    assert again.status == 422
    assert "Another officer has to agree as well." in again.text
    assert holds(world, report_id)[0].ended_at is None
    me = world.people[FIRST_OFFICER]
    for changes in ({}, {"lifted_by": me}, {"lifted_by": me, "seconded_by": me}, {"became_id": row.id}):
        with world.work() as uow, pytest.raises(IntegrityError):
            found = uow.session.get_one(HoldRow, row.id)
            found.ended_at = uow.now
            for name, value in changes.items():
                setattr(found, name, value)
            uow.session.flush()
    with world.work() as uow, pytest.raises(IntegrityError):
        for _ in range(2):
            lift = HoldLift(id=uow.new_id("hold_lift"), hold_id=row.id, by=world.people[SECOND_OFFICER], at=uow.now)
            uow.cabinet.put(uow.session.get_one(Report, report_id), lift, "reason", "x")
            uow.session.add(lift)
        uow.session.flush()


def test_an_agreement_of_somebody_who_became_an_author_does_not_count(world: World, other: Visitor) -> None:
    report_id = report_at(world, Stage.IN_REVIEW)
    withhold(world, report_id, HoldKind.INFORMATION_HAZARD)
    third = world.signed_in("Olaf Officer")
    with world.work() as uow:
        person = uow.session.get_one(Person, world.people["Olaf Officer"])
        person.grants.append(RoleGrant(id=uow.new_id("role_grant"), role=Role.OFFICER, granted_at=uow.now))
        uow.commit()
    row = holds(world, report_id)[0]
    third.open(case(report_id))
    third.press("Agree to lift it", {f"lift-{row.id}-reason": "Harmless."})
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
    page = other.press("Agree to lift it", {f"lift-{row.id}-reason": "Harmless."})
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
        ({"kind": ""}, "Say why it is withheld."),
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
    for who in (officer, other):
        assert visitors[CHIEF].open(f"/reports/{report_id}").status == 404
        who.open(case(report_id))
        who.press("Agree to clear it", {f"lift-{row.id}-reason": "No uplift."})
    assert visitors[CHIEF].open(f"/reports/{report_id}").status == 200


def test_another_day_to_look_again(world: World, officer: Visitor) -> None:
    report_id = report_at(world, Stage.IN_REVIEW)
    withhold(world, report_id, HoldKind.LEGAL)
    row = holds(world, report_id)[0]
    officer.open(case(report_id))
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


def test_an_author_ends_their_own_embargo_and_sees_no_other_hold(world: World, visitors: dict[str, Visitor]) -> None:
    report_id = report_at(world, Stage.READY)
    author = visitors[AUTHOR]
    assert author.open(case(report_id)).status == 404
    withhold(world, report_id, HoldKind.INFORMATION_HAZARD)
    assert author.open(case(report_id)).status == 404
    withhold(world, report_id, HoldKind.AUTHOR_EMBARGO)
    page = author.open(case(report_id))
    assert "hazard" not in page.text.replace("Authors' embargo", "")
    page = author.press("End it now")
    assert page.title == TITLE
    assert {row.kind: row.ended_at is not None for row in holds(world, report_id)} == {
        HoldKind.INFORMATION_HAZARD: False,
        HoldKind.AUTHOR_EMBARGO: True,
    }


def test_an_officer_who_is_an_author_is_only_that(world: World, officer: Visitor, other: Visitor) -> None:
    own = report_at(world, Stage.IN_REVIEW, author=FIRST_OFFICER)
    flag(world, own, by=FIRST_OFFICER)
    assert officer.open(case(own)).status == 404
    assert own not in officer.open("/holds").answer.body.decode()
    assert own in other.open("/holds").answer.body.decode()
    page = other.open(case(own))
    assert "No second officer is free." in page.text
    row = holds(world, own)[0]
    other.press("Agree to clear it", {f"lift-{row.id}-reason": "No."})
    for address in (f"{case(own)}/{row.id}/lift", case(own), f"{case(own)}/{row.id}/again"):
        assert _posted(officer, address) == 404
    assert len(holds(world, own)) == 1
    assert holds(world, own)[0].ended_at is None


def test_a_hold_of_one_report_is_not_reached_through_another(world: World, officer: Visitor) -> None:
    mine, theirs = report_at(world, Stage.IN_REVIEW), report_at(world, Stage.IN_REVIEW)
    withhold(world, theirs, HoldKind.LEGAL)
    row = holds(world, theirs)[0]
    officer.open(case(mine))
    assert _posted(officer, f"{case(mine)}/{row.id}/lift") == 404


def _posted(visitor: Visitor, address: str) -> int:
    """What a form made up for `address` is answered, sent with the token of a page of theirs."""
    token = visitor.open("/studies").tree.xpath("//input[@name='csrf_token']/@value")[0]
    return visitor._post(address, [("csrf_token", token)], multipart=False).status  # noqa: SLF001 - a forged form


_VOLATILE = re.compile(rb'name="csrf_token" value="[^"]*"')


def _seen(visitor: Visitor, address: str, report_id: str) -> bytes:
    body = visitor.open(address).answer.body
    return _VOLATILE.sub(b"", body).replace(report_id.encode(), b"REPORT")


@pytest.mark.parametrize("name", [AUTHOR, HANDLING, SECOND, REVIEWER])
def test_its_people_read_the_same_bytes_whatever_the_kind(
    world: World, visitors: dict[str, Visitor], name: str
) -> None:
    visitor = visitors[name]
    pages: dict[str, set[bytes]] = {"": set(), "/proof": set(), "/retraction": set()}
    for kind in HoldKind:
        report_id = report_at(world, Stage.TYPESET)
        typeset(world, report_id)
        for end in pages:
            free = _seen(visitor, f"/reports/{report_id}{end}", report_id)
            if end == "":
                assert NEUTRAL_SENTENCE.encode() not in free
                usual = SECRET.findall(free.decode())
        withhold(world, report_id, kind)
        for end, seen in pages.items():
            seen.add(_seen(visitor, f"/reports/{report_id}{end}", report_id))
    assert [len(seen) for seen in pages.values()] == [1, 1, 1]
    (report_page,) = pages[""]
    assert NEUTRAL_SENTENCE.encode() in report_page
    assert SECRET.findall(report_page.decode()) == usual


def test_nobody_else_finds_the_queue_or_the_case(world: World, visitors: dict[str, Visitor]) -> None:
    report_id = report_at(world, Stage.IN_REVIEW)
    withhold(world, report_id, HoldKind.INFORMATION_HAZARD)
    missing = visitors[AUTHOR].open(f"/reports/{'a' * 26}/hold").text
    for name in (AUTHOR, SECOND, REVIEWER, CHIEF):
        page = visitors[name].open(case(report_id))
        assert page.status == 404
        assert visitors[name].open("/holds").status == 404
        if name == AUTHOR:
            assert page.text == missing
    assert visitors[HANDLING].open("/holds").status == 404
    assert "hazard" not in visitors[HANDLING].open(case(report_id)).text.lower()


def test_a_hold_in_one_tab_and_an_approval_in_another_both_count(
    world: World, officer: Visitor, visitors: dict[str, Visitor]
) -> None:
    report_id = report_at(world, Stage.PROOF)
    typeset(world, report_id)
    author = visitors[AUTHOR]
    author.open(f"/reports/{report_id}/proof")
    officer.open(case(report_id))
    officer.press("Withhold it now", HAZARD)
    page = author.press("Approve the proof")
    assert page.status == 200
    assert NEUTRAL_SENTENCE in page.text
    assert stage_of(world, report_id) is Stage.READY
    assert holds(world, report_id)[0].ended_at is None


def test_reading_the_queue_asks_as_often_for_many_as_for_one(world: World, officer: Visitor) -> None:
    asked: list[str] = []
    event.listen(world.resources.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    officer.open("/holds")
    assert 0 < len([each for each in asked if each.lstrip().startswith("SELECT")]) <= 14


def test_the_folder_of_mails_names_no_study(world: World) -> None:
    world.run_jobs()
    told = [mail for mail in world.mails() if mail["to"] in {address_of(FIRST_OFFICER), address_of(SECOND_OFFICER)}]
    assert told
    assert not any(TITLE in mail["text"] or REASON in mail["text"] or HANDLING in mail["text"] for mail in told)

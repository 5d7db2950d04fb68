"""Writing a review: kept as it is typed, sent once, read by whom it is for; a hold in between loses nothing."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from journal.demonstration.visitor import Visitor
from journal.dossier.access import view
from journal.dossier.holding import place
from journal.people import grant_at_set_up
from storage.rows.holds import HoldRow
from storage.rows.people import Person
from storage.rows.reports import Conflict, Report
from storage.rows.reviewing import JudgementRow, PointRow, Review, Round
from tests.stories.reports import TITLE
from tests.stories.reviewing import (
    AUTHOR,
    HANDLING,
    POINT,
    accepted,
    invite,
    judged,
    link_in_mail,
    put_at,
    report_in_review,
    send_review,
)
from tests.stories.withheld import lift
from tests.stories.worlds import World, make_world
from workflows.holds import NEUTRAL_SENTENCE, Hold, HoldKind, Scope
from workflows.people import Actor, Capacity, Role
from workflows.stages import Stage

ROSA, CLAIM = "rosa@example.net", POINT["points-0-claim"]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> World:
    world = make_world(Path(tmp_path_factory.mktemp("world")))
    world.person(AUTHOR)
    world.person(HANDLING, Role.EDITOR)
    return world


@pytest.fixture(scope="module")
def editor(shared: World) -> Visitor:
    return shared.signed_in(HANDLING)


@pytest.fixture(scope="module")
def author(shared: World) -> Visitor:
    return shared.signed_in(AUTHOR)


@pytest.fixture
def report_id(shared: World) -> str:
    return report_in_review(shared)


def kept(world: World, report_id: str) -> list[Review]:
    with world.work(writes=False) as uow:
        return list(uow.session.scalars(select(Review).where(Review.report_id == report_id)))


def count(world: World, kind: type[JudgementRow | PointRow], report_id: str) -> int:
    with world.work(writes=False) as uow:
        return len(uow.session.scalars(select(kind).where(kind.report_id == report_id)).all())


def typed_in(visitor: Visitor, name: str) -> str:
    found = visitor.page.tree.xpath(f"//*[@name='{name}']")[0]
    return str(found.text_content() if found.tag == "textarea" else found.get("value") or "").strip()


def hold(world: World, report_id: str) -> None:
    officer = world.people.get("Olga Officer") or world.person("Olga Officer", Role.OFFICER)
    with world.work(Actor(person=officer, roles=frozenset({Role.OFFICER}))) as uow:
        opened = view(uow, uow.session.get_one(Report, report_id), uow.actor)
        wanted = Hold(
            kind=HoldKind.INFORMATION_HAZARD,
            scope=Scope.EXISTENCE,
            placed_by=officer,
            placed_at=uow.now,
            review_by=uow.now + timedelta(days=30),
        )
        assert isinstance(place(uow, opened, wanted, capacity=Capacity.OFFICER, reason="A recipe."), HoldRow)
        uow.commit()


def test_a_review_is_written_beside_the_plan_and_sent_once(shared: World, editor: Visitor) -> None:
    report_id = report_in_review(shared, manuscript=True)
    guest, link = accepted(shared, editor, report_id, ROSA, "Rosa Lind")
    page = guest.follow("Read and review")
    assert "We run 400 requests in each of four languages" in page.text
    assert "A refusal in one language is no refusal in another." in page.text
    page = send_review(guest, link, confidential="I doubt that they can do it.")
    assert "Your review is sent. Thank you." in page.text
    assert CLAIM in page.text
    assert "Send your review" not in page.buttons()
    body = urlencode({"send": "1", "csrf_token": page.tree.xpath("string(//input[@name='csrf_token']/@value)")})
    again = guest._transport.send(  # noqa: SLF001 - the form sent a second time, as a browser's reload does
        "POST", f"{link}/form", body=body.encode(), media_type="application/x-www-form-urlencoded"
    )
    assert again.status == 303
    assert (count(shared, JudgementRow, report_id), count(shared, PointRow, report_id)) == (5, 1)
    shared.run_jobs()
    assert [mail["subject"] for mail in shared.mails(ROSA)].count("Your review has arrived") == 1
    seen = editor.open(f"/reports/{report_id}/reviews").text
    for words in ("Rosa Lind", CLAIM, "The bootstrap is wrong.", "I doubt that they can do it."):
        assert words in seen


def test_what_is_missing_stands_beside_its_field_and_the_draft_is_kept(
    shared: World, editor: Visitor, report_id: str
) -> None:
    guest, link = accepted(shared, editor, report_id, ROSA)
    guest.open(f"{link}/form")
    guest.press("Add a point")
    lacking = {"points-0-why": "", "judgement-1A": "not_met", "disclosure": ""}
    page = guest.press("Send your review", judged() | POINT | lacking)
    for field in ("points-0-why", "judgement-1A-reason", "disclosure"):
        assert page.tree.xpath(f"//*[@id='{field}-error']"), field
        assert page.tree.xpath(f"//*[@class='errors']//a[@href='#{field}']"), field
    assert count(shared, PointRow, report_id) == 0
    guest.open(f"{link}/form")
    assert typed_in(guest, "points-0-claim") == CLAIM


def test_points_are_added_moved_and_removed_without_a_script(shared: World, editor: Visitor, report_id: str) -> None:
    guest, link = accepted(shared, editor, report_id, ROSA)
    guest.open(f"{link}/form")
    guest.press("Add a point")
    guest.press("Add a point", {"points-0-claim": "First."})
    guest.press("Save", {"points-1-claim": "Second.", "confidential": "Between us."})
    guest.press("down:points:0")
    assert (typed_in(guest, "points-0-claim"), typed_in(guest, "points-1-claim")) == ("Second.", "First.")
    guest.press("remove:points:0")
    assert typed_in(guest, "points-0-claim") == "First."
    assert typed_in(guest, "confidential") == "Between us."


def test_typing_is_saved_and_two_tabs_never_overwrite_each_other(
    shared: World, editor: Visitor, report_id: str
) -> None:
    guest, link = accepted(shared, editor, report_id, ROSA)
    page = guest.open(f"{link}/form")
    fields = dict(page.tree.forms[0].form_values())
    with shared.app.test_client() as tab:
        token = tab.get(link).get_data(as_text=True).split('name="csrf_token" value="')[1].split('"')[0]
        sent = fields | {"csrf_token": token, "confidential": "Typed.", "version": typed_in(guest, "version")}
        saved = tab.post(f"{link}/form", data=sent, headers={"HX-Request": "true"})
        assert (saved.status_code, "Draft saved" in saved.get_data(as_text=True)) == (200, True)
        late = tab.post(f"{link}/form", data=sent | {"confidential": "Other."}, headers={"HX-Request": "true"})
        assert late.status_code == 409
        assert typed_in(guest, "version") in late.get_data(as_text=True)
    page = guest.press("Save", {"confidential": "From the other tab."})
    assert page.status == 409
    assert typed_in(guest, "confidential") == "From the other tab."
    assert "Nothing was overwritten" in page.text
    guest.open(f"{link}/form")
    assert typed_in(guest, "confidential") == "Typed."


def test_what_another_tab_sends_after_the_review_is_refused_and_stands_there_to_be_copied(
    shared: World, editor: Visitor, report_id: str
) -> None:
    guest, link = accepted(shared, editor, report_id, ROSA)
    send_review(guest, link, disclosure="None.")
    token = guest.page.tree.xpath("string(//input[@name='csrf_token']/@value)")
    late = {"save": "1", "csrf_token": token, "confidential": "One thing more.", "version": "0"}
    guest._post(f"{link}/form", list(late.items()), multipart=False)  # noqa: SLF001 - the form of the other tab
    assert guest.page.status == 409
    assert "This was sent meanwhile" in guest.page.text
    assert "kept with your draft" not in guest.page.text
    assert typed_in(guest, "confidential") == "One thing more."
    assert {"Save", "Send your review"}.isdisjoint(guest.page.buttons())
    assert "One thing more." not in guest.open(f"{link}/form").text


def test_a_hold_in_between_says_one_sentence_and_loses_nothing(shared: World, editor: Visitor, report_id: str) -> None:
    guest, link = accepted(shared, editor, report_id, ROSA)
    invite(editor, report_id, "late@example.net")
    asked, asked_link = shared.visitor(), link_in_mail(shared, "late@example.net")
    guest.open(f"{link}/form")
    hold(shared, report_id)
    page = guest.press("Save", {"confidential": "Half a thought."})
    assert NEUTRAL_SENTENCE in page.text
    assert "What you wrote is kept" in page.text
    for visitor, address in ((guest, link), (asked, asked_link)):
        told = visitor.open(address)
        assert NEUTRAL_SENTENCE in told.text
        assert "Accept and read" not in told.buttons()
        assert TITLE not in told.text
    with shared.work(writes=False) as uow:
        row = uow.session.scalars(select(HoldRow).where(HoldRow.report_id == report_id)).one()
    lift(shared, row.id)
    shared.clock.advance(minutes=1)
    guest.open(f"{link}/form")
    assert typed_in(guest, "confidential") == "Half a thought."


def test_a_reviewer_who_worries_withholds_the_report(shared: World, editor: Visitor, report_id: str) -> None:
    guest, link = accepted(shared, editor, report_id, ROSA)
    guest.open(f"{link}/form")
    guest.follow("This worries me")
    assert guest.press("Withhold it and tell the officers", {"reason": ""}).status == 422
    page = guest.press("Withhold it and tell the officers", {"reason": "It is a recipe."})
    assert NEUTRAL_SENTENCE in page.text
    with shared.work(writes=False) as uow:
        row = uow.session.scalars(select(HoldRow).where(HoldRow.report_id == report_id)).one()
        assert (row.kind, row.placed_as) == (HoldKind.TRIAGE_FLAG, Capacity.REVIEWER)


def test_an_account_with_the_invited_address_reviews_without_the_link(
    shared: World, editor: Visitor, report_id: str
) -> None:
    reviewer = shared.signed_in("Rosalind Account")
    assert reviewer.open(f"/reports/{report_id}/review").status == 404
    accepted(shared, editor, report_id, "rosalind@example.org")
    page = reviewer.open(f"/reports/{report_id}/review")
    assert page.title == TITLE
    assert "Send your review" in page.buttons()


def test_authors_are_asked_answer_and_the_editor_upholds(
    shared: World, editor: Visitor, author: Visitor, report_id: str
) -> None:
    guest, link = accepted(shared, editor, report_id, ROSA, "Rosa Lind")
    assert "Ask the authors for answers now" not in editor.open(f"/reports/{report_id}/reviews").buttons()
    send_review(guest, link, confidential="Only for you.")
    assert CLAIM not in author.open(f"/reports/{report_id}/reviews").text
    editor.open(f"/reports/{report_id}/reviews")
    assert "Uphold" not in editor.page.buttons()
    editor.press("Ask the authors for answers now")
    seen = author.open(f"/reports/{report_id}/reviews").text
    assert CLAIM in seen
    assert "Reviewer A" in seen
    assert "Rosa" not in seen
    assert "Only for you." not in seen
    page = author.open(f"/reports/{report_id}/answers")
    assert "2 of 2 still to answer" in page.text
    boxes = page.tree.xpath("//textarea/@name")
    author.press("Save, and tell the editor", {boxes[0]: "We shall bootstrap over families."})
    assert "1 still without an answer" in author.page.text
    assert "We shall bootstrap over families." not in editor.open(f"/reports/{report_id}/reviews").text
    boxes = author.page.tree.xpath("//textarea/@name")
    author.press("Save, and tell the editor", dict.fromkeys(boxes, "We shall bootstrap over families."))
    shared.run_jobs()
    assert "The authors have answered" in {mail["subject"] for mail in shared.mails("ines@example.org")}
    editor.open(f"/reports/{report_id}/reviews")
    assert "We shall bootstrap over families." in editor.page.text
    assert "Upheld" in editor.press("Uphold").text
    with shared.work(writes=False) as uow:
        rows = uow.session.scalars(select(JudgementRow).where(JudgementRow.report_id == report_id)).all()
        assert [row.upheld_by for row in rows if row.upheld_at] == [shared.people[HANDLING]]
    assert "Do not uphold it after all" in editor.page.buttons()


@pytest.mark.thorough
def test_answers_of_a_revision_are_kept_beside_a_co_authors(
    shared: World, editor: Visitor, author: Visitor, report_id: str
) -> None:
    guest, link = accepted(shared, editor, report_id, ROSA)
    send_review(guest, link)
    with shared.work() as uow:
        uow.session.scalars(select(Round).where(Round.report_id == report_id)).one().answers_asked_at = uow.now
        uow.commit()
    put_at(shared, report_id, Stage.REVISION)
    other = shared.signed_in(AUTHOR)
    author.open(f"/reports/{report_id}/answers")
    other.open(f"/reports/{report_id}/answers")
    first, second = author.page.tree.xpath("//textarea/@name")
    author.press("Save", {first: "One."})
    other.press("Save", {second: "Two."})
    assert (typed_in(other, first), typed_in(other, second)) == ("One.", "Two.")
    author.open(f"/reports/{report_id}/answers")
    other.press("Save", {first: "Changed."})
    page = author.press("Save", {first: "Changed otherwise."})
    assert page.status == 409
    assert typed_in(author, first) == "Changed otherwise."


def test_somebody_in_conflict_or_not_invited_sees_no_review(shared: World, editor: Visitor, report_id: str) -> None:
    guest, link = accepted(shared, editor, report_id, ROSA)
    send_review(guest, link)
    chief = shared.signed_in("Carla Chief")
    with shared.work() as uow:
        grant_at_set_up(uow, uow.session.get_one(Person, shared.people["Carla Chief"]), Role.EDITOR_IN_CHIEF)
        uow.commit()
    assert CLAIM in chief.open(f"/reports/{report_id}/reviews").text
    with shared.work() as uow:
        near = shared.people["Carla Chief"]
        uow.session.add(Conflict(id=uow.new_id("c"), report_id=report_id, person_id=near, declared_at=uow.now))
        uow.commit()
    for path in ("reviews", "reviewers", "answers", "review"):
        assert chief.open(f"/reports/{report_id}/{path}").status == 404

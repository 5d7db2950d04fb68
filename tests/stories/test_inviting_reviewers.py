"""Inviting by address alone, answering by a link, saying no and yes after all, and links that open nothing."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from journal.demonstration.visitor import Visitor
from journal.links import Purpose, make_link
from storage.rows.reports import Conflict
from storage.rows.reviewing import Invitation, Round
from tests.stories.reports import TITLE
from tests.stories.reviewing import ABSTRACT, AUTHOR, HANDLING, accepted, invite, link_in_mail, put_at, report_in_review
from tests.stories.worlds import World, make_world
from workflows.people import Role
from workflows.stages import Stage

ROSA, INES = "rosa@example.net", "ines@example.org"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> World:
    world = make_world(Path(tmp_path_factory.mktemp("world")))
    world.person(AUTHOR)
    world.person(HANDLING, Role.EDITOR)
    return world


@pytest.fixture(scope="module")
def editor(shared: World) -> Visitor:
    return shared.signed_in(HANDLING)


@pytest.fixture
def report_id(shared: World) -> str:
    return report_in_review(shared)


def rows(world: World, report_id: str) -> list[Invitation]:
    with world.work(writes=False) as uow:
        return list(uow.session.scalars(select(Invitation).where(Invitation.report_id == report_id)))


def test_the_letter_and_the_first_page_have_no_title(shared: World, editor: Visitor, report_id: str) -> None:
    page = invite(editor, report_id, ROSA, "Rosa Lind")
    assert "rosa@example.net is invited" in page.text
    assert "Asked" in page.text
    guest, link = shared.visitor(), link_in_mail(shared, ROSA)
    letter = shared.mails(ROSA)[-1]
    assert "Ines Editor decides" in letter["text"]
    assert "2 rows to judge" in " ".join(letter["text"].split())
    page = guest.open(link)
    for told in (letter["text"], letter["subject"], page.text):
        assert TITLE not in told
        assert ABSTRACT not in told
        assert "translated" not in told
    page = guest.press("Accept and read", {"confidence": True, "conflict": "no"})
    assert page.title == TITLE
    assert ABSTRACT in page.text
    assert page.answer.headers["Referrer-Policy"] == "no-referrer"
    assert page.answer.headers["Cache-Control"] == "no-store"
    assert "Accepted" in editor.open(f"/reports/{report_id}/reviewers").text


def test_a_scanner_that_opens_the_link_answers_nothing(shared: World, editor: Visitor, report_id: str) -> None:
    invite(editor, report_id, ROSA)
    link = link_in_mail(shared, ROSA)
    with shared.app.test_client() as scanner:
        for method in ("GET", "HEAD"):
            for path in (link, f"{link}/form"):
                assert scanner.open(path, method=method).status_code in {200, 303}
        assert scanner.post(link, data={"act": "accept"}).status_code == 400
    row = rows(shared, report_id)[0]
    assert (row.accepted_at, row.declined_at, row.version) == (None, None, 1)


def test_both_questions_come_before_a_yes(shared: World, editor: Visitor, report_id: str) -> None:
    invite(editor, report_id, ROSA)
    guest = shared.visitor()
    guest.open(link_in_mail(shared, ROSA))
    page = guest.press("Accept and read", {"conflict": "yes"})
    assert page.status == 422
    assert page.tree.xpath("//*[@id='confidence-error']")
    assert "please decline" in page.text
    assert TITLE not in page.text
    assert rows(shared, report_id)[0].accepted_at is None


def test_a_no_with_its_reason_can_be_taken_back(shared: World, editor: Visitor, report_id: str) -> None:
    invite(editor, report_id, ROSA)
    guest = shared.visitor()
    guest.open(link_in_mail(shared, ROSA))
    assert guest.press("Decline", {"reason": "Too close to my own work."}).title == "You declined"
    seen = editor.open(f"/reports/{report_id}/reviewers").text
    assert "Declined" in seen
    assert "Too close to my own work." in seen
    assert guest.press("I did not mean to decline").title == "Will you review?"
    assert guest.press("Accept and read", {"confidence": True, "conflict": "no"}).title == TITLE
    shared.run_jobs()
    assert {"A reviewer declined", "A reviewer accepted"} <= {mail["subject"] for mail in shared.mails(INES)}


@pytest.mark.parametrize("spoil", ["withdrawn", "expired", "made up"])
def test_a_link_that_opens_nothing_says_what_to_do_and_nothing_else(
    shared: World, editor: Visitor, report_id: str, spoil: str
) -> None:
    _, link = accepted(shared, editor, report_id, ROSA)
    if spoil == "withdrawn":
        editor.open(f"/reports/{report_id}/reviewers")
        editor.press("Withdraw the invitation")
        shared.run_jobs()
    if spoil == "expired":
        with shared.work() as uow:
            token = make_link(uow, Purpose.REVIEW, rows(shared, report_id)[0].id, timedelta(0))
            uow.commit()
        link = f"{link.rpartition('/')[0]}/{token}"
    if spoil == "made up":
        link = f"{link}x"
    for path in (link, f"{link}/form", f"{link}/worry", f"{link}/others"):
        page = shared.visitor().open(path)
        assert page.status == 404
        assert page.title == "This link opens nothing now"
        assert "the editor can send you a new one" in page.text
        assert TITLE not in page.text


def test_whoever_is_asked_no_more_is_told_so_and_whoever_declined_is_left_alone(
    shared: World, editor: Visitor, report_id: str
) -> None:
    for email in ("tove@example.net", "lars@example.net"):
        invite(editor, report_id, email)
    guest = shared.visitor()
    guest.open(link_in_mail(shared, "lars@example.net"))
    guest.press("Decline")
    for row in rows(shared, report_id):
        editor.open(f"/reports/{report_id}/reviewers")
        editor.press("Withdraw the invitation", within=row.id)
    shared.run_jobs()
    told = [mail["subject"] for mail in shared.mails("tove@example.net")]
    assert sorted(told) == ["An invitation to review", "Your review is not needed any more"]
    assert [mail["subject"] for mail in shared.mails("lars@example.net")] == ["An invitation to review"]
    assert TITLE not in "".join(mail["text"] for mail in shared.mails("tove@example.net"))


def test_who_accepted_and_wrote_nothing_finds_the_end_of_the_report_at_their_link(
    shared: World, editor: Visitor, report_id: str
) -> None:
    guest, link = accepted(shared, editor, report_id, ROSA)
    invite(editor, report_id, "unasked@example.net")
    unanswered = link_in_mail(shared, "unasked@example.net")
    put_at(shared, report_id, Stage.WITHDRAWN)
    page = guest.open(link)
    assert page.status == 200
    assert "The editors take no reviews of this now." in page.text
    assert shared.visitor().open(unanswered).title == "This link opens nothing now"


def test_the_link_can_be_sent_again_and_once(shared: World, editor: Visitor, report_id: str) -> None:
    invite(editor, report_id, "again@example.net")
    for _ in range(2):
        editor.open(f"/reports/{report_id}/reviewers")
        assert "on its way" in editor.press("Send the link again").text
    link = link_in_mail(shared, "again@example.net")
    subjects = sorted(mail["subject"] for mail in shared.mails("again@example.net"))
    assert subjects == ["An invitation to review", "Your link to review"]
    assert shared.visitor().open(link).title == "Will you review?"


def test_who_is_too_near_is_refused_beside_the_address(shared: World, editor: Visitor, report_id: str) -> None:
    for name in ("Cora Conflicted",):
        if name not in shared.people:
            shared.person(name)
    with shared.work() as uow:
        near = shared.people["Cora Conflicted"]
        uow.session.add(Conflict(id=uow.new_id("c"), report_id=report_id, person_id=near, declared_at=uow.now))
        uow.commit()
    for email, says in (
        ("ADA@example.org", "is an author"),
        ("ines@example.org", "an editor of this report"),
        ("sofia@example.org", "an editor of this report"),
        ("cora@example.org", "in conflict"),
        ("no address", "no mail address"),
    ):
        page = invite(editor, report_id, email)
        assert page.status == 422
        assert says in " ".join(page.tree.xpath("//*[@id='email-error']//text()")), email
    assert rows(shared, report_id) == []


def test_inviting_twice_invites_once(shared: World, editor: Visitor, report_id: str) -> None:
    invite(editor, report_id, ROSA)
    page = invite(editor, report_id, "Rosa@example.net")
    assert page.status == 422
    assert "invited already" in page.text
    assert len(rows(shared, report_id)) == 1
    with shared.work(writes=False) as uow:
        found = uow.session.scalars(select(Round).where(Round.report_id == report_id)).all()
        assert [(each.for_stage, each.number, each.version_number) for each in found] == [(1, 1, 1)]


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.SUBMITTED, Stage.REVISION, Stage.IPA_PROPOSED])
def test_nobody_is_invited_out_of_season(shared: World, editor: Visitor, stage: Stage) -> None:
    page = editor.open(f"/reports/{report_in_review(shared, stage)}/reviewers")
    assert "Nobody can be invited now." in page.text
    assert "Invite" not in page.buttons()


def test_only_editors_of_the_report_see_who_reviews(shared: World, report_id: str) -> None:
    assert shared.signed_in(AUTHOR).open(f"/reports/{report_id}/reviewers").status == 404
    second = shared.signed_in("Sofia Second").open(f"/reports/{report_id}/reviewers")
    assert second.title == "Reviewers"
    assert "Invite" not in second.buttons()

"""A paper is typeset, read by its authors, approved; once out it is corrected or retracted, by two."""

import pytest
from sqlalchemy import select

from journal.demonstration.visitor import Page, Visitor
from journal.jobs import Job, ask_for
from storage.rows.outbox import OutboxRow
from storage.rows.reports import Letter, LetterKind, Report
from tests.stories.papers import (
    AUTHOR,
    CHIEF,
    FIRST_OFFICER,
    HANDLING,
    PDF,
    REVIEWER,
    SECOND,
    jobs_asked,
    journal_of_people,
    report_at,
    typeset,
)
from tests.stories.withholding import withhold
from tests.stories.worlds import World, address_of, make_world, stage_of
from tests.thorough import few_of
from workflows.deadlines import PROOF_TIME
from workflows.holds import HoldKind
from workflows.stages import Stage

WRONG = "Page 3: the axis of Figure 2 is upside down."
NOTICE = "Table 2 gave the wrong interval. The verdict stands."


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    made = make_world(tmp_path_factory.mktemp("proofs"))
    journal_of_people(made)
    return made


@pytest.fixture(scope="module")
def people(world: World) -> dict[str, Visitor]:
    """Everybody, signed in once."""
    return {name: world.signed_in(name) for name in world.people}


@pytest.fixture
def editor(people: dict[str, Visitor]) -> Visitor:
    return people[HANDLING]


@pytest.fixture
def author(people: dict[str, Visitor]) -> Visitor:
    return people[AUTHOR]


@pytest.fixture
def chief(people: dict[str, Visitor]) -> Visitor:
    return people[CHIEF]


def proof(report_id: str) -> str:
    return f"/reports/{report_id}/proof"


def asked_to_typeset(world: World, report_id: str) -> str:
    """The press is asked, as acceptance asks it; the identifier of the job."""
    with world.work() as uow:
        ask_for(uow, Job.TYPESET, {"report": report_id}, report_id=report_id, key=f"typeset/{report_id}")
        uow.commit()
        return uow.session.scalars(select(OutboxRow.id).where(OutboxRow.report_id == report_id)).one()


def given_up(world: World, job: str) -> None:
    """The press failed for good."""
    with world.work() as uow:
        uow.session.get_one(OutboxRow, job).dead_at = uow.now
        uow.commit()


def letters(world: World, report_id: str, kind: LetterKind) -> int:
    with world.work(writes=False) as uow:
        wanted = select(Letter).where(Letter.report_id == report_id, Letter.kind == kind)
        return len(uow.session.scalars(wanted).all())


def refreshes(visitor: Visitor) -> bool:
    return bool(visitor.page.tree.xpath("//meta[@http-equiv='refresh']"))


def test_the_page_follows_the_press_without_javascript_and_only_while_it_works(world: World, editor: Visitor) -> None:
    report_id = report_at(world, Stage.ACCEPTED)
    job = asked_to_typeset(world, report_id)
    editor.open(f"/reports/{report_id}")
    page = editor.follow("Progress of typesetting")
    assert "waiting for the press" in page.text
    typeset(world, report_id, step=2, finished=False)
    page = editor.open(proof(report_id))
    assert "Step 2 of 4: drawing the pages" in page.text
    assert refreshes(editor)
    assert "Try again" not in page.buttons()
    given_up(world, job)
    editor.open(proof(report_id))
    assert not refreshes(editor)


def test_a_press_that_gave_up_is_tried_again_once(world: World, editor: Visitor, author: Visitor) -> None:
    report_id = report_at(world, Stage.ACCEPTED)
    given_up(world, asked_to_typeset(world, report_id))
    world.clock.advance(minutes=1)
    typeset(world, report_id, step=1, trouble="A formula on page 2 cannot be read.", finished=False)
    page = editor.open(proof(report_id))
    assert "A formula on page 2 cannot be read." in page.text
    assert "A formula" not in author.open(proof(report_id)).text
    stale = editor.page
    assert "The press has the paper again." in editor.press("Try again").text
    assert jobs_asked(world, "typeset", report_id).count(f"typeset/{report_id}") == 2  # the dead one and the new one
    editor.page = stale
    assert editor.press("Try again").status == 422
    assert "The press is still at it." in editor.page.text


def test_from_the_press_to_the_authors_and_to_release(world: World, editor: Visitor, author: Visitor) -> None:
    report_id = report_at(world, Stage.TYPESET)
    typeset(world, report_id)
    assert "Read the PDF" not in author.open(proof(report_id)).text
    assert author.open(f"{proof(report_id)}/paper.pdf").status == 404
    page = editor.open(proof(report_id))
    assert "Manifest" in page.text
    assert "paper.html" not in page.text
    editor.press("Send the proof to the authors")
    assert stage_of(world, report_id) is Stage.PROOF

    author.open(proof(report_id))
    author.press("Ask for these changes", {"reason": WRONG})
    assert stage_of(world, report_id) is Stage.TYPESET
    assert "the changes the authors ask for" in editor.open("/queue").text
    page = editor.open(f"/reports/{report_id}")
    assert "the changes the authors ask for" in page.text
    assert WRONG in page.text
    assert "the authors ask for changes" in editor.open(proof(report_id)).text
    assert WRONG in editor.page.text
    editor.press("Typeset again")
    assert stage_of(world, report_id) is Stage.ACCEPTED
    assert f"typeset/{report_id}" in jobs_asked(world, "typeset", report_id)

    with world.work() as uow:
        uow.session.get_one(Report, report_id).stage = Stage.PROOF
        uow.commit()
    author.open(proof(report_id))
    stale = author.page
    assert "The proof is approved." in author.press("Approve the proof").text
    author.page = stale
    assert author.press("Approve the proof").status == 200
    assert stage_of(world, report_id) is Stage.READY


def test_changes_need_words_and_the_same_words_are_one_request(world: World, author: Visitor) -> None:
    report_id = report_at(world, Stage.PROOF)
    author.open(proof(report_id))
    page = author.press("Ask for these changes", {"reason": "  "})
    assert page.status == 422
    assert "Say what should change" in page.text
    for _ in range(2):
        author.page = page
        author.press("Ask for these changes", {"reason": WRONG})
    assert letters(world, report_id, LetterKind.PROOF_CHANGES) == 1


def test_a_file_is_read_here_by_its_people_and_by_nobody_else(world: World, people: dict[str, Visitor]) -> None:
    report_id = report_at(world, Stage.PROOF)
    typeset(world, report_id)
    for name in (AUTHOR, HANDLING, SECOND, CHIEF, FIRST_OFFICER):
        answer = people[name].open(f"{proof(report_id)}/paper.pdf").answer
        assert (answer.status, answer.body) == (200, PDF)
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.headers["Content-Disposition"] == "inline; filename=paper.pdf"
        assert answer.headers["Cache-Control"] == "no-store"
    kept = people[AUTHOR].open(f"{proof(report_id)}/paper.pdf?download=1").answer
    assert kept.headers["Content-Disposition"] == "attachment; filename=paper.pdf"
    for path in ("paper.html", "none.pdf", "..%2fpaper.pdf"):
        assert people[AUTHOR].open(f"{proof(report_id)}/{path}").status == 404
    people["Nobody"] = people.get("Nobody") or world.signed_in("Nils Nobody")
    for name in (REVIEWER, "Nobody"):
        for path in ("", "/paper.pdf"):
            assert people[name].open(f"{proof(report_id)}{path}").status == 404
    assert people[AUTHOR].open(proof(report_at(world, Stage.IN_REVIEW))).status == 404


@pytest.mark.children
def test_a_silent_author_does_not_stop_the_paper(world: World, editor: Visitor, author: Visitor) -> None:
    report_id = report_at(world, Stage.PROOF)
    typeset(world, report_id)
    assert "Approve for the authors" not in editor.open(proof(report_id)).buttons()
    forged = _forge(editor, report_id, "approve_for_authors")
    assert "The authors still have time" in forged.text
    world.clock.advance(days=PROOF_TIME.days + 2)
    assert "Your turn: the authors have not answered." in editor.open(proof(report_id)).text
    assert _forge(author, report_id, "approve_for_authors").status == 422
    editor.open(proof(report_id))
    editor.press("Approve for the authors")
    assert stage_of(world, report_id) is Stage.READY
    world.run_jobs()
    assert "Your proof goes to release" in {mail["subject"] for mail in world.mails(address_of(AUTHOR))}


@pytest.mark.parametrize("kind", [HoldKind.INFORMATION_HAZARD, HoldKind.AUTHOR_EMBARGO])
def test_a_proof_can_be_answered_under_a_delay_and_the_page_says_so(
    world: World, author: Visitor, editor: Visitor, kind: HoldKind
) -> None:
    report_id = report_at(world, Stage.PROOF)
    withhold(world, report_id, kind)
    page = author.open(proof(report_id))
    assert "You may answer the proof all the same" in page.text
    assert "Approve the proof" in page.buttons()
    assert "You may answer" not in editor.open(proof(report_id)).text


@pytest.mark.parametrize("kind", [HoldKind.INFORMATION_HAZARD, HoldKind.AUTHOR_EMBARGO])
def test_silence_says_nothing_while_a_report_is_delayed(world: World, editor: Visitor, kind: HoldKind) -> None:
    report_id = report_at(world, Stage.PROOF)
    withhold(world, report_id, kind)
    world.clock.advance(days=PROOF_TIME.days + 2)
    assert "Approve for the authors" not in editor.open(proof(report_id)).buttons()
    page = _forge(editor, report_id, "approve_for_authors")
    assert page.status == 422
    assert "their silence says nothing" in page.text


def _forge(visitor: Visitor, report_id: str, act: str) -> Page:
    """A button that the page does not offer, pressed all the same."""
    token = visitor.open(proof(report_id)).tree.xpath("//input[@name='csrf_token']/@value")[0]
    return visitor._post(proof(report_id), [("csrf_token", token), ("act", act)], multipart=False)  # noqa: SLF001


def test_a_correction_is_written_once_and_said_to_wait_for_the_release(
    world: World, editor: Visitor, people: dict[str, Visitor]
) -> None:
    report_id = report_at(world, Stage.PUBLISHED)
    editor.open(f"/reports/{report_id}")
    form = editor.follow("Correct")
    assert "with the next release, not at once" in form.text
    assert editor.press("Publish this correction", {"notice": ""}).status == 422
    for _ in range(2):
        editor.page = form
        page = editor.press("Publish this correction", {"notice": NOTICE})
        assert "from the next release on" in page.text
    assert letters(world, report_id, LetterKind.CORRECTION) == 1
    assert stage_of(world, report_id) is Stage.CORRECTED
    assert jobs_asked(world, "release", report_id) == []
    assert NOTICE in editor.open(f"/reports/{report_id}/correction").text
    for name in (AUTHOR, SECOND, CHIEF, FIRST_OFFICER):
        assert people[name].open(f"/reports/{report_id}/correction").status == 404
    world.run_jobs()
    assert any(NOTICE in mail["text"].replace("\n", " ") for mail in world.mails(address_of(AUTHOR)))


@pytest.mark.parametrize("who", few_of([HANDLING, FIRST_OFFICER]))
def test_a_retraction_takes_two(world: World, people: dict[str, Visitor], chief: Visitor, who: str) -> None:
    report_id = report_at(world, Stage.PUBLISHED)
    address = f"/reports/{report_id}/retraction"
    page = chief.open(address)
    assert "Nobody has recommended" in page.text
    assert "Retract the article" not in page.buttons()
    people[who].open(f"/reports/{report_id}")
    form = people[who].follow("Recommend a retraction")
    for _ in range(2):
        people[who].page = form
        people[who].press("Recommend a retraction", {"reason": "The data were made up."})
    assert letters(world, report_id, LetterKind.RETRACTION_RECOMMENDED) == 1
    world.run_jobs()
    assert "A recommendation waits for you" in {mail["subject"] for mail in world.mails(address_of(CHIEF))}
    chief.open(f"/reports/{report_id}")
    page = chief.follow("Retract")
    assert "The data were made up." in page.text
    assert chief.press("Retract the article", {"notice": " "}).status == 422
    chief.press("Retract the article", {"notice": "The data cannot be relied on."})
    assert stage_of(world, report_id) is Stage.RETRACTED
    assert people[AUTHOR].open(address).status == 404


def test_nobody_else_recommends_and_a_chief_cannot_decide_alone(
    world: World, people: dict[str, Visitor], chief: Visitor
) -> None:
    report_id = report_at(world, Stage.PUBLISHED)
    address = f"/reports/{report_id}/retraction"
    for name in (AUTHOR, SECOND, REVIEWER):
        assert people[name].open(address).status == 404
    token = chief.open(address).tree.xpath("//input[@name='csrf_token']/@value")[0]
    sent = [("csrf_token", token), ("notice", NOTICE), ("reason", NOTICE)]
    page = chief._post(address, [*sent], multipart=False)  # noqa: SLF001 - a forged form
    assert "A retraction takes two" in page.text
    assert chief._post(f"{address}/recommend", [*sent], multipart=False).status == 422  # noqa: SLF001 - a forged form
    assert stage_of(world, report_id) is Stage.PUBLISHED

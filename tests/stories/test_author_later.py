"""What authors can do at any time: withdraw, flag a hazard, set an embargo, choose when to announce, revise."""

import pytest
from sqlalchemy import select

from journal.dossier import protocols
from journal.dossier.letters import newest_letter
from storage.rows.holds import HoldRow
from storage.rows.ledger import LedgerRow
from storage.rows.outbox import OutboxRow
from storage.rows.reports import LetterKind, Report
from storage.rows.reviewing import Invitation, PointRow, Review, Round
from tests.stories.worlds import World
from tests.stories.writing import accept_in_principle, begin, client_of, move, send, sent_study, written_study
from tests.thorough import few_of
from workflows.holds import HoldKind
from workflows.people import Capacity, Role
from workflows.reviewing import Criterion, Point, Severity
from workflows.stages import Stage

SECRET = "Step 3 tells anybody how to make it fail."


def holds(world: World) -> list[HoldRow]:
    """All holds there are, oldest first."""
    with world.work(writes=False) as uow:
        return list(uow.session.scalars(select(HoldRow).order_by(HoldRow.placed_at)))


def test_an_author_flags_a_hazard_and_it_is_withheld_at_once(world: World) -> None:
    officers = [world.person(name, Role.OFFICER) for name in ("Olga One", "Oscar Two")]
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author)
    author.open(f"/reports/{report}/hazard")
    page = author.press("Withhold it and tell the officers", {"reason": SECRET})
    assert "withheld from this moment on" in page.text
    [hold] = holds(world)
    assert (hold.kind, hold.placed_as) == (HoldKind.TRIAGE_FLAG, Capacity.AUTHOR)
    with world.work(writes=False) as uow:
        row = uow.session.get_one(Report, report)
        assert uow.cabinet.get(row, hold, "reason", str) == SECRET
        mails = uow.session.scalars(select(OutboxRow)).all()
        assert {mail.arguments["letter"] for mail in mails} == {"officers.flag_raised"}
        assert sorted(mail.arguments["id"] for mail in mails) == sorted(officers)
        assert SECRET not in str([mail.arguments for mail in mails])
        assert SECRET not in str([entry.facts for entry in uow.session.scalars(select(LedgerRow))])


def test_an_officer_who_is_an_author_is_not_told(world: World) -> None:
    world.person("Ada Marwick", Role.OFFICER)
    other = world.person("Oscar Two", Role.OFFICER)
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author)
    author.open(f"/reports/{report}/hazard")
    author.press("Withhold it and tell the officers", {"reason": SECRET})
    with world.work(writes=False) as uow:
        assert [mail.arguments["id"] for mail in uow.session.scalars(select(OutboxRow))] == [other]


def test_a_flag_without_words_is_refused_and_pressed_twice_is_one_flag(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author)
    before = author.open(f"/reports/{report}/hazard")
    page = author.press("Withhold it and tell the officers")
    assert page.status == 422
    assert "Only the officers on this case will read it" in page.text
    assert holds(world) == []
    for _ in range(2):
        author.page = before
        author.press("Withhold it and tell the officers", {"reason": SECRET})
    assert len(holds(world)) == 1


def test_a_flagged_study_can_still_be_written_on_by_its_authors(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author)
    author.open(f"/reports/{report}/hazard")
    author.press("Withhold it and tell the officers", {"reason": SECRET})
    author.open(f"/reports/{report}/title")
    assert author.press("Save", {"title": "Still mine"}).status == 200


def test_a_study_is_withdrawn_with_a_reason_that_stays_sealed(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = sent_study(world, "Ada Marwick")
    page = author.open(f"/reports/{report}/withdraw")
    assert "in-principle acceptance" not in page.text
    assert author.press("Withdraw the study").status == 422
    page = author.press("Withdraw the study", {"reason": "The funding ended."})
    assert "The study is withdrawn" in page.text
    with world.work(writes=False) as uow:
        row = uow.session.get_one(Report, report)
        assert row.stage is Stage.WITHDRAWN
        letter = newest_letter(uow, row, LetterKind.WITHDRAWN)
        assert letter is not None
        assert letter[1] == "The funding ended."
        assert "funding" not in str([entry.facts for entry in uow.session.scalars(select(LedgerRow))])
    assert "It is withdrawn." in author.open(f"/reports/{report}/withdraw").text


def test_withdrawing_after_acceptance_says_what_is_given_up(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = sent_study(world, "Ada Marwick")
    accept_in_principle(world, report)
    assert "You give up in-principle acceptance" in author.open(f"/reports/{report}/withdraw").text
    author.press("Withdraw the study", {"reason": "We cannot run it."})
    with world.work(writes=False) as uow:
        assert uow.session.get_one(Report, report).stage is Stage.WITHDRAWN_AFTER_IPA


def test_a_draft_is_withdrawn_without_a_reason(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author)
    author.open(f"/reports/{report}/withdraw")
    assert "The study is withdrawn" in author.press("Withdraw the study").text


def test_an_embargo_is_set_changed_and_ended(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = sent_study(world, "Ada Marwick")
    author.open(f"/reports/{report}/settings")
    author.press("Set the embargo", {"embargo_until": "2026-09-01", "reason": "A partner patches first."})
    assert "Nothing is published before Tue 1 Sep 2026" in author.page.text
    author.press("Change the embargo", {"embargo_until": "2026-10-01", "reason": "They need longer."})
    assert [(str(hold.embargo_until)[:10], hold.ended_at is None) for hold in holds(world)] == [
        ("2026-09-01", False),
        ("2026-10-01", True),
    ]
    author.press("End the embargo today")
    assert "The embargo has ended" in author.page.text
    assert all(hold.ended_at is not None for hold in holds(world))


@pytest.mark.parametrize(
    ("until", "reason", "words"),
    [
        ("2026-03-01", "Why not", "Choose a date that lies ahead"),
        ("2031-03-01", "Why not", "four years at most"),
        ("soon", "Why not", "Choose a date that lies ahead"),
        ("2026-09-01", " ", "Say why"),
    ],
)
def test_an_embargo_that_cannot_be_is_refused_and_kept_as_typed(
    world: World, until: str, reason: str, words: str
) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author)
    author.open(f"/reports/{report}/settings")
    page = author.press("Set the embargo", {"embargo_until": until, "reason": reason})
    assert page.status == 422
    assert words in page.text
    assert page.tree.xpath("//input[@id='embargo_until']/@value") == [until]
    assert holds(world) == []


def test_a_coauthor_reads_the_settings_and_changes_none(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = begin(author)
    with world.work() as uow:
        row = uow.session.get_one(Report, report)
        row.authors[0].corresponding = False
        uow.commit()
    page = author.open(f"/reports/{report}/settings")
    assert "Only the corresponding author can change these" in page.text
    assert "Set the embargo" not in page.buttons()
    assert author.open(f"/reports/{report}/withdraw").address.endswith(f"/reports/{report}")


def give_point(world: World, report: str, severity: Severity) -> str:
    """A review of one point that has arrived; the point's identifier."""
    editor = world.people.get("Ilse Vantongeren") or world.person("Ilse Vantongeren", Role.EDITOR)
    with world.work() as uow:
        row, now = uow.session.get_one(Report, report), uow.now
        names = {noun: uow.new_id(noun) for noun in ("round", "invitation", "review", "point")}
        keys = {"report_id": report, "round_id": names["round"]}
        uow.session.add(
            Round(id=names["round"], report_id=report, for_stage=1, number=1, version_number=1, opened_at=now)
        )
        uow.session.flush()
        invited = {"invited_by": editor, "invited_at": now, "review_due": now, "accepted_at": now}
        uow.session.add(Invitation(id=names["invitation"], email="r@example.org", **keys, **invited))
        uow.session.flush()
        review = Review(id=names["review"], invitation_id=names["invitation"], saved_at=now, submitted_at=now, **keys)
        uow.cabinet.put(row, review, "draft", {})
        uow.session.add(review)
        uow.session.flush()
        method = Criterion.METHOD
        point = PointRow(
            id=names["point"], review_id=review.id, position=0, criterion=method, severity=severity, **keys
        )
        uow.cabinet.put(row, point, "body", Point(claim="Too few prompts.", criterion=method, severity=severity))
        uow.session.add(point)
        uow.commit()
        return point.id


@pytest.mark.parametrize(
    ("severity", "asks"), few_of([(Severity.MUST, True), (Severity.SHOULD, True), (Severity.NOTE, False)])
)
def test_a_revision_waits_for_the_answers_and_opens_a_round(world: World, severity: Severity, *, asks: bool) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = sent_study(world, "Ada Marwick")
    point = give_point(world, report, severity)
    move(world, report, Stage.REVISION)
    page = send(author, report, "Send the revision")
    assert ("One point still waits for your answer" in page.text) is asks
    with world.work() as uow:
        row = uow.session.get_one(PointRow, point)
        uow.cabinet.put(uow.session.get_one(Report, report), row, "answer", "We doubled them.")
        uow.commit()
    if asks:
        assert send(author, report, "Send the revision").status == 200
    with world.work(writes=False) as uow:
        row_ = uow.session.get_one(Report, report)
        assert row_.stage is Stage.IN_REVIEW
        rounds = uow.session.scalars(select(Round).order_by(Round.number)).all()
        assert [(found.number, found.version_number, found.closed_at is None) for found in rounds] == [
            (1, 1, False),
            (2, 2, True),
        ]
        assert [version.number for version in protocols.versions(uow, row_)] == [1, 2]


def test_an_editor_sees_no_draft(world: World) -> None:
    editor_id = world.person("Ilse Vantongeren", Role.EDITOR)
    report = sent_study(world, "Ada Marwick")
    with world.work() as uow:
        uow.session.get_one(Report, report).handling_editor_id = editor_id
        uow.commit()
    move(world, report, Stage.RETURNED)
    author, _ = client_of(world, "Ada Marwick")
    author.open(f"/reports/{report}/title")
    author.press("Save", {"title": "Draft of version 2"})
    editor, _ = client_of(world, "Ilse Vantongeren")
    assert editor.open(f"/reports/{report}/protocol/1").status == 200
    assert editor.open(f"/reports/{report}/protocol/2").status == 404
    for path in ("tasks", "title", "authors", "send", "settings", "hazard", "manuscript/1/reading"):
        assert editor.open(f"/reports/{report}/{path}").status == 404


def test_a_written_study_can_be_sent_as_it_is(world: World) -> None:
    author, _ = client_of(world, "Ada Marwick")
    report = written_study(world, "Ada Marwick")
    assert "8 of 8 done" in author.open(f"/reports/{report}/tasks").text
    assert send(author, report).status == 200

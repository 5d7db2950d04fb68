"""From submission to acceptance in principle over the pages of the editors, and what must not happen on the way."""

from sqlalchemy import select

from journal.demonstration.visitor import Visitor
from journal.dossier import protocols
from storage.documents import protocol_digest
from storage.rows.decisions import Decision
from storage.rows.ledger import LedgerRow
from storage.rows.reports import Report
from storage.rows.reviewing import JudgementRow, Round
from tests.stories.deciding import (
    AUTHOR,
    HANDLING,
    LETTER,
    MET,
    POINT,
    SECOND,
    reviewed_report,
    submitted_report,
    uphold,
    write_review,
)
from tests.stories.worlds import World, address_of, stage_of
from workflows.reviewing import Answer, Criterion
from workflows.stages import Stage

SCREENED = "Nothing here makes harm easier than it is today."
IPA = {"kind": "ipa", "letter": LETTER, "stage_2_due": "2027-03-05"}


def steps(world: World, report_id: str) -> list[str]:
    with world.work(writes=False) as uow:
        rows = uow.session.scalars(select(LedgerRow).where(LedgerRow.report_id == report_id).order_by(LedgerRow.n))
        return [row.action for row in rows]


def seats(world: World, handling: str, second: str) -> dict[str, str]:
    return {"handling_editor": world.people[handling], "second_editor": world.people[second]}


def test_from_submission_to_acceptance_in_principle(
    world: World, chief: Visitor, handling: Visitor, second: Visitor, author: Visitor
) -> None:
    report_id = submitted_report(world)
    chief.open(f"/reports/{report_id}/assign")
    chief.press("Assign", seats(world, HANDLING, SECOND))
    handling.open(f"/reports/{report_id}/start")
    refused = handling.press("Send to review", {"hazard_screen": SCREENED})
    assert refused.status == 422
    assert "Declare first that you have no conflict" in refused.text
    assert SCREENED in refused.text, "what was typed is kept"
    handling.press("Send to review", {"conflict": True})
    assert stage_of(world, report_id) is Stage.IN_REVIEW
    write_review(world, report_id, "Rita Olsen", {**MET, Criterion.CHECKS: Answer.CANNOT_JUDGE}, POINT)
    handling.open(f"/reports/{report_id}/propose")
    early = handling.press("Propose to Sten Achterberg", {**IPA, "judgements-0-verdict": "met"})
    assert early.status == 422
    assert "Give the reason for your answer to 1E" in early.text
    early = handling.press("Propose to Sten Achterberg", {"judgements-0-reason": "The checks are in section 3."})
    assert "Two reviews are needed before a decision; one has arrived" in early.text
    write_review(world, report_id, "Bo Tanaka", {**MET, Criterion.CHECKS: Answer.CANNOT_JUDGE})
    page = handling.open(f"/reports/{report_id}/propose")
    for words in ("Reviewer A", "Reviewer B", POINT.claim, "Cannot judge", "2 arrived, 2 needed"):
        assert words in page.text
    handling.press("Add a condition")
    handling.press("Add a condition", {"conditions-0-text": "Report both arms."})
    own = {"judgements-0-verdict": "met", "judgements-0-reason": "The checks are in section 3."}
    handling.press("Propose to Sten Achterberg", {**IPA, **own, "conditions-1-text": "Deposit the code."})
    assert stage_of(world, report_id) is Stage.IPA_PROPOSED
    page = second.open(f"/reports/{report_id}/confirm")
    for words in (LETTER, "Report both arms.", "Deposit the code.", "Reviewer B", "accept in principle"):
        assert words in page.text
    second.press("Confirm: accept in principle")
    with world.work(writes=False) as uow:
        report = uow.session.get_one(Report, report_id)
        frozen = protocols.frozen(uow, report)
        assert report.stage is Stage.IPA
        assert frozen is not None
        plan = protocols.words(uow, report, frozen)
        assert [file.sha256 for file in plan.files] == ["a" * 64]
        assert report.protocol_digest == frozen.digest == protocol_digest(plan)
        assert f"{report.stage_2_due:%Y-%m-%d %H:%M}" == "2027-03-06 11:59"
        assert report.ipa_at == frozen.frozen_at == world.clock.now
        assert uow.session.scalars(select(Round).where(Round.report_id == report_id)).one().closed_at is not None
        assert uow.session.scalars(select(JudgementRow).where(JudgementRow.review_id.is_(None))).one().reason
    world.run_jobs()
    told = {mail["subject"] for mail in world.mails(address_of(HANDLING))}
    assert "You are assigned to a report" in told
    assert "Your protocol is accepted in principle" in {mail["subject"] for mail in world.mails(address_of(AUTHOR))}


def test_the_pages_are_for_the_editors_of_the_report(world: World, author: Visitor, chief: Visitor) -> None:
    report_id = reviewed_report(world)
    for page in ("assign", "desk", "start", "propose", "confirm", "notes", "extend"):
        assert author.open(f"/reports/{report_id}/{page}").status == 404
    assert chief.open(f"/reports/{report_id}/notes").status == 200
    for page in ("start", "propose", "confirm", "extend"):
        assert chief.open(f"/reports/{report_id}/{page}").status == 404


def test_nobody_confirms_their_own_proposal(world: World, chief: Visitor, handling: Visitor) -> None:
    report_id = reviewed_report(world, "Rita Olsen", "Bo Tanaka")
    handling.open(f"/reports/{report_id}/propose")
    handling.press("Propose to Sten Achterberg", IPA)
    assert handling.open(f"/reports/{report_id}/confirm").status == 404
    chief.open(f"/reports/{report_id}/assign")
    chief.press("Assign", seats(world, SECOND, HANDLING))
    handling.open(f"/reports/{report_id}/confirm")
    refused = handling.press("Confirm: accept in principle")
    assert refused.status == 422
    assert "Nobody confirms their own proposal" in refused.text
    assert stage_of(world, report_id) is Stage.IPA_PROPOSED


def test_two_tabs_decide_once(world: World, handling: Visitor, second: Visitor) -> None:
    report_id = reviewed_report(world, "Rita Olsen", "Bo Tanaka")
    tab = world.signed_in(HANDLING)
    for editor in (handling, tab):
        editor.open(f"/reports/{report_id}/propose")
    handling.press("Propose to Sten Achterberg", {"kind": "revision", "letter": LETTER})
    late = tab.press("Propose to Sten Achterberg", {"kind": "rejection", "letter": "Another letter."})
    assert late.status == 422
    assert "This report has moved on" in late.text
    assert "Another letter." in late.text
    other = world.signed_in(SECOND)
    for editor in (second, other):
        editor.open(f"/reports/{report_id}/confirm")
    second.press("Confirm: revise")
    late = other.press("Confirm: revise")
    assert late.status == 422
    assert "The proposal you read is not the one that waits now" in late.text
    assert steps(world, report_id)[-2:] == ["propose_revision", "confirm"]
    assert stage_of(world, report_id) is Stage.REVISION


def test_sent_back_taken_back_and_never_confirmed_unread(world: World, handling: Visitor, second: Visitor) -> None:
    report_id = reviewed_report(world, "Rita Olsen", "Bo Tanaka")
    handling.open(f"/reports/{report_id}/propose")
    handling.press("Propose to Sten Achterberg", IPA)
    second.open(f"/reports/{report_id}/confirm")
    assert "Give the reason" in second.press("Send it back").text
    second.press("Send it back", {"reason": "The letter says two changes and names none."})
    page = handling.open(f"/reports/{report_id}/propose")
    assert "The letter says two changes and names none." in page.text
    assert LETTER in page.text, "the words come back into the form"
    handling.press("Propose to Sten Achterberg", {"letter": "The second try."})
    second.open(f"/reports/{report_id}/confirm")
    handling.open(f"/reports/{report_id}/propose")
    handling.press("Take the proposal back")
    handling.press("Propose to Sten Achterberg", {"letter": "The third try."})
    unread = second.press("Confirm: accept in principle")
    assert unread.status == 422
    assert stage_of(world, report_id) is Stage.IPA_PROPOSED
    second.open(f"/reports/{report_id}/confirm")
    second.press("Confirm: accept in principle")
    assert stage_of(world, report_id) is Stage.IPA
    with world.work(writes=False) as uow:
        made = uow.session.scalars(select(Decision).where(Decision.report_id == report_id)).all()
        assert sum(decision.confirmed_at is not None for decision in made) == 1


def test_a_rejection_at_stage_1_names_what_is_upheld(world: World, handling: Visitor, second: Visitor) -> None:
    report_id = reviewed_report(world, "Rita Olsen")
    write_review(world, report_id, "Bo Tanaka", {**MET, Criterion.METHOD: Answer.NOT_MET})
    handling.open(f"/reports/{report_id}/propose")
    refused = handling.press("Propose to Sten Achterberg", {"kind": "rejection", "letter": "No."})
    assert "Uphold at least one judgement or point first" in refused.text
    uphold(world, report_id, JudgementRow)
    handling.open(f"/reports/{report_id}/propose")
    handling.press("Propose to Sten Achterberg", {"kind": "rejection", "letter": "No."})
    page = second.open(f"/reports/{report_id}/confirm")
    assert "Rests on1C" in page.text
    second.press("Confirm: reject")
    assert stage_of(world, report_id) is Stage.REJECTED
    with world.work(writes=False) as uow:
        rows = uow.session.scalars(select(JudgementRow).where(JudgementRow.report_id == report_id))
        assert {row.criterion for row in rows if row.sustained_at} == {Criterion.METHOD}


def test_fewer_reviews_need_a_written_exception(world: World, handling: Visitor, second: Visitor) -> None:
    report_id = reviewed_report(world, "Rita Olsen")
    why = "Eleven people declined; the study is small."
    handling.open(f"/reports/{report_id}/propose")
    handling.press("Propose to Sten Achterberg", {"kind": "revision", "letter": LETTER, "review_exception": why})
    assert why in second.open(f"/reports/{report_id}/confirm").text
    assert why in second.open(f"/reports/{report_id}/notes").text


def test_an_editors_own_judgement_is_recorded_ahead(world: World, handling: Visitor) -> None:
    report_id = reviewed_report(world)
    write_review(world, report_id, "Rita Olsen", {**MET, Criterion.CHECKS: Answer.CANNOT_JUDGE})
    own = {"judgements-0-verdict": "not_met", "judgements-0-reason": "No positive control.", "letter": LETTER}
    handling.open(f"/reports/{report_id}/propose")
    page = handling.press("Record these judgements only", own)
    assert (page.status, LETTER in page.text) == (200, True)
    page = handling.press("Record these judgements only")
    assert "No positive control." in page.text
    with world.work(writes=False) as uow:
        rows = uow.session.scalars(select(JudgementRow).where(JudgementRow.report_id == report_id)).all()
        assert [row.criterion for row in rows if row.review_id is None] == [Criterion.CHECKS]
    assert stage_of(world, report_id) is Stage.IN_REVIEW

"""A report's page says whose turn it is, by when, and keeps the letters; reviewers find what they review."""

from journal.dossier.deciding import DecisionWords
from journal.dossier.rounds import rounds
from storage.rows.decisions import Decision, DecisionKind
from storage.rows.reports import Report
from tests.stories.deciding import (
    AUTHOR,
    HANDLING,
    LETTER,
    SECOND,
    assigned_report,
    promised_report,
    results_submitted,
    reviewed_report,
)
from tests.stories.reports import TITLE
from tests.stories.reviewing import accepted, report_in_review, send_review
from tests.stories.worlds import World, address_of

CONDITION = "Deposit the list of prompts before training."


def test_the_turn_is_the_handling_editors_once_assigned_and_once_the_reviews_are_in(world: World) -> None:
    handling, author = world.signed_in(HANDLING), world.signed_in(AUTHOR)
    page = handling.open(f"/reports/{assigned_report(world)}")
    assert "Your turn: screen the submission and send it to review." in page.text
    reviewed = reviewed_report(world, "Rosa Lindqvist", "Piet Moreau")
    page = author.open(f"/reports/{reviewed}")
    assert "They weigh the reviews and propose a decision." in page.text
    assert "AoE" in page.text


def test_authors_read_the_letter_of_acceptance_with_its_conditions(world: World) -> None:
    author, report_id = world.signed_in(AUTHOR), promised_report(world)
    assert LETTER not in author.open(f"/reports/{report_id}").text
    _keep_the_decision(world, report_id, confirmed=False)
    assert LETTER not in author.open(f"/reports/{report_id}").text
    _keep_the_decision(world, report_id, confirmed=True)
    page = author.open(f"/reports/{report_id}")
    assert "In-principle acceptance, stage 1" in page.text
    assert LETTER in page.text
    assert CONDITION in page.text
    assert page.text.index("What you can do") < page.text.index("Letters") < page.text.index("Rarely needed")


def _keep_the_decision(world: World, report_id: str, *, confirmed: bool) -> None:
    with world.work(world.actor(HANDLING)) as uow:
        report = uow.session.get_one(Report, report_id)
        decision = Decision(
            id=uow.new_id("decision"),
            report_id=report_id,
            round_id=rounds(uow, report)[-1].id,
            for_stage=1,
            kind=DecisionKind.IPA,
            proposed_by=world.people[HANDLING],
            proposed_at=uow.now,
            confirmed_by=world.people[SECOND] if confirmed else None,
            confirmed_at=uow.now if confirmed else None,
        )
        uow.cabinet.put(report, decision, "body", DecisionWords(letter=LETTER, conditions=(CONDITION,)))
        uow.session.add(decision)
        uow.commit()


def test_reviewers_read_the_decision_with_its_letter_at_their_link(world: World) -> None:
    report_id = report_in_review(world)
    guest, link = accepted(world, world.signed_in("Ines Editor"), report_id, "rosa@example.net")
    send_review(guest, link)
    _keep_the_decision(world, report_id, confirmed=False)
    assert LETTER not in guest.open(f"{link}/others").text
    _keep_the_decision(world, report_id, confirmed=True)
    page = guest.open(f"{link}/others")
    assert "In-principle acceptance, stage 1" in page.text
    assert LETTER in page.text
    assert CONDITION in page.text


def test_stage_2_is_judged_with_the_conditions_of_the_acceptance_at_hand(world: World) -> None:
    report_id, handling = results_submitted(world), world.signed_in(HANDLING)
    _keep_the_decision(world, report_id, confirmed=True)
    page = handling.open(f"/reports/{report_id}/start")
    assert "Ask the reviewers of stage 1 first." in page.text
    assert page.link("Invite them").endswith(f"/reports/{report_id}/reviewers")
    for name in ("rita", "bo"):
        handling.open(f"/reports/{report_id}/reviewers")
        handling.press("Invite", {"email": f"{name}@example.org"}, within="reviewers")
    assert "Your turn: send it to review. The reviewers of stage 1 are asked." in handling.page.text
    guest, link = accepted(world, handling, report_id, "nina@example.net")
    assert CONDITION in guest.open(f"{link}/form").text
    handling.open(f"/reports/{report_id}/start")
    assert "Invite reviewers next" not in handling.press("Send to review").text
    handling.open(f"/reports/{report_id}/propose")
    assert CONDITION in handling.follow("The acceptance and its conditions").text


def test_while_the_authors_answer_the_proposal_says_so(world: World) -> None:
    report_id, handling = reviewed_report(world, "Rosa Lindqvist", "Piet Moreau"), world.signed_in(HANDLING)
    assert "Your turn: propose a decision." in handling.open(f"/reports/{report_id}/propose").text
    handling.open(f"/reports/{report_id}/reviews")
    handling.press("Ask the authors for answers now")
    page = handling.open(f"/reports/{report_id}/propose")
    assert "Next: the corresponding author. They answer the reviews." in page.text
    assert f"Propose to {SECOND}" in page.buttons()


def test_a_reviewer_with_an_account_finds_what_they_review(world: World) -> None:
    report_id = report_in_review(world)
    reviewer = world.signed_in("Ravi Reviewer")
    assert "To review" not in reviewer.open("/studies").text
    guest, link = accepted(world, world.signed_in("Ines Editor"), report_id, address_of("Ravi Reviewer"))
    page = reviewer.open("/studies")
    assert "Your review is awaited" in page.text
    assert TITLE in page.text
    assert reviewer.open(f"/reports/{report_id}/review").status == 200
    send_review(guest, link)
    assert "Review sent" in reviewer.open("/studies").text

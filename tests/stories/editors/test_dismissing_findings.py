"""A finding is dismissed by the handling editor alone, with a reason, and stands again while nothing is proposed."""

import pytest
from sqlalchemy import select

from journal.demonstration.visitor import Lost, Visitor
from storage.rows.ledger import LedgerRow
from storage.rows.outcomes import FindingRow
from tests.stories.deciding import AUTHOR, HANDLING, LETTER
from tests.stories.editors.test_deciding_on_results import WHY, dismiss, findings_of, in_review
from tests.stories.worlds import World, address_of
from workflows.conformance import State


@pytest.fixture(scope="module")
def report_id(world: World, handling: Visitor) -> str:
    return in_review(world, handling)


def state(world: World, report_id: str) -> State:
    return findings_of(world, report_id)[0].state


def noted(world: World, report_id: str) -> list[LedgerRow]:
    with world.work(writes=False) as uow:
        wanted = select(LedgerRow).where(LedgerRow.report_id == report_id, LedgerRow.action.contains("dismiss"))
        return list(uow.session.scalars(wanted.order_by(LedgerRow.n)))


def test_it_asks_for_a_reason_and_for_a_mark(world: World, handling: Visitor, report_id: str) -> None:
    handling.open(f"/reports/{report_id}/findings")
    refused = handling.press("Dismiss what is marked", {"reason": WHY})
    assert refused.status == 422
    assert "Mark at least one open finding" in refused.text
    assert WHY in refused.text, "what was typed is kept"
    marked = [row.id for row in findings_of(world, report_id)]
    assert "Give the reason" in handling.press("Dismiss what is marked", {"finding": marked, "reason": " "}).text
    assert state(world, report_id) is State.OPEN


def test_nobody_else_is_offered_it(world: World, second: Visitor, author: Visitor, report_id: str) -> None:
    for visitor in (second, author):
        page = visitor.open(f"/reports/{report_id}/findings")
        assert "One finding is open" in page.text
        with pytest.raises(Lost):
            visitor.press("Dismiss what is marked", {"reason": WHY})


def test_it_is_dismissed_and_taken_back(world: World, handling: Visitor, author: Visitor, report_id: str) -> None:
    dismiss(world, handling, report_id)
    assert state(world, report_id) is State.DISMISSED
    assert WHY in author.open(f"/reports/{report_id}/findings").text
    assert "Dismissed by the editor" in author.page.text
    handling.open(f"/reports/{report_id}/findings")
    handling.do("Let it stand again")
    assert state(world, report_id) is State.OPEN
    assert WHY not in author.open(f"/reports/{report_id}/findings").text
    rows = noted(world, report_id)
    assert [row.action for row in rows] == ["dismiss_finding", "take_back_dismissal"]
    assert all(set(row.facts) == {"finding"} for row in rows), "codes, no words"


def test_once_acceptance_is_proposed_it_stays(world: World, handling: Visitor, report_id: str) -> None:
    dismiss(world, handling, report_id)
    handling.open(f"/reports/{report_id}/findings")
    stale = handling.page
    handling.open(f"/reports/{report_id}/propose")
    handling.do("Propose to Sten Achterberg", {"kind": "acceptance", "letter": LETTER})
    handling.page = stale
    refused = handling.press("Let it stand again")
    assert refused.status == 422
    assert "a decision is proposed" in refused.text
    assert state(world, report_id) is State.DISMISSED
    handling.open(f"/reports/{report_id}/propose")
    handling.do("Take the proposal back")


def test_an_upheld_finding_is_not_dismissed(world: World, handling: Visitor, report_id: str) -> None:
    handling.open(f"/reports/{report_id}/findings")
    handling.do("Let it stand again")
    with world.work() as uow:
        row = uow.session.scalars(select(FindingRow).where(FindingRow.report_id == report_id)).one()
        row.upheld_at, row.upheld_by = uow.now, world.people[HANDLING]
        uow.commit()
    handling.open(f"/reports/{report_id}/findings")
    refused = handling.press("Dismiss what is marked", {"finding": [row.id], "reason": WHY})
    assert "You have upheld one of these findings" in refused.text


def test_the_letter_on_a_revision_names_what_is_open(world: World, handling: Visitor, second: Visitor) -> None:
    found = in_review(world, handling)
    handling.open(f"/reports/{found}/propose")
    handling.do("Propose to Sten Achterberg", {"kind": "revision", "letter": LETTER})
    second.open(f"/reports/{found}/confirm")
    second.do("Confirm: revise")
    world.run_jobs()
    told = next(mail for mail in world.mails(address_of(AUTHOR)) if f"/reports/{found}/findings" in mail["text"])
    assert "One difference from the protocol is still open" in told["text"]
    assert "- H1: Done differently, not explained" in told["text"]
    assert "H1" not in told["subject"]

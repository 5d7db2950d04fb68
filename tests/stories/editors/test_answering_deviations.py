"""The editor's answer to a deviation: written beside the results, read by all, carried to the article."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from journal.demonstration.visitor import Visitor
from journal.dossier import results
from journal.dossier.publishing import report_facts
from storage.rows.ledger import LedgerRow
from storage.rows.outcomes import DeviationAnswer
from storage.rows.reports import Report
from tests.stories.deciding import LETTER
from tests.stories.editors.test_deciding_on_results import in_review
from tests.stories.worlds import World
from workflows.deviations import Departure, Deviation, Toward, When

ANSWER = "Duplicates carry no information: the smaller sample is as good."
DECLARED = Deviation(
    row="H1",
    kind=Departure.SAMPLE,
    toward=Toward.UNCHANGED,
    what="1,500 prompts, not 1,800.",
    why="300 were duplicates.",
    when=When.DURING_DATA,
    effect="The interval is a little wider.",
)

FIELD = f"answer-{DECLARED.mark}"


@pytest.fixture(scope="module")
def report_id(world: World, handling: Visitor) -> str:
    found = in_review(world, handling)
    with world.work() as uow:
        report = uow.session.get_one(Report, found)
        version = results.latest_submitted(uow, report)
        assert version is not None
        said = replace(results.words(uow, report, version), deviations=(DECLARED,))
        uow.cabinet.put(report, version, "body", said)
        uow.commit()
    return found


def public_answer(world: World, report_id: str) -> str:
    with world.work(writes=False) as uow:
        return report_facts(uow, uow.session.get_one(Report, report_id)).deviations[0].answer


def test_the_ledger_says_all_of_a_deviation(author: Visitor, report_id: str) -> None:
    page = author.open(f"/reports/{report_id}/deviations")
    for words in (DECLARED.what, DECLARED.why, DECLARED.effect, "While data were being collected", "Sample size"):
        assert words in page.text, words
    assert page.link("H1, as registered").endswith("/protocol/read#row-1")
    assert page.link("1. H1: Done differently").endswith("/findings/1#finding-1")
    assert "Keep the answers" not in page.buttons()


def test_the_editor_answers_and_answers_again(world: World, handling: Visitor, author: Visitor, report_id: str) -> None:
    handling.open(f"/reports/{report_id}/deviations")
    handling.do("Keep the answers", {FIELD: "We see no harm."})
    handling.do("Keep the answers", {FIELD: ANSWER})
    assert ANSWER in author.open(f"/reports/{report_id}/deviations").text
    assert "We see no harm." not in author.page.text
    assert public_answer(world, report_id) == ANSWER
    with world.work(writes=False) as uow:
        assert len(uow.session.scalars(select(DeviationAnswer)).all()) == 2, "versions are kept"
        noted = select(LedgerRow).where(LedgerRow.report_id == report_id, LedgerRow.action == "answer_deviation")
        assert [set(row.facts) for row in uow.session.scalars(noted)] == [{"deviation"}] * 2


def test_an_empty_answer_takes_it_back(world: World, handling: Visitor, report_id: str) -> None:
    handling.open(f"/reports/{report_id}/deviations")
    handling.do("Keep the answers", {FIELD: ""})
    assert public_answer(world, report_id) == ""


def test_a_second_editor_reads_and_does_not_answer(second: Visitor, report_id: str) -> None:
    assert "Keep the answers" not in second.open(f"/reports/{report_id}/deviations").buttons()


def test_once_a_decision_is_proposed_nobody_answers(world: World, handling: Visitor, report_id: str) -> None:
    handling.open(f"/reports/{report_id}/deviations")
    stale = handling.page
    handling.open(f"/reports/{report_id}/propose")
    handling.do("Propose to Sten Achterberg", {"kind": "revision", "letter": LETTER})
    handling.page = stale
    refused = handling.press("Keep the answers", {FIELD: ANSWER})
    assert refused.status == 422
    assert "a decision is proposed" in refused.text
    assert ANSWER in refused.text, "what was typed is kept"
    assert public_answer(world, report_id) == ""

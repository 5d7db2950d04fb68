"""What the handling editor judged where no reviewer did is read, answered and upheld like any review."""

from journal.demonstration.visitor import Visitor
from journal.dossier.answers import unanswered
from storage.rows.reports import Report
from storage.rows.reviewing import JudgementRow
from tests.stories.deciding import HANDLING, LETTER, MET, SECOND, reviewed_report, write_review
from tests.stories.worlds import World
from workflows.reviewing import Answer, Criterion

NO_CONTROL = "No positive control shows that the measure works."
NEVER_SAID = {**MET, Criterion.CHECKS: Answer.CANNOT_JUDGE}


def left(world: World, report_id: str) -> list[str]:
    with world.work(writes=False) as uow:
        return [row.id for row in unanswered(uow, uow.session.get_one(Report, report_id))]


def judge(handling: Visitor, report_id: str, place: int = 0) -> None:
    handling.open(f"/reports/{report_id}/propose")
    own = {f"judgements-{place}-verdict": "not_met", f"judgements-{place}-reason": NO_CONTROL, "letter": LETTER}
    assert handling.press("Record these judgements only", own).status == 200


def test_authors_answer_it_and_the_editor_upholds_it(world: World, handling: Visitor, author: Visitor) -> None:
    report_id = reviewed_report(world)
    write_review(world, report_id, "Rita Olsen", NEVER_SAID)
    judge(handling, report_id)
    (waiting,) = left(world, report_id)
    assert NO_CONTROL not in author.open(f"/reports/{report_id}/reviews").text
    page = handling.open(f"/reports/{report_id}/reviews")
    assert "The handling editor" in page.text
    assert "Uphold" not in page.buttons()
    handling.press("Ask the authors for answers now")
    assert "Next: the corresponding author." in handling.page.text
    assert "Your turn: answer the reviews." in author.open(f"/reports/{report_id}").text

    page = author.open(f"/reports/{report_id}/answers")
    assert "1 of 1 still to answer" in page.text
    assert NO_CONTROL in page.text
    assert HANDLING not in page.tree.xpath("string(//main)")
    assert page.tree.xpath("//textarea/@name") == [f"answer-{waiting}"]
    author.press("Save, and tell the editor", {f"answer-{waiting}": "We add one, check C2."})
    assert left(world, report_id) == []
    assert "Your turn" not in author.open(f"/reports/{report_id}").text

    assert "We add one, check C2." in handling.open(f"/reports/{report_id}/reviews").text
    handling.press("Uphold")
    with world.work(writes=False) as uow:
        row = uow.session.get_one(JudgementRow, waiting)
        assert (row.review_id, row.upheld_by) == (None, world.people[HANDLING])
    assert "Do not uphold it after all" in handling.page.buttons()
    assert "Upheld" in world.signed_in(SECOND).open(f"/reports/{report_id}/reviews").text


def test_it_can_be_put_to_the_authors_before_any_review_arrives(
    world: World, handling: Visitor, author: Visitor
) -> None:
    report_id = reviewed_report(world)
    page = handling.open(f"/reports/{report_id}/reviews")
    assert "Ask the authors for answers now" not in page.buttons()
    judge(handling, report_id)
    handling.open(f"/reports/{report_id}/reviews")
    handling.press("Ask the authors for answers now")
    assert NO_CONTROL in author.open(f"/reports/{report_id}/answers").text

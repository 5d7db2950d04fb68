"""Under a hazard hold an officer opens a choice to the authors; it is kept, shown, changed, and publishes nothing."""

import pytest

from journal.demonstration.visitor import Visitor
from storage.ledger import Verified, verify
from storage.rows.choices import AuthorsChoice
from storage.rows.reports import Report
from tests.stories.papers import AUTHOR, CHIEF, HANDLING, REVIEWER, report_at
from tests.stories.withholding import case, holds, letters, withhold, written
from tests.stories.worlds import World, address_of, stage_of
from workflows.holds import HoldKind
from workflows.stages import Stage


def offered(world: World, officer: Visitor) -> str:
    report_id = report_at(world, Stage.STAGE_2_IN_REVIEW)
    withhold(world, report_id, HoldKind.INFORMATION_HAZARD)
    officer.open(case(report_id))
    officer.follow("Offer them a choice")
    officer.press("Offer the choice", {"offer-words": "We would narrow section 4."})
    return report_id


def test_the_authors_choose_and_choose_anew(world: World, officer: Visitor, visitors: dict[str, Visitor]) -> None:
    before = written(world)
    report_id = offered(world, officer)
    assert letters(world, before) == [(address_of(AUTHOR), "A question about your report")]
    assert "They were asked, and have not chosen yet" in officer.open(case(report_id)).text
    author = visitors[AUTHOR]
    author.open(f"/reports/{report_id}")
    author.follow("You were asked how this report should go on")
    assert "We would narrow section 4." in author.page.text
    assert author.press("Keep this choice").status == 422
    author.press("Keep this choice", {"choice": "narrow", "words": "Section 4 alone."})
    author.press("Keep this choice", {"choice": "narrow", "words": "Section 4 alone."})
    assert "Narrow it" in officer.open(case(report_id)).text
    world.clock.advance(minutes=1)
    author.open(f"/reports/{report_id}/choice")
    author.press("Keep this choice", {"choice": "never", "words": ""})
    assert "Never publish it" in officer.open(case(report_id)).text
    assert "Section 4 alone." in officer.follow("Their choice").text
    with world.work(writes=False) as uow:
        rows = uow.session.query(AuthorsChoice).filter_by(report_id=report_id).order_by(AuthorsChoice.chosen_at).all()
        assert sorted(row.choice for row in rows) == ["narrow", "never"]
        assert all(b"Section 4" not in row.words for row in rows)
        assert isinstance(verify(uow.session), Verified)
    assert holds(world, report_id)[0].ended_at is None
    assert stage_of(world, report_id) is Stage.STAGE_2_IN_REVIEW


def test_nobody_else_has_the_page(world: World, officer: Visitor, visitors: dict[str, Visitor]) -> None:
    report_id = offered(world, officer)
    for name in (HANDLING, REVIEWER, CHIEF):
        assert visitors[name].open(f"/reports/{report_id}/choice").status == 404


@pytest.mark.parametrize("kind", HoldKind)
def test_without_an_offer_authors_find_nothing(
    world: World, officer: Visitor, visitors: dict[str, Visitor], kind: HoldKind
) -> None:
    report_id = report_at(world, Stage.TYPESET)
    withhold(world, report_id, kind)
    assert visitors[AUTHOR].open(f"/reports/{report_id}/choice").status == 404
    expected = 200 if kind is HoldKind.INFORMATION_HAZARD else 404
    assert officer.open(f"/reports/{report_id}/choice").status == expected


def test_what_is_out_is_chosen(world: World, officer: Visitor, visitors: dict[str, Visitor]) -> None:
    report_id = offered(world, officer)
    author = visitors[AUTHOR]
    stale = author.open(f"/reports/{report_id}/choice")
    with world.work() as uow:
        uow.session.get_one(Report, report_id).stage = Stage.PUBLISHED
        uow.commit()
    author.page = stale
    assert author.press("Keep this choice", {"choice": "never"}).status == 422
    assert "Keep this choice" not in author.open(f"/reports/{report_id}/choice").buttons()

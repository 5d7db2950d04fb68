"""A reviewer of stage 2 by link: findings with both texts, a press that makes one a point, evidence by criterion."""

from dataclasses import replace

import pytest

from journal.demonstration.visitor import Visitor
from journal.dossier import results
from storage.rows.reports import Report
from tests.stories.deciding import results_submitted
from tests.stories.editors.test_answering_deviations import DECLARED
from tests.stories.editors.test_deciding_on_results import WHY, findings_of
from tests.stories.reviewing import accepted, judged
from tests.stories.worlds import World
from workflows.outcomes import Unregistered

ADDED = Unregistered(what="A look at languages.", why="A reader asked.", where="section 5")


@pytest.fixture(scope="module")
def report_id(world: World, handling: Visitor) -> str:
    found = results_submitted(world)
    with world.work() as uow:
        report = uow.session.get_one(Report, found)
        version = results.latest_submitted(uow, report)
        assert version is not None
        said = results.words(uow, report, version)
        outcomes = replace(said.outcomes, unregistered=(ADDED,))
        uow.cabinet.put(report, version, "body", replace(said, deviations=(DECLARED,), outcomes=outcomes))
        uow.commit()
    handling.open(f"/reports/{found}/start")
    handling.press("Send to review", {"other_reviewers": "Both moved on."})
    return found


@pytest.fixture(scope="module")
def invited(world: World, handling: Visitor, report_id: str) -> tuple[Visitor, str]:
    return accepted(world, handling, report_id, "rosa@example.net", "Rosa")


def typed(visitor: Visitor, name: str) -> str:
    found = visitor.page.tree.xpath(f"//*[@name='{name}']")[0]
    if found.tag == "select":
        return str(found.xpath("string(option[@selected]/@value)"))
    return str(found.text_content() if found.tag == "textarea" else found.get("value") or "").strip()


def test_everything_is_on_one_page(invited: tuple[Visitor, str]) -> None:
    guest, link = invited
    page = guest.open(f"{link}/form")
    for words in ("1,800 prompts", "1,500", DECLARED.what, "no deviation explains it", "A look at languages"):
        assert words in page.text, words
    assert "Evidence for 2C: 1 finding, 1 open, 1 deviation" in page.text
    assert "Readers are told" in page.text
    outside = [href for href in page.tree.xpath("//main//a/@href") if "/reports/" in href]
    assert outside == [], "whoever came by a link has no account"


def test_a_finding_becomes_a_point_and_what_was_typed_is_kept(invited: tuple[Visitor, str]) -> None:
    guest, link = invited
    guest.open(f"{link}/form")
    page = guest.do("finding:1", {"confidential": "Typed before the press."})
    assert page.address.endswith("#points-0")
    assert typed(guest, "confidential") == "Typed before the press."
    assert typed(guest, "points-0-criterion") == "2C"
    assert typed(guest, "points-0-place") == "Finding 1, H1"
    for words in ("no deviation explains it", "\N{LEFT DOUBLE QUOTATION MARK}1,800 prompts", "1,500"):
        assert words in typed(guest, "points-0-claim")
    assert (typed(guest, "points-0-why"), typed(guest, "points-0-settles")) == ("", "")
    guest.do("finding:1")
    assert not guest.page.tree.xpath("//*[@name='points-1-claim']"), "a second press makes no second point"
    guest.do("deviation:1")
    assert typed(guest, "points-1-place") == "Deviation 1, H1"


@pytest.mark.parametrize("nowhere", ["finding:9", "deviation:9", "finding:", "hold:1"])
def test_what_is_not_there_makes_no_point(invited: tuple[Visitor, str], nowhere: str) -> None:
    guest, link = invited
    guest.open(f"{link}/form")
    before = len(guest.page.tree.xpath("//*[contains(@name, '-claim')]"))
    button = guest.page.tree.xpath("//button[@value='finding:1']")[0]
    button.set("value", nowhere)
    guest.do(nowhere)
    assert len(guest.page.tree.xpath("//*[contains(@name, '-claim')]")) == before


def test_the_editors_reason_reaches_the_reviewer(
    world: World, handling: Visitor, invited: tuple[Visitor, str], report_id: str
) -> None:
    guest, link = invited
    marked = [row.id for row in findings_of(world, report_id)]
    handling.open(f"/reports/{report_id}/findings")
    handling.do("Dismiss what is marked", {"finding": marked, "reason": WHY})
    assert WHY in guest.open(f"{link}/form").text


def test_the_point_on_a_deviation_stands_in_the_ledger(
    handling: Visitor, invited: tuple[Visitor, str], report_id: str
) -> None:
    guest, link = invited
    guest.open(f"{link}/form")
    point = {f"points-{at}-{name}": "Because." for at in (0, 1) for name in ("why", "settles")}
    guest.do("Send your review", judged(2) | point | {f"points-{at}-severity": "should" for at in (0, 1)})
    assert "Make this a point" not in guest.page.text, "what is sent is sent"
    ledger = handling.open(f"/reports/{report_id}/deviations")
    assert "Reviewer A" in ledger.text
    assert "The declared deviation: 1,500 prompts" in ledger.text

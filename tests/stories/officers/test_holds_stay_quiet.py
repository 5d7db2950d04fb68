"""Who may not know of a hold learns nothing of it: not from pages, not from answers, not from letters."""

import re

import pytest
from sqlalchemy import event

from journal.demonstration.visitor import Visitor
from tests.stories.papers import (
    AUTHOR,
    CHIEF,
    FIRST_OFFICER,
    HANDLING,
    REVIEWER,
    SECOND,
    SECOND_OFFICER,
    report_at,
    typeset,
)
from tests.stories.reports import TITLE
from tests.stories.second_factors import agree
from tests.stories.withholding import HAZARD, REASON, SECRET, case, flag, holds, withhold
from tests.stories.worlds import World, address_of, stage_of
from workflows.holds import NEUTRAL_SENTENCE, HoldKind
from workflows.stages import Stage


def test_an_officer_who_is_an_author_is_only_that(world: World, officer: Visitor, other: Visitor) -> None:
    own = report_at(world, Stage.IN_REVIEW, author=FIRST_OFFICER)
    flag(world, own, by=FIRST_OFFICER)
    assert officer.open(case(own)).status == 404
    assert own not in officer.open("/holds").answer.body.decode()
    assert own in other.open("/holds").answer.body.decode()
    page = other.open(case(own))
    assert "No second officer is free." in page.text
    row = holds(world, own)[0]
    agree(world, other, row.id, "No.", by=SECOND_OFFICER)
    for address in (f"{case(own)}/{row.id}/lift", case(own), f"{case(own)}/{row.id}/again"):
        assert _posted(officer, address) == 404
    assert len(holds(world, own)) == 1
    assert holds(world, own)[0].ended_at is None


def test_a_hold_of_one_report_is_not_reached_through_another(world: World, officer: Visitor) -> None:
    mine, theirs = report_at(world, Stage.IN_REVIEW), report_at(world, Stage.IN_REVIEW)
    withhold(world, theirs, HoldKind.LEGAL)
    row = holds(world, theirs)[0]
    officer.open(case(mine))
    assert _posted(officer, f"{case(mine)}/{row.id}/lift") == 404


def _posted(visitor: Visitor, address: str) -> int:
    """What a form made up for `address` is answered, sent with the token of a page of theirs."""
    token = visitor.open("/studies").tree.xpath("//input[@name='csrf_token']/@value")[0]
    return visitor._post(address, [("csrf_token", token)], multipart=False).status  # noqa: SLF001 - a forged form


_VOLATILE = re.compile(rb'name="csrf_token" value="[^"]*"')


def _seen(visitor: Visitor, address: str, report_id: str) -> bytes:
    body = visitor.open(address).answer.body
    return _VOLATILE.sub(b"", body).replace(report_id.encode(), b"REPORT")


@pytest.mark.parametrize(
    "name", [AUTHOR, *(pytest.param(name, marks=pytest.mark.thorough) for name in (HANDLING, SECOND, REVIEWER))]
)
def test_its_people_read_the_same_bytes_whatever_the_kind(
    world: World, visitors: dict[str, Visitor], name: str
) -> None:
    visitor = visitors[name]
    usual: list[str] = []
    pages: dict[str, set[bytes]] = {"": set(), "/proof": set(), "/retraction": set()}
    for kind in HoldKind:
        report_id = report_at(world, Stage.TYPESET)
        typeset(world, report_id)
        for end in pages:
            free = _seen(visitor, f"/reports/{report_id}{end}", report_id)
            if end == "":
                assert NEUTRAL_SENTENCE.encode() not in free
                usual = SECRET.findall(free.decode())
        withhold(world, report_id, kind)
        for end, seen in pages.items():
            seen.add(_seen(visitor, f"/reports/{report_id}{end}", report_id))
    assert [len(seen) for seen in pages.values()] == [1, 1, 1]
    (report_page,) = pages[""]
    assert NEUTRAL_SENTENCE.encode() in report_page
    assert SECRET.findall(report_page.decode()) == usual


def test_an_officer_reads_other_bytes_for_each_kind(world: World, visitors: dict[str, Visitor]) -> None:
    """The comparison above can see a difference where there is one."""
    seen = set()
    for kind in HoldKind:
        report_id = report_at(world, Stage.TYPESET)
        withhold(world, report_id, kind)
        seen.add(_seen(visitors[SECOND_OFFICER], case(report_id), report_id))
    assert len(seen) == len(HoldKind)


def test_nobody_else_finds_the_queue_or_the_case(world: World, visitors: dict[str, Visitor]) -> None:
    report_id = report_at(world, Stage.IN_REVIEW)
    withhold(world, report_id, HoldKind.INFORMATION_HAZARD)
    missing = visitors[AUTHOR].open(f"/reports/{'a' * 26}/hold").text
    for name in (AUTHOR, SECOND, REVIEWER, CHIEF):
        page = visitors[name].open(case(report_id))
        assert page.status == 404
        assert visitors[name].open("/holds").status == 404
        if name == AUTHOR:
            assert page.text == missing
    assert visitors[HANDLING].open("/holds").status == 404
    assert "hazard" not in visitors[HANDLING].open(case(report_id)).text.lower()


def test_a_hold_in_one_tab_and_an_approval_in_another_both_count(
    world: World, officer: Visitor, visitors: dict[str, Visitor]
) -> None:
    report_id = report_at(world, Stage.PROOF)
    typeset(world, report_id)
    author = visitors[AUTHOR]
    author.open(f"/reports/{report_id}/proof")
    officer.open(case(report_id))
    officer.press("Withhold it now", HAZARD)
    page = author.press("Approve the proof")
    assert page.status == 200
    assert NEUTRAL_SENTENCE in page.text
    assert stage_of(world, report_id) is Stage.READY
    assert holds(world, report_id)[0].ended_at is None


def test_reading_the_queue_asks_as_often_for_many_as_for_one(world: World, officer: Visitor) -> None:
    asked: list[str] = []
    event.listen(world.resources.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    officer.open("/holds")
    assert 0 < len([each for each in asked if each.lstrip().startswith("SELECT")]) <= 14


def test_the_folder_of_mails_names_no_study(world: World) -> None:
    world.run_jobs()
    told = [mail for mail in world.mails() if mail["to"] in {address_of(FIRST_OFFICER), address_of(SECOND_OFFICER)}]
    assert told
    assert not any(TITLE in mail["text"] or REASON in mail["text"] or HANDLING in mail["text"] for mail in told)


def line_of(page: Visitor, report_id: str) -> str:
    """The line of the list on the page that leads to the report, as words."""
    (row,) = page.page.tree.xpath("//tr[.//a[contains(@href, $id)]]", id=report_id)
    return " ".join(row.text_content().split())


@pytest.mark.parametrize(("who", "path"), [(HANDLING, "/queue"), (AUTHOR, "/studies")])
def test_a_list_says_what_the_page_says(world: World, visitors: dict[str, Visitor], who: str, path: str) -> None:
    lines = {}
    for kind in (None, HoldKind.INFORMATION_HAZARD, HoldKind.AUTHOR_EMBARGO):
        report_id = report_at(world, Stage.TYPESET)
        if kind is not None:
            withhold(world, report_id, kind)
        visitors[who].open(path)
        lines[kind] = line_of(visitors[who], report_id)
    assert NEUTRAL_SENTENCE not in lines[None]
    assert NEUTRAL_SENTENCE in lines[HoldKind.INFORMATION_HAZARD]
    assert lines[HoldKind.INFORMATION_HAZARD] == lines[HoldKind.AUTHOR_EMBARGO]


def test_an_embargo_set_early_takes_nobodys_turn_away(world: World, visitors: dict[str, Visitor]) -> None:
    report_id = report_at(world, Stage.REVISION)
    withhold(world, report_id, HoldKind.AUTHOR_EMBARGO)
    assert "Your turn" in visitors[AUTHOR].open(f"/reports/{report_id}").text
    withhold(world, report_id, HoldKind.INFORMATION_HAZARD)
    page = visitors[AUTHOR].open(f"/reports/{report_id}")
    assert "Your turn" not in page.text
    assert NEUTRAL_SENTENCE in page.text

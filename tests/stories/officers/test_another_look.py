"""Authors of a delayed report ask that somebody else look at it; an officer who has not acted on the case answers."""

from pathlib import Path

import pytest

from journal.demonstration.visitor import Visitor
from journal.dossier.clock import run_clock
from storage.ledger import Verified, verify
from storage.rows.appeals import Appeal
from tests.stories.papers import (
    AUTHOR,
    CHIEF,
    FIRST_OFFICER,
    HANDLING,
    REVIEWER,
    SECOND_OFFICER,
    journal_of_people,
    report_at,
    typeset,
)
from tests.stories.reports import TITLE
from tests.stories.withholding import (
    HAZARD,
    SECRET,
    another_officer,
    case,
    flag,
    holds,
    letters,
    withhold,
    written,
)
from tests.stories.worlds import World, address_of, make_world
from workflows.holds import HoldKind
from workflows.stages import Stage

WORDS = "The prompts of section 4 were patched in May."
ASK = "Ask for another look"


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A world for each story: its letters are counted."""
    made = make_world(tmp_path)
    journal_of_people(made)
    return made


def held(world: World) -> str:
    """Held by the first officer, through the page."""
    report_id = report_at(world, Stage.IN_REVIEW)
    officer = world.signed_in(FIRST_OFFICER)
    officer.open(case(report_id))
    officer.press("Withhold it now", HAZARD)
    return report_id


def asked(world: World, report_id: str) -> Visitor:
    author = world.signed_in(AUTHOR)
    author.open(f"/reports/{report_id}")
    author.follow(ASK)
    page = author.press(ASK, {"words": WORDS})
    assert page.status == 200
    return author


def test_it_goes_to_an_officer_who_has_not_acted_and_is_answered_in_words(world: World) -> None:
    report_id = held(world)
    before = written(world)
    author = asked(world, report_id)
    assert letters(world, before) == [(address_of(SECOND_OFFICER), "Authors ask for another look")]
    other = world.signed_in(SECOND_OFFICER)
    other.open("/holds")
    assert "Authors ask for another look" in other.page.text
    other.open(f"/reports/{report_id}/appeal")
    assert WORDS in other.page.text
    first = world.signed_in(FIRST_OFFICER)
    assert "Answer the authors" not in first.open(f"/reports/{report_id}/appeal").buttons()
    before = written(world)
    assert other.press("Answer the authors", {"answer": ""}).status == 422
    other.press("Answer the authors", {"answer": "We tried it: two of them still work."})
    assert letters(world, before) == [(address_of(AUTHOR), "An answer to what you asked")]
    assert "two of them still work" in author.open(f"/reports/{report_id}/appeal").text
    assert holds(world, report_id)[0].ended_at is None
    assert holds(world, report_id)[0].lifts == []
    for name in (HANDLING, REVIEWER, CHIEF):
        visitor = world.signed_in(name)
        assert visitor.open(f"/reports/{report_id}/appeal").status == 404
        assert WORDS not in visitor.open(f"/reports/{report_id}").text
    with world.work(writes=False) as uow:
        assert isinstance(verify(uow.session), Verified)
        row = uow.session.query(Appeal).one()
        assert WORDS.encode() not in row.words


@pytest.mark.parametrize("kind", HoldKind)
def test_the_page_tells_nothing_of_kinds(world: World, kind: HoldKind) -> None:
    report_id, other = report_at(world, Stage.TYPESET), report_at(world, Stage.TYPESET)
    for each, why in ((report_id, kind), (other, HoldKind.INFORMATION_HAZARD)):
        typeset(world, each)
        withhold(world, each, why)
    author = world.signed_in(AUTHOR)
    pages = [author.open(f"/reports/{each}/appeal") for each in (report_id, other)]
    assert [page.status for page in pages] == [200, 200]
    assert pages[0].text == pages[1].text
    main = pages[0].tree.xpath("//main")[0]
    assert SECRET.findall("".join(main.itertext()).replace(TITLE, "")) == []


def test_without_a_delay_there_is_no_such_page(world: World) -> None:
    report_id = report_at(world, Stage.IN_REVIEW)
    author = world.signed_in(AUTHOR)
    assert author.open(f"/reports/{report_id}/appeal").status == 404
    assert ASK not in author.open(f"/reports/{report_id}").text


@pytest.mark.thorough
def test_where_every_officer_has_acted_another_has_to_be_appointed_and_answers(world: World) -> None:
    report_id = held(world)
    row = holds(world, report_id)[0]
    other = world.signed_in(SECOND_OFFICER)
    other.open(case(report_id))
    other.press("Set this day", {f"again-{row.id}-review_by": "2026-05-20"})
    before = written(world)
    asked(world, report_id)
    assert sorted(letters(world, before)) == [
        (address_of(FIRST_OFFICER), "An officer has to be appointed"),
        (address_of(SECOND_OFFICER), "An officer has to be appointed"),
    ]
    assert "Answer the authors" not in other.open(f"/reports/{report_id}/appeal").buttons()
    another_officer(world, "Zoe Officer")
    new = world.signed_in("Zoe Officer")
    new.open(f"/reports/{report_id}/appeal")
    assert "nothing else has changed" in new.press("Answer the authors", {"answer": "It stays."}).text.lower()


@pytest.mark.thorough
def test_one_waits_at_a_time_and_a_form_sent_twice_is_one(world: World) -> None:
    report_id = held(world)
    author = world.signed_in(AUTHOR)
    form = author.open(f"/reports/{report_id}/appeal")
    assert author.press(ASK, {"words": " "}).status == 422
    author.press(ASK, {"words": WORDS})
    author.page = form
    assert author.press(ASK, {"words": WORDS}).status == 200
    author.page = form
    assert author.press(ASK, {"words": "And another thing."}).status == 422
    with world.work(writes=False) as uow:
        assert uow.session.query(Appeal).count() == 1


@pytest.mark.thorough
def test_an_appeal_that_nobody_answers_calls_people(world: World) -> None:
    report_id = report_at(world, Stage.IN_REVIEW)
    flag(world, report_id)
    withhold(world, report_id, HoldKind.LEGAL)
    asked(world, report_id)
    world.run_jobs()
    with world.work() as uow:
        for row in holds(world, report_id):
            uow.session.merge(row).review_by = None
        uow.commit()
    found = []
    for span in (30, 1, 3, 3):
        before = written(world)
        world.clock.advance(days=span)
        run_clock(world.resources)
        found.append(sorted(to.partition("@")[0] for to, subject in letters(world, before) if "overdue" in subject))
    assert found == [[], ["omar"], ["olga"], ["olga", "omar"]]
    assert "one case is overdue" in world.signed_in(CHIEF).open("/queue").text

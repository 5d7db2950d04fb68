"""At any stage any author can say that the work turned out hazardous: the officers alone learn it, the clocks stop."""

from collections.abc import Iterator

import pytest

from journal.demonstration.visitor import Visitor
from journal.dossier.access import open_report
from storage.rows.reports import Report, ReportAuthor
from tests.stories.papers import (
    AUTHOR,
    CHIEF,
    FIRST_OFFICER,
    HANDLING,
    REVIEWER,
    SECOND,
    SECOND_OFFICER,
    jobs_asked,
    released,
    report_at,
    typeset,
)
from tests.stories.withholding import holds, letters, written
from tests.stories.worlds import World, address_of, stage_of
from workflows.holds import NEUTRAL_SENTENCE, HoldKind
from workflows.stages import OUT, Stage

FOUND = "The prompts of section 4 open every model we tried."
SAY = "Withhold it and tell the officers"
OFFICERS = {address_of(FIRST_OFFICER), address_of(SECOND_OFFICER)}


def said(world: World, author: Visitor, stage: Stage) -> str:
    """A report at `stage` whose author said it; its identifier."""
    report_id = report_at(world, stage)
    if stage in (Stage.TYPESET, Stage.PROOF, Stage.READY, *OUT):
        typeset(world, report_id)
    if stage in OUT:
        released(world, report_id)
    author.open(f"/reports/{report_id}")
    author.follow("This turned out hazardous")
    page = author.press(SAY, {"reason": FOUND})
    assert "withheld from this moment on" in page.text
    return report_id


def clocks_stopped(world: World, report_id: str) -> bool:
    with world.work(world.actor(AUTHOR), writes=False) as uow:
        opened = open_report(uow, report_id)
        assert opened
        return opened.clocks_stopped


# Two kinds of stage are enough for --fast: under review, and out.
_QUICK = (Stage.PUBLISHED,)
_EVERY = [stage if stage in _QUICK else pytest.param(stage, marks=pytest.mark.thorough) for stage in Stage]


@pytest.mark.parametrize("stage", _EVERY)
def test_it_goes_to_the_officers_alone_at_every_stage(world: World, visitors: dict[str, Visitor], stage: Stage) -> None:
    before = written(world)
    report_id = said(world, visitors[AUTHOR], stage)
    takedowns = [key for key in jobs_asked(world, "release", report_id) if key]
    assert takedowns == ([f"takedown/{report_id}"] if stage in OUT else [])
    assert [row.kind for row in holds(world, report_id)] == [HoldKind.TRIAGE_FLAG]
    assert clocks_stopped(world, report_id)
    assert stage_of(world, report_id) is stage
    told = letters(world, before)
    assert {to for to, _ in told} == OFFICERS
    taken_down = {"A takedown waits for a second officer"} if stage in OUT else set()
    assert {subject for _, subject in told} == {"A report waits for an officer"} | taken_down
    assert FOUND in visitors[FIRST_OFFICER].open(f"/reports/{report_id}/hold").text
    for page in pages_of_others(visitors, report_id):
        assert "turned out hazardous" not in page
        assert FOUND not in page
    for name in (HANDLING, SECOND, REVIEWER):
        assert NEUTRAL_SENTENCE in visitors[name].open(f"/reports/{report_id}").text
    assert visitors[CHIEF].open(f"/reports/{report_id}").status == 404


def pages_of_others(visitors: dict[str, Visitor], report_id: str) -> Iterator[str]:
    """What the editors and the reviewer of the report find."""
    for name in (HANDLING, SECOND, REVIEWER, CHIEF):
        for address in ("", "/notes", "/reviews", "/reviewers", "/assign", "/proof", "/hold", "/hazard", "/appeal"):
            yield visitors[name].open(f"/reports/{report_id}{address}").text
        for address in ("/queue", "/published", "/studies", "/holds"):
            yield visitors[name].open(address).text


def test_a_coauthor_says_it_too(world: World, visitors: dict[str, Visitor]) -> None:
    report_id = report_at(world, Stage.STAGE_2_DRAFT)
    with world.work() as uow:
        report = uow.session.get_one(Report, report_id)
        first = report.authors[0]
        first.corresponding = False
        other = ReportAuthor(
            id=uow.new_id("report_author"),
            position=1,
            email="someone@example.org",
            details=first.details,
            corresponding=True,
            consented_at=uow.now,
        )
        report.authors.append(other)
        uow.commit()
    author = visitors[AUTHOR]
    author.open(f"/reports/{report_id}/hazard")
    assert "withheld from this moment on" in author.press(SAY, {"reason": FOUND}).text
    assert len(holds(world, report_id)) == 1


def test_it_needs_a_reason_and_is_said_once(world: World, visitors: dict[str, Visitor]) -> None:
    report_id = report_at(world, Stage.IPA)
    author = visitors[AUTHOR]
    form = author.open(f"/reports/{report_id}/hazard")
    assert author.press(SAY, {"reason": " "}).status == 422
    for _ in range(2):
        author.page = form
        author.press(SAY, {"reason": FOUND})
    assert len(holds(world, report_id)) == 1

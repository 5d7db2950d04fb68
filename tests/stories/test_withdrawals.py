"""Authors withdraw with a reason that stays sealed: of sealed work nothing is told, and no reason costs anything."""

import pytest
from sqlalchemy import select

from journal.production.release import make_release
from storage.rows.ledger import LedgerRow
from tests.stories.accepted import AUTHOR, Study, registered_report
from tests.stories.public_shelf import shelf_of
from tests.stories.test_announced_work_closes import APRIL, notice
from tests.stories.worlds import World, address_of, stage_of
from tests.thorough import few_of
from workflows.stages import Stage

ORDINARY = "The compute grant was not renewed."
HAZARD = "The quokka attack works too well to be described."


def withdraw(world: World, report: str, reason: str, *, flagged: bool = False) -> None:
    author = world.signed_in(AUTHOR)
    if flagged:
        author.open(f"/reports/{report}/hazard")
        author.press("Withhold it and tell the officers", {"reason": reason})
    author.open(f"/reports/{report}/withdraw")
    assert "The study is withdrawn" in author.press("Withdraw the study", {"reason": reason}).text
    assert stage_of(world, report) is Stage.WITHDRAWN_AFTER_IPA


@pytest.mark.parametrize("flagged", few_of([True, False]))
def test_of_sealed_work_nothing_is_told(world: World, flagged: bool) -> None:  # noqa: FBT001
    registered_report(world, Study(title="Do monitors notice drift?"), announced=True)
    report = registered_report(world, Study(title="A quokka nobody heard of"))
    make_release(world.resources)
    before = shelf_of(world).everything()
    withdraw(world, report, HAZARD, flagged=flagged)
    assert make_release(world.resources) is None
    world.clock.now = APRIL
    make_release(world.resources)
    assert shelf_of(world).everything() == before
    with world.work(writes=False) as uow:
        assert "quokka" not in str([row.facts for row in uow.session.scalars(select(LedgerRow))])


def test_announced_work_gets_the_one_notice_whatever_the_reason(world: World) -> None:
    reports = [registered_report(world, Study(title=f"Study {n}"), announced=True) for n in range(3)]
    make_release(world.resources)
    for report, reason, flagged in zip(reports, (ORDINARY, HAZARD, HAZARD), (False, False, True), strict=True):
        withdraw(world, report, reason, flagged=flagged)
    world.clock.now = APRIL
    make_release(world.resources)
    one, two, three = (notice(world, report) for report in reports)
    assert one == two == three
    assert b"quokka" not in shelf_of(world).everything()


@pytest.mark.thorough
def test_a_hazard_as_reason_costs_its_author_nothing(world: World) -> None:
    told = []
    for name, reason, flagged in (("first", ORDINARY, False), ("second", HAZARD, True)):
        report = registered_report(world, Study(title=name))
        withdraw(world, report, reason, flagged=flagged)
        world.run_jobs()
        author = world.signed_in(AUTHOR)
        letter = letter_about(world, name)
        assert "no penalty" in letter
        told.append((letter.replace(name, "NAME").replace(report, "ID"), author.open("/studies/new").text))
        assert author.press("Begin the draft", {"title": f"After the {name}"}).status == 200
    assert told[0] == told[1], "both authors are told the same, and find the same open to them"


def letter_about(world: World, title: str) -> str:
    """What its author was written when the study of this title was withdrawn, as one line."""
    written = [" ".join(mail["text"].split()) for mail in world.mails(address_of(AUTHOR))]
    return next(text for text in written if f"“{title}” is withdrawn" in text)

"""Reports whose results do not come, for stories: time passes, somebody looks at the clock, letters go out."""

from journal.dossier.clock import run_clock
from journal.dossier.stopped import move_due_days
from storage.rows.holds import HoldRow
from storage.rows.reports import Report
from tests.stories.deciding import AUTHOR, promised_report
from tests.stories.withheld import lift
from tests.stories.worlds import World, address_of
from workflows.holds import HoldKind, Scope
from workflows.people import Capacity

SOON, DUE = "Your results are due soon", "Your results are due"
OVERDUE, STILL = "Your results are overdue", "Are you still at work?"
LAPSED = "Your study counts as withdrawn"


def promised(world: World, *, days: int) -> str:
    """A report accepted in principle, its results due in some days, its letters so far delivered."""
    report_id = promised_report(world, days=days)
    world.run_jobs()
    return report_id


def letters_after(world: World, *, days: float) -> list[str]:
    """Time passes, somebody looks at the clock (twice, as two minutes do), and letters go out: their subjects."""
    before = len(world.mails(address_of(AUTHOR)))
    world.clock.advance(days=days)
    run_clock(world.resources)
    run_clock(world.resources)
    world.run_jobs()
    return [mail["subject"] for mail in world.mails(address_of(AUTHOR))[before:]]


def overdue(world: World) -> str:
    """A report whose results were due 31 days ago, and whose authors were told a moment ago."""
    report_id = promised(world, days=10)
    assert letters_after(world, days=41) == [OVERDUE], "a pause of a month: one letter for two steps"
    return report_id


def stop(world: World, report_id: str) -> str:
    """The clocks stop: an author raised a flag; its identifier."""
    with world.work() as uow:
        report = uow.session.get_one(Report, report_id)
        hold = HoldRow(
            id=uow.new_id("hold"),
            report_id=report_id,
            kind=HoldKind.TRIAGE_FLAG,
            scope=Scope.EXISTENCE,
            placed_by=world.people[AUTHOR],
            placed_as=Capacity.AUTHOR,
            placed_at=uow.now,
        )
        uow.cabinet.put(report, hold, "reason", "A recipe.")
        uow.session.add(hold)
        uow.commit()
        return hold.id


def go_on(world: World, report_id: str, hold_id: str) -> None:
    """The clocks go on, and days that were set move."""
    lift(world, hold_id)
    with world.work() as uow:
        move_due_days(uow, uow.session.get_one(Report, report_id))
        uow.commit()

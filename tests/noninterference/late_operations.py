"""What happens to the withheld study while its results do not come: letters, answers, calls, and a lapse."""

from dataclasses import replace
from datetime import timedelta

from journal.dossier.access import view
from journal.dossier.steps import facts_of, take_step
from storage.rows.reports import Report
from tests.noninterference import cast
from tests.noninterference.hidden_operations import begun, is_withheld, stage
from tests.noninterference.operations import hiddenly
from tests.noninterference.twins import Twin
from workflows.people import CLOCK
from workflows.stages import AWAITING_RESULTS, Action, Stage


@hiddenly("its results do not come")
def overdue(world: Twin) -> None:
    """The day agreed passed long ago: at the clock's next look its authors are written to."""
    if begun(world) and stage(world) in AWAITING_RESULTS:
        with world.world.work() as uow:
            uow.session.get_one(Report, world.hidden).stage_2_due = uow.now - timedelta(days=200)
            uow.commit()


@hiddenly("its authors are still at work")
def still_working(world: Twin) -> None:
    """They say so, and ask for time."""
    author = world.visitor(cast.HIDDEN_AUTHOR)
    if not begun(world) or author.open(f"/reports/{world.hidden}/progress").status != 200:
        return
    if "We are still working on it" in author.page.buttons():
        until = (world.world.clock() + timedelta(weeks=20)).date().isoformat()
        author.press("We are still working on it", {"words": f"The {cast.WORD} ran off.", "wanted_until": until})


@hiddenly("its editor records a call")
def called(world: Twin) -> None:
    """Which nobody answered."""
    editor = world.visitor(cast.HIDDEN_HANDLING)
    if not begun(world) or editor.open(f"/reports/{world.hidden}/contacts").status != 200:
        return
    if "Record the contact" in editor.page.buttons():
        today = world.world.clock().date().isoformat()
        said = f"Nobody knows of a {cast.WORD}."
        editor.press("Record the contact", {"way": "phone", "made_on": today, "reached": "no", "words": said})


@hiddenly("its promise lapses")
def lapsed(world: Twin) -> None:
    """By the calendar, once it is overdue and nothing stops its clocks."""
    if not begun(world) or stage(world) is not Stage.STAGE_2_OVERDUE or is_withheld(world):
        return
    with world.world.work(CLOCK) as uow:
        opened = view(uow, uow.session.get_one(Report, world.hidden), CLOCK)
        take_step(uow, opened, Action.LAPSE, facts=replace(facts_of(uow, opened), unanswered_contacts=3))
        uow.commit()

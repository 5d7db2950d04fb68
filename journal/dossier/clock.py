"""The journal's clock: the steps that no person takes, taken when their day has come, and people called to what waits.

What is due follows from the state of each report, never from the date of the last look: a day missed is made up for,
and a look that finds nothing due changes nothing.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from sqlalchemy import select

from journal.dossier.access import Opened, view
from journal.dossier.chases import chase, to_chase
from journal.dossier.embargoes import events_come, note_event
from journal.dossier.overdue import late_cases, owed, summon
from journal.dossier.reminders import remind, to_remind, write_down
from journal.dossier.steps import facts_of, take_step
from journal.dossier.unconfirmed import escalate, unconfirmed_takedowns
from journal.unit_of_work import Resources, UnitOfWork, begin
from storage.database import ChangedMeanwhile, DatabaseBusy
from storage.rows.reports import Report
from workflows.contacts import Reminder
from workflows.machine import Refusal
from workflows.people import CLOCK, Capacity
from workflows.report import Advanced, actions_open, advance
from workflows.stages import Action, Stage

_CLOCK_ACTS = frozenset({Capacity.CLOCK})
_WATCHED = tuple(stage for stage in Stage if actions_open(stage, _CLOCK_ACTS))


def run_clock(resources: Resources) -> int:
    """Take every step that is due and call people to what is overdue, each in a unit of work of its own; how many.

    A report that somebody else is busy with waits for the next time.
    """
    with begin(resources, actor=CLOCK, writes=False) as looking:
        due = [report.id for report in _watched(looking) if _due_step(looking, report) is not None]
        late = [case for case in late_cases(looking) if owed(looking, case)]
        to_write = to_remind(looking)
        waiting = to_chase(looking)
        come = events_come(looking)
        unconfirmed = unconfirmed_takedowns(looking)
    found = [
        *(partial(_take_its_step, report_id=report_id) for report_id in due),
        *(partial(remind, report_id=report_id) for report_id in to_write),
        *(partial(chase, invitation_id=invitation_id) for invitation_id in waiting),
        *(partial(note_event, hold_id=hold_id) for hold_id in come),
        *(partial(summon, late=case) for case in late),
        *(partial(escalate, takedown_id=takedown_id) for takedown_id in unconfirmed),
    ]
    return sum(_in_its_turn(resources, do) for do in found)


def _watched(uow: UnitOfWork) -> list[Report]:
    wanted = select(Report).where(Report.stage.in_(_WATCHED), Report.stage_2_due <= uow.now)
    return list(uow.session.scalars(wanted.order_by(Report.stage_2_due, Report.id)))


def _due_step(uow: UnitOfWork, report: Report) -> tuple[Opened, Action] | None:
    opened = view(uow, report, CLOCK)
    facts = replace(facts_of(uow, opened), now=uow.now)
    for action in actions_open(report.stage, _CLOCK_ACTS):
        if isinstance(advance(report.stage, action, acting_as=opened.acting_as, facts=facts), Advanced):
            return opened, action
    return None


def _in_its_turn(resources: Resources, do: Callable[[UnitOfWork], bool]) -> bool:
    """Do something that was found due, if it still is, in a unit of work of its own."""
    try:
        with begin(resources, actor=CLOCK) as uow:
            done = do(uow)
            uow.commit()
            return done
    except (ChangedMeanwhile, DatabaseBusy):
        return False


def _take_its_step(uow: UnitOfWork, *, report_id: str) -> bool:
    """Look again, now that nobody else writes, and take what is still due: after a pause perhaps two steps, whose
    letters then come as one.
    """
    report, taken = uow.session.get_one(Report, report_id), False
    while due := _due_step(uow, report):
        opened, action = due
        if isinstance(take_step(uow, opened, action, facts=facts_of(uow, opened)), Refusal):
            break
        if action is Action.FALL_OVERDUE:
            write_down(uow, report, Reminder.OVERDUE)
        taken = True
    return taken

"""Three more things that two worlds can be compared by: what a release tells of the past, and what
takedowns and endings leave.

RELEASE: a work that comes out after it was held looks like one that is first seen now, but for what is published of it.
TAKEDOWN: a work that was out and was taken down looks like any other that was.
CLOSURE: announced work that ended unpublished looks the same after its batch, whatever ended it, and when.
"""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from journal.unit_of_work import UnitOfWork
from storage.rows.reports import Report
from tests.noninterference import cast
from tests.noninterference.hidden_operations import lift_all
from tests.noninterference.histories import History, Observe, play, told_apart
from tests.noninterference.knowledge import Knowledge
from tests.noninterference.observing import Difference
from tests.noninterference.operations import OPERATIONS
from tests.noninterference.twins import Twin
from tests.stories.accepted import AUTHOR, ready_report, step
from tests.stories.withheld import hold
from tests.stories.worlds import stage_of
from workflows.holds import HoldKind
from workflows.stages import OUT, Action, Stage

DISCLOSED = ("accepted_in_principle", "data_start", "data_end")
"""Dates of the past that a publication tells by design: the world that sees the work first now is given the same."""

HOUR = "an hour passes"
BATCH = datetime(2026, 4, 1, tzinfo=UTC)
"""The first instant at which readers are told of endings."""


def released(folder: Path, told: History, observe: Observe) -> list[Difference]:
    """RELEASE: where somebody can tell that a work that came out was there, held, or handled, before."""
    one = play(folder / "held before", told.whole())
    lift_all(one)
    assert stage_of(one.world, one.hidden) is Stage.READY, "the history makes it ready"
    other = play(folder / "new", told.without_the_hidden())
    with other.operation("it comes out"):
        other.hidden = ready_report(other.world, cast.HIDDEN)
    with other.world.work() as uow:
        _report(uow, other).ipa_at = accepted_at(one)
        uow.commit()
    for world in (one, other):
        _then(world, HOUR)
        assert stage_of(world.world, world.hidden) is Stage.PUBLISHED
    return told_apart(one, other, observe, Knowledge())


def taken_down(folder: Path, told: History, observe: Observe) -> list[Difference]:
    """TAKEDOWN: where somebody can tell what was taken down, and why. Both works were out under the same name."""
    one, other = play(folder / "one", ()), play(folder / "other", ())
    words = replace(cast.HIDDEN, title="Something else entirely", claim="No.", abstract="Of something else.")
    reasons = ((one, cast.HIDDEN, HoldKind.INFORMATION_HAZARD), (other, words, HoldKind.LEGAL))
    for world, study, kind in reasons:
        _then(world, HOUR)  # so that nothing else comes out with it, and draws in the order of their words
        with world.operation("it comes out"):
            world.hidden = ready_report(world.world, study)
        _then(world, HOUR)
        assert stage_of(world.world, world.hidden) in OUT
        with world.operation("it is taken down"):
            hold(world.world, world.hidden, kind=kind)
        world.work_off()
        for name in told.steps:
            _then(world, name)
    return told_apart(one, other, observe, Knowledge())


def closed(folder: Path, told: History, observe: Observe) -> list[Difference]:
    """CLOSURE: where somebody who looks after the batch can tell why announced work ended, and on which day."""
    one, other = play(folder / "one", ()), play(folder / "other", ())
    for world, days in ((one, 2), (other, 9)):
        world.world.clock.advance(days=days)
        report_id = world.works["announced"]
        with world.operation("it ends"):
            if world is one:
                step(world.world, report_id, AUTHOR, Action.WITHDRAW)
            else:
                hold(world.world, report_id)
        world.world.clock.now = BATCH
        for name in (*told.steps, HOUR):
            _then(world, name)
    return told_apart(one, other, observe, Knowledge())


def _then(world: Twin, name: str) -> None:
    with world.operation(f"then {name}"):
        OPERATIONS[name].do(world)


def accepted_at(world: Twin) -> datetime | None:
    """When the withheld study was accepted in principle."""
    with world.world.work(writes=False) as uow:
        return _report(uow, world).ipa_at


def _report(uow: UnitOfWork, world: Twin) -> Report:
    return uow.session.get_one(Report, world.hidden)

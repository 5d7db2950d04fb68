"""Holds on reports of these stories: placed as the journal places them, and ended."""

from datetime import timedelta

from journal.dossier.access import view
from journal.dossier.holding import place
from storage.rows.holds import HoldRow
from storage.rows.reports import Report
from tests.stories.accepted import AUTHOR, CHIEF, OFFICER
from tests.stories.worlds import World
from workflows.holds import Hold, HoldKind, Scope
from workflows.people import Capacity


def hold(world: World, report_id: str, *, kind: HoldKind = HoldKind.INFORMATION_HAZARD, days: int = 30) -> str:
    """A hold, placed now as its own place in the code places it; its identifier."""
    by, capacity = (
        (AUTHOR, Capacity.CORRESPONDING_AUTHOR)
        if kind is HoldKind.AUTHOR_EMBARGO
        else (OFFICER, Capacity.OFFICER)
    )  # fmt: skip
    with world.work(world.actor(by)) as uow:
        until = uow.now + timedelta(days=days)
        wanted = Hold(
            kind=kind,
            scope=Scope.EXISTENCE,
            placed_by=world.people[by],
            placed_at=uow.now,
            embargo_until=until if kind.opens_by_date else None,
            review_by=None if kind.opens_by_date else until,
        )
        opened = view(uow, uow.session.get_one(Report, report_id), uow.actor)
        row = place(uow, opened, wanted, capacity=capacity, reason="Because.")
        assert isinstance(row, HoldRow), row
        uow.commit()
        return row.id


def lift(world: World, hold_id: str) -> None:
    """The hold ends now: two officers agreed."""
    with world.work() as uow:
        row = uow.session.get_one(HoldRow, hold_id)
        row.ended_at = uow.now
        row.lifted_by, row.seconded_by = world.people[OFFICER], world.people[CHIEF]
        uow.commit()

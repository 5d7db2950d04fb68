"""Holds on reports of these stories: placed as the journal places them, and ended."""

from datetime import timedelta

from journal.dossier.access import view
from journal.dossier.holding import place
from storage.rows.holds import HoldLift, HoldRow
from storage.rows.people import Person, RoleGrant
from storage.rows.reports import Report
from tests.stories.accepted import AUTHOR, OFFICER
from tests.stories.worlds import World
from workflows.holds import Hold, HoldKind, Scope
from workflows.people import Capacity, Role

ANOTHER_OFFICER = "Nils Haddad"


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
    for name in (OFFICER, ANOTHER_OFFICER):
        _make_officer(world, name)
    with world.work() as uow:
        row = uow.session.get_one(HoldRow, hold_id)
        agreed = [world.people[name] for name in (OFFICER, ANOTHER_OFFICER)]
        for person in agreed:
            given = HoldLift(
                id=uow.new_id("hold_lift"), hold_id=row.id, by=person, at=uow.now, reauthenticated_at=uow.now
            )
            uow.cabinet.put(uow.session.get_one(Report, row.report_id), given, "reason", "Because.")
            uow.session.add(given)
        uow.session.flush()
        row.ended_at = uow.now
        row.lifted_by, row.seconded_by = agreed
        uow.commit()


def _make_officer(world: World, name: str) -> None:
    """Beyond the first two, whom a set-up makes."""
    if name in world.people:
        return
    world.person(name)
    with world.work() as uow:
        person = uow.session.get_one(Person, world.people[name])
        person.grants.append(RoleGrant(id=uow.new_id("role_grant"), role=Role.OFFICER, granted_at=uow.now))
        uow.commit()

"""Placing holds and flags for stories, and what came of them."""

import re
from collections import Counter
from datetime import timedelta

from sqlalchemy import select

from journal.dossier.access import open_report
from journal.dossier.holding import place, raise_flag
from storage.rows.holds import HoldRow
from storage.rows.people import Person, RoleGrant
from tests.stories.papers import (
    AUTHOR,
    FIRST_OFFICER,
    HANDLING,
)
from tests.stories.worlds import World
from workflows.holds import Hold, HoldKind, Scope
from workflows.people import Capacity, Role

REASON = "Section 4 names prompts that still work."
HAZARD = {"kind": "information_hazard", "scope": "existence", "reason": REASON, "review_by": "2026-04-01"}
LEGAL = {**HAZARD, "kind": "legal"}
SECRET = re.compile(r"hold|flag|hazard|embargo|withh|officer", re.IGNORECASE)


def case(report_id: str) -> str:
    return f"/reports/{report_id}/hold"


def holds(world: World, report_id: str) -> list[HoldRow]:
    with world.work(writes=False) as uow:
        return list(uow.session.scalars(select(HoldRow).where(HoldRow.report_id == report_id)))


def flag(world: World, report_id: str, *, by: str = AUTHOR, capacity: Capacity = Capacity.AUTHOR) -> None:
    with world.work(world.actor(by)) as uow:
        opened = open_report(uow, report_id)
        assert opened
        assert isinstance(raise_flag(uow, opened, capacity=capacity, reason=REASON), HoldRow)
        uow.commit()


def withhold(world: World, report_id: str, kind: HoldKind) -> None:
    """A hold of any kind, by whoever places such."""
    by, capacity = {
        HoldKind.AUTHOR_EMBARGO: (AUTHOR, Capacity.CORRESPONDING_AUTHOR),
        HoldKind.PRODUCTION_EMBARGO: (HANDLING, Capacity.HANDLING_EDITOR),
    }.get(kind, (FIRST_OFFICER, Capacity.OFFICER))
    with world.work(world.actor(by)) as uow:
        opened = open_report(uow, report_id)
        assert opened
        soon = uow.now + timedelta(days=20)
        hold = Hold(
            kind=kind,
            scope=Scope.EXISTENCE,
            placed_by=world.people[by],
            placed_at=uow.now,
            embargo_until=soon if kind.opens_by_date else None,
            review_by=None if kind.opens_by_date else soon,
        )
        assert isinstance(place(uow, opened, hold, capacity=capacity, reason=REASON), HoldRow)
        uow.commit()


def another_officer(world: World, name: str) -> None:
    """One more officer than set-up makes, appointed without the two who would propose and second them."""
    world.person(name)
    with world.work() as uow:
        person = uow.session.get_one(Person, world.people[name])
        person.grants.append(RoleGrant(id=uow.new_id("role_grant"), role=Role.OFFICER, granted_at=uow.now))
        uow.commit()


def written(world: World) -> Counter[tuple[str, str]]:
    """Address and subject of each letter, once all that were asked for are written. The clock stands: no order."""
    world.run_jobs()
    return Counter((mail["to"], mail["subject"]) for mail in world.mails())


def letters(world: World, before: Counter[tuple[str, str]]) -> list[tuple[str, str]]:
    """Who was written to since, and the subject."""
    return list((written(world) - before).elements())

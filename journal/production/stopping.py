"""Stopping a release: it is recorded that one was stopped, and the officers and the operator are told, once, no more.

Neither the row nor the letter says what was found or where: that would put it into more places.
"""

from sqlalchemy import select

from journal import telling
from journal.production.building import Built
from journal.production.screening import Screened
from journal.unit_of_work import Resources, begin
from storage.rows.safeguards import ReleaseStop
from workflows.people import PRESS, Role


class Stopped(Exception):
    """Something private of withheld work stands in what was built. `places` name where, for the operator alone."""

    def __init__(self, places: frozenset[str]) -> None:
        super().__init__("something private of withheld work stands in the release")
        self.places = places


def record_stop(resources: Resources, built: Built, screened: Screened) -> None:
    """Keep that the release was stopped, and write the letter, unless one was written of this stop already."""
    with begin(resources, actor=PRESS) as uow:
        open_stop = uow.session.scalars(
            select(ReleaseStop).where(ReleaseStop.ended_at.is_(None)).limit(1)
        ).one_or_none()
        if open_stop is None:
            row = ReleaseStop(
                id=uow.new_id("release_stop"), sha256=built.sha256, places=len(screened.places), stopped_at=uow.now
            )
            uow.session.add(row)
            told = {*telling.holders_of(uow, Role.OFFICER), *telling.holders_of(uow, Role.ADMINISTRATOR)}
            letter = "officers/release_stopped"
            telling.tell(uow, letter, sorted(told, key=lambda each: each.id), about=row.id)
            uow.commit()


def end_stops(resources: Resources) -> None:
    """A release has passed: what was stopped is mended."""
    with begin(resources, actor=PRESS, writes=False) as uow:
        if uow.session.scalars(select(ReleaseStop.id).where(ReleaseStop.ended_at.is_(None)).limit(1)).first() is None:
            return
    with begin(resources, actor=PRESS) as uow:
        for row in uow.session.scalars(select(ReleaseStop).where(ReleaseStop.ended_at.is_(None))):
            row.ended_at = uow.now
        uow.commit()

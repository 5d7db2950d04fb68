"""What the case shows of a takedown: who pressed, who confirmed, and where copies of the work may lie still."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from journal.dossier.takedowns import takedowns_in_force
from journal.editorial.holds.cases import Case
from journal.unit_of_work import UnitOfWork
from storage.rows.people import Person
from storage.rows.releases import ReleasedReport
from storage.rows.reports import Report
from storage.rows.safeguards import Overlap, StaticCopy, Takedown


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """One takedown. `yours`: whoever looks pressed it, so another officer has to confirm."""

    by: str
    at: datetime
    confirm_by: datetime
    confirmed_by: str
    confirmed_at: datetime | None
    late: bool
    yours: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A folder into which the operator wrote a release that contained the work, and when."""

    folder: str
    written_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenDown:
    """For officers alone. `copies` may hold the work still; `overlaps` are public pages that share words with it."""

    presses: tuple[Press, ...]
    copies: tuple[Copy, ...]
    overlaps: tuple[str, ...]

    @property
    def waits(self) -> bool:
        """Whether a second officer is wanted."""
        return any(each.confirmed_at is None for each in self.presses)


def taken_down(uow: UnitOfWork, case: Case) -> TakenDown | None:
    """What there is to say of the case beside its holds, to an officer."""
    if not case.officer:
        return None
    report = uow.session.get_one(Report, case.report_id)
    wanted = select(Overlap.path).where(Overlap.report_id == report.id).order_by(Overlap.path)
    return TakenDown(
        presses=tuple(_press(uow, row) for row in takedowns_in_force(uow, report)),
        copies=_copies(uow, report) if case.was_public else (),
        overlaps=tuple(uow.session.scalars(wanted)) if case.active else (),
    )


def _press(uow: UnitOfWork, row: Takedown) -> Press:
    return Press(
        by=_name(uow, row.pressed_by),
        at=row.pressed_at,
        confirm_by=row.confirm_by,
        confirmed_by=_name(uow, row.confirmed_by),
        confirmed_at=row.confirmed_at,
        late=row.confirmed_at is None and row.confirm_by <= uow.now,
        yours=row.pressed_by == uow.actor.person,
    )


def _name(uow: UnitOfWork, person_id: str | None) -> str:
    person = uow.session.get(Person, person_id) if person_id else None
    return person.name if person else ""


def _copies(uow: UnitOfWork, report: Report) -> tuple[Copy, ...]:
    contain = select(ReleasedReport.release_id).where(ReleasedReport.report_id == report.id)
    wanted = select(StaticCopy).where(StaticCopy.release_id.in_(contain)).order_by(StaticCopy.folder)
    return tuple(Copy(folder=row.folder, written_at=row.written_at) for row in uow.session.scalars(wanted))

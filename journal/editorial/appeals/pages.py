"""What the page of appeals shows: the authors their own words and answers, an officer what waits to be answered."""

from dataclasses import dataclass
from datetime import datetime

from journal.dossier import appeals, protocols
from journal.dossier.access import Opened
from journal.unit_of_work import UnitOfWork
from storage.rows.appeals import Appeal
from storage.rows.people import Person
from workflows.people import Capacity


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One appeal. `officer` is named to officers alone."""

    id: str
    written_at: datetime
    words: str
    due: datetime
    officer: str
    answer: str
    answered_at: datetime | None
    yours: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The page for one viewer: `may_ask` while an author's report is delayed and nothing waits."""

    report_id: str
    title: str
    officer: bool
    may_ask: bool
    shown: tuple[Shown, ...]


def asked(uow: UnitOfWork, opened: Opened) -> Asked | None:
    """The page for whoever asks, or None where there is nothing for them: no delay, and nothing asked."""
    officer, author = Capacity.OFFICER in opened.acting_as, Capacity.AUTHOR in opened.acting_as
    found = appeals.appeals_of(uow, opened.report) if officer or author else []
    if not found and not (author and opened.delayed):
        return None
    waits = any(row.answered_at is None for row in found)
    return Asked(
        report_id=opened.report.id,
        title=protocols.title_of(uow, opened.report),
        officer=officer,
        may_ask=author and opened.delayed and not waits,
        shown=tuple(_shown(uow, opened, row, officer=officer) for row in reversed(found)),
    )


def _shown(uow: UnitOfWork, opened: Opened, row: Appeal, *, officer: bool) -> Shown:
    report = opened.report
    named = uow.session.get(Person, row.officer_id) if officer and row.officer_id else None
    return Shown(
        id=row.id,
        written_at=row.written_at,
        words=uow.cabinet.get(report, row, "words", str),
        due=row.due,
        officer=named.name if named else "",
        answer=uow.cabinet.get(report, row, "answer", str) if row.answer is not None else "",
        answered_at=row.answered_at,
        yours=officer and row.answered_at is None and appeals.can_answer(uow, report, row),
    )

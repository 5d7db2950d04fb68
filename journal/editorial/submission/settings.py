"""What authors decide about the public: whether the protocol is announced before its results."""

from datetime import UTC, date, datetime, time

from journal.dossier.access import Opened
from journal.dossier.steps import note_in_ledger
from journal.unit_of_work import UnitOfWork
from workflows.machine import Refusal
from workflows.people import Capacity

_OWNER = Capacity.CORRESPONDING_AUTHOR
NOT_YOURS = Refusal("not_possible", "Only the corresponding author can change this. Ask them.")


def choose_announcing(uow: UnitOfWork, opened: Opened, *, announce: str, day: date | None) -> Refusal | None:
    """Let the protocol be shown `never` before the results, from `now` on, or from the `date` given as `day`."""
    report = opened.report
    if _OWNER not in opened.acting_as:
        return NOT_YOURS
    if announce == "date" and day is None:
        return Refusal("day_missing", "Choose the day from which the protocol may be seen.", "day")
    if announce not in ("never", "now", "date"):
        return Refusal("announce_missing", "Choose one of the three.", "announce")
    if announce == "now" and report.announce_from is not None and report.announce_from <= uow.now:
        return None
    report.announce_from = {"never": None, "now": uow.now, "date": _begin(day) if day else None}[announce]
    record = {"announce": announce}
    note_in_ledger(uow, "choose_announcing", report=report, capacity=_OWNER.value, record=record)
    return None


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, UTC)

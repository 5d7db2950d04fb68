"""The authors' choice whether the registered protocol is announced before its results, and what follows their dates."""

from datetime import date

from journal.dossier.access import Opened
from journal.dossier.holding import was_public
from journal.dossier.steps import note_in_ledger
from journal.editorial.submission.settings import NOT_YOURS
from journal.unit_of_work import UnitOfWork
from storage.rows.reports import Report
from workflows.announcing import Announce, after, announced_from, refuse_choice
from workflows.machine import Refusal
from workflows.people import Capacity

_OWNER = Capacity.CORRESPONDING_AUTHOR


def chosen(uow: UnitOfWork, report: Report) -> Announce:
    """What the authors chose."""
    if report.announces_after_data_since is not None:
        return Announce.AFTER_DATA
    if report.announce_from is None:
        return Announce.NEVER
    return Announce.NOW if report.announce_from <= uow.now else Announce.DATE


def choose_announcing(uow: UnitOfWork, opened: Opened, *, announce: str, day: date | None) -> Refusal | None:
    """Keep the choice. The same choice again changes nothing, least of all the moment it was made."""
    report = opened.report
    if _OWNER not in opened.acting_as:
        return NOT_YOURS
    choice = next((each for each in Announce if each.value == announce), None)
    refusal = refuse_choice(choice, day=day, is_public=was_public(uow, report))
    if refusal is not None or choice is None:
        return refusal
    if choice is chosen(uow, report) is not Announce.DATE:
        return None
    report.announce_from = announced_from(choice, day=day, data_end=report.data_end, now=uow.now)
    report.announces_after_data_since = uow.now if choice is Announce.AFTER_DATA else None
    record = {"announce": choice.value}
    note_in_ledger(uow, "choose_announcing", report=report, capacity=_OWNER.value, record=record)
    return None


def follow_data_end(uow: UnitOfWork, report: Report) -> None:
    """Announce after the last day of data collection as it now stands, where that was chosen and nobody saw it yet."""
    if report.announces_after_data_since is not None and not was_public(uow, report):
        report.announce_from = after(report.data_end) if report.data_end else None

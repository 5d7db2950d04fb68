"""Contacts with the authors of a report whose results are awaited: which there were, and since when nobody answers.

A letter of the calendar is a contact once it was really sent. Whatever the authors do about their report is an answer;
so is more time given, for then the letters before it are about a day that no longer counts.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from journal.dossier.access import stops_by_report
from journal.unit_of_work import UnitOfWork
from storage.rows.contacts import Contact, ReminderRow
from storage.rows.ledger import LedgerRow
from storage.rows.outcomes import ResultsVersion
from storage.rows.reports import Report
from workflows import contacts as rules
from workflows.contacts import Reminder, Waiting
from workflows.deadlines import Stop
from workflows.holds import Hold, stops_clocks
from workflows.people import Capacity
from workflows.stages import Action, Stage

AWAITS_ANSWER = (Stage.STAGE_2_DUE, Stage.STAGE_2_OVERDUE)
_AUTHORS = (Capacity.AUTHOR.value, Capacity.CORRESPONDING_AUTHOR.value)


def waiting_of(uow: UnitOfWork, reports: Collection[Report]) -> dict[str, Waiting]:
    """What bears on the letters about each of `reports`, by report; those without a day have none. Six queries."""
    dated = {report.id: report for report in reports if report.stage_2_due is not None}
    if not dated:
        return {}
    reminders, recorded = _reminders(uow, dated), _recorded(uow, dated)
    signs, agreed, stops = _last_signs(uow, dated), _agreed(uow, dated), stops_by_report(uow, dated)
    return {
        name: _waiting(
            report,
            reminders=reminders[name],
            recorded=recorded[name],
            sign=signs.get(name),
            agreed=agreed.get(name),
            stops=stops[name],
        )
        for name, report in dated.items()
    }


def _waiting(  # noqa: PLR0913 - what the six queries found
    report: Report,
    *,
    reminders: list[ReminderRow],
    recorded: list[Contact],
    sign: datetime | None,
    agreed: datetime | None,
    stops: tuple[Stop, ...],
) -> Waiting:
    due = report.stage_2_due or report.stage_since
    agreed = max(filter(None, (agreed, report.ipa_at)), default=report.created_at)
    answers = [contact.made_at for contact in recorded if contact.reached]
    late = [row for row in reminders if row.kind is Reminder.OVERDUE]
    return Waiting(
        due=due,
        since=report.stage_since,
        agreed_at=agreed,
        answered_at=max(filter(None, (agreed, sign, *answers))),
        ahead=frozenset(row.kind for row in reminders if row.due == due) - {Reminder.OVERDUE},
        asked=tuple(row.asked_at for row in late),
        contacts=(
            *(row.sent_at for row in late if row.sent_at is not None),
            *(contact.made_at for contact in recorded if not contact.reached),
        ),
        stops=stops,
    )


def _reminders(uow: UnitOfWork, ids: Iterable[str]) -> defaultdict[str, list[ReminderRow]]:
    found: defaultdict[str, list[ReminderRow]] = defaultdict(list)
    wanted = select(ReminderRow).where(ReminderRow.report_id.in_(list(ids)))
    for row in uow.session.scalars(wanted.order_by(ReminderRow.asked_at, ReminderRow.id)):
        found[row.report_id].append(row)
    return found


def _recorded(uow: UnitOfWork, ids: Iterable[str]) -> defaultdict[str, list[Contact]]:
    found: defaultdict[str, list[Contact]] = defaultdict(list)
    wanted = select(Contact).where(Contact.report_id.in_(list(ids)))
    for row in uow.session.scalars(wanted.order_by(Contact.made_at, Contact.id)):
        found[row.report_id].append(row)
    return found


def _last_signs(uow: UnitOfWork, ids: Collection[str]) -> dict[str, datetime]:
    """When the authors of each report last took a step or kept something of their results."""
    steps = select(LedgerRow.report_id, func.max(LedgerRow.at)).where(
        LedgerRow.report_id.in_(list(ids)), LedgerRow.capacity.in_(_AUTHORS)
    )
    found = _newest(uow.session.execute(steps.group_by(LedgerRow.report_id)))
    saved = select(ResultsVersion.report_id, func.max(ResultsVersion.saved_at)).where(
        ResultsVersion.report_id.in_(list(ids))
    )
    for name, at in _newest(uow.session.execute(saved.group_by(ResultsVersion.report_id))).items():
        found[name] = max(at, found.get(name, at))
    return found


def _agreed(uow: UnitOfWork, ids: Iterable[str]) -> dict[str, datetime]:
    """When each report was last given more time."""
    wanted = select(LedgerRow.report_id, func.max(LedgerRow.at)).where(
        LedgerRow.report_id.in_(list(ids)), LedgerRow.action == Action.EXTEND.value
    )
    return _newest(uow.session.execute(wanted.group_by(LedgerRow.report_id)))


def _newest(rows: Iterable[tuple[str | None, datetime | None]]) -> dict[str, datetime]:
    return {name: at for name, at in rows if name is not None and at is not None}


def unanswered_contacts(uow: UnitOfWork, report: Report) -> int:
    """How many contacts count as unanswered now. Nothing is counted before results are overdue."""
    if report.stage is not Stage.STAGE_2_OVERDUE:
        return 0
    found = waiting_of(uow, [report]).get(report.id)
    return rules.counted(found, now=uow.now) if found else 0


# ---------------------------------------------------------------- what pages show


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """How it stands with results that do not come: when the authors were last heard of, the contacts since then, how
    many of them count by now, and from when the promise lapses if nobody answers (None while the clocks stand still).
    """

    heard_at: datetime
    contacts: tuple[datetime, ...]
    counted: int
    lapses_from: datetime | None


def silences(uow: UnitOfWork, reports: Collection[Report], *, stopped: Collection[str] = ()) -> Mapping[str, Silence]:
    """The silence of each of `reports` whose results are due or overdue; the clocks of those `stopped` stand still."""
    found = waiting_of(uow, [report for report in reports if report.stage in AWAITS_ANSWER])
    return {
        name: Silence(
            heard_at=waiting.answered_at,
            contacts=rules.unanswered(waiting),
            counted=rules.counted(waiting, now=uow.now),
            lapses_from=None if name in stopped else rules.lapses_from(waiting, now=uow.now),
        )
        for name, waiting in found.items()
    }


def silence_of(uow: UnitOfWork, report: Report, holds: Iterable[Hold]) -> Silence | None:
    """The same of one report, or None while its results are not late."""
    stopped = [report.id] if stops_clocks(holds, now=uow.now) else []
    return silences(uow, [report], stopped=stopped).get(report.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One contact for its page: a letter of the calendar (`way` None) or one that somebody recorded."""

    at: datetime
    way: rules.Way | None
    reached: bool
    words: str = ""
    by: str | None = None


def contacts_of(uow: UnitOfWork, report: Report) -> list[Kept]:
    """Every contact about results that were late, and what the authors wrote, the newest first."""
    letters = [
        Kept(at=row.sent_at, way=None, reached=False)
        for row in _reminders(uow, [report.id])[report.id]
        if row.kind is Reminder.OVERDUE and row.sent_at is not None
    ]
    recorded = [
        Kept(
            at=row.made_at,
            way=row.way,
            reached=row.reached,
            words=uow.cabinet.get(report, row, "words", str),
            by=row.recorded_by,
        )
        for row in _recorded(uow, [report.id])[report.id]
    ]
    return sorted([*letters, *recorded], key=lambda kept: kept.at, reverse=True)


def wanted_more_time(uow: UnitOfWork, report: Report) -> Contact | None:
    """The authors' last request for more time, unless it was given or refused by a new day since."""
    given = _agreed(uow, [report.id]).get(report.id)
    asking = [row for row in _recorded(uow, [report.id])[report.id] if row.wanted_until is not None]
    newest = asking[-1] if asking else None
    return newest if newest is not None and (given is None or newest.made_at > given) else None

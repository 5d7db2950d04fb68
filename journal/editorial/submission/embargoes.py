"""The authors' embargo: set by the corresponding author, ended early only when every author has agreed."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import select

from journal.dossier.access import Opened
from journal.dossier.authorship import details_of
from journal.dossier.embargoes import has_happened
from journal.dossier.holding import place
from journal.dossier.steps import note_in_ledger
from journal.editorial.submission.settings import NOT_YOURS
from journal.links import Purpose, end_links
from journal.telling import Recipient, Recipients, tell
from journal.unit_of_work import UnitOfWork
from storage.rows.embargoes import EmbargoAgreement
from storage.rows.holds import HoldRow
from storage.rows.reports import Report, ReportAuthor
from workflows.embargoes import EVENT_PAST, SHORTER, EmbargoEvent, Term, ends_early, is_shorter
from workflows.holds import EMBARGO_LIMIT, Hold, HoldKind, Scope, is_active
from workflows.machine import Refusal
from workflows.people import Capacity

_OWNER = Capacity.CORRESPONDING_AUTHOR
_ASK_AGAIN_AFTER = timedelta(days=1)


def own_embargo(uow: UnitOfWork, report: Report) -> HoldRow | None:
    """The authors' embargo that is in force, if there is one."""
    wanted = select(HoldRow).where(HoldRow.report_id == report.id, HoldRow.kind == HoldKind.AUTHOR_EMBARGO)
    rows = uow.session.scalars(wanted.order_by(HoldRow.placed_at.desc()))
    return next((row for row in rows if is_active(row.facts, now=uow.now)), None)


def set_embargo(
    uow: UnitOfWork, opened: Opened, *, until: date | None, event: EmbargoEvent | None, reason: str
) -> HoldRow | Refusal:
    """Publish not before the day `until` (it opens as that day begins, UTC), or not before `event`, in place of an
    earlier embargo. One that could open earlier than the one agreed is refused where there are other authors.
    """
    if _OWNER not in opened.acting_as:
        return NOT_YOURS
    if event is not None and has_happened(uow, opened.report, event):
        return EVENT_PAST
    earlier, opens = own_embargo(uow, opened.report), _opens(uow, until, event)
    if earlier is not None and (earlier.embargo_until, earlier.embargo_event) == (opens, event):
        return earlier
    if earlier is not None and opens is not None and _needs_all(opened.report, earlier, Term(until=opens, event=event)):
        return SHORTER
    hold = Hold(
        kind=HoldKind.AUTHOR_EMBARGO,
        scope=Scope.EXISTENCE,
        placed_by=uow.actor.person or "",
        placed_at=uow.now,
        embargo_until=opens,
    )
    placed = place(uow, opened, hold, capacity=_OWNER, reason=reason)
    if isinstance(placed, HoldRow):
        placed.embargo_event = event
        if earlier is not None:
            _end(uow, opened.report, earlier)
    return placed


def _needs_all(report: Report, earlier: HoldRow, new: Term) -> bool:
    """Whether `new` would end the embargo early, over the heads of other authors."""
    return len(counted(report)) > 1 and is_shorter(new, _term(earlier))


def _opens(uow: UnitOfWork, until: date | None, event: EmbargoEvent | None) -> datetime | None:
    """The last day of an embargo: with an event, four years if none was given."""
    if until is None and event is None:
        return None
    return datetime.combine(until or (uow.now + EMBARGO_LIMIT).date(), time.min, UTC)


def _term(row: HoldRow) -> Term:
    event = EmbargoEvent(row.embargo_event) if row.embargo_event else None
    return Term(until=row.embargo_until or row.placed_at, event=event)


def counted(report: Report) -> list[ReportAuthor]:
    """The authors without whom an embargo does not end early: those who agreed to be one."""
    return [author for author in report.authors if author.corresponding or author.consented_at is not None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One author and the end of the embargo: whether they were asked, and have agreed."""

    name: str
    agreed_at: datetime | None
    asked_at: datetime | None
    you: bool


def voices(uow: UnitOfWork, report: Report, row: HoldRow) -> list[Voice]:
    """Every author, and whether they agree that the embargo `row` ends."""
    names = {author.id: details.name or author.email for author, details in details_of(uow, report)}
    said = _agreements(uow, row)
    return [
        Voice(
            name=names[author.id],
            agreed_at=said[author.id].agreed_at if author.id in said else None,
            asked_at=said[author.id].asked_at if author.id in said else None,
            you=author.person_id is not None and author.person_id == uow.actor.person,
        )
        for author in counted(report)
    ]


def _agreements(uow: UnitOfWork, row: HoldRow) -> dict[str, EmbargoAgreement]:
    found = uow.session.scalars(select(EmbargoAgreement).where(EmbargoAgreement.hold_id == row.id))
    return {each.author_id: each for each in found}


def agree_as_author(uow: UnitOfWork, opened: Opened) -> bool:
    """The author who is signed in agrees that the embargo ends; whether it has. Where there is none, it has."""
    row = own_embargo(uow, opened.report)
    if row is None:
        return True
    author = next((each for each in counted(opened.report) if each.person_id == uow.actor.person), None)
    return author is not None and agree_to_end(uow, opened.report, row, author)


def agree_to_end(uow: UnitOfWork, report: Report, row: HoldRow, author: ReportAuthor) -> bool:
    """`author` agrees that the embargo ends. The others are asked by mail; when the last agrees it is over."""
    authors = counted(report)
    _ask(uow, report, row, [each for each in authors if each is not author])
    said = _agreements(uow, row)
    mine = said.get(author.id) or _agreement(uow, row, author)
    if mine.agreed_at is None:
        mine.agreed_at = uow.now
        record = {"hold": row.id, "author": author.id}
        note_in_ledger(uow, "agree_to_end_embargo", report=report, capacity=Capacity.AUTHOR.value, record=record)
    uow.session.flush()
    agreed = [each for each, agreement in _agreements(uow, row).items() if agreement.agreed_at is not None]
    if not ends_early([each.id for each in authors], agreed):
        return False
    _end(uow, report, row)
    return True


def _ask(uow: UnitOfWork, report: Report, row: HoldRow, others: list[ReportAuthor]) -> None:
    """Write to those who have not agreed, but to nobody twice in a day."""
    said = _agreements(uow, row)
    for author in others:
        known = said.get(author.id)
        asked = known or _agreement(uow, row, author)
        if known is not None and (known.agreed_at is not None or uow.now < known.asked_at + _ASK_AGAIN_AFTER):
            continue
        asked.asked_at = uow.now
        to = Recipient(Recipients.AUTHOR, author.id)
        tell(uow, "authors/embargo_end_asked", [to], report=report, about=asked.id)


def _agreement(uow: UnitOfWork, row: HoldRow, author: ReportAuthor) -> EmbargoAgreement:
    made = EmbargoAgreement(id=uow.new_id("embargo_agreement"), hold_id=row.id, author_id=author.id, asked_at=uow.now)
    uow.session.add(made)
    uow.session.flush()
    return made


def _end(uow: UnitOfWork, report: Report, row: HoldRow) -> None:
    # Whoever agrees last may have no account; then it stands on whoever set it, who has agreed as well.
    row.ended_at, row.lifted_by = uow.now, uow.actor.person or row.placed_by
    for agreement in _agreements(uow, row).values():
        end_links(uow, Purpose.EMBARGO_END, agreement.id)
    record = {"hold": row.id, "kind": row.kind.value}
    note_in_ledger(uow, "end_hold", report=report, capacity=Capacity.AUTHOR.value, record=record)

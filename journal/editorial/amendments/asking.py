"""Amendments as authors write and ask for them: begun, changed, given reasons, asked for, taken back, dropped."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from journal.dossier import amending, protocols
from journal.dossier.access import Opened
from journal.dossier.drafts import draft_for_editing
from journal.dossier.manuscripts import digests_of, files_of
from journal.dossier.steps import facts_of, note_in_ledger, take_step
from journal.unit_of_work import UnitOfWork
from storage.documents import protocol_digest
from storage.rows.amendments import AmendmentRow
from storage.rows.protocols import ProtocolVersion
from storage.rows.reports import Report
from workflows import amendments, protocol
from workflows.amendments import Amendment, Decided, Reason, Standing
from workflows.changes import Change, changed
from workflows.collecting import has_ended
from workflows.facts import Facts
from workflows.guards import bias_level_admissible, still_amendable
from workflows.machine import Refusal
from workflows.people import Capacity
from workflows.protocol import Protocol, derived_level
from workflows.report import Advanced
from workflows.stages import AWAITING_RESULTS, Action

NOT_NOW = Refusal(
    "not_possible", "This step is not possible now. The report or the amendment may have moved on: look at the page."
)
OPEN_ALREADY = Refusal("not_possible", "An amendment is open already. Finish or drop that one first.")
OTHER_ROUND = Refusal(
    "not_possible", "The amendment changed since you opened the page, so nothing was done. Read what is there now."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """An amendment as it stands: its row, its words, the protocol as it would be, and what that changes."""

    row: AmendmentRow
    said: Amendment
    base: Protocol
    plan: Protocol
    changes: tuple[Change, ...]


def collecting(uow: UnitOfWork, report: Report) -> bool:
    """Whether data collection has not ended, by the authors' own record."""
    return not has_ended(report.data_end, now=uow.now)


def begin_amendment(uow: UnitOfWork, opened: Opened, *, adds: bool) -> AmendmentRow | Refusal:
    """Begin an amendment: the accepted protocol opens as a draft of its next version. `adds`: to add a study."""
    report, accepted = opened.report, protocols.frozen(uow, opened.report)
    if Capacity.AUTHOR not in opened.acting_as or report.stage not in AWAITING_RESULTS or accepted is None:
        return NOT_NOW
    facts = Facts(now=uow.now, collecting=collecting(uow, report), only_adds=adds)
    if (refusal := still_amendable(facts)) is not None:
        return refusal
    if amending.open_amendment(uow, report) is not None:
        return OPEN_ALREADY
    row = AmendmentRow(
        id=uow.new_id("amendment"),
        report_id=report.id,
        number=len(amending.amendments(uow, report)) + 1,
        base_number=accepted.number,
        adds=adds,
        begun_by=uow.actor.person,
        begun_at=uow.now,
        saved_at=uow.now,
    )
    uow.cabinet.put(report, row, "body", Amendment())
    uow.session.add(row)
    draft_for_editing(uow, report)
    note_in_ledger(uow, "begin_amendment", report=report, capacity=Capacity.AUTHOR.value, record={"amendment": row.id})
    return row


def wanted(uow: UnitOfWork, report: Report, row: AmendmentRow) -> Wanted:
    """The amendment as it stands: as it was asked for, or as its draft is now."""
    said, base = amending.words(uow, report, row), amending.base_of(uow, report, row)
    plan = said.plan or as_drafted(uow, report)
    return Wanted(row=row, said=said, base=base, plan=plan, changes=changed(base, plan))


def as_drafted(uow: UnitOfWork, report: Report) -> Protocol:
    """The draft with the digests of its files, and the bias level that follows from what is known of each analysis."""
    plan = protocols.newest(uow, report)
    files = files_of(uow, report, for_stage=1, version_number=None)
    level = derived_level(plan)
    return replace(plan, files=digests_of(files), bias_level=plan.bias_level if level is None else level)


def save_reasons(uow: UnitOfWork, opened: Opened, reasons: Iterable[Reason]) -> AmendmentRow | Refusal:
    """Keep what was said of each changed part, complete or not. What was said of others before is kept too."""
    row = _open(uow, opened, Standing.WRITTEN)
    if row is None:
        return NOT_NOW
    before = amending.words(uow, opened.report, row)
    said = {reason.place: reason for reason in (*before.reasons, *reasons)}
    uow.cabinet.put(opened.report, row, "body", replace(before, reasons=tuple(said.values())))
    row.saved_at = uow.now
    return row


def ask(uow: UnitOfWork, opened: Opened) -> Advanced | tuple[Refusal, ...]:
    """Ask for the amendment as it stands. From now on it does not change, unless it is taken back."""
    report, row = opened.report, _open(uow, opened, Standing.WRITTEN)
    if row is None:
        return (NOT_NOW,)
    found = wanted(uow, report, row)
    facts = _facts(uow, opened, found)
    barred = what_bars_asking(facts)
    if barred:
        return barred
    record: dict[str, str | int | None] = {
        "amendment": row.id,
        "base": row.base_number,
        "digest": protocol_digest(found.plan),
    }
    step = take_step(uow, opened, Action.ASK_AMENDMENT, facts=facts, record=record)
    if isinstance(step, Refusal):
        return (step,)
    uow.cabinet.put(report, row, "body", replace(found.said, base=found.base, plan=found.plan))
    row.asked_at = report.author_seen_at = uow.now
    return step


def _facts(uow: UnitOfWork, opened: Opened, found: Wanted) -> Facts:
    missing = amendments.gaps(found.changes, found.said, adds=found.row.adds)
    return replace(
        facts_of(uow, opened),
        gaps=(*missing, *protocol.gaps(found.plan)),
        bias_level=found.plan.bias_level,
        collecting=collecting(uow, opened.report),
        only_adds=found.row.adds,
    )


def what_bars_asking(facts: Facts) -> tuple[Refusal, ...]:
    """Everything that stands between the draft and the editor."""
    found = (still_amendable(facts), bias_level_admissible(facts))
    return (*facts.gaps, *(refusal for refusal in found if refusal is not None))


def take_back(uow: UnitOfWork, opened: Opened) -> Advanced | Refusal:
    """Take the amendment back to change it; it can be asked for again."""
    row = _open(uow, opened, Standing.ASKED, Standing.PROPOSED)
    if row is None:
        return NOT_NOW
    record = {"amendment": row.id}
    step = take_step(uow, opened, Action.TAKE_BACK_AMENDMENT, facts=facts_of(uow, opened), record=record)
    if isinstance(step, Advanced):
        said = amending.words(uow, opened.report, row)
        uow.cabinet.put(opened.report, row, "body", replace(said, base=None, plan=None))
        row.asked_at = row.proposed_by = row.proposed_at = None
    return step


def drop(uow: UnitOfWork, opened: Opened) -> AmendmentRow | Refusal:
    """Drop an amendment that was not asked for: the draft goes, what was accepted stands as it did."""
    row = _open(uow, opened, Standing.WRITTEN)
    if row is None:
        return NOT_NOW
    put_away(uow, opened.report)
    row.decided, row.decided_by, row.decided_at = Decided.DROPPED, uow.actor.person, uow.now
    record = {"amendment": row.id}
    note_in_ledger(uow, "drop_amendment", report=opened.report, capacity=Capacity.AUTHOR.value, record=record)
    return row


def put_away(uow: UnitOfWork, report: Report) -> None:
    """Take the draft of the next version away; the amendment keeps what it asked for."""
    draft = protocols.open_draft(uow, report)
    for file in files_of(uow, report, for_stage=1, version_number=None):
        file.set_aside_at = uow.now
    if isinstance(draft, ProtocolVersion):
        uow.session.delete(draft)


def _open(uow: UnitOfWork, opened: Opened, *standings: Standing) -> AmendmentRow | None:
    """The author's open amendment, if it stands at one of `standings`."""
    row = amending.open_amendment(uow, opened.report)
    may = Capacity.AUTHOR in opened.acting_as
    return row if may and row is not None and row.standing in standings else None

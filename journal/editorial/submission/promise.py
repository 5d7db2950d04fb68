"""The promise of in-principle acceptance as its authors read it, and the beginning of stage 2."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from journal.dossier.access import Opened
from journal.dossier.drafts import CHANGED, mark_of, results_for_editing
from journal.dossier.protocols import frozen
from journal.dossier.steps import facts_of, note_in_ledger, take_step
from journal.editorial.submission.announcing import follow_data_end
from journal.unit_of_work import UnitOfWork
from storage.rows.decisions import Decision, DecisionKind
from storage.rows.protocols import ProtocolVersion
from storage.rows.reports import Report
from workflows.machine import Refusal
from workflows.people import Capacity
from workflows.report import Advanced
from workflows.stages import AWAITING_RESULTS, Action, Stage

DATES_OPEN = (*AWAITING_RESULTS, Stage.STAGE_2_REVISION)


@dataclass(frozen=True, slots=True, kw_only=True)
class IpaWords:
    """What the decision's sealed body says: the letter, and the conditions that stage 2 has to meet, exactly."""

    letter: str = ""
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """An in-principle acceptance: its words, the frozen version they are about, and when it was confirmed."""

    words: IpaWords
    version: ProtocolVersion
    decision: Decision


def promise_of(uow: UnitOfWork, report: Report) -> Promise | None:
    """The in-principle acceptance of the report, if it has one."""
    wanted = select(Decision).where(
        Decision.report_id == report.id, Decision.kind == DecisionKind.IPA, Decision.confirmed_at.is_not(None)
    )
    decision = uow.session.scalars(wanted.order_by(Decision.confirmed_at.desc())).first()
    version = frozen(uow, report)
    if decision is None or version is None:
        return None
    return Promise(words=uow.cabinet.get(report, decision, "body", IpaWords), version=version, decision=decision)


def begin_stage_2(uow: UnitOfWork, opened: Opened) -> Advanced | Refusal:
    """Begin stage 2: the frozen rows come back with a cell to fill."""
    step = take_step(uow, opened, Action.BEGIN_STAGE_2, facts=facts_of(uow, opened))
    if isinstance(step, Advanced):
        opened.report.author_seen_at = uow.now
        results_for_editing(uow, opened.report)
    return step


def dates_mark(report: Report) -> str:
    """The mark of the two dates as they stand."""
    return mark_of([str(report.data_start), str(report.data_end)])


def save_dates(uow: UnitOfWork, opened: Opened, *, start: date | None, end: date | None, was: str) -> str | Refusal:
    """Record when data collection began and ended."""
    report = opened.report
    if start is not None and end is not None and end < start:
        return Refusal("dates_reversed", "Data collection ends before it begins. Swap the two days.", "data_end")
    if (start, end) == (report.data_start, report.data_end):
        return dates_mark(report)
    if dates_mark(report) != was:
        return CHANGED
    report.data_start, report.data_end, report.author_seen_at = start, end, uow.now
    follow_data_end(uow, report)
    record = {"data_start": str(start or ""), "data_end": str(end or "")}
    note_in_ledger(uow, "record_dates", report=report, capacity=Capacity.AUTHOR.value, record=record)
    return dates_mark(report)

"""The promise of in-principle acceptance as its authors read it, and the beginning of stage 2."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date

from sqlalchemy import select

from journal.dossier import collecting
from journal.dossier.access import Opened
from journal.dossier.drafts import CHANGED, mark_of, results_for_editing
from journal.dossier.protocols import frozen
from journal.dossier.steps import facts_of, note_in_ledger, take_step
from journal.editorial.submission.announcing import follow_data_end
from journal.unit_of_work import UnitOfWork
from storage.rows.decisions import Decision, DecisionKind
from storage.rows.protocols import ProtocolVersion
from storage.rows.reports import Report
from workflows.collecting import Evidence, Mark, refuse_days
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The days of data collection as typed, each with its evidence. Without a new log file the one before counts."""

    start: date | None
    end: date | None
    evidence: Mapping[Mark, Evidence]

    def day(self, mark: Mark) -> date | None:
        """The day of `mark`."""
        return self.start if mark is Mark.START else self.end

    def of(self, mark: Mark, before: Mapping[Mark, Evidence]) -> Evidence:
        """The evidence of `mark`: none without a day."""
        if self.day(mark) is None:
            return Evidence()
        given, kept = self.evidence[mark], before[mark]
        return given if given.log_sha256 else replace(kept, words=given.words)


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


def recorded_evidence(uow: UnitOfWork, report: Report) -> dict[Mark, Evidence]:
    """The evidence that was given of the first and the last day."""
    found = collecting.newest(uow, report)
    return {mark: found[mark].evidence if mark in found else Evidence() for mark in Mark}


def dates_mark(uow: UnitOfWork, report: Report) -> str:
    """The mark of the two dates and their evidence as they stand."""
    evidence = recorded_evidence(uow, report)
    return mark_of([str(report.data_start), str(report.data_end), *(asdict(evidence[mark]) for mark in Mark)])


def save_dates(uow: UnitOfWork, opened: Opened, typed: Days, *, was: str) -> str | Refusal:
    """Record when data collection began and ended, with evidence if there is any. Each record is kept."""
    report = opened.report
    refusal = refuse_days(typed.start, typed.end, recorded_end=report.data_end, now=uow.now)
    if refusal is not None:
        return refusal
    before, days = recorded_evidence(uow, report), {Mark.START: report.data_start, Mark.END: report.data_end}
    changed = [mark for mark in Mark if (typed.day(mark), typed.of(mark, before)) != (days[mark], before[mark])]
    if not changed:
        return dates_mark(uow, report)
    if dates_mark(uow, report) != was:
        return CHANGED
    for mark in changed:
        collecting.record(uow, report, mark, typed.day(mark), typed.of(mark, before))
    report.data_start, report.data_end, report.author_seen_at = typed.start, typed.end, uow.now
    follow_data_end(uow, report)
    record = {"data_start": str(typed.start or ""), "data_end": str(typed.end or "")}
    note_in_ledger(uow, "record_dates", report=report, capacity=Capacity.AUTHOR.value, record=record)
    uow.session.flush()
    return dates_mark(uow, report)

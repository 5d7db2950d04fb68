"""The job that compares a report's texts. It may run twice, or die at any line; the database is let go meanwhile."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import structlog

from journal.dossier import findings, results
from journal.dossier.comparing import Compared, Pair, Texts, found_by, pair_now, texts_now
from journal.reading.inspection import ConfinementFailed
from journal.telling import editor_of, tell
from journal.unit_of_work import Resources, UnitOfWork, begin
from journal.work_off import Task
from storage.rows.comparisons import Progress, TextComparison
from storage.rows.reports import Report
from workflows.comparing.finding import Comparison, Pairing
from workflows.conformance import Finding
from workflows.conformance.texts import text_findings
from workflows.people import PRESS

MOST_ATTEMPTS = 3
_ROOM = 1024**3
_STATM_PAGE = resource.getpagesize()
TOO_LONG = "Comparing these texts took too long, so it was given up. Everything else goes on without it."
TOO_LARGE = "Comparing these texts needs more memory than there is, so it was given up. All else goes on without it."
FAULT = "Comparing these texts failed. That is a fault of the journal, and all else goes on without it."

_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Begun:
    report_id: str
    texts: Texts


def compare_texts(resources: Resources, task: Task) -> None:
    """Compare what `task.arguments["comparison"]` asks for, and keep what comes up; where the texts have changed since,
    do without. Raises `ConfinementFailed` when the machine cannot run the child: the job is then tried again.
    """
    identifier = task.arguments["comparison"]
    begun = _begun(resources, identifier)
    if begun is not None:
        _end(resources, identifier, _compared(begun.texts))


def _begun(resources: Resources, identifier: str) -> _Begun | None:
    with begin(resources, actor=PRESS) as uow:
        row = uow.session.get(TextComparison, identifier)
        if row is None or row.ended_at is not None:
            return None
        report = uow.session.get_one(Report, row.report_id)
        texts = texts_now(uow, report)
        if texts is None or not _is_now(uow, report, row):
            uow.session.delete(row)
            texts = None
        elif row.attempts >= MOST_ATTEMPTS:
            _keep(uow, report, row, Compared(fault=TOO_LONG))
            texts = None
        else:
            row.progress, row.attempts = Progress.RUNNING, row.attempts + 1
        uow.commit()
        return None if texts is None else _Begun(report.id, texts)


def _is_now(uow: UnitOfWork, report: Report, row: TextComparison) -> bool:
    return pair_now(uow, report) == Pair(promised=row.promised_digest, reported=row.reported_digest)


def _compared(texts: Texts) -> Compared:
    """Whatever is wrong with the files, it is said in words and bars nothing."""
    from journal.reading.comparison import lay_side_by_side
    from journal.reading.comparison.prefill import propose_values

    try:
        with _bounded_memory():
            found = lay_side_by_side(texts.promised, texts.reported, beside=texts.beside)
            reports = found.comparison.pairing in (Pairing.THIS, Pairing.VERSION)
            proposed = propose_values(texts.plan, texts.reported) if reports else ()
            return Compared(comparison=found.comparison, proposed=proposed, redline=found.redline)
    except ConfinementFailed:
        raise
    except MemoryError:
        return Compared(fault=TOO_LARGE)
    except Exception as error:  # noqa: BLE001 - hostile files: the page says that it failed, and the job is not tried on
        _log.error("texts could not be compared", error=type(error).__name__)
        return Compared(fault=TOO_LONG if "Timeout" in type(error).__name__ else FAULT)


@contextmanager
def _bounded_memory() -> Iterator[None]:
    """Let this process grow by a gigabyte at most. A job has a process of its own; the limit is lifted all the same."""
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    with open("/proc/self/statm", encoding="ascii") as told:  # noqa: PTH123 - a file of the kernel
        used = int(told.read().split()[0]) * _STATM_PAGE
    bound = used + _ROOM
    resource.setrlimit(resource.RLIMIT_AS, (bound if hard == resource.RLIM_INFINITY else min(bound, hard), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _end(resources: Resources, identifier: str, compared: Compared) -> None:
    with begin(resources, actor=PRESS) as uow:
        row = uow.session.get(TextComparison, identifier)
        if row is not None and row.ended_at is None:
            report = uow.session.get_one(Report, row.report_id)
            _keep(uow, report, row, compared)
            _add_to_what_was_sent(uow, report, row, compared)
        uow.commit()


def _keep(uow: UnitOfWork, report: Report, row: TextComparison, compared: Compared) -> None:
    row.progress = Progress.FAILED if compared.fault else Progress.DONE
    row.ended_at = uow.now
    uow.cabinet.put(report, row, "body", compared)


def _add_to_what_was_sent(uow: UnitOfWork, report: Report, row: TextComparison, compared: Compared) -> None:
    """Results that were sent while their texts were compared get the findings now, if none are newer."""
    newest = results.latest_submitted(uow, report)
    if newest is None or results.open_draft(uow, report) is not None or not _is_now(uow, report, row):
        return
    found = findings_of(compared)
    findings.keep(uow, report, newest, found)
    if found:
        tell(uow, "handling_editor/texts_compared", editor_of(report.handling_editor_id), report=report)


def findings_of(compared: Compared) -> tuple[Finding, ...]:
    """What the texts brought up, as findings of a report; none where the manuscript reports another study."""
    comparison = compared.comparison or Comparison(pairing=Pairing.UNKNOWN, why="")
    return text_findings(comparison.findings)


def found_in_texts(uow: UnitOfWork, report: Report, row: TextComparison | None) -> tuple[Finding, ...]:
    """The findings of a comparison that is done; none before."""
    return findings_of(found_by(uow, report, row)) if row is not None else ()

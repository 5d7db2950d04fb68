"""An editor dismisses findings with a reason that everybody on the report reads, and takes that back."""

from collections.abc import Collection

from journal.dossier import results
from journal.dossier.access import Opened
from journal.dossier.steps import note_in_ledger
from journal.unit_of_work import UnitOfWork
from storage.rows.outcomes import FindingRow
from workflows.conformance import Finding, State, beginning
from workflows.conformance.ruling import NONE_MARKED, NOT_NOW, REASON_MISSING, may_dismiss, may_rule
from workflows.machine import Refusal
from workflows.people import Capacity


def may_dismiss_here(opened: Opened) -> bool:
    """Whether the viewer can dismiss findings of the report now."""
    barred = may_rule(opened.report.stage, clocks_stopped=opened.clocks_stopped)
    return Capacity.HANDLING_EDITOR in opened.acting_as and barred is None


def dismiss(uow: UnitOfWork, opened: Opened, marked: Collection[str], *, reason: str) -> list[Refusal]:
    """Dismiss the findings whose identifiers are `marked`, all or none. What is dismissed already stays as it is."""
    if not may_dismiss_here(opened):
        return [NOT_NOW]
    rows = [row for row in _newest(uow, opened) if row.id in marked and row.state is not State.DISMISSED]
    refusals = [may_dismiss(row.severity, row.state, upheld=row.upheld_at is not None) for row in rows]
    found = {refusal for refusal in refusals if refusal is not None} or ({NONE_MARKED} if not rows else set())
    if found or not reason.strip():
        return [*found, *([] if reason.strip() else [REASON_MISSING])]
    for row in rows:
        uow.cabinet.put(opened.report, row, "ruling", reason.strip())
        row.state, row.ruled_by, row.ruled_at = State.DISMISSED, uow.actor.person, uow.now
        _note(uow, opened, "dismiss_finding", row)
    return []


def take_back(uow: UnitOfWork, opened: Opened, finding_id: str) -> Refusal | None:
    """Let a dismissed finding stand again as it began. Taken back twice, it is taken back once."""
    row = next((row for row in _newest(uow, opened) if row.id == finding_id), None)
    if not may_dismiss_here(opened) or row is None:
        return NOT_NOW
    if row.state is State.DISMISSED:
        found = next(found for each, found in _words(uow, opened) if each.id == row.id)
        row.state, row.ruling, row.ruled_by, row.ruled_at = beginning(found), None, None, None
        _note(uow, opened, "take_back_dismissal", row)
    return None


def _words(uow: UnitOfWork, opened: Opened) -> list[tuple[FindingRow, Finding]]:
    newest = results.latest_submitted(uow, opened.report)
    return results.findings(uow, opened.report, newest) if newest else []


def _newest(uow: UnitOfWork, opened: Opened) -> list[FindingRow]:
    """Findings on the newest submitted version: those of an earlier one bar nothing any more."""
    return [row for row, _ in _words(uow, opened)]


def _note(uow: UnitOfWork, opened: Opened, action: str, row: FindingRow) -> None:
    handling = Capacity.HANDLING_EDITOR.value
    note_in_ledger(uow, action, report=opened.report, capacity=handling, record={"finding": row.id})

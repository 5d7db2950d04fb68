"""The handling editor answers a declared deviation, for everybody on the report and for readers of the article."""

from collections.abc import Mapping

from journal.dossier import deviation_answers, results
from journal.dossier.access import Opened
from journal.dossier.steps import note_in_ledger
from journal.unit_of_work import UnitOfWork
from workflows.conformance.ruling import NOT_NOW, may_rule
from workflows.machine import Refusal
from workflows.people import Capacity


def may_answer_here(opened: Opened) -> bool:
    """Whether the viewer can answer deviations of the report now."""
    barred = may_rule(opened.report.stage, clocks_stopped=opened.clocks_stopped)
    return Capacity.HANDLING_EDITOR in opened.acting_as and barred is None


def answer(uow: UnitOfWork, opened: Opened, typed: Mapping[str, str]) -> Refusal | None:
    """Keep the answers to deviations of the newest submitted results, `typed` by mark; an empty one takes it back."""
    report = opened.report
    newest = results.latest_submitted(uow, report)
    if not may_answer_here(opened) or newest is None:
        return NOT_NOW
    done = deviation_answers.answered(uow, report, results.words(uow, report, newest))
    known = {each.mark: each.answer.strip() for each in done.deviations}
    if not typed.keys() <= known.keys():
        return NOT_NOW
    for mark, body in typed.items():
        if body.strip() != known[mark]:
            _keep(uow, opened, mark, body.strip())
    return None


def _keep(uow: UnitOfWork, opened: Opened, mark: str, body: str) -> None:
    deviation_answers.keep(uow, opened.report, mark, body)
    uow.session.flush()  # the next is numbered after it
    handling = Capacity.HANDLING_EDITOR.value
    note_in_ledger(uow, "answer_deviation", report=opened.report, capacity=handling, record={"deviation": mark})

"""The list of differences before results are sent: each declared, corrected, or said to be no deviation."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from journal.dossier.access import Opened
from journal.dossier.comparing import ask_to_compare, comparison_of, found_by
from journal.dossier.wording import compared, is_alike
from journal.editorial import work
from journal.editorial.conformance import differing
from journal.editorial.conformance.pages import pages
from journal.editorial.saving import is_open, own_report, saves_itself, to_report
from workflows.comparing.finding import Pairing
from workflows.conformance import Finding
from workflows.machine import Refusal
from workflows.stages import RESULTS_OPEN

MOVED_ON = "No results are open now. What was found on results that were sent stands with them."
_AT_FIRST = 25


@pages.get("/reports/<report_id>/differences")
def differences(report_id: str) -> ResponseReturnValue:
    """What rows and texts brought up, the cheapest to answer first, and how far the comparison of the texts is."""
    opened = own_report(report_id)
    if not is_open(opened, RESULTS_OPEN):
        return to_report(report_id, MOVED_ON)
    return _progress(opened) if saves_itself() else _page(opened)


@pages.post("/reports/<report_id>/differences")
def answer_difference(report_id: str) -> ResponseReturnValue:
    """Declare one, answer one, say that a part was done as registered, or have the texts compared again."""
    opened = own_report(report_id)
    if not is_open(opened, RESULTS_OPEN):
        return to_report(report_id, MOVED_ON)
    asked = _ASKED.get(request.form.get("then", ""), _say)
    return asked(opened, request.form.get("mark", ""))


def _declare(opened: Opened, mark: str) -> ResponseReturnValue:
    begun = differing.declare(work.uow(), opened.report, mark)
    if isinstance(begun, Refusal):
        return _page(opened, begun), 422
    flash("A deviation was begun from it. Complete it here.")
    return redirect(f"{url_for('conformance.outcomes', report_id=opened.report.id)}#deviations-{begun}", 303)


def _say_done(opened: Opened, mark: str) -> ResponseReturnValue:
    return _answered(opened, differing.done_as_registered(work.uow(), opened.report, mark), "")


def _say(opened: Opened, mark: str) -> ResponseReturnValue:
    why = request.form.get("why", "")
    return _answered(opened, differing.answer_finding(work.uow(), opened.report, mark, why), mark)


def _compare(opened: Opened, _: str) -> ResponseReturnValue:
    ask_to_compare(work.uow(), opened.report)
    return redirect(request.path, 303)


_ASKED = {"declare": _declare, "done": _say_done, "compare": _compare}


def _answered(opened: Opened, saved: str | Refusal, mark: str) -> ResponseReturnValue:
    if isinstance(saved, Refusal):
        return _page(opened, saved, mark), 422
    flash("Kept.")
    return redirect(request.path, 303)


def _page(opened: Opened, refused: Refusal | None = None, mark: str = "") -> str:
    uow, report = work.uow(), opened.report
    tasks = differing.left_to_do(uow, report)
    shown = tasks if "all" in request.args else tasks[:_AT_FIRST]
    return render_template(
        "editorial/conformance/differences.html",
        report=report,
        plan=differing.promised(uow, report),
        tasks=[(task, _side_by_side(task.finding)) for task in shown],
        more=len(tasks) - len(shown),
        left=sum(task.is_open for task in tasks),
        gaps=sum(task.is_gap for task in tasks),
        cells=differing.cells(differing.promised(uow, report)),
        refused=refused,
        refused_mark=mark,
        why=request.form.get("why", ""),
        **_compared(opened),
    )


def _progress(opened: Opened) -> str:
    page = "editorial/conformance/_progress.html"
    return render_template(page, report=opened.report, fresh=True, **_compared(opened))


def _compared(opened: Opened) -> dict[str, object]:
    """How far the comparison of the texts is, and what it says of the pair as a whole."""
    row = comparison_of(work.uow(), opened.report)
    found = found_by(work.uow(), opened.report, row) if row is not None else None
    other = found is not None and found.comparison is not None and found.comparison.pairing in _NOT_COMPARED
    return {"comparison": row, "compared": found, "not_this": other}


_NOT_COMPARED = (Pairing.STUDY, Pairing.UNKNOWN)


def _side_by_side(finding: Finding) -> list[tuple[str, str]] | None:
    segments = compared(finding.promised, finding.reported)
    return segments if is_alike(segments) else None

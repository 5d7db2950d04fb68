"""The acceptance page: what was promised, the digest of the frozen protocol, when results are due, and stage 2."""

from flask import abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from journal.dossier.access import Opened
from journal.dossier.collecting import days_at_odds
from journal.dossier.protocols import words
from journal.editorial import work
from journal.editorial.saving import MOVED_ON, answer, is_open, own_report, saved_version, to_report
from journal.editorial.submission.forms import DatesForm
from journal.editorial.submission.pages import pages
from journal.editorial.submission.promise import (
    DATES_OPEN,
    Days,
    begin_stage_2,
    dates_mark,
    promise_of,
    recorded_evidence,
    save_dates,
)
from workflows.collecting import Mark
from workflows.machine import Refusal
from workflows.people import EDITORS, Capacity
from workflows.stages import RESULTS_OPEN, Stage


@pages.get("/reports/<report_id>/acceptance")
def ipa(report_id: str) -> ResponseReturnValue:
    """The in-principle acceptance, for authors and editors."""
    opened = work.opened(report_id)
    if not opened.acting_as & {Capacity.AUTHOR, Capacity.OFFICER, *EDITORS}:
        abort(404)
    evidence = recorded_evidence(work.uow(), opened.report)
    dates = {"data_start": opened.report.data_start, "data_end": opened.report.data_end}
    words_ = {f"{mark.value}_evidence": evidence[mark].words for mark in Mark}
    return _page(opened, DatesForm(formdata=None, data={**dates, **words_}))


def _page(opened: Opened, form: DatesForm) -> str:
    promise = promise_of(work.uow(), opened.report)
    if promise is None:
        abort(404)
    return render_template(
        "editorial/submission/ipa.html",
        report=opened.report,
        promise=promise,
        plan=words(work.uow(), opened.report, promise.version),
        form=form,
        mark=dates_mark(work.uow(), opened.report),
        evidence=recorded_evidence(work.uow(), opened.report),
        odd=days_at_odds(work.uow(), opened.report),
        author=Capacity.AUTHOR in opened.acting_as,
        begins=opened.report.stage is Stage.IPA,
        stage_2=is_open(opened, RESULTS_OPEN),
        dates_open=is_open(opened, DATES_OPEN),
    )


@pages.post("/reports/<report_id>/acceptance/begin")
def begin(report_id: str) -> ResponseReturnValue:
    """Begin stage 2."""
    opened = own_report(report_id)
    if is_open(opened, RESULTS_OPEN):
        return redirect(url_for("conformance.outcomes", report_id=report_id), 303)
    step = begin_stage_2(work.uow(), opened)
    if isinstance(step, Refusal):
        return to_report(report_id, step.words)
    return redirect(url_for("conformance.outcomes", report_id=report_id), 303)


@pages.post("/reports/<report_id>/acceptance/dates")
def dates(report_id: str) -> ResponseReturnValue:
    """Record when data collection began and ended."""
    opened = own_report(report_id)
    form = DatesForm()
    typed = Days(start=form.data_start.data, end=form.data_end.data, evidence=form.evidence())
    saved: str | Refusal = MOVED_ON
    if is_open(opened, DATES_OPEN):
        saved = save_dates(work.uow(), opened, typed, was=saved_version())
    here = url_for("submission.ipa", report_id=report_id)
    return answer(saved, form, show=lambda: _page(opened, form), onward=f"{here}#dates", words="The dates are kept.")

"""The pages of stage 2: outcomes row by row, the check before submitting, results as sent."""

from importlib import import_module

from flask import Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from journal.dossier import results as dossier
from journal.dossier.access import Opened
from journal.dossier.comparing import ask_to_compare, comparison_of, proposed_by_manuscript
from journal.dossier.drafts import last_results, mark_of
from journal.dossier.manuscripts import files_of, newest_files
from journal.dossier.protocols import frozen
from journal.dossier.results import Results
from journal.editorial import work
from journal.editorial.conformance import actions, deviation_routes, differing, finding_routes, short
from journal.editorial.conformance.asked import asked_of, fill_up, offer_choices
from journal.editorial.conformance.differing import promised
from journal.editorial.conformance.filling import Filled, shown
from journal.editorial.conformance.finding_routes import sent_versions
from journal.editorial.conformance.forms import ResultsForm
from journal.editorial.conformance.pages import pages
from journal.editorial.conformance.prefilling import offers, row_of
from journal.editorial.saving import (
    MOVED_ON,
    answer,
    answers_page,
    is_open,
    own_report,
    rearrange,
    saved_version,
    saves_itself,
    to_report,
)
from workflows.machine import Refusal
from workflows.outcomes import conclude
from workflows.people import Capacity
from workflows.protocol import Protocol
from workflows.report import Advanced
from workflows.stages import RESULTS_OPEN, Stage

for part in (finding_routes, deviation_routes):
    part.register(pages)

_SENT = "The results are with the editors now. The reviewers of stage 1 are asked first, and you will hear by mail."


def register(app: Flask) -> None:
    """Put the pages of stage 2 on `app`."""
    import_module("journal.editorial.conformance.difference_routes")
    app.register_blueprint(pages)


@pages.get("/reports/<report_id>/outcomes")
def outcomes(report_id: str) -> ResponseReturnValue:
    """Every row of the frozen protocol beside the cell that answers it."""
    opened = own_report(report_id)
    if opened.report.stage is Stage.IPA:
        return redirect(url_for("submission.ipa", report_id=report_id))
    if not is_open(opened, RESULTS_OPEN):
        return to_report(report_id, "There is nothing to fill in on these results now.")
    plan = promised(work.uow(), opened.report)
    form = ResultsForm(formdata=None, data=shown(plan, last_results(work.uow(), opened.report)))
    if "check" in request.args:
        form.refuse(actions.what_bars_submitting(work.uow(), opened))
    return _page(opened, form, plan)


@pages.post("/reports/<report_id>/outcomes")
def save(report_id: str) -> ResponseReturnValue:
    """Keep what was typed, and do what a button asked for: change a list, answer the rest of the parts."""
    opened = own_report(report_id)
    form = ResultsForm()
    place = rearrange(form, ["deviations", "unregistered"])
    plan = promised(work.uow(), opened.report)
    saved = _save(opened, form) if is_open(opened, RESULTS_OPEN) else MOVED_ON
    if isinstance(saved, str) and not saves_itself():
        ask_to_compare(work.uow(), opened.report)
    place = place or _place_of_button(opened, plan)
    onward = f"{request.path}#{place}" if place else _next(report_id)
    return answer(saved, form, show=lambda: _page(opened, form, plan), onward=onward, words="" if place else "Saved.")


def _save(opened: Opened, form: ResultsForm) -> str | Refusal:
    rest, use = "rest" in request.form, request.form.get("use", "")
    filled = _filled(form)
    return actions.save_answers(work.uow(), opened.report, filled, was=saved_version(), rest_done=rest, use=use)


def _place_of_button(opened: Opened, plan: Protocol) -> str:
    """Where on the page a button stood that answered something; empty if none did."""
    use = request.form.get("use", "")
    if use:
        return row_of(plan, proposed_by_manuscript(work.uow(), opened.report), use)
    return "parts-title" if "rest" in request.form else ""


def _next(report_id: str) -> str:
    """Where the button that was pressed leads: on to the check, or back to the rows."""
    if request.form.get("then") == "submit":
        return url_for("conformance.submit", report_id=report_id)
    return url_for("conformance.outcomes", report_id=report_id)


def _filled(form: ResultsForm) -> Filled:
    texts = {
        "claim": form.claim.data,
        "abstract": form.abstract.data,
        "data": form.data_now.data,
        "code": form.code_now.data,
        "materials": form.materials_now.data,
        "cited_digest": form.cited_digest.data,
    }
    return Filled(
        texts=texts | short.typed(form),
        answers=form.outcomes.data,
        checks=form.checks.data,
        parts=form.parts.data,
        unregistered=form.unregistered.data,
        deviations=form.deviations.data,
    )


def _page(opened: Opened, form: ResultsForm, plan: Protocol) -> str:
    uow = work.uow()
    results = last_results(uow, opened.report)
    fill_up(form, plan)
    offer_choices(form, plan)
    missing = {(gap.field or "").rpartition("-")[0] for gap in actions.gaps_of(uow, opened.report)}
    return render_template(
        "editorial/conformance/outcomes.html",
        report=opened.report,
        plan=plan,
        form=form,
        mark=mark_of(results),
        told=[conclude(plan, results.outcomes, row.label) for row in plan.rows],
        answered=[f"outcomes-{index}" not in missing for index in range(len(plan.rows))],
        asked=asked_of(plan),
        offers=offers(plan, results.outcomes, proposed_by_manuscript(uow, opened.report)),
        parts_left=sum(place.startswith("parts-") for place in missing),
        files=newest_files(uow, opened.report, for_stage=2),
        frozen=frozen(uow, opened.report),
        may_send=Capacity.CORRESPONDING_AUTHOR in opened.acting_as,
    )


@pages.route("/reports/<report_id>/outcomes/submit", methods=["GET", "POST"])
def submit(report_id: str) -> ResponseReturnValue:
    """What is missing, each linked to its field, and the button that submits the results."""
    opened = own_report(report_id)
    if not is_open(opened, RESULTS_OPEN):
        return to_report(report_id, "There is nothing to send now. If you sent it, it was sent once.")
    if request.method == "POST":
        step = actions.submit(work.uow(), opened)
        return to_report(report_id, _SENT) if isinstance(step, Advanced) else (_check(opened, step), 422)
    return _check(opened, actions.what_bars_submitting(work.uow(), opened))


def _check(opened: Opened, barred: tuple[Refusal, ...]) -> str:
    uow = work.uow()
    return render_template(
        "editorial/conformance/submit.html",
        report=opened.report,
        **_told(opened, last_results(uow, opened.report)),
        files=newest_files(uow, opened.report, for_stage=2),
        left=sum(task.is_open for task in differing.left_to_do(uow, opened.report)),
        comparing=comparison_of(uow, opened.report),
        barred=[(_place(opened.report.id, refusal), refusal.words) for refusal in barred],
        may_send=Capacity.CORRESPONDING_AUTHOR in opened.acting_as,
        revises=opened.report.stage is Stage.STAGE_2_REVISION,
    )


def _place(report_id: str, refusal: Refusal) -> str:
    match refusal.field:
        case "manuscript":
            return url_for("submission.manuscript", report_id=report_id, for_stage=2)
        case "authors":
            return url_for("submission.authors", report_id=report_id) + "#consent"
        case "amendment":
            return url_for("amendments.page", report_id=report_id)
        case "answers":
            return answers_page(report_id)
        case field:
            return f"{url_for('conformance.outcomes', report_id=report_id, check=1)}#{field}"


@pages.get("/reports/<report_id>/results")
@pages.get("/reports/<report_id>/results/<int:number>")
def read(report_id: str, number: int | None = None) -> ResponseReturnValue:
    """A submitted version of the results for everybody on the report; without a number, the newest."""
    opened = work.opened(report_id)
    sent, version = sent_versions(opened, number)
    files = files_of(work.uow(), opened.report, for_stage=2, version_number=version.number)
    results = dossier.words(work.uow(), opened.report, version)
    page = {"version": version, "versions": sent, "files": files, **_told(opened, results)}
    return render_template("editorial/conformance/read.html", report=opened.report, **page)


def _told(opened: Opened, results: Results) -> dict[str, object]:
    """The results beside the plan, and what readers will be told of each row."""
    plan = promised(work.uow(), opened.report)
    told = [(row, results.outcomes.row(row.label), conclude(plan, results.outcomes, row.label)) for row in plan.rows]
    return {"plan": plan, "results": results, "told": told}

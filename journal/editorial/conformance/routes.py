"""The pages of stage 2: outcomes row by row, the check before submitting, results as sent, findings on them."""

from flask import Flask, abort, redirect, render_template, request, url_for
from flask.blueprints import Blueprint
from flask.typing import ResponseReturnValue

from journal.dossier import results as dossier
from journal.dossier.access import Opened
from journal.dossier.amending import approved
from journal.dossier.collecting import days_at_odds
from journal.dossier.drafts import last_results, mark_of
from journal.dossier.manuscripts import files_of, newest_files
from journal.dossier.protocols import frozen
from journal.dossier.results import Results
from journal.dossier.wording import compared, is_alike
from journal.editorial import work
from journal.editorial.conformance import actions, short
from journal.editorial.conformance.forms import ResultsForm
from journal.editorial.inputs import offered
from journal.editorial.saving import (
    MOVED_ON,
    answer,
    answers_page,
    is_open,
    own_report,
    rearrange,
    saved_version,
    to_report,
)
from storage.rows.outcomes import ResultsVersion
from workflows.conformance import Finding
from workflows.machine import Refusal
from workflows.outcomes import conclude, verdicts_for
from workflows.people import Capacity
from workflows.protocol import Protocol
from workflows.report import Advanced
from workflows.stages import RESULTS_OPEN, Stage

pages = Blueprint("conformance", __name__)

_SENT = "The results are with the editors now. The reviewers of stage 1 are asked first, and you will hear by mail."


def register(app: Flask) -> None:
    """Put the pages of stage 2 on `app`."""
    app.register_blueprint(pages)


@pages.get("/reports/<report_id>/outcomes")
def outcomes(report_id: str) -> ResponseReturnValue:
    """Every row of the frozen protocol beside the cell that answers it."""
    opened = own_report(report_id)
    if opened.report.stage is Stage.IPA:
        return redirect(url_for("submission.ipa", report_id=report_id))
    if not is_open(opened, RESULTS_OPEN):
        return to_report(report_id, "There is nothing to fill in on these results now.")
    plan = actions.promised(work.uow(), opened.report)
    form = ResultsForm(formdata=None, data=actions.shown(plan, last_results(work.uow(), opened.report)))
    if "check" in request.args:
        form.refuse(actions.what_bars_submitting(work.uow(), opened))
    return _page(opened, form, plan)


@pages.post("/reports/<report_id>/outcomes")
def save(report_id: str) -> ResponseReturnValue:
    """Keep what was typed; add, move or remove a deviation if a button asked for it."""
    opened = own_report(report_id)
    form = ResultsForm()
    place = rearrange(form, ["deviations"])
    plan = actions.promised(work.uow(), opened.report)
    saved: str | Refusal = MOVED_ON
    if is_open(opened, RESULTS_OPEN):
        saved = actions.save_answers(work.uow(), opened.report, _filled(form), was=saved_version())
    here = url_for("conformance.outcomes", report_id=report_id)
    onward = f"{here}#{place}" if place else _next(report_id)
    return answer(saved, form, show=lambda: _page(opened, form, plan), onward=onward, words="" if place else "Saved.")


def _next(report_id: str) -> str:
    """Where the button that was pressed leads: on to the check, or back to the rows."""
    if request.form.get("then") == "submit":
        return url_for("conformance.submit", report_id=report_id)
    return url_for("conformance.outcomes", report_id=report_id)


def _filled(form: ResultsForm) -> actions.Filled:
    texts = {
        "claim": form.claim.data,
        "abstract": form.abstract.data,
        "data": form.data_now.data,
        "code": form.code_now.data,
        "materials": form.materials_now.data,
        "cited_digest": form.cited_digest.data,
    }
    return actions.Filled(
        texts=texts | short.typed(form),
        answers=form.outcomes.data,
        checks=form.checks.data,
        deviations=form.deviations.data,
    )


def _page(opened: Opened, form: ResultsForm, plan: Protocol) -> str:
    uow = work.uow()
    results = last_results(uow, opened.report)
    _fill_up(form, plan)
    _offer_choices(form, plan)
    missing = {(gap.field or "").rpartition("-")[0] for gap in actions.gaps_of(uow, opened.report)}
    return render_template(
        "editorial/conformance/outcomes.html",
        report=opened.report,
        plan=plan,
        form=form,
        mark=mark_of(results),
        told=[conclude(plan, results.outcomes, row.label) for row in plan.rows],
        answered=[f"outcomes-{index}" not in missing for index in range(len(plan.rows))],
        files=newest_files(uow, opened.report, for_stage=2),
        frozen=frozen(uow, opened.report),
        may_send=Capacity.CORRESPONDING_AUTHOR in opened.acting_as,
    )


def _fill_up(form: ResultsForm, plan: Protocol) -> None:
    """Give every row and check of the plan its cell, also where less was sent."""
    for entries, promised in ((form.outcomes, plan.rows), (form.checks, plan.checks)):
        for _ in promised[len(entries.entries) :]:
            entries.append_entry()


def _offer_choices(form: ResultsForm, plan: Protocol) -> None:
    """Offer each row the verdicts that its kind can have, and each deviation what it can concern."""
    for row, entry in zip(plan.rows, form.outcomes.entries, strict=False):
        entry.form.verdict.choices = offered((verdict.value, verdict.words) for verdict in verdicts_for(row.kind))
    labels = [*(row.label for row in plan.rows), *(check.label for check in plan.checks)]
    for deviation in form.deviations.entries:
        deviation.form.row.choices = offered([("", "The whole study"), *((label, label) for label in labels)])


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
    sent, version = _sent(opened, number)
    files = files_of(work.uow(), opened.report, for_stage=2, version_number=version.number)
    results = dossier.words(work.uow(), opened.report, version)
    page = {"version": version, "versions": sent, "files": files, **_told(opened, results)}
    return render_template("editorial/conformance/read.html", report=opened.report, **page)


@pages.get("/reports/<report_id>/findings")
@pages.get("/reports/<report_id>/findings/<int:number>")
def findings(report_id: str, number: int | None = None) -> ResponseReturnValue:
    """What the comparison of a submitted version found, both texts side by side, for everybody on the report."""
    opened = work.opened(report_id)
    uow = work.uow()
    sent, version = _sent(opened, number)
    found = [(row, finding, _side_by_side(finding)) for row, finding in dossier.findings(uow, opened.report, version)]
    page = {"version": version, "versions": sent, "findings": found, "plan": actions.promised(uow, opened.report)}
    page |= {"amended": approved(uow, opened.report), "odd": days_at_odds(uow, opened.report)}
    page["is_short"] = dossier.words(uow, opened.report, version).as_short_report is not None
    answers = {row.id: uow.cabinet.get(opened.report, row, "answer", str) for row, _, _ in found if row.answer}
    return render_template("editorial/conformance/findings.html", report=opened.report, answers=answers, **page)


def _sent(opened: Opened, number: int | None) -> tuple[list[ResultsVersion], ResultsVersion]:
    """The submitted versions, and the one numbered so (without a number, the newest). A draft is no page of these."""
    sent = [version for version in dossier.versions(work.uow(), opened.report) if version.submitted_at is not None]
    wanted = [version for version in sent if number in (None, version.number)]
    if not wanted:
        abort(404)
    return sent, wanted[-1]


def _told(opened: Opened, results: Results) -> dict[str, object]:
    """The results beside the plan, and what readers will be told of each row."""
    plan = actions.promised(work.uow(), opened.report)
    told = [(row, results.outcomes.row(row.label), conclude(plan, results.outcomes, row.label)) for row in plan.rows]
    return {"plan": plan, "results": results, "told": told}


def _side_by_side(finding: Finding) -> list[tuple[str, str]] | None:
    segments = compared(finding.promised, finding.reported)
    return segments if is_alike(segments) else None

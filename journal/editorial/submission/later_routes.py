"""What authors can do at any time: withdraw, say that a study turned out hazardous, decide about the public."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from journal.dossier.access import Opened
from journal.dossier.holding import raise_flag
from journal.dossier.protocols import newest
from journal.editorial import work
from journal.editorial.forms import Form
from journal.editorial.saving import own_report, to_report
from journal.editorial.submission.actions import withdraw as withdraw_study
from journal.editorial.submission.announcing import chosen
from journal.editorial.submission.forms import EmbargoForm, ReasonForm
from journal.editorial.submission.pages import pages
from journal.editorial.submission.settings import end_embargo, own_embargo, set_embargo
from workflows.machine import Refusal
from workflows.people import Capacity
from workflows.report import actions_open
from workflows.stages import ENDED, HOLDS_IPA, OUT, Action, Stage

_FLAGGED = (
    "Thank you. The report is withheld from this moment on, and the information-hazard officers have been told. "
    "Nobody else learns of it. They will write to you."
)


@pages.route("/reports/<report_id>/withdraw", methods=["GET", "POST"])
def withdraw(report_id: str) -> ResponseReturnValue:
    """Withdraw the study, after reading what that means."""
    opened = own_report(report_id)
    if Action.WITHDRAW not in actions_open(opened.report.stage, opened.acting_as):
        done = opened.report.stage in (Stage.WITHDRAWN, Stage.WITHDRAWN_AFTER_IPA)
        return to_report(report_id, "It is withdrawn." if done else "It cannot be withdrawn by you at this stage.")
    form = ReasonForm()
    if request.method == "POST":
        step = withdraw_study(work.uow(), opened, reason=form.reason.data or "")
        if not isinstance(step, Refusal):
            return to_report(report_id, "The study is withdrawn. Nothing about it was made public by this step.")
        form.refuse(step)
    promised = opened.report.stage in HOLDS_IPA
    return _page(opened, "withdraw", form, promised=promised, draft=opened.report.stage is Stage.DRAFT)


@pages.route("/reports/<report_id>/hazard", methods=["GET", "POST"])
def hazard(report_id: str) -> ResponseReturnValue:
    """Say that the study turned out hazardous. It is withheld at once; the officers alone read the words."""
    opened = own_report(report_id)
    form = ReasonForm()
    if request.method == "POST":
        capacity = min(opened.acting_as & {Capacity.AUTHOR, Capacity.CORRESPONDING_AUTHOR})
        placed = raise_flag(work.uow(), opened, capacity=capacity, reason=form.reason.data or "")
        if not isinstance(placed, Refusal):
            return to_report(report_id, _FLAGGED)
        form.refuse(placed)
    return _page(opened, "turned_hazardous", form)


@pages.get("/reports/<report_id>/settings")
def settings(report_id: str) -> ResponseReturnValue:
    """The embargo as it stands, and the way to announcing."""
    opened = own_report(report_id)
    return _settings(opened, _embargo_form())


@pages.post("/reports/<report_id>/settings/embargo")
def embargo(report_id: str) -> ResponseReturnValue:
    """Set the authors' embargo, or end it."""
    opened = own_report(report_id)
    form = EmbargoForm()
    if request.form.get("embargo") == "end":
        ended = end_embargo(work.uow(), opened)
        flash(ended.words if ended else "The embargo has ended.", "warn" if ended else "message")
        return redirect(url_for("submission.settings", report_id=report_id), 303)
    placed = set_embargo(work.uow(), opened, until=form.embargo_until.data, reason=form.reason.data or "")
    if isinstance(placed, Refusal):
        form.refuse(placed)
        return _settings(opened, form), 422
    flash("The embargo is set.")
    return redirect(url_for("submission.settings", report_id=report_id), 303)


def _embargo_form() -> EmbargoForm:
    return EmbargoForm(formdata=None)


def _settings(opened: Opened, embargo_form: EmbargoForm) -> str:
    return render_template(
        "editorial/submission/settings.html",
        report=opened.report,
        plan=newest(work.uow(), opened.report),
        embargo=own_embargo(work.uow(), opened.report),
        embargo_form=embargo_form,
        announced=chosen(work.uow(), opened.report),
        mine=Capacity.CORRESPONDING_AUTHOR in opened.acting_as,
        over=opened.report.stage in (*ENDED, *OUT),
    )


def _page(opened: Opened, name: str, form: Form, **more: object) -> ResponseReturnValue:
    plan = newest(work.uow(), opened.report)
    page = render_template(f"editorial/submission/{name}.html", report=opened.report, plan=plan, form=form, **more)
    return page, 200 if request.method == "GET" else 422

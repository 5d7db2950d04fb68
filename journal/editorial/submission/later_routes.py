"""What authors can do at any time: withdraw, and say that a study turned out hazardous."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from journal.dossier.access import Opened
from journal.dossier.holding import raise_flag
from journal.dossier.protocols import newest
from journal.editorial import work
from journal.editorial.forms import Form
from journal.editorial.saving import own_report, to_report
from journal.editorial.submission.actions import withdraw as withdraw_study
from journal.editorial.submission.forms import ReasonForm
from journal.editorial.submission.pages import pages
from workflows.machine import Refusal
from workflows.people import Capacity
from workflows.report import actions_open
from workflows.stages import HOLDS_IPA, Action, Stage

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


def _page(opened: Opened, name: str, form: Form, **more: object) -> ResponseReturnValue:
    plan = newest(work.uow(), opened.report)
    page = render_template(f"editorial/submission/{name}.html", report=opened.report, plan=plan, form=form, **more)
    return page, 200 if request.method == "GET" else 422

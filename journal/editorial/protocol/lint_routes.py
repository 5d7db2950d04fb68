"""What the linter says of the draft, by criterion, and the reasons with which authors answer it."""

from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from journal.dossier.access import Opened
from journal.dossier.drafts import last_written, mark_of, save_protocol
from journal.dossier.linting import by_criterion, counted, linted
from journal.editorial import work
from journal.editorial.inputs import plain
from journal.editorial.protocol.pages import pages
from journal.editorial.protocol.remarking import where
from journal.editorial.protocol.sheet_routes import CLOSED
from journal.editorial.saving import is_open, own_report, to_report
from workflows.lint import RULES
from workflows.protocol import TEXT_LIMIT, Answered, Protocol
from workflows.relabelling import orphans
from workflows.stages import PROTOCOL_OPEN


@pages.get("/reports/<report_id>/protocol/lint")
def lint_page(report_id: str) -> ResponseReturnValue:
    """Every finding, by criterion, with the way to its field."""
    opened = own_report(report_id)
    if not is_open(opened, PROTOCOL_OPEN):
        return to_report(report_id, CLOSED)
    plan, _ = last_written(work.uow(), opened.report)
    return _page(opened, plan)


def _page(opened: Opened, plan: Protocol) -> str:
    found = linted(work.uow(), plan)
    return render_template(
        "editorial/protocol/lint.html",
        report=opened.report,
        plan=plan,
        groups=by_criterion(found),
        plan_mark=mark_of(plan),
        orphans=orphans(plan),
        counted=counted(found),
        rules=len(RULES),
        where=lambda finding: where(opened.report.id, finding),
    )


@pages.post("/reports/<report_id>/protocol/lint")
def answer_lint(report_id: str) -> ResponseReturnValue:
    """Keep the reason for which a should is left as it is, or all of its kind are; an empty one takes it back."""
    opened = own_report(report_id)
    if not is_open(opened, PROTOCOL_OPEN):
        return to_report(report_id, CLOSED)
    rule, spot = request.form.get("rule", ""), request.form.get("spot", "")
    reason = plain(request.form.get("reason")).strip()[:TEXT_LIMIT]
    _keep(opened, rule, spot, reason)
    flash("Your reason is kept. Reviewers read it beside the finding." if reason else "Your reason was taken back.")
    return redirect(url_for("protocol.lint_page", report_id=report_id), 303)


def _keep(opened: Opened, rule: str, spot: str, reason: str) -> None:
    """Only what the linter finds, and lets be answered, is answered; with a tick also the rest that asks the same."""
    uow = work.uow()
    plan, _ = last_written(uow, opened.report)
    found = [each for each in linted(uow, plan) if each.rule == rule and each.may_be_answered]
    if not any(each.spot == spot for each in found):
        return
    alike = {each.spot for each in found if "alike" in request.form and not each.answer}

    def change(plan: Protocol) -> Protocol:
        meant = {spot} | alike
        others = tuple(each for each in plan.answered if each.rule != rule or each.place not in meant)
        mine = (Answered(rule=rule, place=place, reason=reason) for place in sorted(meant))
        return replace(plan, answered=(*others, *(mine if reason else ())))

    save_protocol(uow, opened.report, change, part=lambda plan: plan.answered, was=mark_of(plan.answered))

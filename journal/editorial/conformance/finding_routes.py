"""The page of findings: what the comparison found, how each stands, and the editor's reasons."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from journal.dossier import comparing, results
from journal.dossier import findings as dossier
from journal.dossier.access import Opened
from journal.dossier.amending import approved
from journal.dossier.collecting import days_at_odds
from journal.dossier.findings_shown import grouped
from journal.editorial import work
from journal.editorial.conformance import dismissing
from journal.editorial.conformance.differing import promised
from journal.editorial.conformance.forms import DismissForm
from storage.rows.outcomes import ResultsVersion
from workflows.people import EDITORS, Capacity

_DISMISSED = "Dismissed. The authors and reviewers of this report read your reason."
_TAKEN_BACK = "Taken back: the finding stands again."


def register(pages: Blueprint) -> None:
    """Add these pages to the feature's."""
    pages.add_url_rule("/reports/<report_id>/findings", "findings", findings, methods=["GET", "POST"])
    pages.add_url_rule("/reports/<report_id>/findings/<int:number>", "findings", findings, methods=["GET"])


def findings(report_id: str, number: int | None = None) -> ResponseReturnValue:
    """What the comparison of a submitted version found, for everybody on the report; its editors rule on the newest."""
    opened = work.opened(report_id)
    form = DismissForm()
    if not form.is_submitted():
        return _page(opened, form, number)
    if not opened.acting_as & EDITORS:
        abort(404)
    refused, words = _pressed(opened, form)
    if refused:
        return _page(opened, form, number), 422
    flash(words)
    return redirect(url_for("conformance.findings", report_id=report_id), 303)


def _pressed(opened: Opened, form: DismissForm) -> tuple[bool, str]:
    """Dismiss what is marked, or let one stand again; whether that was refused, and else what to say."""
    uow = work.uow()
    if request.form.get("act") == "take_back":
        refusal = dismissing.take_back(uow, opened, request.form.get("finding", ""))
        refusals = [refusal] if refusal else []
    else:
        refusals = dismissing.dismiss(uow, opened, request.form.getlist("finding"), reason=form.reason.data or "")
    form.refuse(refusals)
    return bool(refusals), _TAKEN_BACK if request.form.get("act") == "take_back" else _DISMISSED


def _page(opened: Opened, form: DismissForm, number: int | None) -> str:
    uow, report = work.uow(), opened.report
    sent, version = sent_versions(opened, number)
    shown = dossier.answers_shown(uow, report, version, is_author=Capacity.AUTHOR in opened.acting_as)
    return render_template(
        "editorial/conformance/findings.html",
        report=report,
        version=version,
        versions=sent,
        plan=promised(uow, report),
        amended=approved(uow, report),
        odd=days_at_odds(uow, report),
        groups=grouped(dossier.standings(uow, report, version, answers=shown)),
        corrected=dossier.corrected(uow, report, version),
        form=form,
        marked=request.form.getlist("finding"),
        is_short=results.words(uow, report, version).as_short_report is not None,
        redline=comparing.redline_as_sent(uow, report, version),
        may_dismiss=dismissing.may_dismiss_here(opened) and version is sent[-1],
    )


def sent_versions(opened: Opened, number: int | None) -> tuple[list[ResultsVersion], ResultsVersion]:
    """The submitted versions, and the one numbered so (without a number, the newest). A draft is no page of these."""
    sent = [version for version in results.versions(work.uow(), opened.report) if version.submitted_at is not None]
    wanted = [version for version in sent if number in (None, version.number)]
    if not wanted:
        abort(404)
    return sent, wanted[-1]

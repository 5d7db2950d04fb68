"""The page of the deviation ledger."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from journal.dossier.access import Opened
from journal.dossier.amending import approved
from journal.dossier.deviation_ledger import ledger
from journal.editorial import work
from journal.editorial.conformance import answering
from journal.editorial.conformance.differing import promised
from journal.editorial.conformance.finding_routes import sent_versions
from journal.editorial.inputs import plain
from workflows.machine import Refusal
from workflows.people import EDITORS

_ANSWER = "answer-"


def register(pages: Blueprint) -> None:
    """Add these pages to the feature's."""
    pages.add_url_rule("/reports/<report_id>/deviations", "deviations", deviations, methods=["GET", "POST"])
    pages.add_url_rule("/reports/<report_id>/deviations/<int:number>", "deviations", deviations, methods=["GET"])


def deviations(report_id: str, number: int | None = None) -> ResponseReturnValue:
    """Every declared deviation of a submitted version, for everybody on the report; its editor answers the newest."""
    opened = work.opened(report_id)
    if request.method != "POST":
        return _page(opened, number)
    if not opened.acting_as & EDITORS:
        abort(404)
    refusal = answering.answer(work.uow(), opened, _typed())
    if refusal is not None:
        return _page(opened, number, refusal), 422
    flash("Your answers are kept. Readers of the article see them beside the deviations.")
    return redirect(url_for("conformance.deviations", report_id=report_id), 303)


def _typed() -> dict[str, str]:
    """The answers as typed, by the mark of their deviation."""
    names = [name for name in request.form if name.startswith(_ANSWER)]
    return {name.removeprefix(_ANSWER): plain(request.form.get(name)) for name in names}


def _page(opened: Opened, number: int | None, refusal: Refusal | None = None) -> str:
    uow, report = work.uow(), opened.report
    sent, version = sent_versions(opened, number)
    return render_template(
        "editorial/conformance/deviations.html",
        report=report,
        version=version,
        versions=sent,
        plan=promised(uow, report),
        entries=ledger(uow, opened, version),
        amended=approved(uow, report),
        may_answer=answering.may_answer_here(opened) and version is sent[-1],
        refusal=refusal,
        typed=_typed(),
    )

"""The page on which authors ask for another look, and an officer answers."""

from flask import Blueprint, Flask, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from journal.dossier import appeals
from journal.editorial import work
from journal.editorial.appeals.forms import Answering, Asking
from journal.editorial.appeals.pages import Asked, asked
from journal.editorial.forms import Form
from journal.editorial.saving import own_report
from storage.rows.appeals import Appeal
from workflows.machine import Refusal

pages = Blueprint("appeals", __name__)

ASKED = "It is on its way to somebody who has not looked at it yet. Their answer comes to this page within 30 days."
ANSWERED = "The authors are told that there is an answer. Nothing else has changed."


def register(app: Flask) -> None:
    """Add these pages to `app`."""
    app.register_blueprint(pages)


@pages.get("/reports/<report_id>/appeal")
def page(report_id: str) -> ResponseReturnValue:
    """What was asked and answered."""
    return _page(asked(work.uow(), work.opened(report_id)) or abort(404))


@pages.post("/reports/<report_id>/appeal")
def ask(report_id: str) -> ResponseReturnValue:
    """Ask that somebody else look at it."""
    opened, form = own_report(report_id), Asking()
    filed = appeals.appeal(work.uow(), opened, words=(form.words.data or "").strip())
    if isinstance(filed, Refusal):
        form.refuse(filed)
        return _page(asked(work.uow(), opened) or abort(404), asking=form), 422
    flash(ASKED)
    return redirect(url_for("appeals.page", report_id=report_id), 303)


@pages.post("/reports/<report_id>/appeal/<appeal_id>")
def answer(report_id: str, appeal_id: str) -> ResponseReturnValue:
    """Answer the authors."""
    opened, form = work.opened(report_id), Answering()
    found, row = asked(work.uow(), opened), work.uow().session.get(Appeal, appeal_id)
    if found is None or not found.officer or row is None or row.report_id != report_id:
        abort(404)
    refusal = appeals.answer(work.uow(), opened, row, words=(form.answer.data or "").strip())
    if refusal is not None:
        form.refuse(refusal)
        return _page(found, answering=form), 422
    flash(ANSWERED)
    return redirect(url_for("appeals.page", report_id=report_id), 303)


def _page(found: Asked, *, asking: Form | None = None, answering: Form | None = None) -> str:
    return render_template(
        "editorial/appeals/page.html",
        found=found,
        asking=asking or Asking(formdata=None),
        answering=answering or Answering(formdata=None),
        wrong=asking or answering,
    )

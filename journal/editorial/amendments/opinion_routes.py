"""Reviewers and amendments: the editor asks them, and a link opens the page on which they say what they think."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from journal.editorial import access_log, rendering, work
from journal.editorial.amendments import opinions
from journal.editorial.amendments.forms import DecisionForm, OpinionForm
from journal.editorial.amendments.page_routes import amendments_page
from journal.editorial.amendments.pages import pages
from journal.editorial.amendments.shown import told
from workflows.machine import Refusal

_REFUSED = 422


@pages.post("/reports/<report_id>/amendments/reviewers")
def ask_reviewers(report_id: str) -> ResponseReturnValue:
    """Ask whoever reviewed stage 1."""
    opened, form = work.opened(report_id), DecisionForm()
    asked = opinions.ask_reviewers(work.uow(), opened, seen=request.form.get("seen", ""))
    if isinstance(asked, Refusal):
        form.refuse(asked)
        return amendments_page(opened, form), _REFUSED
    flash("They are asked by mail. You can decide at any time, whether they answer or not.")
    return redirect(url_for("amendments.page", report_id=report_id), 303)


@pages.route("/opinion/<token>", methods=["GET", "POST"])
def opinion(token: str) -> ResponseReturnValue:
    """The amendment, and the one field in which a reviewer says what they think of it."""
    asked = opinions.asked_by_link(work.raw_uow(), token, noting=access_log.note_opened)
    form = OpinionForm()
    if asked is None:
        return render_template("editorial/amendments/opinion_gone.html", desk=_desk()), 404
    if form.is_submitted():
        given = opinions.give(asked, form.words.data or "")
        if not isinstance(given, Refusal):
            return render_template("editorial/amendments/opinion_thanks.html", desk=_desk())
        form.refuse(given)
    return _page(asked, form), _REFUSED if form.is_submitted() else 200


def _page(asked: opinions.Asked, form: OpinionForm) -> str:
    shown = told(asked.uow, asked.opened, asked.amendment) if asked.waits else None
    report = asked.opened.report
    return render_template("editorial/amendments/opinion.html", desk=_desk(), each=shown, report=report, form=form)


def _desk() -> dict[str, object]:
    """The frame of a page for somebody who came by a link, whoever is signed in in this browser."""
    return rendering.desk() | {"nav": [], "person": "Asked as a reviewer", "sign_in": None, "sign_out": None}

"""The pages on which reviews are read, upheld and answered."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from journal.dossier import protocols
from journal.dossier.access import Opened
from journal.dossier.answers import answers_sent
from journal.dossier.remarks import RoundSeen, rounds_seen
from journal.dossier.rounds import round_in_review
from journal.editorial import work
from journal.editorial.forms import Form
from journal.editorial.reviewing import answering, upholding
from journal.editorial.reviewing.forms import answers_form
from journal.editorial.saving import MOVED_ON, answer, own_report, saved_version
from workflows.machine import Refusal
from workflows.people import EDITORS
from workflows.stages import Stage

_ASKED = "The authors are asked. They see the reviews, without confidential words and unsigned names."
_SENT = "Your answers are with the handling editor, who decides after them."


def register(pages: Blueprint) -> None:
    """Add these pages to the feature's."""
    pages.add_url_rule("/reports/<report_id>/reviews", "reviews", reviews, methods=["GET", "POST"])
    pages.add_url_rule("/reports/<report_id>/answers", "answers", answers, methods=["GET", "POST"])


def reviews(report_id: str) -> ResponseReturnValue:
    """The reviews that this viewer may see; for the handling editor the buttons to ask and to uphold."""
    opened = work.opened(report_id)
    if request.method != "POST":
        return _reviews(opened)
    if not opened.acting_as & EDITORS:
        abort(404)
    refusal = _pressed(opened)
    if refusal is not None:
        return _reviews(opened, refusal), 422
    return redirect(url_for("reviewing.reviews", report_id=report_id, _anchor=request.form.get("remark")), 303)


def _pressed(opened: Opened) -> Refusal | None:
    act, row_id = request.form.get("act"), request.form.get("remark", "")
    if act == "ask":
        refusal = upholding.ask_for_answers(work.uow(), opened)
        if refusal is None:
            flash(_ASKED)
        return refusal
    if act not in {"uphold", "lower"}:
        abort(404)
    return upholding.uphold(work.uow(), opened, row_id, stands=act == "uphold")


def _reviews(opened: Opened, refusal: Refusal | None = None) -> str:
    uow, report = work.uow(), opened.report
    found = round_in_review(uow, report)
    deciding = upholding.deciding(opened)
    return render_template(
        "editorial/reviewing/reviews.html",
        frame="editorial/layout.html",
        opened=opened,
        title=protocols.title_of(uow, report),
        rounds=rounds_seen(uow, opened),
        editor=bool(opened.acting_as & EDITORS),
        deciding=deciding,
        may_ask=deciding and found and not found.answers_asked_at and upholding.is_something_said(uow, found),
        answerable=answering.round_to_answer(uow, opened),
        refusal=refusal,
        back=url_for("dashboard.report", report_id=report.id),
    )


def answers(report_id: str) -> ResponseReturnValue:
    """The authors' answers, remark by remark, saved as they are typed."""
    opened = own_report(report_id)
    found = answering.round_to_answer(work.uow(), opened)
    seen = answering.seen_to_answer(work.uow(), opened, found) if found else None
    said = {remark.row.id: remark.answer for remark in answering.to_answer(seen)} if seen else {}
    form = answers_form(said.items(), sent=request.method == "POST")
    if request.method != "POST":
        return _answers(opened, form, seen)
    typed = {row_id: (form[f"answer-{row_id}"].data or "").strip() for row_id in said}
    saved: str | Refusal = MOVED_ON
    if seen is not None:
        saved = answering.save(work.uow(), opened, typed, was=saved_version())
    return _saved(opened, form, seen, saved)


def _saved(opened: Opened, form: Form, seen: RoundSeen | None, saved: str | Refusal) -> ResponseReturnValue:
    """Answer the save; then, if the button asked for it, tell the editor."""
    here, words = url_for("reviewing.answers", report_id=opened.report.id), "Saved."
    if "send" in request.form and (isinstance(saved, str) or seen is None):
        refusal = answering.send(work.uow(), opened)
        flash(refusal.words if refusal else _SENT, "warn" if refusal else "message")
        return redirect(here, 303)
    return answer(saved, form, show=lambda: _answers(opened, form, seen), onward=here, words=words)


def _answers(opened: Opened, form: Form, seen: RoundSeen | None) -> str:
    uow, report = work.uow(), opened.report
    said = {remark.row.id: remark.answer for remark in answering.to_answer(seen)} if seen else {}
    visible = rounds_seen(uow, opened)
    return render_template(
        "editorial/reviewing/answers.html",
        opened=opened,
        title=protocols.title_of(uow, report),
        form=form,
        seen=seen,
        items=answering.to_answer(seen) if seen else [],
        waiting=answering.waiting(seen) if seen else 0,
        mark=answering.marks_of(said),
        revising=report.stage in (Stage.REVISION, Stage.STAGE_2_REVISION),
        earlier=bool(visible),
        sent_at=answers_sent(uow, report, visible[0].round) if visible else None,
    )

"""The page on which the handling editor invites reviewers and sees who answered."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from journal.dossier import protocols
from journal.dossier.access import Opened
from journal.dossier.rounds import round_in_review, rounds, stage_in_review
from journal.editorial import work
from journal.editorial.reviewing import inviting
from journal.editorial.reviewing.forms import InvitationForm
from storage.rows.reviewing import Invitation
from workflows.machine import Refusal
from workflows.people import EDITORS, Capacity

AGAIN, WITHDRAW = "again", "withdraw"
_DONE = {
    AGAIN: "A new link is on its way to them.",
    WITHDRAW: "The invitation is withdrawn. Its link opens nothing, and a letter tells them.",
}


def register(pages: Blueprint) -> None:
    """Add these pages to the feature's."""
    pages.add_url_rule("/reports/<report_id>/reviewers", "reviewers", reviewers, methods=["GET", "POST"])
    address = "/reports/<report_id>/reviewers/<invitation_id>"
    pages.add_url_rule(address, "invited", invited, methods=["POST"])


def editors_report(report_id: str) -> Opened:
    """The report for one of its editors; for anybody else there is no such page."""
    opened = work.opened(report_id)
    if not opened.acting_as & EDITORS:
        abort(404)
    return opened


def reviewers(report_id: str) -> ResponseReturnValue:
    """Who is asked, who answered, who is late; and the form to invite somebody."""
    opened, form = editors_report(report_id), InvitationForm()
    if not form.is_submitted():
        return _page(opened, InvitationForm(formdata=None))
    answer: Invitation | list[Refusal] = []
    if form.validate():
        answer = inviting.invite(work.uow(), opened, form.wanted())
    if isinstance(answer, Invitation):
        flash(f"{answer.email} is invited. The letter has neither title nor abstract.")
        return redirect(url_for("reviewing.reviewers", report_id=report_id), 303)
    form.refuse(answer)
    return _page(opened, form), 422


def invited(report_id: str, invitation_id: str) -> ResponseReturnValue:
    """Send somebody a new link, or withdraw their invitation."""
    opened, act = editors_report(report_id), request.form.get("act", "")
    if act not in _DONE:
        abort(404)
    step = inviting.send_link_again if act == AGAIN else inviting.withdraw
    refusal = step(work.uow(), opened, invitation_id)
    if refusal is not None:
        form = InvitationForm(formdata=None)
        form.refuse(refusal)
        return _page(opened, form), 422
    flash(_DONE[act])
    return redirect(url_for("reviewing.reviewers", report_id=report_id), 303)


def _page(opened: Opened, form: InvitationForm) -> str:
    uow, report = work.uow(), opened.report
    found, for_stage = round_in_review(uow, report), stage_in_review(report)
    return render_template(
        "editorial/reviewing/reviewers.html",
        opened=opened,
        title=protocols.title_of(uow, report),
        form=form,
        round=found,
        for_stage=for_stage,
        asked=inviting.asked(uow, report, found) if found else [],
        earlier=[(each, inviting.asked(uow, report, each)) for each in rounds(uow, report) if each is not found],
        returning=inviting.returning(uow, report) if for_stage == 2 else [],  # noqa: PLR2004 - stage 2
        may_invite=bool(for_stage) and Capacity.HANDLING_EDITOR in opened.acting_as and not opened.clocks_stopped,
        needed=uow.config.reviews_needed,
    )

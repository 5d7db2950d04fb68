"""What editors do on the page of amendments: approve or refuse, confirm or send back."""

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from journal.dossier.access import Opened
from journal.editorial import work
from journal.editorial.amendments import deciding
from journal.editorial.amendments.forms import ConfirmationForm, DecisionForm
from journal.editorial.amendments.page_routes import amendments_page
from journal.editorial.amendments.pages import pages
from journal.editorial.forms import Form
from workflows.machine import Refusal
from workflows.people import Capacity
from workflows.report import Advanced

_REFUSED = 422


@pages.post("/reports/<report_id>/amendments/decide")
def decide(report_id: str) -> ResponseReturnValue:
    """Approve the amendment, for the second editor to confirm, or refuse it."""
    opened, form = _as(report_id, Capacity.HANDLING_EDITOR), DecisionForm()
    words, seen = form.words.data or "", request.form.get("seen", "")
    if request.form.get("act") == "approve":
        step = deciding.propose(work.uow(), opened, seen=seen, words=words)
        return _answer(opened, form, step, "The second editor confirms your approval. Until then nothing changes.")
    step = deciding.refuse(work.uow(), opened, seen=seen, reason=words)
    return _answer(opened, form, step, "Not approved. The authors are told, with your words.", field="words")


@pages.post("/reports/<report_id>/amendments/confirm")
def confirm(report_id: str) -> ResponseReturnValue:
    """Confirm the approval, or send it back."""
    opened, form = _as(report_id, Capacity.SECOND_EDITOR), ConfirmationForm()
    reason, seen = form.reason.data or "", request.form.get("seen", "")
    if request.form.get("act") == "confirm":
        step = deciding.confirm(work.uow(), opened, seen=seen)
        return _answer(opened, form, step, "Approved. The new version is frozen, and the authors are told.")
    step = deciding.send_back(work.uow(), opened, seen=seen, reason=reason)
    return _answer(opened, form, step, "Sent back to the handling editor.")


def _as(report_id: str, capacity: Capacity) -> Opened:
    opened = work.opened(report_id)
    if capacity not in opened.acting_as:
        abort(404)
    return opened


def _answer(
    opened: Opened, form: Form, step: Advanced | Refusal, words: str, *, field: str = "reason"
) -> ResponseReturnValue:
    if isinstance(step, Refusal):
        form.refuse(Refusal(step.code, step.words, field if step.field == "reason" else step.field))
        return amendments_page(opened, form), _REFUSED
    flash(words)
    return redirect(url_for("amendments.page", report_id=opened.report.id), 303)

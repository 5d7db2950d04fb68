"""The pages about holds: the officers' queue, and the case of a report."""

from datetime import timedelta

from flask import Blueprint, Flask, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from journal.dossier.access import Opened, open_report
from journal.dossier.readings import readers_of
from journal.dossier.reconciling import open_reconciliation
from journal.editorial import again, work
from journal.editorial.forms import Form
from journal.editorial.holds import actions, emergency_routes, forms, safeguards
from journal.editorial.holds.cases import Case, case_of, hold_of
from journal.editorial.holds.emergencies import openings_of, waiting
from journal.editorial.holds.queues import queue as queue_of
from journal.editorial.holds.taken_down import taken_down
from storage.rows.holds import HoldRow
from workflows.lifting import wants_second_factor
from workflows.machine import Refusal
from workflows.people import Role

holds = Blueprint("holds", __name__)
emergency_routes.register(holds)

_LOOK_AGAIN_AFTER = timedelta(days=30)
WITHHELD = "The report is withheld from this moment on."
AGREED = "Your agreement is recorded. A second officer has to agree before anything ends."
ENDED = "The hold has ended. If nothing else withholds the report, the next release may contain it."


def register(app: Flask) -> None:
    """Add these pages to `app`."""
    app.register_blueprint(holds)
    safeguards.register(app)


@holds.get("/holds")
def queue() -> ResponseReturnValue:
    """What waits on the officers. For everybody else there is no such page."""
    if Role.OFFICER not in work.signed_in().held_roles:
        abort(404)
    uow = work.uow()
    restored, emergencies = open_reconciliation(uow), waiting(uow)
    return render_template(
        "editorial/holds/queue.html", queue=queue_of(uow), restored=restored, emergencies=emergencies
    )


@holds.get("/reports/<report_id>/hold")
def case(report_id: str) -> ResponseReturnValue:
    """The case of a report, or the little of it that is for an editor or author; else the way in, in an emergency."""
    return emergency_routes.closed(report_id) or _page(_case(work.opened(report_id)))


@holds.post("/reports/<report_id>/hold")
def withhold(report_id: str) -> ResponseReturnValue:
    """Place a hold, at once."""
    opened, uow, form = work.opened(report_id), work.uow(), forms.Withhold()
    found = _case(opened)
    form.offer(found.kinds)
    form.offer_deputies(found.deputies)
    fit, missing, hold = form.validate(), form.missing(), form.hold(by=uow.actor.person or "", now=uow.now)
    if not fit or missing or hold is None:
        return _refused(found, form, missing, withhold=form)
    named = form.deputy.data or ""
    placed = actions.withhold(uow, opened, hold, reason=form.reason.data or "", deputy=named)
    if isinstance(placed, Refusal):
        return _refused(found, form, [placed], withhold=form)
    return _onward(report_id, WITHHELD)


@holds.post("/reports/<report_id>/hold/embargo")
def embargo(report_id: str) -> ResponseReturnValue:
    """Put publication off until a day."""
    opened, uow, form = work.opened(report_id), work.uow(), forms.Embargo(prefix="embargo-")
    found = _case(opened)
    if not form.validate():
        return _refused(found, form, [], embargo=form)
    hold = form.hold(by=uow.actor.person or "", now=uow.now)
    placed = actions.withhold(uow, opened, hold, reason=form.reason.data or "")
    if isinstance(placed, Refusal):
        return _refused(found, form, [placed], embargo=form)
    return _onward(report_id, "It is not published before that day.")


@holds.post("/reports/<report_id>/hold/<hold_id>/lift")
def lift(report_id: str, hold_id: str) -> ResponseReturnValue:
    """Agree that a hold may end."""
    opened, form = work.opened(report_id), forms.Agree(prefix=f"lift-{hold_id}-")
    found, row = _case(opened), _hold(opened, hold_id)
    shown = again.show(form.code.data or "") if wants_second_factor(row.facts) else None
    at = None if isinstance(shown, Refusal) else shown
    agreed = actions.agree_to_lift(work.uow(), opened, row, reason=form.reason.data or "", shown_at=at)
    if isinstance(agreed, Refusal):
        return _refused(found, form, again.everything_refused(agreed, shown), **{f"lift-{hold_id}": form})
    again.remember(at)
    return _onward(report_id, ENDED if row.ended_at else AGREED)


@holds.post("/reports/<report_id>/hold/<hold_id>/again", endpoint="again")
def look_again(report_id: str, hold_id: str) -> ResponseReturnValue:
    """Set another day to look at a hold again."""
    opened, form = work.opened(report_id), forms.Again(prefix=f"again-{hold_id}-")
    found, row = _case(opened), _hold(opened, hold_id)
    fit = form.validate()
    refusal = actions.look_again(work.uow(), opened, row, review_by=forms.end_of(form.review_by.data)) if fit else None
    if refusal is not None or not fit:
        return _refused(found, form, [refusal] if refusal else [], **{f"again-{hold_id}": form})
    return _onward(report_id, "The day to look again is set.")


def _case(opened: Opened) -> Case:
    return case_of(work.uow(), opened) or abort(404)


def _hold(opened: Opened, hold_id: str) -> HoldRow:
    return hold_of(work.uow(), opened, hold_id) or abort(404)


def _page(found: Case, *, wrong: Form | None = None, **sent: Form) -> str:
    """The case with its forms: those that were sent as they were sent, the others empty."""
    # A day stands there already: whoever withholds in a hurry should not have to look for one.
    suggested = (work.uow().now + _LOOK_AGAIN_AFTER).date()
    place = sent.get("withhold") or forms.Withhold(formdata=None, review_by=suggested)
    if isinstance(place, forms.Withhold):
        place.offer(found.kinds)
        place.offer_deputies(found.deputies)
    openings = openings_of(work.uow(), found.report_id) if found.officer else []
    return render_template(
        "editorial/holds/case.html",
        openings=openings,
        looks=emergency_routes.look_forms(openings),
        case=found,
        place=place,
        embargo=sent.get("embargo") or forms.Embargo(formdata=None, prefix="embargo-"),
        wrong=wrong,
        factor=again.standing(),
        readers=readers_of(work.uow(), found.report_id) if found.officer else [],
        taken_down=taken_down(work.uow(), found),
        lifts={e.id: sent.get(f"lift-{e.id}") or _empty(forms.Agree, f"lift-{e.id}-") for e in found.active},
        agains={e.id: sent.get(f"again-{e.id}") or _empty(forms.Again, f"again-{e.id}-") for e in found.active},
    )


def _empty(kind: type[Form], prefix: str) -> Form:
    return kind(formdata=None, prefix=prefix)


def _refused(found: Case, form: Form, refusals: list[Refusal], **sent: Form) -> ResponseReturnValue:
    form.refuse(refusals)
    return _page(found, wrong=form, **sent), 422


def _onward(report_id: str, words: str) -> ResponseReturnValue:
    """Back to the case; or to the report, or home, for whom it is no page, or no report, any more."""
    flash(words)
    uow = work.uow()
    uow.session.flush()
    opened = open_report(uow, report_id)
    if opened is None:
        return redirect(url_for("dashboard.home"), 303)
    endpoint = "holds.case" if case_of(uow, opened) else "dashboard.report"
    return redirect(url_for(endpoint, report_id=report_id), 303)

"""The pages of contacts while results are late."""

from flask import Blueprint, Flask, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from journal.dossier import protocols
from journal.dossier.access import Opened
from journal.dossier.contacts import AWAITS_ANSWER, contacts_of, silence_of
from journal.editorial import work
from journal.editorial.contacts import actions
from journal.editorial.contacts.forms import Tried, Working
from journal.editorial.forms import Form
from journal.editorial.saving import own_report, to_report
from storage.rows.people import Person
from workflows.people import EDITORS, Capacity
from workflows.stages import AWAITING_RESULTS
from workflows.turn import STAGE_WORDS

pages = Blueprint("contacts", __name__)

SAID = "Thank you. The handling editor is told, and the journal's letters count as answered."
RECORDED = "The contact is recorded."
_REFUSED = 422


def register(app: Flask) -> None:
    """Add these pages to `app`."""
    app.register_blueprint(pages)


@pages.get("/reports/<report_id>/progress")
def working(report_id: str) -> ResponseReturnValue:
    """Where an author says that they are still at work, or asks for more time."""
    opened = own_report(report_id)
    if opened.report.stage not in AWAITING_RESULTS:
        return to_report(report_id, actions.NOT_AWAITED.words)
    return _shown("working", opened, Working(formdata=None))


@pages.post("/reports/<report_id>/progress")
def say(report_id: str) -> ResponseReturnValue:
    """One press, with words or without."""
    opened, form = own_report(report_id), Working()
    words, until = (form.words.data or "").strip(), form.wanted_until.data
    unread = actions.NO_DAY if until is None and any(form.wanted_until.raw_data or ()) else None
    refusal = unread or actions.say_still_working(work.uow(), opened, words=words, wanted_until=until)
    if refusal is None:
        return to_report(report_id, SAID)
    form.refuse(refusal)
    return _shown("working", opened, form), _REFUSED


@pages.get("/reports/<report_id>/contacts")
def page(report_id: str) -> ResponseReturnValue:
    """Every contact about late results, for the report's editors."""
    return _kept(_seen_by_editors(report_id), Tried(formdata=None))


@pages.post("/reports/<report_id>/contacts")
def record(report_id: str) -> ResponseReturnValue:
    """The handling editor records a contact that no letter of the journal made."""
    opened, form = _seen_by_editors(report_id), Tried()
    refusals = actions.record_contact(work.uow(), opened, form.typed())
    if not refusals:
        flash(RECORDED)
        return redirect(url_for("contacts.page", report_id=report_id), 303)
    form.refuse(refusals)
    return _kept(opened, form), _REFUSED


def _seen_by_editors(report_id: str) -> Opened:
    opened = work.opened(report_id)
    if not opened.acting_as & EDITORS:
        abort(404)
    return opened


def _kept(opened: Opened, form: Form) -> str:
    uow, report = work.uow(), opened.report
    found = [(kept, uow.session.get_one(Person, kept.by).name if kept.by else "") for kept in contacts_of(uow, report)]
    recording = Capacity.HANDLING_EDITOR in opened.acting_as and report.stage in AWAITS_ANSWER
    silence = silence_of(uow, report, opened.holds)
    return _shown("page", opened, form, found=found, silence=silence, recording=recording and not opened.clocks_stopped)


def _shown(name: str, opened: Opened, form: Form, **values: object) -> str:
    return render_template(
        f"editorial/contacts/{name}.html",
        form=form,
        report=opened.report,
        title=protocols.title_of(work.uow(), opened.report),
        state=STAGE_WORDS[opened.report.stage],
        **values,
    )

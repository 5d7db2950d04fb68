"""The pages of production: the proof and its files, corrections, retractions."""

from typing import Literal

from flask import (
    Blueprint,
    Flask,
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from journal.dossier import protocols
from journal.dossier.access import Opened
from journal.dossier.letters import letters, newest_letter
from journal.editorial import work
from journal.editorial.forms import Form
from journal.editorial.proofs import actions, forms, press
from journal.editorial.saving import to_report
from storage.rows.people import Person
from storage.rows.reports import LetterKind
from workflows.deadlines import PROOF_TIME, due_after
from workflows.holds import NEUTRAL_SENTENCE
from workflows.machine import Refusal
from workflows.people import Capacity
from workflows.report import actions_open
from workflows.stages import Action, Stage
from workflows.turn import STAGE_WORDS

proofs = Blueprint("proofs", __name__)

Page = Literal["notice", "retraction"]
NEXT_RELEASE = "The notice stands at the head of the article from the next release on."
_DONE = {
    Action.SEND_PROOF: "The proof is with the authors. They have a week.",
    Action.TYPESET_AGAIN: "The press has the paper again.",
    Action.APPROVE_PROOF: "The proof is approved. The paper goes out with the next release that may contain it.",
    Action.APPROVE_FOR_AUTHORS: "You approved the proof for the authors, and they are told.",
}


def register(app: Flask) -> None:
    """Add these pages to `app`."""
    app.register_blueprint(proofs)


@proofs.get("/reports/<report_id>/proof")
def proof(report_id: str) -> ResponseReturnValue:
    """How far the press is, what it made, and what is to be done with it."""
    return _proof(_readable(report_id), forms.Changes(formdata=None))


@proofs.post("/reports/<report_id>/proof")
def step(report_id: str) -> ResponseReturnValue:
    """Send the proof, typeset again, approve."""
    opened = _readable(report_id)
    action = next((each for each in actions.PLAIN_STEPS if each.value == request.form.get("act")), None) or abort(404)
    refusal = actions.step(work.uow(), opened, action)
    if refusal is not None:
        return _proof(opened, forms.Changes(formdata=None), refusal)
    flash(_DONE[action])
    return redirect(url_for("proofs.proof", report_id=report_id), 303)


@proofs.post("/reports/<report_id>/proof/changes")
def changes(report_id: str) -> ResponseReturnValue:
    """Say what is wrong with the proof."""
    opened, form = _readable(report_id), forms.Changes()
    refusal = actions.ask_for_changes(work.uow(), opened, form.reason.data or "")
    if refusal is not None:
        return _proof(opened, form, refusal)
    flash("The handling editor has what you wrote. You get a new proof.")
    return redirect(url_for("proofs.proof", report_id=report_id), 303)


@proofs.get("/reports/<report_id>/proof/<name>")
def file(report_id: str, name: str) -> ResponseReturnValue:
    """One file of the typeset paper. It is read here, so it opens only as long as its reader may have it."""
    found = press.file_named(work.uow(), _readable(report_id), name) or abort(404)
    rendition, body = found
    inline = rendition.kind == "pdf" and "download" not in request.args
    response = make_response(body)
    response.content_type = rendition.media_type
    response.headers["Cache-Control"] = "no-store"
    response.headers.set("Content-Disposition", "inline" if inline else "attachment", filename=rendition.name)
    return response


@proofs.route("/reports/<report_id>/correction", methods=["GET", "POST"])
def notice(report_id: str) -> ResponseReturnValue:
    """Correct what is out."""
    opened, form = work.opened(report_id), forms.Notice()
    if Action.CORRECT not in _open_to(opened):
        abort(404)
    if not form.is_submitted():
        return _words("notice", opened, form)
    refusal = actions.correct(work.uow(), opened, form.notice.data or "")
    if refusal is not None:
        return _words("notice", opened, form, refusal)
    return to_report(report_id, f"The correction is written. {NEXT_RELEASE}")


@proofs.get("/reports/<report_id>/retraction")
def retraction(report_id: str) -> ResponseReturnValue:
    """Recommend a retraction, or decide on one."""
    opened = _retractable(report_id)
    decides = Action.RETRACT in _open_to(opened) and actions.recommendations(work.uow(), opened)
    return _words("retraction", opened, (forms.Notice if decides else forms.Recommendation)(formdata=None))


@proofs.post("/reports/<report_id>/retraction")
def retract(report_id: str) -> ResponseReturnValue:
    """Retract the article."""
    opened, form = _retractable(report_id), forms.Notice()
    refusal = actions.retract(work.uow(), opened, form.notice.data or "")
    if refusal is not None:
        return _words("retraction", opened, form, refusal)
    return to_report(report_id, f"The article is retracted. {NEXT_RELEASE}")


@proofs.post("/reports/<report_id>/retraction/recommend")
def recommend(report_id: str) -> ResponseReturnValue:
    """Recommend to retract the article."""
    opened, form = _retractable(report_id), forms.Recommendation()
    refusal = actions.recommend(work.uow(), opened, form.reason.data or "")
    if refusal is not None:
        return _words("retraction", opened, form, refusal)
    return to_report(report_id, "Your recommendation is with the editor-in-chief, who decides.")


def _open_to(opened: Opened) -> tuple[Action, ...]:
    return actions_open(opened.report.stage, opened.acting_as)


def _readable(report_id: str) -> Opened:
    """The report in production, for those who may see its paper; for others there is no such page."""
    opened = work.opened(report_id)
    if not press.may_read(opened):
        abort(404)
    return opened


def _retractable(report_id: str) -> Opened:
    """The published report, for those who recommend or decide on a retraction."""
    opened = work.opened(report_id)
    concerned = actions.RECOMMENDS | {Capacity.EDITOR_IN_CHIEF}
    if opened.report.stage not in (*actions.RETRACTABLE, Stage.RETRACTED) or not opened.acting_as & concerned:
        abort(404)
    return opened


def _proof(opened: Opened, form: Form, refusal: Refusal | None = None) -> ResponseReturnValue:
    if refusal is not None:
        form.refuse(refusal)
    uow, report = work.uow(), opened.report
    due_by = due_after(report.stage_since, PROOF_TIME + opened.stood_still)
    asked = newest_letter(uow, report, LetterKind.PROOF_CHANGES)
    page = render_template(
        "editorial/proofs/proof.html",
        report=report,
        title=protocols.title_of(uow, report),
        state=STAGE_WORDS[report.stage],
        form=form,
        press=press.press_of(uow, report),
        files=press.files_of(uow, opened),
        can=_open_to(opened),
        handles=Capacity.HANDLING_EDITOR in opened.acting_as,
        asked=asked[1] if asked and report.stage in (Stage.TYPESET, Stage.ACCEPTED) else "",
        back=bool(asked and asked[0].written_at >= report.stage_since and report.stage is Stage.TYPESET),
        due=due_by,
        silent=not opened.delayed and uow.now > due_by,
        neutral=NEUTRAL_SENTENCE if opened.delayed else "",
        put_off=_put_off(opened),
    )
    return page, 422 if refusal else 200


def _put_off(opened: Opened) -> str | None:
    """Where an editor puts publication off, offered to them whether or not anything withholds the report."""
    before = opened.report.stage in (Stage.ACCEPTED, Stage.TYPESET, Stage.PROOF, Stage.READY)
    places = opened.acting_as & {Capacity.HANDLING_EDITOR, Capacity.EDITOR_IN_CHIEF}
    known = "holds.case" in current_app.view_functions
    return url_for("holds.case", report_id=opened.report.id) if before and places and known else None


def _words(page: Page, opened: Opened, form: Form, refusal: Refusal | None = None) -> ResponseReturnValue:
    """A page on which a notice or recommendation is written."""
    if refusal is not None:
        form.refuse(refusal)
    uow, report = work.uow(), opened.report
    text = render_template(
        f"editorial/proofs/{page}.html",
        report=report,
        title=protocols.title_of(uow, report),
        state=STAGE_WORDS[report.stage],
        form=form,
        can=_open_to(opened),
        recommends=bool(opened.acting_as & actions.RECOMMENDS),
        notices=letters(uow, report, [LetterKind.CORRECTION, LetterKind.RETRACTION]),
        recommended=[
            (_name(letter.written_by), letter.written_at, said) for letter, said in actions.recommendations(uow, opened)
        ],
    )
    return text, 422 if refusal else 200


def _name(person_id: str | None) -> str:
    person = work.uow().session.get(Person, person_id) if person_id else None
    return person.name if person else ""

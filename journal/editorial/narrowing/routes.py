"""The page of a narrower article: its author writes and offers it there, officers read and approve it there."""

from io import BytesIO

from flask import Blueprint, Flask, abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from journal.dossier import narrowings
from journal.dossier.access import Opened
from journal.dossier.uploads import look_at
from journal.editorial import again, work
from journal.editorial.forms import Form
from journal.editorial.narrowing import actions, forms
from journal.editorial.narrowing.pages import Page, page_of
from journal.editorial.saving import let_go
from storage.rows.narrowings import NarrowingRow
from workflows.machine import Refusal

narrowing = Blueprint("narrowing", __name__)
APPROVED = "It is approved. The next release may contain it, if nothing but holds that allow it withhold the report."
AGREED = "Your approval is recorded. A second officer has to approve the same before anything comes out."


def register(app: Flask) -> None:
    """Add these pages to `app`."""
    app.register_blueprint(narrowing)


@narrowing.get("/reports/<report_id>/narrower")
def narrower(report_id: str) -> ResponseReturnValue:
    """The draft for its author, what was offered for the officers; for everybody else there is no such page."""
    opened = work.opened(report_id)
    return _page(opened, _found(opened))


@narrowing.post("/reports/<report_id>/narrower")
def save(report_id: str) -> ResponseReturnValue:
    """Keep the draft."""
    opened = work.opened(report_id)
    found, form = _found(opened), forms.Narrow()
    kept = actions.save(work.uow(), opened, form.narrowing())
    if isinstance(kept, Refusal):
        return _refused(opened, found, form, kept)
    return _onward(report_id, "The draft is kept. Nobody else reads it before you offer it.")


@narrowing.post("/reports/<report_id>/narrower/files")
def attach(report_id: str) -> ResponseReturnValue:
    """Keep the files of its own manuscript, or take all of them off."""
    opened = work.opened(report_id)
    found, form = _found(opened), forms.Files()
    if request.form.get("files") == "none":
        actions.detach(work.uow(), opened)
        return _onward(report_id, "Its files were taken off. Without a manuscript it is a short report.")
    let_go()
    sent = [(file.filename, file.read()) for file in request.files.getlist("files") if file.filename]
    taken = look_at(sent, largest=work.resources().config.upload_limit)
    opened = work.opened(report_id)
    kept = taken if isinstance(taken, tuple) else actions.attach(work.uow(), opened, taken)
    if not isinstance(kept, NarrowingRow):
        return _refused(opened, found, form, kept)
    return _onward(report_id, "Uploaded.")


@narrowing.get("/reports/<report_id>/narrower/files/<file_id>")
def file(report_id: str, file_id: str) -> ResponseReturnValue:
    """One of its files as it was uploaded: what is approved is read whole."""
    opened = work.opened(report_id)
    row = _found(opened).file(file_id) or abort(404)
    body = BytesIO(work.uow().cabinet.file(opened.report, row.vault_name))
    return send_file(body, mimetype=row.media_type, as_attachment=True, download_name=row.name)


@narrowing.post("/reports/<report_id>/narrower/offer")
def offer(report_id: str) -> ResponseReturnValue:
    """Ask the officers to approve it."""
    opened = work.opened(report_id)
    found = _found(opened)
    offered = actions.offer(work.uow(), opened)
    if isinstance(offered, tuple):
        return _refused(opened, found, forms.filled(found.draft), offered)
    return _onward(report_id, "It is offered to the officers. Two of them approve it, or it does not come out.")


@narrowing.post("/reports/<report_id>/narrower/approve")
def approve(report_id: str) -> ResponseReturnValue:
    """Approve what was read, and nothing else."""
    opened = work.opened(report_id)
    found, form = _found(opened), forms.Approve()
    shown = again.show(form.code.data or "")
    at = None if isinstance(shown, Refusal) else shown
    row = actions.approve(work.uow(), opened, seen=request.form.get("seen", ""), shown_at=at)
    if isinstance(row, Refusal):
        return _refused(opened, found, form, tuple(again.everything_refused(row, shown)))
    again.remember(at)
    return _onward(report_id, APPROVED if row.approved_at else AGREED)


def _found(opened: Opened) -> Page:
    return page_of(work.uow(), opened) or abort(404)


def _page(opened: Opened, found: Page, sent: Form | None = None) -> str:
    form = sent if isinstance(sent, forms.Narrow) else forms.filled(found.draft)
    form.offer(*narrowings.source(work.uow(), opened.report))
    files = sent if isinstance(sent, forms.Files) else forms.Files(formdata=None)
    approving = sent if isinstance(sent, forms.Approve) else forms.Approve(formdata=None)
    return render_template(
        "editorial/narrowing/narrower.html",
        page=found,
        form=form,
        files_form=files,
        approving=approving,
        factor=again.standing(),
        wrong=sent,
    )


def _refused(opened: Opened, found: Page, form: Form, refusals: Refusal | tuple[Refusal, ...]) -> ResponseReturnValue:
    form.refuse(refusals)
    return _page(opened, found, form), 422


def _onward(report_id: str, words: str) -> ResponseReturnValue:
    flash(words)
    return redirect(url_for("narrowing.narrower", report_id=report_id), 303)

"""Writing the rows and checks of a protocol, and reading a version: as a page, as data."""

from io import BytesIO

from flask import Flask, abort, render_template, request, send_file, url_for
from flask.blueprints import Blueprint
from flask.typing import ResponseReturnValue

from journal.dossier.access import Opened
from journal.dossier.drafts import last_written, mark_of
from journal.dossier.manuscripts import files_of
from journal.dossier.protocols import readable, words
from journal.editorial import work
from journal.editorial.protocol.actions import chosen, design_of, free_label, save_design, shown
from journal.editorial.protocol.forms import ProtocolForm
from journal.editorial.saving import MOVED_ON, answer, is_open, own_report, rearrange, saved_version, to_report
from storage.documents import protocol_bytes
from workflows.machine import Refusal
from workflows.protocol import Protocol, gaps
from workflows.stages import PROTOCOL_OPEN

pages = Blueprint("protocol", __name__)


def register(app: Flask) -> None:
    """Put the pages of the protocol on `app`."""
    app.register_blueprint(pages)


@pages.get("/reports/<report_id>/protocol")
def edit(report_id: str) -> ResponseReturnValue:
    """The rows and checks of the draft."""
    opened = own_report(report_id)
    if not is_open(opened, PROTOCOL_OPEN):
        return to_report(report_id, "There is nothing to write on this protocol now.")
    plan, _ = last_written(work.uow(), opened.report)
    form = ProtocolForm(formdata=None, data=shown(plan))
    if "check" in request.args:
        form.refuse(gap for gap in gaps(plan) if _is_here(gap))
    return _page(opened, form, plan)


@pages.post("/reports/<report_id>/protocol")
def save(report_id: str) -> ResponseReturnValue:
    """Keep what was typed; add, move or remove a group if a button asked for it."""
    opened = own_report(report_id)
    form = ProtocolForm()
    place = rearrange(form, ["rows", "checks"])
    _name_new(form)
    plan, _ = last_written(work.uow(), opened.report)
    saved: str | Refusal = MOVED_ON
    if is_open(opened, PROTOCOL_OPEN):
        typed = {"rows": form.rows.data, "checks": form.checks.data}
        saved = save_design(work.uow(), opened.report, **typed, was=saved_version())
    here = f"{url_for('protocol.edit', report_id=report_id)}#{place}"
    onward = here if place else url_for("submission.tasks", report_id=report_id)
    text = "" if place else "Saved: rows and checks."
    return answer(saved, form, show=lambda: _page(opened, form, plan), onward=onward, words=text)


def _name_new(form: ProtocolForm) -> None:
    """Give a group that was just added a label that is free."""
    if not request.form.get("row", "").startswith("add:"):
        return
    rows = [entry.form.label for entry in form.rows.entries]
    checks = [entry.form.label for entry in form.checks.entries]
    taken = [label.data or "" for label in (*rows, *checks)]
    for labels, letter in ((rows, "H"), (checks, "C")):
        if labels and not labels[-1].data:
            labels[-1].data = free_label(letter, taken)


def _is_here(gap: Refusal) -> bool:
    return (gap.field or "").partition("-")[0] in ("rows", "checks")


def _page(opened: Opened, form: ProtocolForm, plan: Protocol) -> str:
    mark = mark_of(design_of(plan))
    return render_template("editorial/protocol/edit.html", report=opened.report, plan=plan, form=form, mark=mark)


@pages.get("/reports/<report_id>/protocol/read")
@pages.get("/reports/<report_id>/protocol/<int:number>")
def read(report_id: str, number: int | None = None) -> ResponseReturnValue:
    """One version of the protocol, for everybody who may open the report; without a number, the one that counts."""
    opened = work.opened(report_id)
    version = chosen(readable(work.uow(), opened), number)
    if version is None:
        abort(404)
    submitted = None if version.submitted_at is None else version.number
    return render_template(
        "editorial/protocol/read.html",
        report=opened.report,
        version=version,
        versions=readable(work.uow(), opened),
        plan=words(work.uow(), opened.report, version),
        files=files_of(work.uow(), opened.report, for_stage=1, version_number=submitted),
    )


@pages.get("/reports/<report_id>/protocol/<int:number>.json")
def data(report_id: str, number: int) -> ResponseReturnValue:
    """A submitted version as data: the very bytes that its digest is the SHA-256 of."""
    opened = work.opened(report_id)
    version = chosen(readable(work.uow(), opened), number)
    if version is None or version.submitted_at is None:
        abort(404)
    body = BytesIO(protocol_bytes(words(work.uow(), opened.report, version)))
    name = f"protocol-version-{number}.json"
    return send_file(body, mimetype="application/json", as_attachment=True, download_name=name)

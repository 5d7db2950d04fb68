"""The files of a manuscript, of stage 1 or 2: uploaded, read, shown as read, taken off, fetched again."""

from io import BytesIO

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from journal.dossier.access import Opened
from journal.dossier.drafts import draft_for_editing, results_for_editing
from journal.dossier.manuscripts import as_page, files_of, newest_files, read_manuscript
from journal.dossier.protocols import newest
from journal.dossier.uploads import Checked, keep, look_at, what_was_read
from journal.editorial import work
from journal.editorial.saving import is_open, let_go, own_report, to_report
from journal.editorial.submission.forms import FilesForm
from journal.editorial.submission.pages import pages
from journal.editorial.submission.part_routes import replace_title
from journal.reading.document import Document
from storage.rows.manuscripts import FileKind, ManuscriptFile
from workflows.machine import Refusal
from workflows.people import Capacity
from workflows.stages import PROTOCOL_OPEN, RESULTS_OPEN

_OPEN = {1: PROTOCOL_OPEN, 2: RESULTS_OPEN}
_MOVED_ON = "This was sent meanwhile, so its files cannot be changed now. Nothing was changed."


@pages.route("/reports/<report_id>/manuscript", methods=["GET", "POST"])
@pages.route("/reports/<report_id>/manuscript/<int:for_stage>", methods=["GET", "POST"])
def manuscript(report_id: str, for_stage: int = 1) -> ResponseReturnValue:
    """The files of the draft, and more of them."""
    opened = own_report(report_id)
    if not is_open(opened, _OPEN.get(for_stage, ())):
        return to_report(report_id, _MOVED_ON)
    form = FilesForm()
    if request.method == "GET":
        if "check" in request.args and not newest_files(work.uow(), opened.report, for_stage=for_stage):
            form.refuse(Refusal("manuscript_missing", "Upload the manuscript, in Markdown or Word.", "files"))
        return _page(opened, form, for_stage)
    taken = _look()
    if isinstance(taken, tuple):
        form.refuse(taken)
        return _page(own_report(report_id), form, for_stage), 422
    return _keep(own_report(report_id), taken, for_stage)


def _look() -> list[Checked] | tuple[Refusal, ...]:
    """Look at the uploaded files. That takes seconds, so the database is let go: everybody else writes meanwhile."""
    let_go()
    sent = [file for file in request.files.getlist("files") if file.filename]
    return look_at(((file.filename or "", file.read()) for file in sent), largest=work.resources().config.upload_limit)


def _keep(opened: Opened, taken: list[Checked], for_stage: int) -> ResponseReturnValue:
    report = opened.report
    if not is_open(opened, _OPEN[for_stage]):
        return to_report(report.id, _MOVED_ON)
    (draft_for_editing if for_stage == 1 else results_for_editing)(work.uow(), report)
    rows = keep(work.uow(), report, taken, for_stage=for_stage)
    for file in taken:
        for note in file.accepted.notes:
            flash(f"{file.name}: {note}", "warn")
    if any(row.kind is FileKind.MANUSCRIPT for row in rows):
        flash("Uploaded. This is how it was read: look whether it is right.")
        return redirect(url_for("submission.reading", report_id=report.id, for_stage=for_stage), 303)
    flash("Uploaded.")
    return redirect(url_for("submission.manuscript", report_id=report.id, for_stage=for_stage), 303)


def _page(opened: Opened, form: FilesForm, for_stage: int) -> str:
    return render_template(
        "editorial/submission/manuscript.html",
        report=opened.report,
        plan=newest(work.uow(), opened.report),
        form=form,
        for_stage=for_stage,
        files=newest_files(work.uow(), opened.report, for_stage=for_stage),
        limit=work.resources().config.upload_limit,
    )


@pages.post("/reports/<report_id>/manuscript/<int:for_stage>/remove")
def remove_file(report_id: str, for_stage: int) -> ResponseReturnValue:
    """Take a file off the draft. It stays in the vault."""
    opened = own_report(report_id)
    if not is_open(opened, _OPEN.get(for_stage, ())):
        return to_report(report_id, _MOVED_ON)
    (draft_for_editing if for_stage == 1 else results_for_editing)(work.uow(), opened.report)
    work.uow().session.flush()
    for file in files_of(work.uow(), opened.report, for_stage=for_stage, version_number=None):
        if file.sha256 == request.form.get("sha256") and file.name == request.form.get("name"):
            file.set_aside_at = work.uow().now
            flash(f"{file.name} was taken off.")
    return redirect(url_for("submission.manuscript", report_id=report_id, for_stage=for_stage), 303)


@pages.get("/reports/<report_id>/manuscript/<int:for_stage>/reading")
def reading(report_id: str, for_stage: int) -> ResponseReturnValue:
    """The manuscript as the engine reads it: title, remarks, text."""
    opened = own_report(report_id)
    document = read_manuscript(work.uow(), opened.report, newest_files(work.uow(), opened.report, for_stage=for_stage))
    if document is None:
        return redirect(url_for("submission.manuscript", report_id=report_id, for_stage=for_stage))
    read = document if isinstance(document, Document) else None
    return render_template(
        "editorial/submission/reading.html",
        report=opened.report,
        plan=newest(work.uow(), opened.report),
        for_stage=for_stage,
        document=read,
        problem="" if isinstance(document, Document) else document.words,
        remarks=what_was_read(read) if read else (),
        text=as_page(read) if read else "",
        open=is_open(opened, _OPEN.get(for_stage, ())),
    )


@pages.post("/reports/<report_id>/manuscript/title")
def take_title(report_id: str) -> ResponseReturnValue:
    """Use the title that was read in the manuscript as the study's."""
    opened = own_report(report_id)
    if not is_open(opened, PROTOCOL_OPEN):
        return to_report(report_id, _MOVED_ON)
    replace_title(opened, request.form.get("title", ""))
    flash("The study is called so now.")
    return redirect(url_for("submission.tasks", report_id=report_id), 303)


@pages.get("/reports/<report_id>/files/<file_id>")
def file(report_id: str, file_id: str) -> ResponseReturnValue:
    """A file as it was uploaded, for whoever may open the report; those of a draft for its authors only."""
    opened = work.opened(report_id)
    row = work.uow().session.get(ManuscriptFile, file_id)
    if row is None or row.report_id != opened.report.id:
        abort(404)
    if row.version_number is None and Capacity.AUTHOR not in opened.acting_as:
        abort(404)
    body = BytesIO(work.uow().cabinet.file(opened.report, row.vault_name))
    return send_file(body, mimetype=row.media_type, as_attachment=True, download_name=row.name)

"""The files of a manuscript's draft, of stage 1 or 2: uploaded, looked at, kept, taken off."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from journal.dossier.access import Opened
from journal.dossier.comparing import ask_to_compare
from journal.dossier.drafts import draft_for_editing, results_for_editing
from journal.dossier.manuscripts import files_of, newest_files
from journal.dossier.proposals import Proposals, keep_proposals, read_plans
from journal.dossier.protocols import newest
from journal.dossier.uploads import Checked, keep, look_at
from journal.editorial import work
from journal.editorial.saving import is_open, let_go, own_report, to_report
from journal.editorial.submission.forms import FilesForm
from journal.editorial.submission.pages import pages
from storage.rows.manuscripts import FileKind
from workflows.machine import Refusal
from workflows.stages import PROTOCOL_OPEN, RESULTS_OPEN

OPEN = {1: PROTOCOL_OPEN, 2: RESULTS_OPEN}
FILES_MOVED_ON = "This was sent meanwhile, so its files cannot be changed now. Nothing was changed."


@pages.route("/reports/<report_id>/manuscript", methods=["GET", "POST"])
@pages.route("/reports/<report_id>/manuscript/<int:for_stage>", methods=["GET", "POST"])
def manuscript(report_id: str, for_stage: int = 1) -> ResponseReturnValue:
    """The files of the draft, and more of them."""
    opened = own_report(report_id)
    if not is_open(opened, OPEN.get(for_stage, ())):
        return to_report(report_id, FILES_MOVED_ON)
    form = FilesForm()
    if request.method == "GET":
        if "check" in request.args and not newest_files(work.uow(), opened.report, for_stage=for_stage):
            form.refuse(Refusal("manuscript_missing", "Upload the manuscript, in Markdown or Word.", "files"))
        return _page(opened, form, for_stage)
    taken = _look()
    if isinstance(taken, tuple):
        form.refuse(taken)
        return _page(own_report(report_id), form, for_stage), 422
    return _keep(report_id, taken, for_stage)


def _look() -> list[Checked] | tuple[Refusal, ...]:
    """Look at the uploaded files. That takes seconds, so the database is let go: everybody else writes meanwhile."""
    let_go()
    sent = [file for file in request.files.getlist("files") if file.filename]
    return look_at(((file.filename or "", file.read()) for file in sent), largest=work.resources().config.upload_limit)


def _keep(report_id: str, taken: list[Checked], for_stage: int) -> ResponseReturnValue:
    read = _plans_in(taken) if for_stage == 1 else []
    opened = own_report(report_id)
    report = opened.report
    if not is_open(opened, OPEN[for_stage]):
        return to_report(report.id, FILES_MOVED_ON)
    (draft_for_editing if for_stage == 1 else results_for_editing)(work.uow(), report)
    rows = keep(work.uow(), report, taken, for_stage=for_stage)
    if for_stage != 1:
        ask_to_compare(work.uow(), report)
    for each in read:
        keep_proposals(work.uow(), report, each)
    for file in taken:
        for note in file.accepted.notes:
            flash(f"{file.name}: {note}", "warn")
    if any(row.kind is FileKind.MANUSCRIPT for row in rows):
        flash("Uploaded. This is how it was read: look whether it is right.")
        return redirect(url_for("submission.reading", report_id=report.id, for_stage=for_stage), 303)
    flash("Uploaded.")
    return redirect(url_for("submission.manuscript", report_id=report.id, for_stage=for_stage), 303)


def _plans_in(taken: list[Checked]) -> list[Proposals]:
    """What manuscripts seem to plan. That takes a second or two, so the database is let go for it too."""
    let_go()
    return read_plans(taken)


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
    if not is_open(opened, OPEN.get(for_stage, ())):
        return to_report(report_id, FILES_MOVED_ON)
    (draft_for_editing if for_stage == 1 else results_for_editing)(work.uow(), opened.report)
    work.uow().session.flush()
    for file in files_of(work.uow(), opened.report, for_stage=for_stage, version_number=None):
        if file.sha256 == request.form.get("sha256") and file.name == request.form.get("name"):
            file.set_aside_at = work.uow().now
            flash(f"{file.name} was taken off.")
    return redirect(url_for("submission.manuscript", report_id=report_id, for_stage=for_stage), 303)

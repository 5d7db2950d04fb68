"""Manuscripts as pages: a draft as the engine reads it, a submitted version for all its people; files as they came."""

from io import BytesIO

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from journal.dossier.access import Opened
from journal.dossier.manuscripts import as_page, files_of, newest_files, read_manuscript
from journal.dossier.plan_readings import reading_of
from journal.dossier.proposals import proposals_of
from journal.dossier.protocols import newest
from journal.dossier.uploads import what_was_read
from journal.editorial import work
from journal.editorial.saving import is_open, own_report, to_report
from journal.editorial.submission.file_routes import FILES_MOVED_ON, OPEN
from journal.editorial.submission.pages import pages
from journal.editorial.submission.part_routes import replace_title
from journal.reading.document import Document
from storage.rows.manuscripts import ManuscriptFile
from workflows.people import Capacity
from workflows.stages import PROTOCOL_OPEN


@pages.get("/reports/<report_id>/manuscript/<int:for_stage>/reading")
def reading(report_id: str, for_stage: int) -> ResponseReturnValue:
    """The manuscript as the engine reads it: title, remarks, text."""
    opened = own_report(report_id)
    files = newest_files(work.uow(), opened.report, for_stage=for_stage)
    kept = proposals_of(work.uow(), opened.report) if for_stage == 1 else None
    proposed = len(kept.waiting()) if kept else 0
    may_write = is_open(opened, OPEN.get(for_stage, ()))
    said = {
        "open": may_write,
        "proposed": proposed,
        "asks": bool(kept and kept.asks),
        "being_read": _is_being_read(opened),
    }
    page = _page(opened, "reading", files, for_stage=for_stage, **said)
    return page or redirect(url_for("submission.manuscript", report_id=report_id, for_stage=for_stage))


def _is_being_read(opened: Opened) -> bool:
    asked = reading_of(work.uow(), opened.report)
    return asked is not None and asked.busy


@pages.get("/reports/<report_id>/manuscript/<int:for_stage>/version/<int:number>")
def paper(report_id: str, for_stage: int, number: int) -> ResponseReturnValue:
    """The manuscript of a submitted version, for everybody who may open the report."""
    opened = work.opened(report_id)
    files = files_of(work.uow(), opened.report, for_stage=for_stage, version_number=number)
    return _page(opened, "paper", files, for_stage=for_stage, number=number) or abort(404)


def _page(
    opened: Opened, name: str, files: list[ManuscriptFile], *, for_stage: int, **more: object
) -> ResponseReturnValue | None:
    """The manuscript among `files` as a page; None where there is none."""
    document = read_manuscript(work.uow(), opened.report, files)
    if document is None:
        return None
    read = document if isinstance(document, Document) else None
    return render_template(
        f"editorial/submission/{name}.html",
        report=opened.report,
        plan=newest(work.uow(), opened.report),
        for_stage=for_stage,
        document=read,
        problem="" if isinstance(document, Document) else document.words,
        remarks=what_was_read(read) if read else (),
        text=as_page(read) if read else "",
        files=files,
        **more,
    )


@pages.post("/reports/<report_id>/manuscript/title")
def take_title(report_id: str) -> ResponseReturnValue:
    """Use the title that was read in the manuscript as the study's."""
    opened = own_report(report_id)
    if not is_open(opened, PROTOCOL_OPEN):
        return to_report(report_id, FILES_MOVED_ON)
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

"""The plan as a file: downloaded as YAML, read from YAML or JSON, looked at first, then put in place or merged."""

from io import BytesIO

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from wtforms import FileField

from journal.dossier.access import Opened
from journal.dossier.drafts import CHANGED, last_written, mark_of, save_protocol
from journal.dossier.protocols import readable, words
from journal.editorial import work
from journal.editorial.forms import Form
from journal.editorial.inputs import prose
from journal.editorial.protocol.actions import chosen
from journal.editorial.protocol.filling import with_level
from journal.editorial.protocol.merging import changes, merged, replaced
from journal.editorial.protocol.pages import pages
from journal.editorial.protocol.sheet_routes import CLOSED
from journal.editorial.saving import is_open, let_go, own_report, saved_version, to_report
from journal.protocol_file.nodes import Problem
from journal.protocol_file.opening import PDF_LIMIT, text_in
from journal.protocol_file.reading import FILE_LIMIT, ProtocolFile, read_protocol_file
from journal.protocol_file.writing import protocol_file
from workflows.machine import Refusal
from workflows.protocol import Protocol
from workflows.stages import PROTOCOL_OPEN

_NONE = Refusal("file_missing", "Choose a file, or paste its text below, then press again.", "file")
_WAYS = {"merge": merged, "replace": replaced}


class PlanFileForm(Form):
    """A file of the plan, or its text."""

    file = FileField("Protocol file", description="YAML (.yaml), JSON (.json) or PDF, as downloaded here.")
    text = prose("Or its text", "You can mend it here and look again.")


@pages.get("/reports/<report_id>/protocol/file")
def plan_file(report_id: str) -> ResponseReturnValue:
    """The way in and out as a file."""
    opened = own_report(report_id)
    if not is_open(opened, PROTOCOL_OPEN):
        return to_report(report_id, CLOSED)
    return _page(opened, PlanFileForm(formdata=None))


@pages.post("/reports/<report_id>/protocol/file")
def take_file(report_id: str) -> ResponseReturnValue:
    """Look at a file, or put what was looked at in place of the plan or into it."""
    if not is_open(own_report(report_id), PROTOCOL_OPEN):
        return to_report(report_id, CLOSED)
    form = PlanFileForm()
    read = _read(form)
    opened = own_report(report_id)
    if isinstance(read, ProtocolFile):
        return _taken(opened, form, read.protocol)
    form.refuse([] if read else [_NONE])
    return _page(opened, form, problems=read), 422


def _taken(opened: Opened, form: PlanFileForm, by: Protocol) -> ResponseReturnValue:
    """On with what the linter says of the plan when it was changed; else what the file would do."""
    saved = _take(opened, by, request.form.get("do", ""))
    if isinstance(saved, str):
        flash("The plan is as the file says. Look it over.")
        return redirect(url_for("protocol.lint_page", report_id=opened.report.id), 303)
    form.refuse(saved or [])
    return _page(opened, form, by=by), 409 if saved else 200


def _read(form: PlanFileForm) -> ProtocolFile | tuple[Problem, ...]:
    """What was sent, read; what was sent as a file is shown as text from then on. Nothing at all has no problems."""
    sent = request.files.get("file")
    data = sent.read(PDF_LIMIT + 1) if sent is not None and sent.filename else (form.text.data or "").encode()
    let_go()  # a PDF is opened in a child of its own, which takes a second
    body = text_in(data)
    if not isinstance(body, bytes):
        return body
    form.text.data = body.decode("utf-8-sig", "replace") if len(body) <= FILE_LIMIT else ""
    return read_protocol_file(body) if body.strip() else ()


def _take(opened: Opened, by: Protocol, do: str) -> str | Refusal | None:
    """The mark of the plan when it was changed, why it was not, or None where the file was only to be looked at."""
    way = _WAYS.get(do)
    if way is None:
        return None
    plan, _ = last_written(work.uow(), opened.report)
    if saved_version() != mark_of(plan):
        return CHANGED
    return save_protocol(
        work.uow(),
        opened.report,
        lambda plan: with_level(way(plan, by)),
        part=lambda plan: plan,
        was=saved_version(),
    )


def _page(opened: Opened, form: PlanFileForm, *, by: Protocol | None = None, problems: object = ()) -> str:
    plan, _ = last_written(work.uow(), opened.report)
    return render_template(
        "editorial/protocol/file.html",
        report=opened.report,
        plan=plan,
        form=form,
        mark=mark_of(plan),
        problems=problems,
        ways={name: changes(plan, with_level(way(plan, by))) for name, way in _WAYS.items()} if by is not None else {},
    )


@pages.get("/reports/<report_id>/protocol.yaml")
def draft_file(report_id: str) -> ResponseReturnValue:
    """The plan as it stands, as a file."""
    opened = own_report(report_id)
    plan, _ = last_written(work.uow(), opened.report)
    return _download(plan, "protocol.yaml")


@pages.get("/reports/<report_id>/protocol/<int:number>.yaml")
def version_file(report_id: str, number: int) -> ResponseReturnValue:
    """A submitted version as a file, for everybody who may open the report."""
    opened = work.opened(report_id)
    version = chosen(readable(work.uow(), opened), number)
    if version is None or version.submitted_at is None:
        abort(404)
    return _download(words(work.uow(), opened.report, version), f"protocol-version-{number}.yaml")


def _download(plan: Protocol, name: str) -> ResponseReturnValue:
    body = BytesIO(protocol_file(plan).encode())
    return send_file(body, mimetype="application/yaml", as_attachment=True, download_name=name)

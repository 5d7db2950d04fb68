"""Reading a version of a protocol: as a page, as data. The other pages are bound by the modules named here."""

from io import BytesIO

from flask import Flask, abort, render_template, send_file
from flask.typing import ResponseReturnValue

from journal.dossier.manuscripts import files_of
from journal.dossier.protocols import readable, words
from journal.editorial import work
from journal.editorial.protocol import (
    file_routes,
    lint_routes,
    pdf_routes,
    proposal_routes,
    read_routes,
    relabel_routes,
    rule_routes,
    sheet_routes,
)
from journal.editorial.protocol.actions import chosen
from journal.editorial.protocol.pages import pages
from storage.documents import protocol_bytes

__all__ = [
    "file_routes",
    "lint_routes",
    "pdf_routes",
    "proposal_routes",
    "read_routes",
    "register",
    "relabel_routes",
    "rule_routes",
    "sheet_routes",
]


def register(app: Flask) -> None:
    """Put the pages of the protocol on `app`."""
    app.register_blueprint(pages)


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

"""A version of the protocol as a PDF, for everybody who may open the report; it carries the protocol as data."""

from io import BytesIO

from flask import abort, flash, redirect, send_file, url_for
from flask.typing import ResponseReturnValue

from journal.dossier.access import Opened
from journal.dossier.protocols import readable, words
from journal.dossier.receipts import receipt_of
from journal.editorial import work
from journal.editorial.protocol.actions import chosen
from journal.editorial.protocol.pages import pages
from journal.editorial.saving import let_go
from journal.formats.receipts import receipt_bytes
from journal.production.printing import Unprintable
from journal.production.protocol_paper import Version, printed
from storage.rows.protocols import ProtocolVersion
from workflows.protocol import Protocol


@pages.get("/reports/<report_id>/protocol.pdf")
@pages.get("/reports/<report_id>/protocol/<int:number>.pdf")
def pdf(report_id: str, number: int | None = None) -> ResponseReturnValue:
    """One version as a PDF; without a number, the one that counts. Setting it takes seconds: the database is let go."""
    opened = work.opened(report_id)
    version = chosen(readable(work.uow(), opened), number) or abort(404)
    plan, about = _about(opened, version)
    let_go()
    made = printed(plan, about)
    if isinstance(made, Unprintable):
        flash(f"The protocol could not be made a PDF. {made.words}", "warn")
        return redirect(url_for("protocol.read", report_id=report_id))
    name = f"protocol-version-{about.number}.pdf"
    return send_file(BytesIO(made), mimetype="application/pdf", as_attachment=True, download_name=name)


def _about(opened: Opened, version: ProtocolVersion) -> tuple[Protocol, Version]:
    receipt = receipt_of(work.uow(), opened.report, version)
    about = Version(
        journal=work.resources().config.journal_name,
        number=version.number,
        sent=version.submitted_at.date() if version.submitted_at else None,
        frozen=version.frozen_at.date() if version.frozen_at else None,
        receipt=receipt_bytes(receipt) if receipt else b"",
    )
    return words(work.uow(), opened.report, version), about

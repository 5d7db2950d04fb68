"""The receipt of a frozen version: what its authors keep to show, without the journal, what was accepted."""

from io import BytesIO

from flask import abort, send_file
from flask.typing import ResponseReturnValue

from journal.dossier.access import Opened
from journal.dossier.protocols import readable, words
from journal.editorial import work
from journal.editorial.amendments.pages import pages
from journal.formats.receipts import receipt_bytes
from storage.documents import protocol_bytes
from storage.rows.protocols import ProtocolVersion
from workflows.receipts import Receipt


@pages.get("/reports/<report_id>/protocol/<int:number>/receipt.json")
def receipt(report_id: str, number: int) -> ResponseReturnValue:
    """The receipt of a frozen version as a file, for everybody on the report."""
    opened = work.opened(report_id)
    version = next((each for each in readable(work.uow(), opened) if each.number == number), None)
    made = _receipt(opened, version) if version else None
    if made is None:
        abort(404)
    name = f"receipt-version-{number}.json"
    return send_file(BytesIO(receipt_bytes(made)), mimetype="application/json", as_attachment=True, download_name=name)


def _receipt(opened: Opened, version: ProtocolVersion) -> Receipt | None:
    accepted = opened.report.ipa_at
    if version.frozen_at is None or version.digest is None or accepted is None:
        return None
    plan = words(work.uow(), opened.report, version)
    return Receipt(
        journal=work.resources().config.journal_name,
        version=version.number,
        accepted=accepted.date(),
        frozen=version.frozen_at.date(),
        digest=version.digest,
        protocol=protocol_bytes(plan).decode(),
        files=plan.files,
    )

"""The receipt of a frozen version: what its authors keep to show, without the journal, what was accepted."""

from io import BytesIO

from flask import abort, send_file
from flask.typing import ResponseReturnValue

from journal.dossier.protocols import readable
from journal.dossier.receipts import receipt_of
from journal.editorial import work
from journal.editorial.amendments.pages import pages
from journal.formats.receipts import receipt_bytes


@pages.get("/reports/<report_id>/protocol/<int:number>/receipt.json")
def receipt(report_id: str, number: int) -> ResponseReturnValue:
    """The receipt of a frozen version as a file, for everybody on the report."""
    opened = work.opened(report_id)
    version = next((each for each in readable(work.uow(), opened) if each.number == number), None)
    made = receipt_of(work.uow(), opened.report, version) if version else None
    if made is None:
        abort(404)
    name = f"receipt-version-{number}.json"
    return send_file(BytesIO(receipt_bytes(made)), mimetype="application/json", as_attachment=True, download_name=name)

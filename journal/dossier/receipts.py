"""The receipt of a frozen version of a report's protocol."""

from journal.dossier.protocols import words
from journal.unit_of_work import UnitOfWork
from storage.documents import protocol_bytes
from storage.rows.protocols import ProtocolVersion
from storage.rows.reports import Report
from workflows.receipts import Receipt


def receipt_of(uow: UnitOfWork, report: Report, version: ProtocolVersion) -> Receipt | None:
    """What its people keep of a version; None of one that is not frozen."""
    accepted = report.ipa_at
    if version.frozen_at is None or version.digest is None or accepted is None:
        return None
    plan = words(uow, report, version)
    return Receipt(
        journal=uow.config.journal_name,
        version=version.number,
        accepted=accepted.date(),
        frozen=version.frozen_at.date(),
        digest=version.digest,
        protocol=protocol_bytes(plan).decode(),
        files=plan.files,
    )

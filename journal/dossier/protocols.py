"""The versions of a report's protocol: the open draft, the latest submitted one, the frozen one."""

from sqlalchemy import select

from journal.dossier.access import Opened
from journal.unit_of_work import UnitOfWork
from storage.rows.protocols import ProtocolVersion
from storage.rows.reports import Report
from workflows.people import Capacity
from workflows.protocol import Protocol

UNTITLED = "Untitled study"


def versions(uow: UnitOfWork, report: Report) -> list[ProtocolVersion]:
    """All versions, oldest first."""
    wanted = select(ProtocolVersion).where(ProtocolVersion.report_id == report.id)
    return list(uow.session.scalars(wanted.order_by(ProtocolVersion.number)))


def readable(uow: UnitOfWork, opened: Opened) -> list[ProtocolVersion]:
    """The versions that the viewer may read, oldest first: what was submitted, and for authors their draft."""
    author = Capacity.AUTHOR in opened.acting_as
    return [version for version in versions(uow, opened.report) if author or version.submitted_at is not None]


def open_draft(uow: UnitOfWork, report: Report) -> ProtocolVersion | None:
    """The version that is still being written, if there is one."""
    return next((version for version in versions(uow, report) if version.submitted_at is None), None)


def latest_submitted(uow: UnitOfWork, report: Report) -> ProtocolVersion | None:
    """The version that was submitted last, if any was."""
    return next((version for version in reversed(versions(uow, report)) if version.submitted_at is not None), None)


def frozen(uow: UnitOfWork, report: Report) -> ProtocolVersion | None:
    """The version accepted in principle, if the report has been."""
    return next((version for version in reversed(versions(uow, report)) if version.frozen_at is not None), None)


def words(uow: UnitOfWork, report: Report, version: ProtocolVersion) -> Protocol:
    """The protocol that a version holds."""
    return uow.cabinet.get(report, version, "body", Protocol)


def newest(uow: UnitOfWork, report: Report) -> Protocol:
    """The protocol as it was last written, for pages that name the report to its own people."""
    found = versions(uow, report)
    return words(uow, report, found[-1]) if found else Protocol()


def title_of(uow: UnitOfWork, report: Report) -> str:
    """What the report is called on pages: its newest title, or that it has none yet."""
    return newest(uow, report).title or UNTITLED

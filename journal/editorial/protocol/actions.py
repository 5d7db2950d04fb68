"""Saving a page of the plan as typed, and finding the version somebody may read."""

from collections.abc import Sequence

from journal.dossier.drafts import last_written, save_protocol
from journal.editorial.protocol.filling import Press, rearranged, refused, taken, with_consequences, with_level
from journal.editorial.protocol.sheets import Sheet
from journal.editorial.protocol.typed import Typed
from journal.unit_of_work import UnitOfWork
from storage.rows.protocols import ProtocolVersion
from storage.rows.reports import Report
from workflows.machine import Refusal


def save_sheet(  # noqa: PLR0913 - what is saved, where, and what it began from
    uow: UnitOfWork, report: Report, sheet: Sheet, typed: Typed, *, press: Press | None, was: str
) -> str | Refusal:
    """Keep a page as typed, complete or not, do what a button asked, and return the page's new mark."""
    plan, _ = last_written(uow, report)
    refusal = refused(plan, press)
    if refusal is not None:
        return refusal
    return save_protocol(
        uow,
        report,
        lambda plan: with_level(with_consequences(rearranged(sheet, taken(sheet, plan, typed), press))),
        part=sheet.part_of,
        was=was,
    )


def chosen(found: Sequence[ProtocolVersion], number: int | None) -> ProtocolVersion | None:
    """Version `number` of those found; without a number the frozen one, else the one submitted last, else a draft."""
    if number is not None:
        return next((version for version in found if version.number == number), None)
    frozen = [version for version in found if version.frozen_at is not None]
    submitted = [version for version in found if version.submitted_at is not None]
    candidates = frozen or submitted or found
    return candidates[-1] if candidates else None

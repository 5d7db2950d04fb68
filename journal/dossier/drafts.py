"""Drafts: what is being written of a protocol or of results, saved as typed, and never over somebody else's words.

Each part of a draft carries a mark, a digest of its content. Who saves says which mark they started from: when the
part has changed since, nothing is overwritten. Two people in two parts do not disturb each other.
"""

import hashlib
from collections.abc import Callable

from sqlalchemy import select

from journal.dossier import protocols, results
from journal.dossier.results import Results
from journal.unit_of_work import UnitOfWork
from storage.documents import canonical
from storage.rows.manuscripts import ManuscriptFile
from storage.rows.outcomes import ResultsVersion
from storage.rows.protocols import ProtocolVersion
from storage.rows.reports import Report
from workflows.hazard import HazardAnswers
from workflows.machine import Refusal
from workflows.protocol import Protocol

_DIGITS = 16

CHANGED = Refusal(
    "changed_meanwhile",
    "This part was changed in another tab or by a co-author while you had it open. Nothing was overwritten. "
    "What you typed is still here. To compare, open this page in another tab; to replace what is there, press Save.",
)


def mark_of(content: object) -> str:
    """The mark of a part of a draft: the same for the same content."""
    return hashlib.sha256(canonical(content)).hexdigest()[:_DIGITS]


def last_written(uow: UnitOfWork, report: Report) -> tuple[Protocol, HazardAnswers]:
    """The protocol and the hazard answers as they stand now: the open draft, or what was submitted last."""
    version = protocols.open_draft(uow, report) or protocols.latest_submitted(uow, report)
    return _content(uow, report, version) if version else (Protocol(), HazardAnswers())


def hazard_answers(uow: UnitOfWork, report: Report, version: ProtocolVersion) -> HazardAnswers:
    """The hazard answers that go with a version."""
    if version.hazard is None:
        return HazardAnswers()
    return uow.cabinet.get(report, version, "hazard", HazardAnswers)


def draft_for_editing(uow: UnitOfWork, report: Report) -> ProtocolVersion:
    """The open draft of the protocol; where there is none, a new one that begins as what was submitted last."""
    draft = protocols.open_draft(uow, report)
    if draft is not None:
        return draft
    last = protocols.latest_submitted(uow, report)
    plan, answers = _content(uow, report, last) if last else (Protocol(), HazardAnswers())
    draft = ProtocolVersion(
        id=uow.new_id("protocol_version"),
        report_id=report.id,
        number=last.number + 1 if last else 1,
        saved_at=uow.now,
    )
    uow.cabinet.put(report, draft, "body", plan)
    uow.cabinet.put(report, draft, "hazard", answers)
    uow.session.add(draft)
    if last is not None:
        _carry_files(uow, report, for_stage=1, number=last.number)
    return draft


def results_for_editing(uow: UnitOfWork, report: Report) -> ResultsVersion:
    """The open draft of the results; where there is none, a new one that begins as what was submitted last."""
    draft = results.open_draft(uow, report)
    if draft is not None:
        return draft
    last = results.latest_submitted(uow, report)
    draft = ResultsVersion(
        id=uow.new_id("results_version"),
        report_id=report.id,
        number=last.number + 1 if last else 1,
        saved_at=uow.now,
    )
    uow.cabinet.put(report, draft, "body", last_results(uow, report))
    uow.session.add(draft)
    if last is not None:
        _carry_files(uow, report, for_stage=2, number=last.number)
    return draft


def last_results(uow: UnitOfWork, report: Report) -> Results:
    """The results as they stand now; before anything was written, what the protocol already says."""
    version = results.open_draft(uow, report) or results.latest_submitted(uow, report)
    if version is not None:
        return results.words(uow, report, version)
    frozen = protocols.frozen(uow, report)
    plan = protocols.words(uow, report, frozen) if frozen else Protocol()
    said = plan.statements
    return Results(abstract=plan.abstract, data=said.data, code=said.code, materials=said.materials)


def save_protocol(
    uow: UnitOfWork,
    report: Report,
    change: Callable[[Protocol], Protocol],
    *,
    part: Callable[[Protocol], object],
    was: str,
) -> str | Refusal:
    """Change one part of the protocol's draft and return its new mark. `was` is the mark the writer started from."""
    current, _ = last_written(uow, report)
    changed = change(current)
    if part(changed) == part(current):
        return mark_of(part(current))
    if mark_of(part(current)) != was:
        return CHANGED
    draft = draft_for_editing(uow, report)
    uow.cabinet.put(report, draft, "body", changed)
    draft.saved_at = uow.now
    return mark_of(part(changed))


def save_hazard(uow: UnitOfWork, report: Report, answers: HazardAnswers, *, was: str) -> str | Refusal:
    """Keep the hazard answers with the draft and return their new mark."""
    _, current = last_written(uow, report)
    if answers == current:
        return mark_of(current)
    if mark_of(current) != was:
        return CHANGED
    draft = draft_for_editing(uow, report)
    uow.cabinet.put(report, draft, "hazard", answers)
    draft.saved_at = uow.now
    return mark_of(answers)


def save_results(uow: UnitOfWork, report: Report, change: Callable[[Results], Results], *, was: str) -> str | Refusal:
    """Change the draft of the results and return its new mark."""
    current = last_results(uow, report)
    changed = change(current)
    if changed == current:
        return mark_of(current)
    if mark_of(current) != was:
        return CHANGED
    draft = results_for_editing(uow, report)
    uow.cabinet.put(report, draft, "body", changed)
    draft.saved_at = uow.now
    return mark_of(changed)


def _content(uow: UnitOfWork, report: Report, version: ProtocolVersion) -> tuple[Protocol, HazardAnswers]:
    return protocols.words(uow, report, version), hazard_answers(uow, report, version)


def _carry_files(uow: UnitOfWork, report: Report, *, for_stage: int, number: int) -> None:
    """Let the new draft begin with the files of version `number`: new rows, the same objects in the vault."""
    wanted = select(ManuscriptFile).where(
        ManuscriptFile.report_id == report.id,
        ManuscriptFile.for_stage == for_stage,
        ManuscriptFile.version_number == number,
        ManuscriptFile.set_aside_at.is_(None),
    )
    for file in uow.session.scalars(wanted.order_by(ManuscriptFile.uploaded_at, ManuscriptFile.id)):
        uow.session.add(
            ManuscriptFile(
                id=uow.new_id("manuscript_file"),
                report_id=report.id,
                for_stage=for_stage,
                kind=file.kind,
                name=file.name,
                media_type=file.media_type,
                sha256=file.sha256,
                size=file.size,
                vault_name=file.vault_name,
                uploaded_by=file.uploaded_by,
                uploaded_at=file.uploaded_at,
            )
        )

"""The texts of a report that the worker compares: which they are now, what was asked for, and what came of it."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import select

from journal.dossier.amending import approved
from journal.dossier.drafts import last_results
from journal.dossier.manuscripts import files_of, newest_files
from journal.dossier.protocols import frozen, words
from journal.dossier.results import latest_submitted, open_draft
from journal.jobs import Job, ask_for
from journal.protocol_file.writing import protocol_file
from journal.reading.comparison.prefill import Proposed
from journal.unit_of_work import UnitOfWork
from storage.rows.comparisons import Progress, TextComparison
from storage.rows.manuscripts import FileKind, ManuscriptFile
from storage.rows.outcomes import ResultsVersion
from storage.rows.protocols import ProtocolVersion
from storage.rows.reports import Report
from workflows.comparing.finding import Comparison
from workflows.comparing.redline import Redline
from workflows.deviations import Deviation
from workflows.protocol import Protocol

_SUFFIXES = {"text/markdown": ".md"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What a comparison brought up, what the manuscript reports of each row, and both texts as one; `fault` says why
    there is none.
    """

    comparison: Comparison | None = None
    proposed: tuple[Proposed, ...] = ()
    redline: Redline | None = None
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """What is compared: files by name, the document first on either side, what authors declare beside, the plan."""

    plan: Protocol
    promised: dict[str, bytes]
    reported: dict[str, bytes]
    beside: dict[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Digests of both sides as they stand now."""

    promised: str
    reported: str


def pair_now(uow: UnitOfWork, report: Report) -> Pair | None:
    """Both sides as they stand now; None while one of them is missing. No file is opened for it."""
    version, told = frozen(uow, report), _manuscript(newest_files(uow, report, for_stage=2))
    if version is None or told is None:
        return None
    plan = _manuscript(files_of(uow, report, for_stage=1, version_number=version.number))
    logs = {name: hashlib.sha256(body).hexdigest() for name, body in _beside(uow, report).items()}
    return Pair(
        promised=_digest([version.digest or "", plan.sha256 if plan else ""]),
        reported=_digest([told.sha256, logs]),
    )


def texts_now(uow: UnitOfWork, report: Report) -> Texts | None:
    """The texts as they stand now; None while one side is missing. Opens files of the vault."""
    version, told = frozen(uow, report), _manuscript(newest_files(uow, report, for_stage=2))
    if version is None or told is None:
        return None
    return Texts(
        plan=words(uow, report, version),
        promised=_promised(uow, report, version),
        reported={f"manuscript{_suffix(told)}": uow.cabinet.file(report, told.vault_name)},
        beside=_beside(uow, report),
    )


def comparison_of(uow: UnitOfWork, report: Report) -> TextComparison | None:
    """The comparison of the texts as they stand now, if it was asked for."""
    pair = pair_now(uow, report)
    wanted = [
        row
        for row in comparisons(uow, report)
        if pair == Pair(promised=row.promised_digest, reported=row.reported_digest)
    ]
    return wanted[0] if wanted else None


def comparisons(uow: UnitOfWork, report: Report) -> list[TextComparison]:
    """All comparisons of the report's texts, the one asked for last first."""
    uow.session.flush()
    wanted = select(TextComparison).where(TextComparison.report_id == report.id)
    return list(uow.session.scalars(wanted.order_by(TextComparison.asked_at.desc(), TextComparison.id)))


def found_by(uow: UnitOfWork, report: Report, row: TextComparison) -> Compared:
    """What an ended comparison brought up."""
    return uow.cabinet.get(report, row, "body", Compared) if row.body else Compared()


def proposed_by_manuscript(uow: UnitOfWork, report: Report) -> tuple[Proposed, ...]:
    """What the manuscript that was read last reports of each row; nothing before one was."""
    done = next((row for row in comparisons(uow, report) if row.progress is Progress.DONE), None)
    return found_by(uow, report, done).proposed if done is not None else ()


def redline_of(uow: UnitOfWork, report: Report) -> Redline | None:
    """Both texts as one, where the protocol has a manuscript and the comparison with the results is done."""
    version, row = frozen(uow, report), comparison_of(uow, report)
    if version is None or row is None:
        return None
    plan = _manuscript(files_of(uow, report, for_stage=1, version_number=version.number))
    return found_by(uow, report, row).redline if plan is not None else None


def redline_as_sent(uow: UnitOfWork, report: Report, version: ResultsVersion) -> Redline | None:
    """Both texts as one, for whoever reads a submitted version: of the newest, and of no draft that is not sent."""
    newest = latest_submitted(uow, report)
    is_newest = newest is not None and newest.number == version.number
    return redline_of(uow, report) if is_newest and open_draft(uow, report) is None else None


def ask_to_compare(uow: UnitOfWork, report: Report) -> None:
    """Ask for the texts as they stand now to be compared, unless they were or will be. One that failed is tried again.

    A comparison that waits of texts that have changed since is forgotten.
    """
    pair, row = pair_now(uow, report), comparison_of(uow, report)
    for other in comparisons(uow, report):
        if other is not row and other.progress is Progress.WAITING:
            uow.session.delete(other)
    if pair is None or (row is not None and row.progress is not Progress.FAILED):
        return
    row = row or TextComparison(
        id=uow.new_id("text_comparison"),
        report_id=report.id,
        promised_digest=pair.promised,
        reported_digest=pair.reported,
    )
    row.progress, row.attempts, row.asked_at, row.ended_at, row.body = Progress.WAITING, 0, uow.now, None, None
    uow.session.add(row)
    ask_for(uow, Job.COMPARE, {"comparison": row.id}, report_id=report.id, key=f"compare:{row.id}")


def _promised(uow: UnitOfWork, report: Report, version: ProtocolVersion) -> dict[str, bytes]:
    """The protocol's manuscript, where there is one; else the protocol as data."""
    plan = _manuscript(files_of(uow, report, for_stage=1, version_number=version.number))
    if plan is not None:
        return {f"protocol{_suffix(plan)}": uow.cabinet.file(report, plan.vault_name)}
    return {"protocol.yaml": protocol_file(words(uow, report, version)).encode()}


def _manuscript(files: list[ManuscriptFile]) -> ManuscriptFile | None:
    return next((file for file in files if file.kind is FileKind.MANUSCRIPT), None)


def _suffix(file: ManuscriptFile) -> str:
    return _SUFFIXES.get(file.media_type, ".docx")


def _beside(uow: UnitOfWork, report: Report) -> dict[str, bytes]:
    """What authors declare: approved amendments, and deviations as far as they are typed."""
    amended = [
        f"{change.heading} was changed: {reason.why.strip()}"
        for each in approved(uow, report)
        for change, reason in each.changes
        if reason.why.strip()
    ]
    deviations = [" ".join(_sentences(each)) for each in last_results(uow, report).deviations if each.what.strip()]
    logs = {"amendments.md": amended, "deviations.md": deviations}
    return {name: "\n\n".join(entries).encode() for name, entries in logs.items() if entries}


def _sentences(deviation: Deviation) -> Iterator[str]:
    place = f"Deviation from {deviation.row}: " if deviation.row else "Deviation: "
    for text in (f"{place}{deviation.what.strip()}", deviation.why.strip()):
        if text:
            yield text if text.endswith((".", "!", "?")) else f"{text}."


def _digest(parts: list[object]) -> str:
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()

"""The rows that decide what is public of reports, loaded for any number of them with the same few queries."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from sqlalchemy import Select, exists, inspect, or_, select
from sqlalchemy.orm import selectinload

from journal.dossier.settling import settled
from journal.unit_of_work import UnitOfWork
from storage.database import Row
from storage.rows.amendments import AmendmentRow
from storage.rows.holds import HoldRow
from storage.rows.narrowings import NarrowingRow
from storage.rows.outcomes import DeviationAnswer, ResultsVersion
from storage.rows.proofs import Typesetting
from storage.rows.protocols import ProtocolVersion
from storage.rows.releases import PublicIdentity, PublicObject
from storage.rows.reports import Letter, LetterKind, Report
from workflows.amendments import Decided
from workflows.promised import Settled
from workflows.stages import OUT, Stage

NONE_SETTLED = Settled()
NOTICES = (LetterKind.CORRECTION, LetterKind.RETRACTION)
# What of a report's own row bears on its record. The rest changes with every visit and would spoil a release for it.
_OF_THE_REPORT = ("id", "stage", "announce_from", "ipa_at", "data_start", "data_end", "key_name")


class _OfReport(Protocol):
    @property
    def report_id(self) -> str: ...


RowT = TypeVar("RowT", bound=_OfReport)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """One report's rows: the newest frozen protocol and the approved amendments that led to it, the results as last
    submitted and how findings on them ended, printed papers (no proofs), the narrower article as approved last, and
    so on.
    """

    report: Report
    protocol: ProtocolVersion | None
    results: ResultsVersion | None
    notices: tuple[Letter, ...]
    identity: PublicIdentity | None
    papers: tuple[Typesetting, ...]
    objects: tuple[PublicObject, ...]
    holds: tuple[HoldRow, ...]
    narrowing: NarrowingRow | None
    amendments: tuple[AmendmentRow, ...] = ()
    settled: Settled = NONE_SETTLED
    deviation_answers: tuple[DeviationAnswer, ...] = ()

    def digest(self) -> str:
        """SHA-256 (hex) over the rows, holds aside. Sealed columns count as they lie, so nothing needs opening."""
        single = [row for row in (self.protocol, self.results, self.identity, self.narrowing) if row is not None]
        renditions = [rendition for paper in self.papers for rendition in paper.renditions]
        rows: list[Row] = [*self.report.authors, *single, *self.notices, *self.papers, *renditions, *self.objects]
        rows += [*self.amendments, *self.deviation_answers]
        own = [repr(self.settled), *(repr(getattr(self.report, name)) for name in _OF_THE_REPORT)]
        return hashlib.sha256("\n".join([*own, *map(_as_text, rows)]).encode()).hexdigest()


def one(report_id: str) -> Select[str]:
    """The identifier of one report, as a query."""
    return select(Report.id).where(Report.id == report_id)


def whatever_may_be_public() -> Select[str]:
    """The identifiers of all reports that could have a public record now or later without a step: no others can."""
    was_public = exists().where(PublicIdentity.report_id == Report.id, PublicIdentity.first_public_at.is_not(None))
    is_out = Report.stage.in_([Stage.READY, *OUT])
    return select(Report.id).where(or_(is_out, Report.announce_from.is_not(None), was_public))


def load(uow: UnitOfWork, wanted: Select[str]) -> list[Sources]:
    """The rows of the reports whose identifiers `wanted` selects, in their order."""
    reports = select(Report).where(Report.id.in_(wanted)).options(selectinload(Report.authors)).order_by(Report.id)
    protocols = _grouped(uow, _protocols(wanted))
    results = _grouped(uow, _results(wanted))
    notices = _grouped(uow, _notices(wanted))
    identities = _grouped(uow, select(PublicIdentity).where(PublicIdentity.report_id.in_(wanted)))
    papers = _grouped(uow, _papers(wanted))
    objects = _grouped(uow, select(PublicObject).where(PublicObject.report_id.in_(wanted)).order_by(PublicObject.id))
    holds = _grouped(uow, select(HoldRow).where(HoldRow.report_id.in_(wanted)).order_by(HoldRow.placed_at, HoldRow.id))
    narrowings = _grouped(uow, _narrowings(wanted))
    amendments = _grouped(uow, _amendments(wanted))
    findings = settled(uow, wanted)
    answers = _grouped(uow, _deviation_answers(wanted))
    return [
        Sources(
            report=report,
            protocol=_last(protocols, report),
            results=_last(results, report),
            notices=tuple(notices[report.id]),
            identity=_last(identities, report),
            papers=tuple(papers[report.id]),
            objects=tuple(objects[report.id]),
            holds=tuple(holds[report.id]),
            narrowing=_last(narrowings, report),
            amendments=tuple(amendments[report.id]),
            settled=findings.get(report.id, NONE_SETTLED),
            deviation_answers=tuple(answers[report.id]),
        )
        for report in uow.session.scalars(reports)
    ]


def _protocols(wanted: Select[str]) -> Select[ProtocolVersion]:
    version = ProtocolVersion
    frozen = select(version).where(version.report_id.in_(wanted), version.frozen_at.is_not(None))
    return frozen.order_by(version.number)


def _results(wanted: Select[str]) -> Select[ResultsVersion]:
    version = ResultsVersion
    submitted = select(version).where(version.report_id.in_(wanted), version.submitted_at.is_not(None))
    return submitted.order_by(version.number)


def _narrowings(wanted: Select[str]) -> Select[NarrowingRow]:
    approved = select(NarrowingRow).where(NarrowingRow.report_id.in_(wanted), NarrowingRow.approved_at.is_not(None))
    return approved.order_by(NarrowingRow.number)


def _amendments(wanted: Select[str]) -> Select[AmendmentRow]:
    row = AmendmentRow
    approved = select(row).where(row.report_id.in_(wanted), row.decided == Decided.APPROVED)
    return approved.order_by(row.number)


def _deviation_answers(wanted: Select[str]) -> Select[DeviationAnswer]:
    row = DeviationAnswer
    return select(row).where(row.report_id.in_(wanted)).order_by(row.number)


def _notices(wanted: Select[str]) -> Select[Letter]:
    found = select(Letter).where(Letter.report_id.in_(wanted), Letter.kind.in_(NOTICES))
    return found.order_by(Letter.written_at, Letter.id)


def _papers(wanted: Select[str]) -> Select[Typesetting]:
    printed = select(Typesetting).where(Typesetting.report_id.in_(wanted), Typesetting.content.is_not(None))
    return printed.order_by(Typesetting.asked_at, Typesetting.id)


def _grouped(uow: UnitOfWork, query: Select[RowT]) -> Mapping[str, list[RowT]]:
    found: defaultdict[str, list[RowT]] = defaultdict(list)
    for row in uow.session.scalars(query):
        found[row.report_id].append(row)
    return found


def _last(rows: Mapping[str, Sequence[RowT]], report: Report) -> RowT | None:
    return rows[report.id][-1] if rows[report.id] else None


def _as_text(row: Row) -> str:
    names = [attribute.key for attribute in inspect(type(row)).column_attrs]
    return " ".join(f"{name}={getattr(row, name)!r}" for name in _without_versions(names))


def _without_versions(names: Iterable[str]) -> list[str]:
    return [name for name in names if name != "version"]

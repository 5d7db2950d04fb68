"""Keeping a typeset paper: its files go into the vault, its digests into rows. Press and release both do this."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from journal.production.manifest import Entry, entry_of
from journal.production.typesetting import Paper
from journal.reading.document import Document
from journal.unit_of_work import UnitOfWork
from storage.rows.proofs import Rendition
from storage.rows.reports import Report
from storage.vault import Deposit

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One file of a paper and where the vault keeps it."""

    entry: Entry
    deposit: Deposit


def deposit_paper(uow: UnitOfWork, report: Report, paper: Paper) -> tuple[Kept, ...]:
    """Put every file of `paper` into the vault. Writes no row, so it needs no turn at the database."""
    return tuple(Kept(entry=entry, deposit=uow.cabinet.deposit(report, body)) for entry, body in _files(paper))


def renditions_of(uow: UnitOfWork, report: Report, kept: Sequence[Kept], *, typesetting_id: str) -> list[Rendition]:
    """The rows that name what was kept."""
    return [
        Rendition(
            id=uow.new_id("rendition"),
            report_id=report.id,
            typesetting_id=typesetting_id,
            kind=each.entry.kind,
            name=each.entry.name,
            media_type=each.entry.media_type,
            sha256=each.entry.sha256,
            size=each.entry.size,
            vault_name=each.deposit.name,
        )
        for each in kept
    ]


def remarks_on(paper: Paper, document: Document | None) -> tuple[str, ...]:
    """What whoever proofs the paper must know of it, in sentences."""
    remarks = list(document.warnings) if document else []
    if paper.unprinted:
        signs = " ".join(paper.unprinted)
        remarks.append(f"These characters are in no font of the journal and print as boxes: {signs}")
    remarks += [f"The text asked for {address[:200]}, which was not fetched." for address in paper.refused]
    return tuple(remarks)


def _files(paper: Paper) -> Iterator[tuple[Entry, bytes]]:
    bodies = {
        "paper.pdf": paper.pdf,
        "article.html": paper.html.encode(),
        "article.xml": paper.jats,
        "outcomes.json": paper.data,
        **{figure.name: figure.body for figure in paper.figures},
    }
    for entry in paper.manifest.entries:
        yield entry, bodies[entry.name]
    manifest = paper.manifest.as_json()
    yield entry_of("manifest", MANIFEST, media_type="application/json", body=manifest), manifest

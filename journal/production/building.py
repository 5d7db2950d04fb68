"""Building a release: the public records as one snapshot, a pure function of the public set. Nothing is public yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from journal.config import Config
from journal.dossier.public_sources import load, whatever_may_be_public
from journal.dossier.publishing import Candidate, collected, record_of, with_body
from journal.production.unchanged import digests_of, made_before
from journal.public.contents import contents_of
from journal.public.site import Site
from journal.unit_of_work import Resources, begin
from storage.snapshot import write_snapshot
from workflows.declassify import PublicRecord
from workflows.people import PRESS


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A snapshot, the reports it was made from, and what it shows of each: their records, without the body.

    `began_at` is when its reports were collected. `left_out`: what could be public and is not shown all the same.
    `made_from`: digests of what decides the pages of each report, see `unchanged`.
    """

    path: Path
    sha256: str
    began_at: datetime
    candidates: Mapping[str, Candidate]
    records: Mapping[str, PublicRecord]
    left_out: frozenset[str] = frozenset()
    made_from: Mapping[str, str] = field(default_factory=dict)

    @property
    def worded(self) -> frozenset[str]:
        """The reports of which more than a notice in their place is shown."""
        return frozenset(each for each, record in self.records.items() if record.face.is_worded)


def build(
    resources: Resources,
    folder: Path,
    *,
    among: frozenset[str] | None = None,
    known: dict[str, Candidate] | None = None,
) -> Built:
    """Write the snapshot of everything the public may see at this moment into `folder`.

    With `among`, of what is more than a notice only that which has one of these public names. `known` as `candidates`
    has it.
    """
    path = folder / "snapshot.sqlite"
    with begin(resources, actor=PRESS, writes=False) as uow:
        rows = load(uow, whatever_may_be_public())
        every = collected(uow, rows, {} if known is None else known)
        found = [each for each in every if among is None or _is_among(each, among, now=uow.now)]
        shown = {each.report_id: record for each in found if (record := record_of(each, each.holds, now=uow.now))}
        worded = [with_body(uow, each) for each in found if each.report_id in shown]
        whole = [record for each in worded if (record := record_of(each, each.holds, now=uow.now))]
        began_at = uow.now
    site = site_of(resources.config)
    made_from = digests_of(whole, site)
    kept = made_before(resources, made_from, folder)
    contents = contents_of(sorted(whole, key=_name), site, kept=kept)
    return Built(
        path=path,
        sha256=write_snapshot(contents, path),
        began_at=began_at,
        candidates={each.report_id: each for each in found},
        records=shown,
        left_out=frozenset(each.report_id for each in every) - {each.report_id for each in found},
        made_from=made_from,
    )


def _is_among(candidate: Candidate, among: frozenset[str], *, now: datetime) -> bool:
    record = record_of(candidate, candidate.holds, now=now)
    if record is None or record.identity is None:
        return False
    return not record.face.is_worded or record.identity.public_id in among


def site_of(config: Config) -> Site:
    """How the journal calls itself in public."""
    return Site(
        journal_name=config.journal_name,
        public_url=config.public_url.rstrip("/"),
        editorial_url=config.editorial_url.rstrip("/"),
    )


def _name(record: PublicRecord) -> str:
    return record.identity.public_id if record.identity else ""

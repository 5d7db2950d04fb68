"""Minting: what reports are called in public, drawn at random before their first release, and the day they appear."""

from datetime import date

from journal.dossier.publishing import Candidate, candidates
from journal.unit_of_work import Resources, UnitOfWork, begin
from storage.rows.releases import PublicIdentity
from workflows.declassify import Face, PublicRecord, declassify
from workflows.people import PRESS
from workflows.stages import Stage


def mint_identities(resources: Resources, known: dict[str, Candidate] | None = None) -> None:
    """Give every report that will be public an identity, and today as its day if today it appears as an article.

    A day that was set for a release from which the report was then withheld is set anew: it would tell of the delay.
    `known` as `candidates` has it.
    """
    with begin(resources, actor=PRESS, writes=False) as uow:
        today = uow.now.date()
        # In the order of what they say: a report that is withheld moves no other's identifier.
        ordered = sorted(candidates(uow, known), key=lambda candidate: candidate.content)
        lacking = [(each, face) for each in ordered if (face := _lacks(each, uow, today)) is not None]
    if not lacking:
        return
    with begin(resources, actor=PRESS) as uow:
        for candidate, face in lacking:
            _mint(uow, candidate.report_id, face)
        uow.commit()


def _lacks(candidate: Candidate, uow: UnitOfWork, today: date) -> PublicRecord | None:
    """The candidate's record if its identity or its day is missing or wrong."""
    record = declassify(candidate.facts, candidate.holds, now=uow.now)
    if record is None:
        return None
    appears = candidate.facts.stage is Stage.READY and record.face is Face.ARTICLE
    is_dated = not appears or record.published_on == today
    return None if record.identity is not None and is_dated else record


def _mint(uow: UnitOfWork, report_id: str, record: PublicRecord) -> None:
    row = uow.session.get(PublicIdentity, report_id)
    if row is None:
        row = PublicIdentity(report_id=report_id, public_id=uow.new_id("public"), minted_at=uow.now)
        uow.session.add(row)
    if record.face is Face.ARTICLE:
        row.published_on = uow.now.date()

"""Placing holds: a dated fact beside the stage, in force at once, with its ledger entry and the officers told.

What was ever public comes down at once: the release that takes it down is asked for in the same transaction. An
embargo takes nothing down: it only puts the article off.
"""

from sqlalchemy import select

from journal import telling
from journal.dossier.access import Opened, reviewers_of
from journal.dossier.steps import note_in_ledger
from journal.dossier.takedowns import take_down
from journal.unit_of_work import UnitOfWork
from storage.rows.holds import HoldRow
from storage.rows.people import RoleGrant
from storage.rows.releases import PublicIdentity
from storage.rows.reports import Report
from workflows.deadlines import due_after
from workflows.holds import TRIAGE_TIME, Hold, HoldKind, Scope, is_active, refuse_placing
from workflows.machine import Refusal
from workflows.people import Actor, Capacity, Role, capacities


def place(uow: UnitOfWork, opened: Opened, hold: Hold, *, capacity: Capacity, reason: str) -> HoldRow | Refusal:
    """Place `hold` on the report, acting as `capacity`, or say why not. The reason is sealed; the ledger has none."""
    if capacity not in opened.acting_as:
        return Refusal("not_possible", "This step is not possible now.")
    refusal = refuse_placing(hold, acting_as=frozenset({capacity}), reason=reason, now=uow.now)
    if refusal is not None:
        return refusal
    row = HoldRow(
        id=uow.new_id("hold"),
        report_id=opened.report.id,
        kind=hold.kind,
        scope=hold.scope,
        placed_by=hold.placed_by,
        placed_as=capacity,
        placed_at=hold.placed_at,
        embargo_until=hold.embargo_until,
        review_by=hold.review_by,
    )
    uow.cabinet.put(opened.report, row, "reason", reason)
    uow.session.add(row)
    record = {"hold": row.id, "kind": row.kind.value, "scope": row.scope.value}
    note_in_ledger(uow, "place_hold", report=opened.report, capacity=capacity.value, record=record)
    if not row.kind.opens_by_date and was_public(uow, opened.report):
        take_down(uow, opened.report, row, officers=free_officers(uow, opened.report))
    return row


def was_public(uow: UnitOfWork, report: Report) -> bool:
    """Whether the report was ever part of a release, so that its absence can be seen."""
    identity = uow.session.get(PublicIdentity, report.id)
    return identity is not None and identity.first_public_at is not None


def raise_flag(uow: UnitOfWork, opened: Opened, *, capacity: Capacity, reason: str) -> HoldRow | Refusal:
    """Flag the report as possibly hazardous, acting as `capacity`, and tell every officer who is free of conflict.

    It is withheld from this moment on. The same words sent twice by the same person are one flag.
    """
    person = uow.actor.person or ""
    earlier = same_hold(uow, opened.report, HoldKind.TRIAGE_FLAG, by=person, reason=reason)
    if earlier is not None:
        return earlier
    hold = Hold(
        kind=HoldKind.TRIAGE_FLAG,
        scope=Scope.EXISTENCE,
        placed_by=person,
        placed_at=uow.now,
        review_by=due_after(uow.now, TRIAGE_TIME),
    )
    placed = place(uow, opened, hold, capacity=capacity, reason=reason)
    if isinstance(placed, HoldRow):
        officers = free_officers(uow, opened.report)
        telling.tell(uow, "officers/flag_raised", officers, report=opened.report, about=placed.id)
    return placed


def free_officers(uow: UnitOfWork, report: Report) -> list[telling.Recipient]:
    """The officers who may act on the report: not its authors, its reviewers or anybody in conflict with it."""
    involvement = report.involvement(reviewers_of(uow, report.id))
    officers = select(RoleGrant.person_id).where(RoleGrant.role == Role.OFFICER).order_by(RoleGrant.person_id)
    return [
        telling.Recipient(telling.Recipients.PERSON, person)
        for person in uow.session.scalars(officers)
        if Capacity.OFFICER in capacities(Actor(person=person, roles=frozenset({Role.OFFICER})), involvement)
    ]


def holds_of(uow: UnitOfWork, report: Report) -> list[HoldRow]:
    """Every hold ever placed on the report, oldest first."""
    wanted = select(HoldRow).where(HoldRow.report_id == report.id)
    return list(uow.session.scalars(wanted.order_by(HoldRow.placed_at, HoldRow.id)))


def same_hold(uow: UnitOfWork, report: Report, kind: HoldKind, *, by: str, reason: str) -> HoldRow | None:
    """The hold that `by` placed with these words and that is still in force: a form was sent twice."""
    earlier = select(HoldRow).where(HoldRow.report_id == report.id, HoldRow.kind == kind, HoldRow.placed_by == by)
    for row in uow.session.scalars(earlier):
        if is_active(row.facts, now=uow.now) and uow.cabinet.get(report, row, "reason", str) == reason:
            return row
    return None

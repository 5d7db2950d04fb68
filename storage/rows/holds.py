"""Holds on reports, and the agreements to lift them."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from storage.database import Row, Versioned
from storage.rows.columns import Id, PersonId, ReportId, Sealed, refers_to, two_people
from workflows.holds import Hold, HoldKind, Lift, Scope
from workflows.people import Capacity

_BY_DATE = ", ".join(f"'{kind.value}'" for kind in HoldKind if kind.opens_by_date)
_FLAG = f"'{HoldKind.TRIAGE_FLAG.value}'"


class HoldRow(Versioned, Row):
    """One hold. `reason` is sealed and read by officers only, but for an author's own.

    Ended by `lifted_by` and `seconded_by`, two different people, so that one of them did not place it; an embargo by
    one; a flag also by `became_id`, the hold that took its place. The database holds this, whatever the code believes.
    `deputy_id` is called when whoever placed it does not come. `embargo_event` (an `EmbargoEvent`) came at `event_at`.
    """

    __tablename__ = "hold"
    __table_args__ = (
        two_people("lifted_by", "seconded_by", "two_lift"),
        CheckConstraint(
            f"ended_at IS NULL OR (lifted_by IS NOT NULL AND (seconded_by IS NOT NULL OR kind IN ({_BY_DATE})))"
            f" OR (became_id IS NOT NULL AND kind = {_FLAG})",
            name="nobody_lifts_alone",
        ),
    )

    id: Mapped[Id]
    report_id: Mapped[ReportId]
    kind: Mapped[HoldKind]
    scope: Mapped[Scope]
    reason: Mapped[Sealed]
    placed_by: Mapped[str] = mapped_column(String(26), index=True)
    placed_as: Mapped[Capacity]
    placed_at: Mapped[datetime]
    embargo_until: Mapped[datetime | None]
    review_by: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    lifted_by: Mapped[PersonId | None]
    seconded_by: Mapped[PersonId | None]
    became_id: Mapped[str | None] = mapped_column(String(26), refers_to("hold.id"), index=True)
    # Plain words: SQLite cannot add a column with a reference or a CHECK of its own name without copying the table.
    deputy_id: Mapped[str | None] = mapped_column(String(26))
    embargo_event: Mapped[str | None] = mapped_column(String(40))
    event_at: Mapped[datetime | None]

    lifts: Mapped[list["HoldLift"]] = relationship(order_by="HoldLift.at", lazy="selectin")

    @property
    def facts(self) -> Hold:
        """The hold as the rules see it."""
        return Hold(
            kind=self.kind,
            scope=self.scope,
            placed_by=self.placed_by,
            placed_at=self.placed_at,
            embargo_until=self.embargo_until,
            review_by=self.review_by,
            lifts=tuple(Lift(by=lift.by, at=lift.at) for lift in self.lifts),
            ended_at=self.ended_at,
            event_at=self.event_at,
        )


class HoldLift(Row):
    """One person's agreement that a hold may end; nobody agrees twice.

    `reauthenticated_at`: when they showed their second factor. Only who ends an embargo of their own need not, and who
    agreed before there was one to show. Triggers hold this, and that they are free to: `storage.rows.hold_guards`.
    """

    __tablename__ = "hold_lift"
    __table_args__ = (
        UniqueConstraint("hold_id", "by", name="uq_hold_lift_by"),
        CheckConstraint('reauthenticated_at IS NULL OR reauthenticated_at <= "at"', name="shown_before"),
    )

    id: Mapped[Id]
    hold_id: Mapped[str] = mapped_column(String(26), refers_to("hold.id"), index=True)
    by: Mapped[PersonId]
    at: Mapped[datetime]
    reauthenticated_at: Mapped[datetime | None]
    reason: Mapped[Sealed]

"""The case of a report: its holds, past and present, as far as whoever asks may know of them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from journal.dossier import holding, narrowings, protocols
from journal.dossier.access import Opened
from journal.dossier.appeals import appeals_of
from journal.dossier.choices import choices_of, offer_of
from journal.unit_of_work import UnitOfWork
from storage.rows.holds import HoldRow
from storage.rows.people import Person
from workflows.choices import is_hazardous
from workflows.embargoes import EmbargoEvent
from workflows.holds import OFFICERS_TO_LIFT, HoldKind, is_active, may_lift, may_place
from workflows.people import Capacity
from workflows.stages import OUT
from workflows.turn import STAGE_WORDS

ASKED = "They were asked, and have not chosen yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One person's word that a hold may end."""

    name: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One hold as the page shows it. `became`: the flag was answered by a hold."""

    id: str
    kind: HoldKind
    scope: str
    name: str
    placed_as: str
    placed_at: datetime
    reason: str
    review_by: datetime | None
    embargo_until: datetime | None
    ended_at: datetime | None
    active: bool
    agreements: tuple[Agreement, ...]
    agreed: bool
    became: bool
    deputy: str
    event: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """The page of a case. For who is no officer it holds their own embargoes and nothing else."""

    report_id: str
    title: str
    stage_words: str
    officer: bool
    entries: tuple[Entry, ...]
    kinds: tuple[HoldKind, ...]
    offers_embargo: bool
    was_public: bool
    is_announced: bool
    narrower: bool
    too_few_officers: bool
    asked: bool
    choice: str | None
    """What the authors chose, or that they were asked; "" while they were not; None where it cannot be offered."""
    deputies: tuple[tuple[str, str], ...]

    @property
    def active(self) -> tuple[Entry, ...]:
        """What withholds now: flags first, then by the day on which they are looked at."""
        found = (entry for entry in self.entries if entry.active)
        return tuple(sorted(found, key=lambda entry: (entry.kind is not HoldKind.TRIAGE_FLAG, entry.placed_at)))

    @property
    def ended(self) -> tuple[Entry, ...]:
        """What withheld once."""
        return tuple(entry for entry in self.entries if not entry.active)

    @property
    def flagged(self) -> bool:
        """Whether a flag waits for the officers."""
        return any(entry.kind is HoldKind.TRIAGE_FLAG for entry in self.active)

    @property
    def waits_for_you(self) -> bool:
        """Whether another officer has agreed to lift something, and whoever asks has not."""
        return self.officer and any(entry.agreements and not entry.agreed for entry in self.active)

    @property
    def waits_for_another(self) -> bool:
        """Whether whoever asks has agreed to lift everything that officers lift, and it waits for another."""
        lifted = [entry for entry in self.active if not entry.kind.opens_by_date]
        return self.officer and bool(lifted) and all(entry.agreed for entry in lifted)

    @property
    def only_put_off(self) -> bool:
        """Whether nothing but embargoes withholds it, which officers do not lift."""
        return bool(self.active) and all(entry.kind.opens_by_date for entry in self.active)

    @property
    def review_by(self) -> datetime | None:
        """The next day on which officers look at one of the holds."""
        return min((entry.review_by for entry in self.active if entry.review_by), default=None)


def case_of(uow: UnitOfWork, opened: Opened) -> Case | None:
    """The case for whoever asks, or None when there is nothing for them to do or to see here."""
    officer = Capacity.OFFICER in opened.acting_as
    kinds = tuple(kind for kind in may_place(opened.acting_as) if kind is not HoldKind.AUTHOR_EMBARGO)
    rows = [row for row in holding.holds_of(uow, opened.report) if officer or _own(uow, row, opened)]
    if not (officer or kinds or rows):
        return None
    report = opened.report
    free = [person.id for person in holding.free_officers(uow, report)] if officer else []
    return Case(
        report_id=report.id,
        title=protocols.title_of(uow, report),
        stage_words=STAGE_WORDS[report.stage],
        officer=officer,
        entries=_entries(uow, opened, rows),
        kinds=tuple(kind for kind in kinds if not kind.opens_by_date),
        offers_embargo=HoldKind.PRODUCTION_EMBARGO in kinds and report.stage not in OUT,
        was_public=holding.was_public(uow, report),
        is_announced=holding.was_public(uow, report) and report.stage not in OUT,
        narrower=officer and narrowings.last_offered(narrowings.rows_of(uow, report)) is not None,
        too_few_officers=officer and len(free) < OFFICERS_TO_LIFT,
        choice=_choice(uow, opened) if officer else None,
        asked=officer and bool(appeals_of(uow, report)),
        deputies=_named(uow, [person for person in free if person != uow.actor.person]),
    )


def _choice(uow: UnitOfWork, opened: Opened) -> str | None:
    made = next(iter(choices_of(uow, opened.report)), None)
    if made is not None:
        return made.choice.words
    if offer_of(uow, opened.report) is not None:
        return ASKED
    return "" if is_hazardous(opened.holds, now=uow.now) else None


def _named(uow: UnitOfWork, ids: list[str]) -> tuple[tuple[str, str], ...]:
    """People with their names, in the order of the names."""
    found = uow.session.scalars(select(Person).where(Person.id.in_(ids)).order_by(Person.name, Person.id))
    return tuple((person.id, person.name) for person in found)


def hold_of(uow: UnitOfWork, opened: Opened, hold_id: str) -> HoldRow | None:
    """The hold of this report, if whoever asks may know of it."""
    row = uow.session.get(HoldRow, hold_id)
    if row is None or row.report_id != opened.report.id:
        return None
    return row if Capacity.OFFICER in opened.acting_as or may_lift(row.facts, opened.acting_as) else None


def _own(uow: UnitOfWork, row: HoldRow, opened: Opened) -> bool:
    """An embargo that is theirs to end: nobody but an officer sees a hold that has ended, or anybody else's."""
    return is_active(row.facts, now=uow.now) and row.kind.opens_by_date and bool(may_lift(row.facts, opened.acting_as))


def _entries(uow: UnitOfWork, opened: Opened, rows: list[HoldRow]) -> tuple[Entry, ...]:
    people = {row.placed_by for row in rows} | {lift.by for row in rows for lift in row.lifts}
    people |= {row.deputy_id for row in rows if row.deputy_id}
    found = uow.session.scalars(select(Person).where(Person.id.in_(people)))
    names = {person.id: person.name for person in found}
    return tuple(_entry(uow, opened, row, names) for row in rows)


def _entry(uow: UnitOfWork, opened: Opened, row: HoldRow, names: dict[str, str]) -> Entry:
    report = opened.report
    return Entry(
        id=row.id,
        kind=row.kind,
        scope=row.scope.words,
        name=names.get(row.placed_by, ""),
        placed_as=row.placed_as.words,
        placed_at=row.placed_at,
        reason=uow.cabinet.get(report, row, "reason", str),
        review_by=row.review_by,
        embargo_until=row.embargo_until,
        ended_at=row.ended_at,
        active=is_active(row.facts, now=uow.now),
        agreements=tuple(
            Agreement(name=names[lift.by], at=lift.at, reason=uow.cabinet.get(report, lift, "reason", str))
            for lift in row.lifts
        ),
        agreed=any(lift.by == uow.actor.person for lift in row.lifts),
        became=row.became_id is not None,
        deputy=names.get(row.deputy_id or "", ""),
        event=EmbargoEvent(row.embargo_event).words if row.embargo_event else "",
    )

"""Lists of reports for one person: their own studies, and the editors' queue.

The number of queries is constant. What decides who sees a report, and where it stands in the list, is read as plain
columns for all; only the page that is shown is loaded and its titles opened.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, Select, or_, select

from journal.dossier import protocols
from journal.dossier.access import is_delayed
from journal.dossier.amending import pending
from journal.dossier.contacts import AWAITS_ANSWER, Silence
from journal.dossier.deciding import stage_under_review
from journal.dossier.findings import open_by_report
from journal.editorial.dashboard.late import silences_at
from journal.editorial.dashboard.standing import Next, newest_rounds, next_at, sent_back
from journal.unit_of_work import UnitOfWork
from storage.rows.holds import HoldRow
from storage.rows.protocols import ProtocolVersion
from storage.rows.reports import Conflict, Report, ReportAuthor
from storage.rows.reviewing import Invitation, Review, Round
from workflows.holds import NEUTRAL_SENTENCE, Hold, Sight, sight
from workflows.people import EDITORS, Capacity, Involvement, Role, capacities
from workflows.stages import AWAITING_RESULTS, ENDED, OUT, UNDER_STAGE_2, Stage
from workflows.turn import STAGE_WORDS, Turn

PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One report in a list: what it is called, where it stands, who acts next, by when, and whether that is you."""

    report_id: str
    title: str
    state: str
    who: str
    what: str
    due: datetime | None
    yours: bool
    since: datetime
    silence: Silence | None = None
    """How long its authors have not answered, where results are late and the viewer is its editor."""
    findings_open: int = 0
    """How many findings bar the acceptance of its results, where the viewer is its editor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToReview:
    """A report that somebody with an account reviews, by when, and whether their review has arrived."""

    report_id: str
    title: str
    due: datetime
    sent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One page of a list, and how many pages there are."""

    items: list[Item]
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a report stands, and what the viewer may act as on it."""

    report_id: str
    stage: Stage
    since: datetime
    next: Next
    acting_as: frozenset[Capacity]

    @property
    def yours(self) -> bool:
        return self.next.turn.who in self.acting_as


def studies(uow: UnitOfWork, *, page: int) -> Listing:
    """The reports of which the actor is an author, the newest movement first."""
    places = _places(uow, Report.id.in_(_written_by(uow)))
    return _listing(uow, sorted(places, key=lambda place: place.since, reverse=True), page=page)


def queue(uow: UnitOfWork, *, page: int) -> Listing:
    """The reports an editor looks after: yours first, then by how long they have waited. Drafts are no noise here."""
    person = uow.actor.person
    assigned = or_(Report.handling_editor_id == person, Report.second_editor_id == person)
    open_ones = Report.stage.not_in([Stage.DRAFT, *ENDED, *OUT])
    mine = open_ones if Role.EDITOR_IN_CHIEF in uow.actor.roles else open_ones & assigned
    places = [place for place in _places(uow, mine) if Capacity.AUTHOR not in place.acting_as]
    listing = _listing(
        uow, sorted(places, key=lambda place: (not place.yours, place.next.due or place.since)), page=page
    )
    shown = {item.report_id for item in listing.items}
    told, found = silences_at(uow, _late(places) & shown), open_by_report(uow, _under_stage_2(places) & shown)
    items = [
        replace(item, silence=told.get(item.report_id), findings_open=found.get(item.report_id, 0))
        for item in listing.items
    ]
    return replace(listing, items=items)


def _under_stage_2(places: list[_Place]) -> set[str]:
    """The reports of whose findings the viewer, as one of their editors, reads."""
    known = [place for place in places if place.stage in UNDER_STAGE_2 and place.next is not _DELAYED]
    return {place.report_id for place in known if place.acting_as & EDITORS}


def _late(places: list[_Place]) -> set[str]:
    """The reports whose late results the viewer, as one of their editors, reads about."""
    late = [place for place in places if place.stage in AWAITS_ANSWER and place.next is not _DELAYED]
    return {place.report_id for place in late if place.acting_as & EDITORS}


def to_review(uow: UnitOfWork) -> list[ToReview]:
    """What the actor agreed to review and can review now or has just reviewed, the most urgent first."""
    wanted = (
        select(Invitation.report_id, Invitation.review_due, Review.submitted_at)
        .join(Round, Round.id == Invitation.round_id)
        .join(Report, Report.id == Invitation.report_id)
        .outerjoin(Review, Review.invitation_id == Invitation.id)
        .where(Invitation.person_id == uow.actor.person, Invitation.accepted_at.is_not(None))
        .where(Invitation.declined_at.is_(None), Invitation.cancelled_at.is_(None), Round.closed_at.is_(None))
        .where(Report.stage.in_([Stage.IN_REVIEW, Stage.STAGE_2_IN_REVIEW]))
        .order_by(Invitation.review_due)
    )
    found = {report_id: (due, sent is not None) for report_id, due, sent in uow.session.execute(wanted)}
    if not found:
        return []
    places = _places(uow, Report.id.in_(list(found)))
    seen = {place.report_id for place in places if Capacity.REVIEWER in place.acting_as}
    titles = _titles(uow, seen)
    rows = [
        ToReview(report_id=report_id, title=titles[report_id], due=due, sent=sent)
        for report_id, (due, sent) in found.items()
        if report_id in seen
    ]
    return sorted(rows, key=lambda row: row.sent)


def published(uow: UnitOfWork, *, page: int) -> Listing:
    """What is out, newest movement first, for those who correct, retract or withhold it: editors their own reports,
    the editor-in-chief and officers all they may know of.
    """
    person = uow.actor.person
    assigned = or_(Report.handling_editor_id == person, Report.second_editor_id == person)
    out = Report.stage.in_(OUT)
    wanted = out if uow.actor.roles & {Role.EDITOR_IN_CHIEF, Role.OFFICER} else out & assigned
    places = [place for place in _places(uow, wanted) if Capacity.AUTHOR not in place.acting_as]
    return _listing(uow, sorted(places, key=lambda place: place.since, reverse=True), page=page)


def _places(uow: UnitOfWork, wanted: ColumnElement[bool]) -> list[_Place]:
    """The reports that the actor may know of."""
    columns = select(
        Report.id,
        Report.stage,
        Report.stage_since,
        Report.stage_2_due,
        Report.handling_editor_id,
        Report.second_editor_id,
    )
    near = _Near(uow)
    holds, counted = _holds(uow, wanted), newest_rounds(uow, wanted)
    rows = uow.session.execute(columns.where(wanted)).all()
    back = sent_back(uow, wanted) if any(row.stage is Stage.TYPESET for row in rows) else frozenset()
    amended = pending(uow, wanted) if any(row.stage in AWAITING_RESULTS for row in rows) else {}
    found: list[_Place] = []
    for report_id, stage, since, stage_2_due, handling, second in rows:
        acting_as = capacities(uow.actor, near.involvement(report_id, handling=handling, second=second))
        if sight(acting_as, holds[report_id], now=uow.now) is Sight.NOTHING:
            continue
        upcoming = next_at(
            stage,
            counted.get((report_id, stage_under_review(stage))),
            handled=handling is not None,
            seconded=second is not None,
            sent_back=report_id in back,
            needed=uow.config.reviews_needed,
            since=since,
            stage_2_due=stage_2_due,
            holds=holds[report_id],
            now=uow.now,
            amendment=amended.get(report_id),
        )
        if is_delayed(stage, holds[report_id], now=uow.now):
            upcoming = _DELAYED
        found.append(_Place(report_id=report_id, stage=stage, since=since, next=upcoming, acting_as=acting_as))
    return found


# What the report's own page says of every kind of delay.
_DELAYED = Next(turn=Turn(None, NEUTRAL_SENTENCE), due=None)


class _Near:
    """The reports to which the actor stands near, whatever their office."""

    def __init__(self, uow: UnitOfWork) -> None:
        person = uow.actor.person
        accepted = select(Invitation.report_id).where(
            Invitation.person_id == person, Invitation.accepted_at.is_not(None)
        )
        in_conflict = select(Conflict.report_id).where(Conflict.person_id == person)
        corresponding = _written_by(uow).where(ReportAuthor.corresponding)
        self._actor = frozenset({person} if person else ())
        self._written = set(uow.session.scalars(_written_by(uow)))
        self._corresponding = set(uow.session.scalars(corresponding))
        self._reviewed = set(uow.session.scalars(accepted))
        self._in_conflict = set(uow.session.scalars(in_conflict))

    def involvement(self, report_id: str, *, handling: str | None, second: str | None) -> Involvement:
        """The people of a report, as far as the actor is one of them."""
        nobody: frozenset[str] = frozenset()
        return Involvement(
            authors=self._actor if report_id in self._written else nobody,
            corresponding=next(iter(self._actor)) if report_id in self._corresponding else None,
            reviewers=self._actor if report_id in self._reviewed else nobody,
            handling_editor=handling,
            second_editor=second,
            conflicted=self._actor if report_id in self._in_conflict else nobody,
        )


def _written_by(uow: UnitOfWork) -> Select[str]:
    return select(ReportAuthor.report_id).where(ReportAuthor.person_id == uow.actor.person)


def _holds(uow: UnitOfWork, wanted: ColumnElement[bool]) -> defaultdict[str, tuple[Hold, ...]]:
    found: defaultdict[str, tuple[Hold, ...]] = defaultdict(tuple)
    for row in uow.session.scalars(select(HoldRow).where(HoldRow.report_id.in_(select(Report.id).where(wanted)))):
        found[row.report_id] += (row.facts,)
    return found


def _listing(uow: UnitOfWork, places: list[_Place], *, page: int) -> Listing:
    pages = max(1, -(-len(places) // PAGE))
    page = min(max(page, 1), pages)
    shown = places[(page - 1) * PAGE : page * PAGE]
    titles = _titles(uow, [place.report_id for place in shown])
    return Listing(items=[_item(place, titles[place.report_id]) for place in shown], page=page, pages=pages)


def _titles(uow: UnitOfWork, ids: Iterable[str]) -> dict[str, str]:
    reports = {report.id: report for report in uow.session.scalars(select(Report).where(Report.id.in_(list(ids))))}
    titles = dict.fromkeys(reports, protocols.UNTITLED)
    wanted = select(ProtocolVersion).where(ProtocolVersion.report_id.in_(list(reports)))
    newest = {row.report_id: row for row in uow.session.scalars(wanted.order_by(ProtocolVersion.number))}
    for report_id, version in newest.items():
        titles[report_id] = protocols.words(uow, reports[report_id], version).title.strip() or titles[report_id]
    return titles


def _item(place: _Place, title: str) -> Item:
    whose = place.next.turn
    return Item(
        report_id=place.report_id,
        title=title,
        state=STAGE_WORDS[place.stage],
        who=whose.who.words if whose.who else "",
        what=whose.what,
        due=place.next.due,
        yours=place.yours,
        since=place.since,
    )

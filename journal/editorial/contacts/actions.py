"""Signs of the authors while their results are awaited, and contacts that an editor made outside the journal."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select

from journal import telling
from journal.dossier.access import Opened
from journal.dossier.contacts import AWAITS_ANSWER
from journal.dossier.steps import note_in_ledger
from journal.unit_of_work import UnitOfWork
from storage.rows.contacts import Contact
from workflows.contacts import Way
from workflows.deadlines import end_of_date_anywhere
from workflows.machine import Refusal
from workflows.people import Capacity
from workflows.stages import AWAITING_RESULTS

RECORDED = (Way.PHONE, Way.IN_PERSON, Way.LETTER)
_TWICE_WITHIN = timedelta(hours=1)
_LATEST_YEAR = 2999
NOT_AWAITED = Refusal(
    "not_awaited", "The results of this report are not being waited for: its page says where it stands."
)

NO_DAY = Refusal("wanted_until_unread", "This is no day. Choose one, or leave it empty.", "wanted_until")


def say_still_working(uow: UnitOfWork, opened: Opened, *, words: str, wanted_until: date | None) -> Refusal | None:
    """An author says that they are still at work, and perhaps until when they ask for time. The editor is told.

    The same words sent twice within the hour are one sign.
    """
    report = opened.report
    if Capacity.AUTHOR not in opened.acting_as or report.stage not in AWAITING_RESULTS:
        return NOT_AWAITED
    if wanted_until is not None and not _is_later(wanted_until, report.stage_2_due, now=uow.now):
        later = "Choose a day that lies ahead and after the one agreed now, or leave it empty."
        return Refusal("wanted_until_early", later, "wanted_until")
    if _kept_just_now(uow, opened, way=Way.AUTHORS, words=words, others=(uow.now.date(), True, wanted_until)):
        return None
    _keep(uow, opened, way=Way.AUTHORS, made_at=uow.now, reached=True, words=words, wanted_until=wanted_until)
    letter = "handling_editor/more_time_asked" if wanted_until else "handling_editor/still_working"
    telling.tell(uow, letter, telling.editor_of(report.handling_editor_id), report=report)
    return None


def _is_later(wanted: date, due: datetime | None, *, now: datetime) -> bool:
    until = end_of_date_anywhere(wanted) if wanted.year <= _LATEST_YEAR else None
    return until is not None and until > now and (due is None or until > due)


def _kept_just_now(uow: UnitOfWork, opened: Opened, *, way: Way, words: str, others: tuple[object, ...]) -> bool:
    """Whether the same was sent within the hour: a press twice is one."""
    just = select(Contact).where(
        Contact.report_id == opened.report.id,
        Contact.way == way,
        Contact.recorded_by == uow.actor.person,
        Contact.recorded_at > uow.now - _TWICE_WITHIN,
    )
    return any(
        (uow.cabinet.get(opened.report, row, "words", str), row.made_at.date(), row.reached, row.wanted_until)
        == (words, *others)
        for row in uow.session.scalars(just)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A contact as the handling editor describes it; None is what was not said."""

    way: Way | None
    made_on: date | None
    reached: bool | None
    words: str


def record_contact(uow: UnitOfWork, opened: Opened, typed: Typed) -> list[Refusal]:
    """The handling editor called the authors, met them, or wrote on their own. Returns what is missing, if anything."""
    refusals = _what_bars(uow, opened, typed.made_on)
    if typed.way is None:
        refusals.append(Refusal("way_missing", "Choose how you tried to reach them.", "way"))
    if typed.reached is None:
        refusals.append(Refusal("reached_missing", "Say whether they answered.", "reached"))
    if typed.way is not None and typed.made_on is not None and typed.reached is not None and not refusals:
        made_at = min(end_of_date_anywhere(typed.made_on), uow.now)
        others = (made_at.date(), typed.reached, None)
        if not _kept_just_now(uow, opened, way=typed.way, words=typed.words, others=others):
            _keep(uow, opened, way=typed.way, made_at=made_at, reached=typed.reached, words=typed.words)
    return refusals


def _what_bars(uow: UnitOfWork, opened: Opened, made_on: date | None) -> list[Refusal]:
    report = opened.report
    if Capacity.HANDLING_EDITOR not in opened.acting_as or report.stage not in AWAITS_ANSWER:
        return [Refusal("not_late", "The results of this report are not late, so nothing is recorded here.")]
    if opened.clocks_stopped:
        return [Refusal("delayed", "This report is delayed, and nothing is asked of its authors meanwhile.")]
    if made_on is None:
        return [Refusal("made_on_missing", "Say on which day you tried.", "made_on")]
    if made_on > uow.now.date() + timedelta(days=1):
        return [Refusal("made_on_ahead", "That day lies ahead. Record a contact once it was made.", "made_on")]
    if report.stage_2_due is not None and end_of_date_anywhere(made_on) <= report.stage_2_due:
        words = "That was before the results were late. Only what came after counts."
        return [Refusal("made_on_early", words, "made_on")]
    return []


def _keep(  # noqa: PLR0913 - the columns of a contact
    uow: UnitOfWork,
    opened: Opened,
    *,
    way: Way,
    made_at: datetime,
    reached: bool,
    words: str,
    wanted_until: date | None = None,
) -> None:
    report = opened.report
    row = Contact(
        id=uow.new_id("contact"),
        report_id=report.id,
        way=way,
        made_at=made_at,
        recorded_by=uow.actor.person,
        recorded_at=uow.now,
        reached=reached,
        wanted_until=wanted_until,
    )
    uow.cabinet.put(report, row, "words", words)
    uow.session.add(row)
    capacity = Capacity.AUTHOR if way is Way.AUTHORS else Capacity.HANDLING_EDITOR
    record: dict[str, str | int | None] = {"contact": row.id, "reached": reached}
    note_in_ledger(uow, "contact_authors", report=report, capacity=capacity.value, record=record)

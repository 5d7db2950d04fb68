"""Who has read what is withheld: one row for each person, page and hour, for officers alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from journal.dossier.access import Opened
from journal.unit_of_work import UnitOfWork
from storage.rows.people import Person
from storage.rows.readings import Reading
from storage.rows.reviewing import Invitation
from workflows.people import Capacity

EMERGENCY = "emergency"
_AUTHORS = frozenset({Capacity.AUTHOR, Capacity.CORRESPONDING_AUTHOR})
_SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """Somebody opened a page or file, `page` by its name in the code. `read_as`: what they were to the report."""

    report_id: str
    reader: str
    read_as: str
    page: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """A line of the list: who, as what, which page, and the hour in which they last did."""

    name: str
    read_as: str
    page: str
    hour: datetime


def worth_keeping(opened: Opened) -> bool:
    """Whether it is kept who opens the report: by all but its authors, while a hold stops its clocks."""
    return opened.clocks_stopped and not opened.acting_as & _AUTHORS


def is_kept(uow: UnitOfWork, read: Read) -> bool:
    """Whether there is a row of this hour already."""
    wanted = select(Reading.id).where(
        Reading.report_id == read.report_id,
        Reading.reader == read.reader,
        Reading.page == read.page,
        Reading.hour == _hour(uow),
    )
    return uow.session.scalar(wanted) is not None


def keep(uow: UnitOfWork, read: Read) -> None:
    """Keep that it was read, in this hour."""
    row = Reading(
        id=uow.new_id("reading"),
        report_id=read.report_id,
        reader=read.reader,
        read_as=read.read_as,
        page=read.page,
        hour=_hour(uow),
    )
    uow.session.add(row)


def readers_of(uow: UnitOfWork, report_id: str) -> list[Reader]:
    """Who has read the report while it was withheld, the latest first; of each person and page the last hour."""
    rows = uow.session.scalars(
        select(Reading).where(Reading.report_id == report_id).order_by(Reading.hour.desc(), Reading.id)
    )
    last: dict[tuple[str, str], Reading] = {}
    for row in rows:
        last.setdefault((row.reader, row.page), row)
    found = list(last.values())[:_SHOWN]
    names = _names(uow, {row.reader for row in found})
    return [
        Reader(name=names.get(row.reader, ""), read_as=_as(row.read_as), page=words_for(row.page), hour=row.hour)
        for row in found
    ]


def _hour(uow: UnitOfWork) -> datetime:
    return uow.now.replace(minute=0, second=0, microsecond=0)


def _names(uow: UnitOfWork, readers: Iterable[str]) -> dict[str, str]:
    """By person, or by the invitation of a reviewer without an account."""
    wanted = list(readers)
    people = {row.id: row.name for row in uow.session.scalars(select(Person).where(Person.id.in_(wanted)))}
    invited = uow.session.scalars(select(Invitation).where(Invitation.id.in_(wanted)))
    return people | {row.id: row.name or row.email for row in invited}


def _as(kept: str) -> str:
    return "in an emergency" if kept == EMERGENCY else Capacity(kept).words if kept else ""


PAGES = {
    "conformance.findings": "findings",
    "conformance.read": "the results",
    "dashboard.report": "its page",
    "decisions.notes": "editors' notes",
    "holds.case": "this case",
    "holds.emergency": "the protocol",
    "holds.emergency_file": "a file",
    "proofs.file": "a file of the proof",
    "proofs.proof": "the proof",
    "protocol.data": "the protocol as data",
    "protocol.read": "the protocol",
    "reviewing.invitation": "an invitation",
    "reviewing.review": "the page of their review",
    "reviewing.review_by_link": "the page of their review",
    "reviewing.reviewers": "the reviewers",
    "reviewing.reviews": "the reviews",
    "submission.file": "a file",
    "submission.paper": "the manuscript",
}


def words_for(page: str) -> str:
    """The page as officers read it."""
    return PAGES.get(page) or page.rpartition(".")[2].replace("_", " ")

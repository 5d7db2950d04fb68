"""The authors of a report with their details, and linking them to accounts."""

from collections.abc import Iterable

from sqlalchemy import func, select

from journal.unit_of_work import UnitOfWork
from storage.rows.people import Person
from storage.rows.reports import Report, ReportAuthor
from workflows.authorship import AuthorDetails


def details_of(uow: UnitOfWork, report: Report) -> list[tuple[ReportAuthor, AuthorDetails]]:
    """The authors in order, with what they are called and where they work."""
    return [(row, uow.cabinet.get(report, row, "details", AuthorDetails)) for row in report.authors]


def account_with(uow: UnitOfWork, email: str) -> Person | None:
    """The account with this address, once its holder showed that the address is theirs."""
    wanted = select(Person).where(func.lower(Person.email) == email.strip().lower(), Person.confirmed_at.is_not(None))
    return uow.session.scalars(wanted).first()


def link_to_account(row: ReportAuthor, person: Person | None, *, others: Iterable[ReportAuthor]) -> None:
    """Let `person` act as this author, unless they are another author of the report already."""
    if person is not None and all(other.person_id != person.id for other in others if other is not row):
        row.person_id = person.id


def link_authorships(uow: UnitOfWork, person: Person) -> int:
    """Link a person whose address was just confirmed to the reports they agreed to be an author of; how many."""
    wanted = select(ReportAuthor).where(
        func.lower(ReportAuthor.email) == person.email.lower(),
        ReportAuthor.person_id.is_(None),
        ReportAuthor.consented_at.is_not(None),
    )
    rows = list(uow.session.scalars(wanted))
    for row in rows:
        link_to_account(row, person, others=row.report.authors)
    return len(rows)

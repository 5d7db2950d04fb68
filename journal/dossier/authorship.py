"""The authors of a report: their details, what these lack, and who of them can act with an account."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sqlalchemy import select

from journal.identifiers import as_orcid, as_ror
from journal.names import as_address, unfit_line
from journal.people import find_person
from journal.unit_of_work import UnitOfWork
from storage.rows.people import Person
from storage.rows.reports import Report, ReportAuthor
from workflows.authorship import AuthorDetails
from workflows.machine import Refusal


def details_of(uow: UnitOfWork, report: Report) -> list[tuple[ReportAuthor, AuthorDetails]]:
    """The authors in order, with what they are called and where they work."""
    return [(row, _details(uow, report, row)) for row in report.authors]


def _details(uow: UnitOfWork, report: Report, row: ReportAuthor) -> AuthorDetails:
    details = uow.cabinet.get(report, row, "details", AuthorDetails)
    return details if details.email or "@" not in row.email else replace(details, email=row.email)


def link_to_account(row: ReportAuthor, person: Person | None, *, others: Iterable[ReportAuthor]) -> None:
    """Let `person` act as this author, unless they are another author of the report already."""
    if person is not None and all(other.person_id != person.id for other in others if other is not row):
        row.person_id = person.id


def link_authorships(uow: UnitOfWork, person: Person) -> int:
    """Link a person whose address was just confirmed to the reports they agreed to be an author of; how many."""
    wanted = select(ReportAuthor).where(
        ReportAuthor.email == person.email,
        ReportAuthor.person_id.is_(None),
        ReportAuthor.consented_at.is_not(None),
    )
    rows = list(uow.session.scalars(wanted))
    for row in rows:
        link_to_account(row, person, others=row.report.authors)
    return len(rows)


def link_known_authors(uow: UnitOfWork, report: Report) -> None:
    """Link the authors who agreed by mail to the accounts that have their address, so that the rules know them."""
    for row in report.authors:
        if row.person_id is None and row.consented_at is not None:
            person = find_person(uow, row.email)
            confirmed = person if person is not None and person.confirmed_at is not None else None
            link_to_account(row, confirmed, others=report.authors)


def tidied(author: AuthorDetails) -> AuthorDetails:
    """The details with identifiers as addresses where they are right; everything else as typed."""
    orcid, ror = as_orcid(author.orcid), as_ror(author.ror)
    return AuthorDetails(
        name=author.name.strip(),
        given=author.given.strip(),
        family=author.family.strip(),
        email=author.email.strip(),
        orcid=f"https://orcid.org/{orcid}" if orcid else author.orcid,
        affiliation=author.affiliation.strip(),
        ror=f"https://ror.org/{ror}" if ror else author.ror,
        roles=author.roles,
    )


def author_gaps(authors: Iterable[AuthorDetails]) -> Iterator[Refusal]:
    """What the list of authors lacks, in the order of the form."""
    seen: set[str] = set()
    for index, author in enumerate(authors):
        place = f"authors-{index}"
        name = author.name[:60] or f"author {index + 1}"
        if not author.name:
            yield Refusal("name_missing", f"Give the name of author {index + 1}.", f"{place}-name")
        yield from _unfit_lines(author, place=place)
        yield from _address_gaps(author, seen, name=name, place=place)
        if not author.affiliation:
            words = f"Say where {name} works, or write: Independent."
            yield Refusal("affiliation_missing", words, f"{place}-affiliation")
        yield from _identifier_gaps(author, name=name, place=place)


def _unfit_lines(author: AuthorDetails, *, place: str) -> Iterator[Refusal]:
    for field, what in (("name", "A name"), ("given", "A name"), ("family", "A name"), ("affiliation", "This")):
        refusal = unfit_line(getattr(author, field), what, f"{place}-{field}")
        if refusal is not None:
            yield refusal


def _address_gaps(author: AuthorDetails, seen: set[str], *, name: str, place: str) -> Iterator[Refusal]:
    known = as_address(author.email)
    if known is None:
        words = f"Give a mail address for {name}, such as name@example.org. Consent is asked there."
        yield Refusal("email_invalid", words, f"{place}-email")
    elif known in seen:
        yield Refusal("email_twice", f"Two authors have the address {known}. Change one.", f"{place}-email")
    else:
        seen.add(known)


def _identifier_gaps(author: AuthorDetails, *, name: str, place: str) -> Iterator[Refusal]:
    if author.orcid.strip() and as_orcid(author.orcid) is None:
        words = f"The ORCID iD of {name} cannot be right: compare it with orcid.org, digit by digit, or leave it out."
        yield Refusal("orcid_invalid", words, f"{place}-orcid")
    if author.ror.strip() and as_ror(author.ror) is None:
        words = f"The ROR identifier of {name} cannot be right: copy it from ror.org, or leave it out."
        yield Refusal("ror_invalid", words, f"{place}-ror")

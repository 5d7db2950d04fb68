"""The list of authors: saved as typed, and the consent of each co-author, asked by mail."""

from collections.abc import Sequence
from datetime import timedelta

from journal.dossier.authorship import details_of, link_to_account, tidied
from journal.dossier.drafts import CHANGED, mark_of
from journal.dossier.steps import note_in_ledger
from journal.links import Purpose, end_links
from journal.names import as_address
from journal.people import find_person
from journal.telling import Recipient, Recipients, tell
from journal.unit_of_work import UnitOfWork
from storage.rows.people import Person
from storage.rows.reports import Report, ReportAuthor
from workflows.authorship import AuthorDetails
from workflows.machine import Refusal
from workflows.people import Capacity

ASK_AGAIN_AFTER = timedelta(minutes=10)
AUTHORS_LIMIT = 200

Typed = tuple[str, AuthorDetails]


def authors_mark(uow: UnitOfWork, report: Report) -> str:
    """The mark of the list as it stands."""
    return mark_of([(row.id, details) for row, details in details_of(uow, report)])


def save_authors(uow: UnitOfWork, report: Report, typed: Sequence[Typed], *, was: str) -> str | Refusal:
    """Keep the list as typed (identifier of the row or "", details) and return its new mark.

    Rows that are not in it are taken off, but for the corresponding author, who stays.
    """
    before = [(row.id, details) for row, details in details_of(uow, report)]
    wanted = _with_owner(report, [(key, tidied(details)) for key, details in typed[:AUTHORS_LIMIT]], before)
    if wanted == before:
        return mark_of(before)
    if mark_of(before) != was:
        return CHANGED
    _remove_others(uow, report, {key for key, _ in wanted})
    rows = [_row_for(uow, report, key) for key, _ in wanted]
    for position, (row, (_, details)) in enumerate(zip(rows, wanted, strict=True)):
        row.position = position
        uow.cabinet.put(report, row, "details", details)
    _set_addresses(uow, rows, [details.email for _, details in wanted])
    uow.session.flush()
    report.authors.sort(key=lambda row: row.position)
    return authors_mark(uow, report)


def _with_owner(report: Report, wanted: list[Typed], before: list[Typed]) -> list[Typed]:
    """The list with every row at most once, and the corresponding author in it."""
    known = {key for key, _ in before}
    found: list[Typed] = []
    for key, details in wanted:
        fresh = key if key in known and all(key != other for other, _ in found) else ""
        found.append((fresh, details))
    owner = next((row.id for row in report.authors if row.corresponding), None)
    lost = [entry for entry in before if entry[0] == owner and all(key != owner for key, _ in found)]
    return [*lost, *found]


def _remove_others(uow: UnitOfWork, report: Report, kept: set[str]) -> None:
    for row in list(report.authors):
        if row.id not in kept:
            end_links(uow, Purpose.CONSENT, row.id)
            report.authors.remove(row)


def _row_for(uow: UnitOfWork, report: Report, key: str) -> ReportAuthor:
    found = next((row for row in report.authors if key and row.id == key), None)
    if found is None:
        found = ReportAuthor(id=uow.new_id("report_author"), position=len(report.authors), email="")
        found.email = found.id
        report.authors.append(found)
    return found


def _set_addresses(uow: UnitOfWork, rows: Sequence[ReportAuthor], typed: Sequence[str]) -> None:
    """Set the column that letters go by. An address that cannot be used yet stays in the details, and the row's own
    identifier holds its place: two unfinished rows must not look like one person.
    """
    used: set[str] = set()
    moved: list[tuple[ReportAuthor, str]] = []
    for row, text in zip(rows, typed, strict=True):
        address = as_address(text)
        final = address if address is not None and address not in used else row.id
        used.add(final)
        if final != row.email:
            moved.append((row, final))
    for row, _ in moved:
        row.email = row.id
    uow.session.flush()
    for row, final in moved:
        row.email = final
        if not row.corresponding:
            _forget_consent(uow, row)


def _forget_consent(uow: UnitOfWork, row: ReportAuthor) -> None:
    """Another address may be another person: they are asked anew, and the old link opens nothing."""
    row.consent_asked_at = row.consented_at = row.refused_at = row.person_id = None
    end_links(uow, Purpose.CONSENT, row.id)


def ask_consent(uow: UnitOfWork, report: Report, author_id: str) -> Refusal | None:
    """Ask one co-author by mail, or again; the link in an earlier letter keeps working."""
    row = next((row for row in report.authors if row.id == author_id), None)
    if row is None or row.corresponding or row.consented_at is not None:
        return Refusal("nothing_to_ask", "Nothing is to be asked of this author. The list below is up to date.")
    if as_address(row.email) is None:
        return Refusal("email_invalid", "Give this author a mail address of their own first, and save.")
    if row.consent_asked_at is not None and uow.now < row.consent_asked_at + ASK_AGAIN_AFTER:
        return Refusal("just_asked", "They were asked a moment ago. Give the letter ten minutes to arrive.")
    row.consent_asked_at, row.refused_at = uow.now, None
    tell(uow, "authors/consent", [Recipient(Recipients.AUTHOR, row.id)], report=report)
    note_in_ledger(uow, "ask_consent", report=report, capacity=Capacity.AUTHOR.value, record={"author": row.id})
    return None


def give_consent(uow: UnitOfWork, row: ReportAuthor, *, agrees: bool, signed_in: Person | None) -> None:
    """Take the answer of somebody who opened their link. Whoever agrees and has an account can act as author from
    now on; a no is told to the corresponding author.
    """
    report = row.report
    end_links(uow, Purpose.CONSENT, row.id)
    row.consented_at, row.refused_at = (uow.now, None) if agrees else (None, uow.now)
    action = "give_consent" if agrees else "refuse_consent"
    note_in_ledger(uow, action, report=report, capacity=Capacity.AUTHOR.value, record={"author": row.id})
    if agrees:
        link_to_account(row, signed_in or find_person(uow, row.email), others=report.authors)
        return
    row.person_id = None
    owners = [Recipient(Recipients.AUTHOR, other.id) for other in report.authors if other.corresponding]
    tell(uow, "authors/consent_refused", owners, report=report, about=row.id)

"""Telling people: one job in the outbox for each letter to each person, in the transaction of what it tells of.

A letter is named after its audience and occasion, as in `authors/confirm_ipa`, and is the template of that name under
`templates/mail/`. It is written when it is sent, with the recipient's rights at that moment.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from journal.jobs import Job, ask_for
from journal.unit_of_work import UnitOfWork
from storage.rows.people import RoleGrant
from storage.rows.reports import Report
from storage.rows.reviewing import Invitation
from workflows.people import Role


class Recipients(StrEnum):
    """What kind of row a recipient is: an account, an author of a report, or somebody invited to review."""

    PERSON = "person"
    AUTHOR = "author"
    INVITATION = "invitation"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody to write to, by the row that knows their address."""

    kind: Recipients
    id: str


def tell(  # noqa: PLR0913 - what a letter is asked with, each by its name
    uow: UnitOfWork,
    letter: str,
    recipients: Iterable[Recipient],
    *,
    report: Report | None = None,
    about: str = "",
    due_at: datetime | None = None,
) -> None:
    """Ask for `letter` to be sent to each of `recipients`, at `due_at` if not at once.

    `about` is the identifier of a row the letter needs.
    """
    for recipient in recipients:
        arguments = _arguments(letter, recipient)
        if report is not None:
            arguments["report"] = report.id
        if about:
            arguments["about"] = about
        ask_for(uow, Job.MAIL, arguments, report_id=report.id if report else None, due_at=due_at)


def tell_once(uow: UnitOfWork, letter: str, recipient: Recipient) -> None:
    """Ask for `letter` to be sent; one that waits for this recipient already suffices: a form may be sent twice."""
    arguments = _arguments(letter, recipient)
    ask_for(uow, Job.MAIL, arguments, key=":".join(arguments.values()))


def _arguments(letter: str, recipient: Recipient) -> dict[str, str]:
    return {"letter": letter.replace("/", "."), "to": recipient.kind.value, "id": recipient.id}


def authors_of(report: Report) -> list[Recipient]:
    """The authors who agreed to be one; who has not is written to about nothing but that."""
    return [
        Recipient(Recipients.AUTHOR, author.id)
        for author in report.authors
        if author.consented_at is not None or author.corresponding
    ]


def editor_of(person_id: str | None) -> list[Recipient]:
    """One editor, if assigned."""
    return [Recipient(Recipients.PERSON, person_id)] if person_id else []


def tell_that_the_press_stopped(uow: UnitOfWork, report: Report) -> None:
    """Tell the handling editor that an accepted paper could not be typeset: nobody else is waiting at that page."""
    tell(uow, "handling_editor/press_stopped", editor_of(report.handling_editor_id), report=report)


def holders_of(uow: UnitOfWork, role: Role, *, but: frozenset[str] = frozenset()) -> list[Recipient]:
    """Everybody who holds `role`, except `but`."""
    people = uow.session.scalars(
        select(RoleGrant.person_id).where(RoleGrant.role == role).order_by(RoleGrant.person_id)
    )
    return [Recipient(Recipients.PERSON, person) for person in people if person not in but]


def reviewers_of(uow: UnitOfWork, report: Report) -> list[Recipient]:
    """Everybody who accepted to review the report, once each, by their newest invitation."""
    accepted = select(Invitation).where(
        Invitation.report_id == report.id,
        Invitation.accepted_at.is_not(None),
        Invitation.declined_at.is_(None),
        Invitation.cancelled_at.is_(None),
    )
    by_address = {row.email: row.id for row in uow.session.scalars(accepted.order_by(Invitation.invited_at))}
    return [Recipient(Recipients.INVITATION, invitation) for invitation in by_address.values()]

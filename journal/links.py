"""Links in mails: a token that opens one page for one purpose. Only a digest is kept, so no backup opens a page."""

from base64 import urlsafe_b64encode
from datetime import timedelta
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import select

from journal.unit_of_work import UnitOfWork
from storage.rows.links import Link

_TOKEN_BYTES = 32


class Purpose(StrEnum):
    """What a link is for, and what kind of row its subject is."""

    CONFIRM_ADDRESS = "confirm_address"
    """A person shows that the address of their account is theirs."""
    RESET_PASSWORD = "reset_password"  # noqa: S105 - a purpose, no password
    """A person who forgot theirs sets a new one."""
    CONSENT = "consent"
    """An author, perhaps without an account, agrees to be one."""
    EMBARGO_END = "embargo_end"
    """An author, perhaps without an account, agrees that an embargo ends early. Its subject is their agreement."""
    REVIEW = "review"
    """Somebody invited reads, answers and reviews."""
    OPINION = "opinion"
    """A reviewer says what they think of an amendment. Its subject is the row in which they were asked."""


def make_link(uow: UnitOfWork, purpose: Purpose, subject_id: str, span: timedelta) -> str:
    """Make a link that opens for `span` from now and return its token, which nothing keeps: it goes into the letter."""
    drawn = uow.resources.randomness.draw(f"token.{purpose.value}", _TOKEN_BYTES)
    token = urlsafe_b64encode(drawn).decode("ascii").rstrip("=")
    uow.session.add(
        Link(
            id=uow.new_id("link"),
            purpose=purpose.value,
            subject_id=subject_id,
            token_digest=_digest(token),
            made_at=uow.now,
            expires_at=uow.now + span,
        )
    )
    return token


def find_link(uow: UnitOfWork, purpose: Purpose, token: str) -> Link | None:
    """The link with this token, if it still opens. Unknown, expired, ended and meant for something else are one."""
    wanted = select(Link).where(
        Link.token_digest == _digest(token),
        Link.purpose == purpose.value,
        Link.ended_at.is_(None),
        Link.expires_at > uow.now,
    )
    return uow.session.scalar(wanted)


def end_link(uow: UnitOfWork, link: Link) -> None:
    """From now on the link opens nothing."""
    link.ended_at = uow.now


def end_links(uow: UnitOfWork, purpose: Purpose, subject_id: str) -> None:
    """End every link of this purpose to this subject, those in letters that nobody opened yet among them."""
    open_ones = select(Link).where(
        Link.purpose == purpose.value, Link.subject_id == subject_id, Link.ended_at.is_(None)
    )
    for link in uow.session.scalars(open_ones):
        end_link(uow, link)


def _digest(token: str) -> str:
    """No salt: a token has 32 random bytes, and the row is found by this."""
    return sha256(token.encode()).hexdigest()

"""Letters that came back: reports of a mail server (RFC 3464, RFC 6522) about letters of ours, and what follows.

A report names the letter by its Message-ID, which is that of the outbox row, and the address it failed for. Whoever
could forge one has had the letter; all it does is that an editor is told to look.
"""

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.policy import compat32
from typing import TypeGuard

from sqlalchemy import select

from journal import telling
from journal.dossier.reminders import note_returned
from journal.unit_of_work import UnitOfWork
from storage.rows.notices import Delivery
from storage.rows.reports import Report

LARGEST = 10_000_000
"""Bytes of a report that are read; a mail server returns no more than it was given."""

_OURS = re.compile(r"<([0-9a-z]{26})@[^>\s]+>")
_STATUS = re.compile(r"\d\.\d{1,3}\.\d{1,3}")
_FAILED = "failed"
_LETTERS = {
    "authors": "handling_editor/authors_unreachable",
    "reviewers": "handling_editor/reviewers_unreachable",
}


@dataclass(frozen=True, slots=True)
class Bounce:
    """A letter that could not be delivered: the outbox row that asked for it, and the server's code (RFC 3463)."""

    row_id: str
    recipient: str
    status: str


def read_bounce(body: bytes) -> Bounce | None:
    """What a mail server's report says; None for any other mail, and for a letter that is only late."""
    message = email.message_from_bytes(body[:LARGEST], policy=compat32)
    if message.get_content_type() != "multipart/report":
        return None
    parts = list(message.walk())
    failed = next((fields for part in parts for fields in _recipients(part) if _action(fields) == _FAILED), None)
    ours = next((found for part in parts if (found := _OURS.search(_original_id(part)))), None)
    if failed is None or ours is None:
        return None
    status = _STATUS.search(str(failed.get("Status", "")))
    recipient = str(failed.get("Original-Recipient") or failed.get("Final-Recipient") or "").rpartition(";")[2].strip()
    return Bounce(row_id=ours[1], recipient=recipient.lower(), status=status[0] if status else "")


def _recipients(part: Message) -> Iterator[Message]:
    """The fields about each recipient, of the part that a program is to read."""
    if part.get_content_type() == "message/delivery-status" and isinstance(payload := part.get_payload(), list):
        yield from (fields for fields in payload if isinstance(fields, Message))


def _action(fields: Message) -> str:
    return str(fields.get("Action", "")).strip().lower()


def _original_id(part: Message) -> str:
    """The Message-ID of the letter that came back, of its copy or of its head alone."""
    match part.get_content_type():
        case "message/rfc822":
            inner = part.get_payload()
            return str(inner[0].get("Message-ID", "")) if _holds_message(inner) else ""
        case "text/rfc822-headers":
            head = part.get_payload(decode=True)
            return str(email.message_from_bytes(head).get("Message-ID", "")) if isinstance(head, bytes) else ""
        case _:
            return ""


def _holds_message(payload: object) -> TypeGuard[list[Message]]:
    return isinstance(payload, list) and bool(payload) and isinstance(payload[0], Message)


def note_bounce(uow: UnitOfWork, bounce: Bounce) -> bool:
    """Keep that the letter came back, and tell the editor who waits for an answer; once, however often it is said.

    A letter that came back is no contact with authors. False if no such letter was sent to that address.
    """
    delivery = uow.session.scalar(select(Delivery).where(Delivery.outbox_id == bounce.row_id))
    if delivery is None or delivery.recipient.lower() != bounce.recipient:
        return False
    if delivery.bounced_at is None:
        delivery.bounced_at, delivery.bounce_status = uow.now, bounce.status
        uow.session.flush()
        note_returned(uow, delivery)
        _tell_editor(uow, delivery)
    return True


def _tell_editor(uow: UnitOfWork, delivery: Delivery) -> None:
    letter = _LETTERS.get(delivery.notice.partition(".")[0])
    report = uow.session.get(Report, delivery.report_id) if delivery.report_id else None
    if report is not None and letter is not None:
        telling.tell(uow, letter, telling.editor_of(report.handling_editor_id), report=report)


def came_back(uow: UnitOfWork, report_id: str) -> frozenset[str]:
    """The addresses from which the newest letter about a report came back."""
    sent = select(Delivery).where(Delivery.report_id == report_id).order_by(Delivery.delivered_at, Delivery.id)
    newest = {each.recipient: each for each in uow.session.scalars(sent)}
    return frozenset(address for address, each in newest.items() if each.bounced_at is not None)

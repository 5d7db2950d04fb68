"""Letters over a real mail server, read as raw messages; and letters that come back."""

import email
import email.policy
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from click.testing import CliRunner
from sqlalchemy import select

from journal.cli import main
from journal.config import MailConfig
from journal.demonstration.demo import free_port
from journal.notices.bounces import note_bounce, read_bounce
from journal.notices.delivery import as_html
from storage.rows.contacts import ReminderRow
from storage.rows.notices import Delivery
from tests.stories.deciding import people
from tests.stories.lateness import overdue
from tests.stories.reviewing import AUTHOR, HANDLING, invite, report_in_review
from tests.stories.worlds import World, address_of, make_world
from workflows.people import Role

ROSA = "rosa@example.net"
SENDER = "journal@example.org"


class Server:
    """A mail server that keeps what it takes, with the envelope."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, list[str], bytes]] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: ANN401, N802 - aiosmtpd's
        self.taken.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 taken"


@pytest.fixture
def server() -> Iterator[tuple[Server, int]]:
    handler, port = Server(), free_port()
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, port
    controller.stop()


@pytest.fixture
def world(tmp_path: Path) -> World:
    world = make_world(tmp_path)
    world.person(AUTHOR)
    world.person(HANDLING, Role.EDITOR)
    return world


def by_smtp(world: World, port: int) -> None:
    mail = MailConfig(folder=world.config.mail.folder, host="127.0.0.1", port=port, sender=SENDER)
    world.resources = replace(world.resources, config=replace(world.config, mail=mail))


def message(raw: bytes) -> EmailMessage:
    parsed = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


@pytest.mark.server
def test_a_letter_arrives_as_mail_programs_want_it(world: World, server: tuple[Server, int]) -> None:
    handler, port = server
    invite(world.signed_in(HANDLING), report_in_review(world), ROSA, "Rosa Lind")
    by_smtp(world, port)
    world.run_jobs()
    sender, recipients, raw = next(each for each in handler.taken if each[1] == [ROSA])
    letter = message(raw)
    assert (sender, recipients) == (SENDER, [ROSA]), "the envelope's domain is that of From, as DMARC asks"
    assert letter["From"] == SENDER
    assert letter["Reply-To"] == address_of(HANDLING), "an answer goes to a person"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Message-ID"].endswith("@example.org>")
    assert letter["Date"] is not None
    assert letter["List-Unsubscribe"] is None, "only digests are lists"
    assert letter.get_content_type() == "multipart/alternative"
    plain, html = letter.iter_parts()
    assert (plain.get_content_type(), html.get_content_type()) == ("text/plain", "text/html")
    assert "/review/" in plain.get_content()
    assert 'href="http' in html.get_content()
    assert all(len(line) < 998 for line in raw.splitlines()), "RFC 5322"
    assert "translated" not in raw.decode(), "no title and no abstract of unannounced work"


def test_the_html_of_a_letter_says_the_same_and_loads_nothing() -> None:
    html = as_html(
        'Dear Zoë & <Ann>,\n\nPlease "look":\n\nhttps://desk.example.org/review/a?b=1&c=2\n\nIlse\nNullius\n'
    )
    assert "Dear Zoë &amp; &lt;Ann&gt;," in html
    assert '<a href="https://desk.example.org/review/a?b=1&amp;c=2">' in html
    assert "Ilse<br>\nNullius" in html
    assert not any(word in html for word in ("<img", "<link", "<script", "style", "src="))


def report_of(row_id: str, recipient: str, *, action: str = "failed", whole: bool = True) -> bytes:
    """What a mail server sends back, as RFC 3464 shows it."""
    head = f"Message-ID: <{row_id}@example.org>\nSubject: An invitation to review\nTo: {recipient}\n"
    copy = (
        f"Content-Type: message/rfc822\n\n{head}\nDear Rosa\n"
        if whole
        else f"Content-Type: text/rfc822-headers\n\n{head}\n"
    )
    return (
        "From: MAILER-DAEMON@mx.example.net\nTo: journal@example.org\nSubject: Undelivered Mail\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="B"\n\n'
        "--B\nContent-Type: text/plain\n\nI am sorry.\n"
        "--B\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.net\n\n"
        f"Final-Recipient: rfc822; {recipient.upper()}\nAction: {action}\nStatus: 5.1.1\n\n"
        f"--B\n{copy}--B--\n"
    ).encode()


def sent_to(world: World, address: str) -> Delivery:
    with world.work(writes=False) as uow:
        return uow.session.scalars(select(Delivery).where(Delivery.recipient == address)).one()


@pytest.mark.parametrize("whole", [True, False])
def test_a_letter_that_came_back_is_shown_to_the_editor_and_told_once(world: World, *, whole: bool) -> None:
    editor, report = world.signed_in(HANDLING), report_in_review(world)
    invite(editor, report, ROSA, "Rosa Lind")
    world.run_jobs()
    assert "Letter came back" not in editor.open(f"/reports/{report}/reviewers").text
    found = read_bounce(report_of(sent_to(world, ROSA).outbox_id, ROSA, whole=whole))
    assert found is not None
    for _ in range(2):
        with world.work() as uow:
            assert note_bounce(uow, found)
            uow.commit()
        world.run_jobs()
    assert "Letter came back" in editor.open(f"/reports/{report}/reviewers").text
    told = [mail for mail in world.mails(address_of(HANDLING)) if "came back" in mail["subject"]]
    assert len(told) == 1
    assert ROSA not in told[0]["text"]
    assert sent_to(world, ROSA).bounce_status == "5.1.1"


def test_a_reminder_that_came_back_is_no_contact_with_authors(tmp_path: Path) -> None:
    world = make_world(tmp_path)
    people(world)
    overdue(world)
    with world.work(writes=False) as uow:
        about = select(Delivery).where(Delivery.notice == "authors.fall_overdue_stage_2_overdue")
        letter = uow.session.scalars(about).one()
        assert uow.session.scalars(select(ReminderRow.sent_at).where(ReminderRow.number == 1)).one() is not None
    found = read_bounce(report_of(letter.outbox_id, letter.recipient))
    assert found is not None
    with world.work() as uow:
        note_bounce(uow, found)
        uow.commit()
    with world.work(writes=False) as uow:
        assert uow.session.scalars(select(ReminderRow.sent_at).where(ReminderRow.number == 1)).one() is None


LATER = report_of("a" * 26, ROSA, action="delayed")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe\x00",
        b"Subject: Thank you\n\nI shall review it.\n",
        LATER,
        report_of("not-ours", ROSA),
        report_of("a" * 26, ROSA).replace(b"message/delivery-status", b"text/plain"),
        report_of("a" * 26, ROSA)[:300],
        b"Content-Type: multipart/report; boundary=B\n\n" + b"--B\n\n" * 20_000,
    ],
)
def test_other_mail_is_left_alone(body: bytes) -> None:
    assert read_bounce(body) is None
    answer = CliRunner().invoke(main, ["bounce"], input=body)
    assert answer.exit_code == 0
    assert "left alone" in answer.output


@pytest.mark.parametrize(("row_id", "recipient"), [("a" * 26, ROSA), ("", "somebody.else@example.net")])
def test_a_report_about_no_letter_of_ours_changes_nothing(world: World, row_id: str, recipient: str) -> None:
    invite(world.signed_in(HANDLING), report_in_review(world), ROSA)
    world.run_jobs()
    found = read_bounce(report_of(row_id or sent_to(world, ROSA).outbox_id, recipient))
    assert found is not None
    with world.work() as uow:
        assert not note_bounce(uow, found)
    assert sent_to(world, ROSA).bounced_at is None

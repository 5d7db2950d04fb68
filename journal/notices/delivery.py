"""Delivering a letter: by SMTP where a server is configured, else as a file in the mail folder. Each once.

A mail server cannot be asked whether it took a letter before we were killed, so the Message-ID is that of the outbox
row: a second copy is one that mail programs recognise.
"""

import json
import os
import re
import smtplib
from contextlib import suppress
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape

from sqlalchemy import select

from journal.config import Config, MailConfig
from journal.notices.letters import Written, write
from journal.unit_of_work import Resources, UnitOfWork, begin
from journal.work_off import Task
from storage.files import drafted
from storage.rows.notices import Delivery
from workflows.people import PRESS

_SMTP_SECONDS = 30
_STARTTLS_PORTS = (587, 2587)
_TLS_PORT = 465
_HEAD = '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>A letter</title></head>\n'
# What is escaped already holds neither quotation marks nor angle brackets.
_ADDRESS = re.compile(r"https?://[^\s<]+(?<![.,;:)])")


def deliver(resources: Resources, task: Task) -> None:
    """Send the letter a row asks for, unless it was sent already or its recipient may not know of the report."""
    with begin(resources, actor=PRESS) as uow:
        if uow.session.scalar(select(Delivery).where(Delivery.outbox_id == task.row_id)) is not None:
            return
        written = write(uow, task.arguments)
        if written is None:
            return
        _record(uow, task, written)
        _hand_over(resources.config, written, task.row_id, uow)
        uow.commit()


def _record(uow: UnitOfWork, task: Task, written: Written) -> None:
    uow.session.add(
        Delivery(
            id=uow.new_id("delivery"),
            outbox_id=task.row_id,
            notice=task.arguments["letter"],
            recipient=written.to,
            report_id=task.arguments.get("report"),
            delivered_at=uow.now,
        )
    )
    uow.session.flush()


def _hand_over(config: Config, written: Written, row_id: str, uow: UnitOfWork) -> None:
    if config.mail.host:
        _send(config.mail, _message(config, written, row_id, uow))
    else:
        _keep(config.mail, written, row_id, uow)


def _message(config: Config, written: Written, row_id: str, uow: UnitOfWork) -> EmailMessage:
    message = EmailMessage()
    message["From"] = config.mail.sender
    message["To"] = written.to
    if written.reply_to:
        message["Reply-To"] = written.reply_to
    message["Subject"] = written.subject
    message["Date"] = format_datetime(uow.now)
    message["Message-ID"] = f"<{row_id}@{config.mail.sender.rpartition('@')[2] or 'localhost'}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(written.text)
    message.add_alternative(as_html(written.text), subtype="html")
    return message


def as_html(text: str) -> str:
    """The letter for programs that show HTML: the same words, paragraphs, and its address as a link. It loads nothing,
    so nobody learns when or where it was read.
    """
    paragraphs = (escape(paragraph).replace("\n", "<br>\n") for paragraph in text.strip().split("\n\n"))
    body = "\n".join(f"<p>{_ADDRESS.sub(_linked, paragraph)}</p>" for paragraph in paragraphs)
    return f"{_HEAD}<body>{body}</body></html>\n"


def _linked(match: re.Match[str]) -> str:
    return f'<a href="{match[0]}">{match[0]}</a>'


def _send(mail: MailConfig, message: EmailMessage) -> None:
    kind = smtplib.SMTP_SSL if mail.port == _TLS_PORT else smtplib.SMTP
    with kind(mail.host, mail.port, timeout=_SMTP_SECONDS) as server:
        if mail.port in _STARTTLS_PORTS:
            server.starttls()
        if mail.user:
            server.login(mail.user, mail.password)
        server.send_message(message)


def _keep(mail: MailConfig, written: Written, row_id: str, uow: UnitOfWork) -> None:
    mail.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    moment = f"{uow.now:%Y%m%dT%H%M%S%f}"
    content = {
        "at": uow.now.isoformat(),
        "to": written.to,
        "reply_to": written.reply_to,
        "subject": written.subject,
        "text": written.text,
    }
    body = json.dumps(content, ensure_ascii=False, indent=1).encode()
    with drafted(body, folder=mail.folder, mode=0o600) as draft, suppress(FileExistsError):
        os.link(draft, mail.folder / f"{moment}-{row_id}.json")

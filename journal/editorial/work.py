"""The unit of work of one request, and who is asking."""

from contextlib import ExitStack
from dataclasses import dataclass
from typing import cast

from flask import Flask, abort, current_app, g, redirect, request, url_for
from flask_login import current_user

from journal.dossier.access import Opened, open_report
from journal.editorial import access_log
from journal.unit_of_work import Resources, UnitOfWork, begin
from storage.rows.people import Person
from workflows.people import Actor

_READS = frozenset({"GET", "HEAD", "OPTIONS"})
NOBODY = Actor(person=None)


@dataclass(slots=True)
class _Work:
    stack: ExitStack
    uow: UnitOfWork
    person: Person | None = None
    asked: bool = False


def resources() -> Resources:
    """What the process opened at its start."""
    return cast("Resources", current_app.extensions["nullius"])


def raw_uow() -> UnitOfWork:
    """The request's unit of work before anybody is known: for what finds out who is asking."""
    return _work().uow


def uow() -> UnitOfWork:
    """The request's unit of work, done by whoever is signed in. GET and HEAD get one that cannot write."""
    somebody = person()
    return raw_uow().acting_as(somebody.actor if somebody else NOBODY)


def person() -> Person | None:
    """Who is signed in, if anybody is."""
    work = _work()
    if not work.asked:
        work.asked = True
        work.person = cast("Person", current_user._get_current_object()) if current_user.is_authenticated else None  # noqa: SLF001 - Flask-Login's documented way to the real object
    return work.person


def forget_person() -> None:
    """Ask again who is signed in: somebody just signed in or out."""
    _work().asked = False


def signed_in() -> Person:
    """Who is signed in. Whoever is not is asked to, and brought back; what they sent is kept for them to send again."""
    somebody = person()
    if somebody is None and request.method in _READS:
        abort(redirect(url_for("accounts.sign_in", next=request.full_path.removesuffix("?")), 303))
    if somebody is None:
        abort(401)
    return somebody


def opened(report_id: str) -> Opened:
    """The report for whoever is asking. Missing and forbidden get the same answer: 404, once it is known who asks."""
    signed_in()
    found = open_report(uow(), report_id)
    if found is None:
        abort(404)
    access_log.note_opened(found, uow().actor.person or "")
    return found


def _work() -> _Work:
    if "work" not in g:
        stack = ExitStack()
        writes = request.method not in _READS
        g.work = _Work(stack=stack, uow=stack.enter_context(begin(resources(), actor=NOBODY, writes=writes)))
    return cast("_Work", g.work)


def commit_if_begun() -> None:
    """Make the request's work last, if it was a writing one."""
    if "work" in g and request.method not in _READS:
        raw_uow().commit()


def close_work(_: BaseException | None = None) -> None:
    """Roll back what was not committed and give the connection back."""
    work = g.pop("work", None)
    if work is not None:
        work.stack.close()


def register(app: Flask, opened_resources: Resources) -> None:
    """Give `app` its resources and close each request's work."""
    app.extensions["nullius"] = opened_resources
    app.teardown_request(close_work)

"""The protocol under review as a PDF, for somebody who came by a link."""

from dataclasses import replace
from io import BytesIO

from flask import Blueprint, redirect, send_file, url_for
from flask.typing import ResponseReturnValue

from journal.dossier import protocols
from journal.editorial import access_log, work
from journal.editorial.reviewing.guest_routes import old_link
from journal.editorial.reviewing.reading import plan_under_review
from journal.editorial.reviewing.seats import Seat, seat_by_link
from journal.editorial.saving import let_go
from journal.production.protocol_paper import Version, printed
from workflows.protocol import Protocol


def register(pages: Blueprint) -> None:
    """Add this page to the feature's."""
    pages.add_url_rule("/review/<token>/protocol.pdf", "plan_by_link", plan_by_link, methods=["GET"])


def plan_by_link(token: str) -> ResponseReturnValue:
    """What the page of the review shows of the protocol, to print. Setting it takes seconds: the database is let go."""
    seat = seat_by_link(work.raw_uow(), token, noting=access_log.note_opened)
    if seat is None or not seat.accepted:
        return old_link()
    back = url_for("reviewing.invitation", token=token)
    if seat.paused:
        return redirect(back, 303)
    plan, about = _shown(seat)
    let_go()
    made = printed(plan, about)
    if not isinstance(made, bytes):
        return redirect(back, 303)
    return send_file(BytesIO(made), mimetype="application/pdf", as_attachment=True, download_name="protocol.pdf")


def _shown(seat: Seat) -> tuple[Protocol, Version]:
    """Without who pays and who has which interests, as on the page: both can name the authors. So it is not the
    protocol that a digest is about, and bears none.
    """
    plan = plan_under_review(seat.uow, seat.report, seat.round)
    spared = replace(plan.statements, funding="", competing_interests="")
    about = Version(
        journal=work.resources().config.journal_name,
        number=_number(seat),
        sent=seat.round.opened_at.date(),
    )
    return replace(plan, statements=spared, files=()), about


def _number(seat: Seat) -> int:
    """The version of the protocol that the review is about; at stage 2 that is the frozen one."""
    frozen = protocols.frozen(seat.uow, seat.report) if seat.stage != 1 else None
    return frozen.number if frozen else seat.round.version_number

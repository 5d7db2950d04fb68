"""What a link in an invitation opens: the question, the answer, the way on. Opening it changes nothing."""

from collections.abc import Callable

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from journal.dossier.deciding import decision_letters
from journal.dossier.remarks import rounds_seen
from journal.editorial import access_log, rendering, work
from journal.editorial.reviewing import replying
from journal.editorial.reviewing.forms import ReplyForm
from journal.editorial.reviewing.reading import plan_under_review
from journal.editorial.reviewing.seats import Seat, seat_by_link
from workflows.machine import Refusal

FRAME = "editorial/guest.html"


def register(pages: Blueprint) -> None:
    """Add these pages to the feature's."""
    pages.add_url_rule("/review/<token>", "invitation", invitation, methods=["GET", "POST"])
    pages.add_url_rule("/review/<token>/others", "others", others, methods=["GET"])


def guests_desk() -> dict[str, object]:
    """The frame of a page for somebody who came by a link, whoever is signed in in this browser."""
    return rendering.desk() | {"nav": [], "person": "Invited to review", "sign_in": None, "sign_out": None}


def old_link() -> ResponseReturnValue:
    """One page for every link that opens nothing: used up, too old, withdrawn, never made."""
    return render_template("editorial/reviewing/old_link.html", desk=guests_desk()), 404


def invitation(token: str) -> ResponseReturnValue:
    """The question first, without title; then what was answered and where to go on."""
    seat = seat_by_link(work.raw_uow(), token, noting=access_log.note_opened)
    if seat is None:
        return old_link()
    form = ReplyForm()
    if not form.is_submitted():
        return _page(token, seat, form)
    refusals = _answers().get(request.form.get("act", ""), _unknown)(seat, form)
    if refusals:
        form.refuse(refusals)
        return _page(token, seat, form), 422
    return redirect(url_for("reviewing.invitation", token=token), 303)


def _answers() -> dict[str, Callable[[Seat, ReplyForm], list[Refusal]]]:
    return {
        "accept": lambda seat, form: replying.accept(
            seat, confidence=bool(form.confidence.data), conflict=form.conflict.data or ""
        ),
        "decline": lambda seat, form: replying.decline(seat, reason=form.reason.data or ""),
        "undo": lambda seat, _: replying.undo_decline(seat),
    }


def _unknown(_: Seat, __: ReplyForm) -> list[Refusal]:
    abort(404)


def _page(token: str, seat: Seat, form: ReplyForm) -> str:
    return render_template(
        f"editorial/reviewing/{_name(seat)}.html",
        desk=guests_desk(),
        seat=seat,
        form=form,
        token=token,
        plan=plan_under_review(seat.uow, seat.report, seat.round) if seat.accepted else None,
        others=bool(seat.accepted and rounds_seen(seat.uow, seat.opened)),
        editor=replying.editors_name(seat),
        rows=replying.length(seat),
    )


def _name(seat: Seat) -> str:
    """The page that fits where the invitation stands."""
    if seat.sent:
        return "welcome"
    if seat.paused:
        return "paused"
    if seat.invitation.declined_at is not None:
        return "declined"
    return "welcome" if seat.accepted else "invitation"


def others(token: str) -> ResponseReturnValue:
    """The decisions with their letters, and the other reviews, once there is one."""
    seat = seat_by_link(work.raw_uow(), token, noting=access_log.note_opened)
    if seat is None or not seat.accepted:
        return old_link()
    return render_template(
        "editorial/reviewing/reviews.html",
        frame=FRAME,
        desk=guests_desk(),
        opened=seat.opened,
        title="What you review",
        letters=decision_letters(seat.uow, seat.report)[::-1],
        rounds=rounds_seen(seat.uow, seat.opened),
        editor=False,
        deciding=None,
        may_ask=False,
        answerable=None,
        refusal=None,
        back=url_for("reviewing.invitation", token=token),
    )

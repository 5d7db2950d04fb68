"""A review away from the page: its form as a text file to download, and the filled-in file to upload."""

from collections.abc import Callable
from contextlib import closing

from flask import Blueprint, Response, abort, flash, redirect, request
from flask.typing import ResponseReturnValue

from journal.dossier import offline
from journal.dossier.drafts import CHANGED, mark_of
from journal.editorial.reviewing import writing
from journal.editorial.reviewing.forms import review_form
from journal.editorial.reviewing.guest_routes import old_link
from journal.editorial.reviewing.review_routes import Way, again, by_link, signed_in
from journal.editorial.reviewing.seats import Seat
from workflows.machine import Refusal

_TAKEN = "The file is read: this is what it says. Send it below when it is ready."
_WRITTEN_MEANWHILE = Refusal(
    "changed_meanwhile",
    "The review on this page was changed after this form was downloaded. Nothing was overwritten. Tick “Put it in the "
    "place of what is here” and upload it again, or copy from it what you need.",
    "form",
)
_NOTHING_CHOSEN = Refusal("form_missing", "Choose the filled-in form first, then press Upload.", "form")
Do = Callable[[Way, Seat], ResponseReturnValue]


def register(pages: Blueprint) -> None:
    """Add these pages to the feature's."""
    pages.add_url_rule("/review/<token>/form.txt", "form_by_link", _guest(_download))
    pages.add_url_rule("/reports/<report_id>/review.txt", "form", _member(_download))
    pages.add_url_rule("/review/<token>/form/upload", "upload_by_link", _guest(_upload), methods=["POST"])
    pages.add_url_rule("/reports/<report_id>/review/upload", "upload", _member(_upload), methods=["POST"])


def _guest(do: Do) -> Callable[[str], ResponseReturnValue]:
    def view(token: str) -> ResponseReturnValue:
        way = by_link(token)
        seat = way.find()
        return old_link() if seat is None or not seat.accepted else do(way, seat)

    return view


def _member(do: Do) -> Callable[[str], ResponseReturnValue]:
    def view(report_id: str) -> ResponseReturnValue:
        way = signed_in(report_id)
        seat = way.find()
        if seat is None or not seat.accepted:
            abort(404)
        return do(way, seat)

    return view


def _download(_: Way, seat: Seat) -> ResponseReturnValue:
    text = offline.write(seat.draft, stage=seat.stage)
    answer = Response(text, content_type="text/plain; charset=utf-8")
    answer.headers["Content-Disposition"] = 'attachment; filename="review.txt"'
    return answer


def _upload(way: Way, seat: Seat) -> ResponseReturnValue:
    saved = _taken(seat)
    if isinstance(saved, Refusal):
        form = review_form(seat.stage, seat.draft)
        form.refuse(saved)
        return again(way, form), 422
    flash(_TAKEN)
    return redirect(way.here, 303)


def _taken(seat: Seat) -> str | Refusal:
    """Put what the file says in the place of the draft, unless somebody wrote on the page meanwhile."""
    sent = request.files.get("form")
    if sent is None or not sent.filename:
        return _NOTHING_CHOSEN
    with closing(sent):
        body = sent.read(offline.LARGEST + 1)
    draft = offline.read(body, stage=seat.stage)
    if isinstance(draft, Refusal):
        return draft
    was = mark_of(seat.draft) if "replace" in request.form else offline.mark_in(body)
    saved = writing.save(seat, draft, was=was)
    return _WRITTEN_MEANWHILE if saved is CHANGED else saved

"""The page on which a review is written: by link without an account, or signed in."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from journal.dossier.drafts import mark_of
from journal.editorial import access_log, rendering, work
from journal.editorial.reviewing import writing
from journal.editorial.reviewing.forms import (
    OfflineForm,
    ReviewForm,
    WorryForm,
    add_point,
    draft_of,
    review_form,
)
from journal.editorial.reviewing.guest_routes import FRAME, guests_desk, old_link
from journal.editorial.reviewing.pointing import point_from
from journal.editorial.reviewing.reading import material, own_points_of_stage_1
from journal.editorial.reviewing.replying import worry
from journal.editorial.reviewing.seats import Seat, seat_by_link, seat_of
from journal.editorial.saving import answer, let_go, rearrange, saved_version
from storage.rows.holds import HoldRow
from workflows.grounding import EXAMPLE, is_bare
from workflows.machine import Refusal
from workflows.reviewing import criteria

_IN_DRAFT = "What you wrote is kept with your draft. Nothing was sent."
_WORRIED = "Thank you. The information-hazard officers are told, and the report is withheld from now on."


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How a reviewer came: the frame of their pages, their addresses, and the way to find their seat again."""

    frame: str
    here: str
    worry: str
    back: str
    form: str
    upload: str
    pdf: str
    find: Callable[[], Seat | None]

    @property
    def desk(self) -> dict[str, object]:
        """The frame's values."""
        return guests_desk() if self.frame == FRAME else rendering.desk()


def register(pages: Blueprint) -> None:
    """Add these pages to the feature's."""
    for name, address, view in (
        ("review_by_link", "/review/<token>/form", review_by_link),
        ("review", "/reports/<report_id>/review", review),
        ("worry_by_link", "/review/<token>/worry", worry_by_link),
        ("worry", "/reports/<report_id>/review/worry", worry_signed_in),
    ):
        pages.add_url_rule(address, name, view, methods=["GET", "POST"])


def by_link(token: str) -> Way:
    """The way of somebody who came by a link."""
    return Way(
        frame=FRAME,
        here=url_for("reviewing.review_by_link", token=token),
        worry=url_for("reviewing.worry_by_link", token=token),
        back=url_for("reviewing.invitation", token=token),
        form=url_for("reviewing.form_by_link", token=token),
        upload=url_for("reviewing.upload_by_link", token=token),
        pdf=url_for("reviewing.plan_by_link", token=token),
        find=lambda: seat_by_link(work.raw_uow(), token, noting=access_log.note_opened),
    )


def signed_in(report_id: str) -> Way:
    """The way of somebody who is signed in."""
    return Way(
        frame="editorial/layout.html",
        here=url_for("reviewing.review", report_id=report_id),
        worry=url_for("reviewing.worry", report_id=report_id),
        back=url_for("dashboard.report", report_id=report_id),
        form=url_for("reviewing.form", report_id=report_id),
        upload=url_for("reviewing.upload", report_id=report_id),
        pdf=url_for("protocol.pdf", report_id=report_id),
        find=lambda: seat_of(work.uow(), work.opened(report_id)),
    )


def review_by_link(token: str) -> ResponseReturnValue:
    """The review of somebody who came by a link."""
    way = by_link(token)
    seat = way.find()
    if seat is None:
        return old_link()
    return _review(way, seat) if seat.accepted else redirect(way.back, 303)


def review(report_id: str) -> ResponseReturnValue:
    """The review of somebody who is signed in."""
    way = signed_in(report_id)
    seat = way.find()
    if seat is None or not seat.accepted:
        abort(404)
    return _review(way, seat)


def _review(way: Way, seat: Seat) -> ResponseReturnValue:
    if request.method != "POST":
        return _shown(way, seat)
    form = review_form(seat.stage)
    if "send" in request.form:
        return _send(way, seat, form)
    place = _pointed_at(seat, form) or rearrange(form, ["points"])
    saved = writing.save(seat, draft_of(form, seat.stage), was=saved_version())
    onward = f"{way.here}#{place}" if place else way.here
    return answer(saved, form, show=lambda: again(way, form), onward=onward, words="" if place else "Saved.")


def _pointed_at(seat: Seat, form: ReviewForm) -> str:
    """Make a finding or a deviation a point, if a button asked for that; the place to show, or "" if none did."""
    point = point_from(seat, request.form.get("point", "")) if "point" in request.form else None
    return f"points-{add_point(form, seat.stage, point)}" if point else ""


def _send(way: Way, seat: Seat, form: ReviewForm) -> ResponseReturnValue:
    """Send it. What is in the way stands beside its field; what was typed is kept with the draft all the same."""
    form.drop_blank_points()
    draft, was = draft_of(form, seat.stage), saved_version()
    sent = writing.send(seat, draft, was=was)
    if isinstance(sent, str):
        flash("Your review is sent. Thank you.")
        return redirect(way.here, 303)
    if isinstance(writing.save(seat, draft, was=was), str):
        return redirect(f"{way.here}?check=1", 303)
    form.refuse(sent)
    return again(way, form), 409


def again(way: Way, form: ReviewForm) -> str:
    """The page with what was typed, after a save that was refused. Reading takes a while: let others write."""
    let_go()
    seat = way.find()
    if seat is None:
        abort(404)
    return _page(way, seat, form)


def _shown(way: Way, seat: Seat) -> ResponseReturnValue:
    if seat.paused and not seat.sent:
        return render_template("editorial/reviewing/paused.html", desk=way.desk, seat=seat)
    form = review_form(seat.stage, seat.draft)
    if "check" in request.args and not seat.sent:
        form.refuse(writing.what_is_missing(seat.stage, seat.draft))
        if not seat.open:
            form.refuse(writing.CLOSED)
    return _page(way, seat, form, kept=_IN_DRAFT)


def _page(way: Way, seat: Seat, form: ReviewForm, *, kept: str = "") -> str:
    return render_template(
        "editorial/reviewing/review.html",
        frame=way.frame,
        desk=way.desk,
        way=way,
        seat=seat,
        form=form,
        offline=OfflineForm(formdata=None),
        kept=kept,
        mark=mark_of(seat.draft),
        criteria=criteria(seat.stage),
        bare=[is_bare(point.claim, point.why, point.settles) for point in draft_of(form, seat.stage).points],
        example=EXAMPLE,
        material=material(seat.uow, seat.opened, seat.round),
        earlier=own_points_of_stage_1(seat) if seat.stage > 1 else [],
    )


def worry_by_link(token: str) -> ResponseReturnValue:
    """Flag a hazard, by link."""
    way = by_link(token)
    seat = way.find()
    return old_link() if seat is None or not seat.accepted else _worry(way, seat)


def worry_signed_in(report_id: str) -> ResponseReturnValue:
    """Flag a hazard, signed in."""
    way = signed_in(report_id)
    seat = way.find()
    if seat is None:
        abort(404)
    return _worry(way, seat)


def _worry(way: Way, seat: Seat) -> ResponseReturnValue:
    form = WorryForm()
    if form.is_submitted():
        placed: HoldRow | Refusal = worry(seat, reason=form.reason.data or "")
        if isinstance(placed, HoldRow):
            flash(_WORRIED)
            return redirect(way.back, 303)
        form.refuse(placed)
    values = {"frame": way.frame, "desk": way.desk, "way": way, "form": form}
    return render_template("editorial/reviewing/worry.html", **values), 422 if form.is_submitted() else 200

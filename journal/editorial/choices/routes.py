"""The page of the authors' choice: an officer opens it, the corresponding author chooses, both can look."""

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint, Flask, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from journal.dossier import choices, protocols
from journal.dossier.access import Opened
from journal.editorial import work
from journal.editorial.choices.forms import Choosing, Offering
from journal.editorial.forms import Form
from journal.editorial.saving import own_report
from workflows.choices import Choice, is_hazardous
from workflows.machine import Refusal
from workflows.people import Capacity
from workflows.stages import OUT

pages = Blueprint("choices", __name__)

OFFERED = "The corresponding author gets a letter that leads to this page."
CHOSEN = "Your choice is kept, and the officers are told. You can change it here until the work is out."


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One choice, with its words."""

    choice: Choice
    words: str
    at: datetime


def register(app: Flask) -> None:
    """Add these pages to `app`."""
    app.register_blueprint(pages)


@pages.get("/reports/<report_id>/choice")
def page(report_id: str) -> ResponseReturnValue:
    """What was offered and chosen."""
    return _page(_concerned(work.opened(report_id)))


@pages.post("/reports/<report_id>/choice")
def choose(report_id: str) -> ResponseReturnValue:
    """Choose, or choose anew."""
    opened, form = _concerned(own_report(report_id)), Choosing()
    made = choices.choose(work.uow(), opened, chosen=form.chosen(), words=(form.words.data or "").strip())
    if isinstance(made, Refusal):
        form.refuse(made)
        return _page(opened, choosing=form), 422
    flash(CHOSEN)
    return redirect(url_for("choices.page", report_id=report_id), 303)


@pages.post("/reports/<report_id>/choice/offer")
def offer(report_id: str) -> ResponseReturnValue:
    """Open the choice to the authors."""
    opened, form = work.opened(report_id), Offering(prefix="offer-")
    if Capacity.OFFICER not in opened.acting_as:
        abort(404)
    offered = choices.offer(work.uow(), opened, words=(form.words.data or "").strip())
    if isinstance(offered, Refusal):
        form.refuse(offered)
        return _page(_concerned(opened), offering=form), 422
    flash(OFFERED)
    return redirect(url_for("choices.page", report_id=report_id), 303)


def _concerned(opened: Opened) -> Opened:
    """Officers, and authors once an officer has opened the page to them; for everybody else there is none."""
    offered = choices.offer_of(work.uow(), opened.report) is not None
    hazardous = is_hazardous(opened.holds, now=work.uow().now)
    officer, author = Capacity.OFFICER in opened.acting_as, Capacity.AUTHOR in opened.acting_as
    if not ((officer and (offered or hazardous)) or (author and offered)):
        abort(404)
    return opened


def _page(opened: Opened, *, choosing: Form | None = None, offering: Form | None = None) -> str:
    uow, report = work.uow(), opened.report
    offered = choices.offer_of(uow, report)
    made = [
        Made(choice=row.choice, words=uow.cabinet.get(report, row, "words", str), at=row.chosen_at)
        for row in choices.choices_of(uow, report)
    ]
    last = made[0].choice.value if made else None
    return render_template(
        "editorial/choices/page.html",
        report_id=report.id,
        title=protocols.title_of(uow, report),
        officer=Capacity.OFFICER in opened.acting_as,
        offers=Capacity.OFFICER in opened.acting_as and is_hazardous(opened.holds, now=uow.now),
        chooses=Capacity.CORRESPONDING_AUTHOR in opened.acting_as and report.stage not in OUT,
        offered=offered,
        said=uow.cabinet.get(report, offered, "words", str) if offered else "",
        made=made,
        means={choice.value: choice.means for choice in Choice},
        choosing=choosing or Choosing(formdata=None, choice=last),
        offering=offering or Offering(formdata=None, prefix="offer-"),
        wrong=choosing or offering,
    )

"""What authors decide about the public: their embargo, and how it ends."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from journal.dossier.access import Opened
from journal.dossier.protocols import newest
from journal.editorial import work
from journal.editorial.saving import own_report
from journal.editorial.submission.announcing import chosen
from journal.editorial.submission.embargoes import (
    agree_as_author,
    agree_to_end,
    own_embargo,
    set_embargo,
    voices,
)
from journal.editorial.submission.forms import EmbargoForm
from journal.editorial.submission.pages import pages
from journal.links import Purpose, find_link
from storage.rows.embargoes import EmbargoAgreement
from storage.rows.holds import HoldRow
from storage.rows.reports import Report, ReportAuthor
from workflows.embargoes import EmbargoEvent
from workflows.holds import is_active
from workflows.machine import Refusal
from workflows.people import Capacity
from workflows.stages import ENDED, OUT


@pages.get("/reports/<report_id>/settings")
def settings(report_id: str) -> ResponseReturnValue:
    """The embargo as it stands, and the way to announcing."""
    opened = own_report(report_id)
    return _settings(opened, _embargo_form())


@pages.post("/reports/<report_id>/settings/embargo")
def embargo(report_id: str) -> ResponseReturnValue:
    """Set the authors' embargo."""
    opened, form = own_report(report_id), EmbargoForm()
    if request.form.get("embargo") == "end":
        return _agreed(opened)
    until, event = form.embargo_until.data, form.event()
    placed = set_embargo(work.uow(), opened, until=until, event=event, reason=form.reason.data or "")
    if isinstance(placed, Refusal):
        form.refuse(placed)
        return _settings(opened, form), 422
    flash("The embargo is set.")
    return redirect(url_for("submission.settings", report_id=report_id), 303)


def _agreed(opened: Opened) -> ResponseReturnValue:
    """An author agrees that the embargo ends."""
    if agree_as_author(work.uow(), opened):
        flash("The embargo has ended.")
    else:
        flash("You have agreed. The other authors get a letter, and it ends when all have agreed.")
    return redirect(url_for("submission.settings", report_id=opened.report.id), 303)


def _embargo_form() -> EmbargoForm:
    return EmbargoForm(formdata=None, ends="day")


def _settings(opened: Opened, embargo_form: EmbargoForm) -> str:
    embargo = own_embargo(work.uow(), opened.report)
    return render_template(
        "editorial/submission/settings.html",
        report=opened.report,
        plan=newest(work.uow(), opened.report),
        embargo=embargo,
        event=EmbargoEvent(embargo.embargo_event).words if embargo and embargo.embargo_event else "",
        voices=voices(work.uow(), opened.report, embargo) if embargo else [],
        embargo_form=embargo_form,
        announced=chosen(work.uow(), opened.report),
        mine=Capacity.CORRESPONDING_AUTHOR in opened.acting_as,
        over=opened.report.stage in (*ENDED, *OUT),
    )


@pages.get("/embargo/<token>")
def embargo_end(token: str) -> ResponseReturnValue:
    """What an author is asked to agree to. Opening the page agrees to nothing."""
    found = _asked(token)
    if found is None:
        return render_template("editorial/submission/embargo_gone.html"), 404
    report, row, author = found
    plan, said = newest(work.uow(), report), voices(work.uow(), report, row)
    return render_template(
        "editorial/submission/embargo_end.html", token=token, plan=plan, embargo=row, me=author, voices=said
    )


@pages.post("/embargo/<token>")
def embargo_end_agreed(token: str) -> ResponseReturnValue:
    """Take the agreement."""
    found = _asked(token)
    if found is None:
        return render_template("editorial/submission/embargo_gone.html"), 404
    report, row, author = found
    ended = agree_to_end(work.uow(), report, row, author)
    return render_template("editorial/submission/embargo_thanks.html", ended=ended)


def _asked(token: str) -> tuple[Report, HoldRow, ReportAuthor] | None:
    """The embargo an author is asked about by a link, while it is in force and they are still an author."""
    session, link = work.uow().session, find_link(work.uow(), Purpose.EMBARGO_END, token)
    agreement = session.get(EmbargoAgreement, link.subject_id) if link else None
    if agreement is None:
        return None
    row, author = session.get_one(HoldRow, agreement.hold_id), session.get(ReportAuthor, agreement.author_id)
    if author is None or not is_active(row.facts, now=work.uow().now):
        return None
    return author.report, row, author

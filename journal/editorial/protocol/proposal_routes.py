"""What was read in a manuscript, proposed: accepted, edited or rejected by its authors, one by one or many at once."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from journal.dossier.drafts import last_written
from journal.dossier.proposals import Item, Proposals, proposals_of
from journal.editorial import work
from journal.editorial.protocol.answering import Answer, answered, place_after
from journal.editorial.protocol.pages import pages
from journal.editorial.protocol.proposals_page import ReadForm, show_proposals
from journal.editorial.protocol.sheet_routes import CLOSED
from journal.editorial.saving import is_open, own_report, to_report
from workflows.machine import Refusal
from workflows.stages import PROTOCOL_OPEN


@pages.get("/reports/<report_id>/protocol/proposals")
def proposals(report_id: str) -> ResponseReturnValue:
    """What was read, each with the sentence it was read from."""
    opened = own_report(report_id)
    if not is_open(opened, PROTOCOL_OPEN):
        return to_report(report_id, CLOSED)
    return show_proposals(opened, ReadForm(formdata=None))


@pages.post("/reports/<report_id>/protocol/proposals")
def answer_proposals(report_id: str) -> ResponseReturnValue:
    """Accept or reject what a button names: one, those that are ticked, or all of a kind."""
    opened = own_report(report_id)
    if not is_open(opened, PROTOCOL_OPEN):
        return to_report(report_id, CLOSED)
    answer = Answer.of(request.form, request.form.getlist("tick"))
    told = answered(work.uow(), opened.report, answer)
    flash(told.words, "warn") if isinstance(told, Refusal) else flash(told)
    return redirect(
        url_for("protocol.proposals", report_id=report_id, _anchor=place_after(work.uow(), opened.report, answer)), 303
    )


@pages.get("/reports/<report_id>/protocol/proposals/source")
def proposals_source(report_id: str) -> ResponseReturnValue:
    """The file as it was read, each line with a place of its own, and what was proposed from it marked."""
    opened = own_report(report_id)
    kept = proposals_of(work.uow(), opened.report) or abort(404)
    plan, _ = last_written(work.uow(), opened.report)
    marked = {at for item in kept.items for at in _places(kept, item)}
    return render_template("editorial/protocol/source.html", report=opened.report, plan=plan, kept=kept, marked=marked)


def _places(kept: Proposals, item: Item) -> range:
    """The lines of a quote; a paragraph of Word is one place."""
    return range(item.at, item.at + (item.quote.count("\n") if kept.numbered == "line" else 0) + 1)

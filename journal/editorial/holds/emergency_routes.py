"""Breaking the glass: the form where a report is not found, the reading, and the look of a second officer afterwards.

The form is the same wherever somebody who may ask finds nothing, so that it tells nothing of what is there.
"""

from io import BytesIO

from flask import Blueprint, abort, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue

from journal.dossier.access import Opened, open_report
from journal.dossier.readings import EMERGENCY
from journal.editorial import access_log, work
from journal.editorial.holds import emergencies
from journal.editorial.holds.forms import Emergency, LookedAt
from workflows.emergencies import NOTHING_HERE, may_ask
from workflows.machine import Refusal

OPENED = "You can read it for four hours. All officers free of conflict are told."


def register(pages: Blueprint) -> None:
    """Add these pages to the feature's."""
    here = "/reports/<report_id>/hold/emergency"
    pages.add_url_rule(here, "open_in_emergency", open_in_emergency, methods=["POST"])
    pages.add_url_rule(here, "emergency", read, methods=["GET"])
    pages.add_url_rule(f"{here}/files/<file_id>", "emergency_file", file, methods=["GET"])
    pages.add_url_rule(f"{here}/<opening_id>", "look_at_emergency", look_at, methods=["POST"])


def closed(report_id: str) -> ResponseReturnValue | None:
    """What stands where `report_id` is not found, for whoever may break the glass; None for everybody else."""
    work.signed_in()
    if not may_ask(work.uow().actor) or open_report(work.uow(), report_id) is not None:
        return None
    if emergencies.sighting(work.uow(), report_id) is not None:
        return redirect(url_for("holds.emergency", report_id=report_id), 303)
    return _closed(report_id, Emergency(formdata=None), 404)


def _closed(report_id: str, form: Emergency, status: int) -> ResponseReturnValue:
    return render_template("editorial/holds/closed.html", report_id=report_id, form=form), status


def open_in_emergency(report_id: str) -> ResponseReturnValue:
    """Break the glass."""
    work.signed_in()
    form = Emergency()
    if not may_ask(work.uow().actor):
        abort(404)
    opened = emergencies.open_in_emergency(work.uow(), report_id, reason=form.reason.data or "")
    if isinstance(opened, Refusal):
        form.refuse(opened)
        return _closed(report_id, form, 404 if opened == NOTHING_HERE else 422)
    flash(OPENED)
    return redirect(url_for("holds.emergency", report_id=report_id), 303)


def read(report_id: str) -> ResponseReturnValue:
    """The report, to read."""
    somebody = work.signed_in()
    seen = emergencies.sighting(work.uow(), report_id) or abort(404)
    access_log.note(report_id, somebody.id, EMERGENCY)
    return render_template("editorial/holds/emergency.html", seen=seen)


def file(report_id: str, file_id: str) -> ResponseReturnValue:
    """One of its files."""
    somebody = work.signed_in()
    row, body = emergencies.file_of(work.uow(), report_id, file_id) or abort(404)
    access_log.note(report_id, somebody.id, EMERGENCY)
    return send_file(BytesIO(body), mimetype=row.media_type, as_attachment=True, download_name=row.name)


def look_at(report_id: str, opening_id: str) -> ResponseReturnValue:
    """A second officer has looked at it."""
    opened, form = work.opened(report_id), LookedAt(prefix=f"look-{opening_id}-")
    refusal = emergencies.look_at(work.uow(), opened, opening_id, answer=form.answer.data or "")
    if refusal == NOTHING_HERE:
        abort(404)
    if refusal is not None:
        form.refuse(refusal)
        return _looking(opened, opening_id, form), 422
    flash("You have looked at it. Your answer is on the case.")
    return redirect(url_for("holds.case", report_id=report_id), 303)


def _looking(opened: Opened, opening_id: str, form: LookedAt) -> str:
    found = next(each for each in emergencies.openings_of(work.uow(), opened.report.id) if each.id == opening_id)
    return render_template("editorial/holds/look_at_emergency.html", opening=found, form=form)


def look_forms(openings: list[emergencies.Opening]) -> dict[str, LookedAt]:
    """An empty form for each opening that waits for another officer."""
    waiting = (each for each in openings if each.reviewed_at is None and not each.yours)
    return {each.id: LookedAt(formdata=None, prefix=f"look-{each.id}-") for each in waiting}

"""The officers' pages about what guards releases: the holds after a backup was restored, and takedowns."""

from flask import Blueprint, Flask, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from journal.dossier.reconciling import confirm_complete
from journal.dossier.takedowns import confirm_takedown
from journal.editorial import work
from journal.editorial.holds.restored import AfterRestore, after_restore
from workflows.machine import Refusal
from workflows.people import Capacity, Role

safeguards = Blueprint("safeguards", __name__)


def register(app: Flask) -> None:
    """Add these pages to `app`."""
    app.register_blueprint(safeguards)


@safeguards.get("/holds/restored")
def restored() -> ResponseReturnValue:
    """What is withheld in a database that was restored from a backup."""
    return render_template("editorial/holds/restored.html", found=_after_restore())


@safeguards.post("/holds/restored")
def confirm() -> ResponseReturnValue:
    """An officer says that everything is withheld that has to be."""
    _after_restore()
    confirm_complete(work.uow())
    flash("Confirmed. The journal releases again.")
    return redirect(url_for("holds.queue"), 303)


@safeguards.post("/reports/<report_id>/hold/takedown")
def confirm_taken_down(report_id: str) -> ResponseReturnValue:
    """A second officer confirms a takedown."""
    opened = work.opened(report_id)
    if Capacity.OFFICER not in opened.acting_as:
        abort(404)
    confirmed = confirm_takedown(work.uow(), opened)
    flash(confirmed.words if isinstance(confirmed, Refusal) else "The takedown is confirmed.")
    return redirect(url_for("holds.case", report_id=report_id), 303)


def _after_restore() -> AfterRestore:
    """For everybody but officers, and when nothing waits, there is no such page."""
    if Role.OFFICER not in work.signed_in().held_roles:
        abort(404)
    return after_restore(work.uow()) or abort(404)

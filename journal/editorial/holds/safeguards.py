"""The officers' pages about what guards releases: the holds after a backup was restored, and takedowns."""

from flask import Blueprint, Flask, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from journal.dossier.reconciling import confirm_complete
from journal.editorial import work
from journal.editorial.holds.restored import AfterRestore, after_restore
from workflows.people import Role

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


def _after_restore() -> AfterRestore:
    """For everybody but officers, and when nothing waits, there is no such page."""
    if Role.OFFICER not in work.signed_in().held_roles:
        abort(404)
    return after_restore(work.uow()) or abort(404)

"""The access log: who opened a page or file of a report that is withheld.

It is all that opening a page changes, in a unit of work of its own once the page is made and its own work is over: a
page that reads cannot write, and one that was refused still holds the writer's turn. It is never why a page fails.
"""

from flask import Flask, Response, current_app, g, request
from sqlalchemy.exc import SQLAlchemyError

from journal.dossier import readings
from journal.dossier.access import Opened
from journal.unit_of_work import Resources, begin
from storage.database.troubles import DatabaseTrouble
from workflows.people import Actor

_SHOWN = frozenset({200, 206, 304, 422})
_NOBODY = Actor(person=None)


def register(app: Flask) -> None:
    """Keep the log for `app`. Called before what ends a request's work: Flask goes backwards through them."""
    app.after_request(_note_status)
    app.teardown_request(_keep)


def note_opened(opened: Opened, reader: str) -> None:
    """Remember, until the page is made, that `reader` opened the report: a person, or an invitation for one."""
    if readings.worth_keeping(opened):
        note(opened.report.id, reader, min(opened.acting_as, default=""))


def note(report_id: str, reader: str, read_as: str) -> None:
    """As `note_opened`, for who acts as nothing on the report."""
    g.read = readings.Read(report_id=report_id, reader=reader, read_as=read_as, page=request.endpoint or "")


def _note_status(response: Response) -> Response:
    g.showed = response.status_code in _SHOWN
    return response


def _keep(_: BaseException | None) -> None:
    read = g.pop("read", None)
    if read is None or not g.pop("showed", False):
        return
    try:
        _keep_once(current_app.extensions["nullius"], read)
    except (DatabaseTrouble, SQLAlchemyError) as trouble:  # its words may name the report
        current_app.logger.warning("a reading of withheld work could not be kept: %s", type(trouble).__name__)


def _keep_once(resources: Resources, read: readings.Read) -> None:
    with begin(resources, actor=_NOBODY, writes=False) as looking:
        if readings.is_kept(looking, read):
            return
    with begin(resources, actor=_NOBODY) as uow:
        if not readings.is_kept(uow, read):
            readings.keep(uow, read)
            uow.commit()

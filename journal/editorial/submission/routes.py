"""Beginning a study, its task list, and sending it. The other pages of the feature are bound by its other modules."""

from datetime import datetime

from flask import Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from journal.dossier.access import Opened
from journal.dossier.amending import is_being_written
from journal.dossier.linting import counted, linted
from journal.dossier.manuscripts import newest_files
from journal.dossier.protocols import latest_submitted, newest
from journal.editorial import work
from journal.editorial.saving import answers_page, is_open, own_report, to_report
from journal.editorial.submission import (
    actions,
    announcing_routes,
    author_routes,
    file_routes,
    later_routes,
    part_routes,
    promise_routes,
    reading_routes,
    settings_routes,
)
from journal.editorial.submission.forms import NewForm
from journal.editorial.submission.pages import pages
from journal.editorial.submission.parts import ENDPOINTS, GROUPS, Part, chapter_states, part_of, states
from workflows.deadlines import REVISION_TIME, due_after
from workflows.machine import Refusal
from workflows.people import Capacity
from workflows.protocol.chapters import Chapter
from workflows.report import Advanced
from workflows.stages import PROTOCOL_OPEN, RESULTS_OPEN, Stage

__all__ = [
    "announcing_routes",
    "author_routes",
    "file_routes",
    "later_routes",
    "part_routes",
    "promise_routes",
    "reading_routes",
    "register",
    "settings_routes",
]

# Where a field of the rules is another control on its page.
_ANCHORS = {"rows": "rows-add", "manuscript": "files", "authors": "consent"}
_SENT = "It is with the editors now. They look at it within a week, and you will hear from them by mail."
_SENT_ALREADY = "This was sent already. Nothing was sent twice."


def register(app: Flask) -> None:
    """Put the pages of the submission on `app`."""
    app.register_blueprint(pages)


@pages.route("/studies/new", methods=["GET", "POST"])
def new() -> ResponseReturnValue:
    """Begin a study."""
    owner = work.signed_in()
    form = NewForm()
    if not form.is_submitted():
        return render_template("editorial/submission/new.html", form=form)
    report = actions.begin_study(work.uow(), owner, title=form.title.data or "")
    return redirect(url_for("submission.tasks", report_id=report.id), 303)


@pages.get("/reports/<report_id>/tasks")
def tasks(report_id: str) -> ResponseReturnValue:
    """The parts of stage 1, and how each stands."""
    opened = own_report(report_id)
    if is_being_written(work.uow(), opened.report):
        return redirect(url_for("amendments.page", report_id=report_id))
    if is_open(opened, RESULTS_OPEN):
        return redirect(url_for("conformance.outcomes", report_id=report_id))
    if not is_open(opened, PROTOCOL_OPEN):
        return to_report(report_id, "There is nothing to write on this protocol now.")
    return _tasks(opened)


def _tasks(opened: Opened) -> str:
    written = actions.written_so_far(work.uow(), opened.report)
    barred = actions.what_bars_sending(work.uow(), opened)
    missing = sum(author.consented_at is None for author in opened.report.authors)
    return render_template(
        "editorial/submission/tasks.html",
        report=opened.report,
        groups=GROUPS,
        states=states(written, barred, consents_missing=missing),
        endpoints=ENDPOINTS,
        chapters=chapter_states(written.plan, barred),
        linter=counted(linted(work.uow(), written.plan)),
        barred=barred,
        fresh=not written.plan.rows and not newest_files(work.uow(), opened.report, for_stage=1),
        title=written.plan.title,
        due_by=_due(opened),
        **_of(opened),
    )


def _due(opened: Opened) -> datetime | None:
    """Until when what was sent back is to be mended; nothing is due for a first draft, nor under a delay."""
    if opened.delayed or opened.report.stage not in (Stage.RETURNED, Stage.REVISION):
        return None
    return due_after(opened.report.stage_since, REVISION_TIME + opened.stood_still)


def _of(opened: Opened) -> dict[str, object]:
    """What every page about sending says of who sends, and in which stage."""
    return {
        "may_send": Capacity.CORRESPONDING_AUTHOR in opened.acting_as,
        "revises": opened.report.stage is Stage.REVISION,
        "returned": opened.report.stage is Stage.RETURNED,
        "answers": answers_page(opened.report.id),
    }


@pages.route("/reports/<report_id>/send", methods=["GET", "POST"])
def send(report_id: str) -> ResponseReturnValue:
    """Everything once more, what is missing, and the button that sends it."""
    opened = own_report(report_id)
    if opened.report.stage not in PROTOCOL_OPEN:
        sent = latest_submitted(work.uow(), opened.report) is not None
        return to_report(report_id, _SENT_ALREADY if sent else "There is nothing to send now.")
    if request.method == "POST":
        step = actions.send(work.uow(), opened)
        return to_report(report_id, _SENT) if isinstance(step, Advanced) else (_check(opened, step), 422)
    return _check(opened, actions.what_bars_sending(work.uow(), opened))


def _check(opened: Opened, barred: tuple[Refusal, ...]) -> str:
    """The page with everything that is missing, each linked to its field."""
    plan = newest(work.uow(), opened.report)
    return render_template(
        "editorial/submission/send.html",
        linter=counted(linted(work.uow(), plan)),
        report=opened.report,
        plan=plan,
        written=actions.written_so_far(work.uow(), opened.report),
        barred=[(_place(opened.report.id, refusal), refusal.words) for refusal in barred],
        **_of(opened),
    )


def _place(report_id: str, refusal: Refusal) -> str:
    """Where what `refusal` asks for is written: the field itself, on its page, with the sentence beside it."""
    field = refusal.field or ""
    if field in set(Chapter):
        return url_for("protocol.part", report_id=report_id, name=field, check=1, _anchor=field)
    part = part_of(refusal)
    if part is None:
        return answers_page(report_id)
    at = field if part in (Part.ROWS, Part.CHECKS) else None
    return url_for(ENDPOINTS[part], report_id=report_id, check=1, at=at, _anchor=_ANCHORS.get(field, field))

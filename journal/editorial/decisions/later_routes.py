"""Notes among editors, and more time for stage 2."""

from flask.typing import ResponseReturnValue

from journal.dossier.contacts import wanted_more_time
from journal.editorial import work
from journal.editorial.decisions import actions
from journal.editorial.decisions.forms import Extend, Note, due
from journal.editorial.decisions.pages import REFUSED, done, name_of, pages, seen_as, shown
from workflows.machine import Refusal
from workflows.people import EDITORS, Capacity
from workflows.stages import AWAITING_RESULTS


@pages.route("/reports/<report_id>/notes", methods=["GET", "POST"])
def notes(report_id: str) -> ResponseReturnValue:
    """What the report's editors tell each other. Authors and reviewers never see it."""
    opened = seen_as(report_id, *EDITORS)
    form = Note()
    if form.is_submitted():
        refusal = actions.write_note(work.uow(), opened, form.body.data or "")
        if refusal is None:
            return done(report_id, "The note is kept.", "decisions.notes")
        form.refuse(refusal)
    found = [(letter, name_of(letter.written_by), words) for letter, words in actions.notes(work.uow(), opened.report)]
    return shown("notes", opened, form, found=found[::-1]), REFUSED if form.is_submitted() else 200


@pages.route("/reports/<report_id>/extend", methods=["GET", "POST"])
def extend(report_id: str) -> ResponseReturnValue:
    """The handling editor gives the authors more time for stage 2, before the day or after it."""
    opened = seen_as(report_id, Capacity.HANDLING_EDITOR)
    form = Extend()
    if form.is_submitted():
        new_due = due(form.new_due.data)
        step = actions.extend(work.uow(), opened, new_due=new_due, reason=form.reason.data or "")
        if not isinstance(step, Refusal):
            return done(report_id, "The new date is set. The authors are told.")
        form.refuse(step)
    elif opened.report.stage not in AWAITING_RESULTS:
        return done(report_id, "The results of this report are not being waited for.")
    awaited = opened.report.stage in AWAITING_RESULTS
    wanted = wanted_more_time(work.uow(), opened.report)
    return shown("extend", opened, form, awaited=awaited, wanted=wanted), REFUSED if form.is_submitted() else 200

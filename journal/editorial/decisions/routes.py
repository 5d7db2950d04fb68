"""Assigning editors, looking at a submission, and sending it to review."""

from flask import Flask, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from journal.dossier import deciding
from journal.dossier.access import Opened
from journal.dossier.authorship import details_of
from journal.dossier.holding import raise_flag
from journal.editorial import work
from journal.editorial.decisions import actions, deciding_routes, later_routes, seats
from journal.editorial.decisions.actions import Screening
from journal.editorial.decisions.forms import Assign, Declare, Desk, Flag, Start
from journal.editorial.decisions.pages import REFUSED, done, pages, seen_as, shown
from workflows.hazard import Question
from workflows.machine import Refusal
from workflows.people import Capacity
from workflows.stages import Action, Stage

__all__ = ["deciding_routes", "later_routes", "register"]

_CHIEF, _HANDLING, _SECOND = Capacity.EDITOR_IN_CHIEF, Capacity.HANDLING_EDITOR, Capacity.SECOND_EDITOR


def register(app: Flask) -> None:
    """Add these pages to `app`."""
    app.register_blueprint(pages)


# ---------------------------------------------------------------- seats


@pages.route("/reports/<report_id>/assign", methods=["GET", "POST"])
def assign(report_id: str) -> ResponseReturnValue:
    """The editor-in-chief gives the two seats; an assigned editor hands theirs back."""
    opened = seen_as(report_id, _CHIEF, _HANDLING, _SECOND)
    known = seats.candidates(work.uow(), opened.report)
    form = Assign(handling_editor=opened.report.handling_editor_id, second_editor=opened.report.second_editor_id)
    form.offer((each.person, each.name) for each in known if not each.why_not)
    if form.is_submitted():
        seated = (form.handling_editor.data or "", form.second_editor.data or "")
        refusals = seats.assign(work.uow(), opened, handling=seated[0], second=seated[1])
        if not refusals:
            return done(report_id, "The editors are assigned. Whoever got or lost a seat is told by letter.")
        form.refuse(refusals)
    return _seats(opened, form, Declare(formdata=None), known), REFUSED if form.is_submitted() else 200


def _seats(opened: Opened, form: Assign, declare: Declare, known: list[seats.Candidate]) -> str:
    authors = details_of(work.uow(), opened.report)
    chief = _CHIEF in opened.acting_as and opened.report.stage not in seats.CLOSED
    seated = bool({_HANDLING, _SECOND} & opened.acting_as)
    page = {"declare": declare, "candidates": known, "chief": chief, "seated": seated}
    return shown("assign", opened, form, authors=[details for _, details in authors], **page)


@pages.post("/reports/<report_id>/assign/conflict")
def conflict(report_id: str) -> ResponseReturnValue:
    """Hand one's seat back. After that the report is not there for them any more."""
    opened = seen_as(report_id, _HANDLING, _SECOND)
    refusal = seats.declare_conflict(work.uow(), opened, reason=Declare().reason.data or "")
    flash(refusal.words if refusal else "Thank you. The report is handed back, and the editor-in-chief is told.")
    return redirect(url_for("dashboard.home"), 303)


# ---------------------------------------------------------------- the desk


@pages.route("/reports/<report_id>/desk", methods=["GET", "POST"])
def desk(report_id: str) -> ResponseReturnValue:
    """The editor-in-chief returns a submission, or declines it before review."""
    opened = seen_as(report_id, _CHIEF)
    form = Desk()
    if form.is_submitted():
        act, reason = form.act.data or "", form.reason.data or ""
        step = actions.look_at_submission(work.uow(), opened, act=act, reason=reason)
        if not isinstance(step, Refusal):
            declined = step.action is Action.DESK_REJECT
            return done(report_id, "Declined. The authors are told why." if declined else "Returned to the authors.")
        form.refuse(step)
    elif opened.report.stage is not Stage.SUBMITTED:
        return done(report_id, "This report is not waiting at the desk.")
    return shown("desk", opened, form), REFUSED if form.is_submitted() else 200


# ---------------------------------------------------------------- sending to review


@pages.route("/reports/<report_id>/start", methods=["GET", "POST"])
def start(report_id: str) -> ResponseReturnValue:
    """The handling editor looks for conflicts and hazards, then sends the submission to review."""
    opened = seen_as(report_id, _HANDLING)
    form = Start()
    if form.is_submitted():
        step = actions.send_to_review(work.uow(), opened, _screening(form))
        if not isinstance(step, Refusal):
            first = step.target is Stage.IN_REVIEW
            return done(report_id, f"In review. The authors are told.{' Invite reviewers next.' if first else ''}")
        form.refuse(step)
    elif opened.report.stage not in actions.STARTS:
        return done(report_id, "There is nothing to send to review now.")
    return _start(opened, form, Flag(formdata=None)), REFUSED if form.is_submitted() else 200


def _screening(form: Start) -> Screening:
    return Screening(
        no_conflict=bool(form.conflict.data),
        hazard_screen=form.hazard_screen.data or "",
        other_reviewers=form.other_reviewers.data or "",
    )


def _start(opened: Opened, form: Start, flag: Flag) -> str:
    uow, report = work.uow(), opened.report
    for_stage = deciding.stage_under_review(report.stage)
    return shown(
        "start",
        opened,
        form,
        flag=flag,
        starts=report.stage in actions.STARTS,
        for_stage=for_stage,
        authors=[details for _, details in details_of(uow, report)],
        hazard=actions.answered_hazards(uow, report),
        questions=list(Question),
        returning=deciding.returning_reviewers(uow, report) if for_stage != 1 else [],
    )


@pages.post("/reports/<report_id>/start/flag")
def flag(report_id: str) -> ResponseReturnValue:
    """Raise a flag instead: the report is withheld at once, and the officers look at it."""
    opened = seen_as(report_id, _HANDLING)
    form = Flag()
    reason = form.reason.data or ""
    placed = raise_flag(work.uow(), opened, capacity=_HANDLING, reason=reason)
    if isinstance(placed, Refusal):
        form.refuse(placed)
        return _start(opened, Start(formdata=None), form), REFUSED
    return done(report_id, "The flag is raised. The officers are told, and look at it first.")

"""What the pages of decisions share: the blueprint, who may see a page, and its frame."""

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from journal.dossier import protocols
from journal.dossier.access import Opened
from journal.editorial import work
from journal.editorial.forms import Form
from storage.rows.people import Person
from storage.rows.reports import Report
from workflows.people import Capacity
from workflows.stages import UNDER_STAGE_2
from workflows.turn import STAGE_WORDS

pages = Blueprint("decisions", __name__)

REFUSED = 422
_OF_STAGE_2 = (
    ("The acceptance and its conditions", "submission.ipa"),
    ("The results", "conformance.read"),
    ("Promised and done", "conformance.findings"),
    ("Deviations", "conformance.deviations"),
)


def seen_as(report_id: str, *capacities: Capacity) -> Opened:
    """The report for somebody with one of `capacities`; for anybody else there is no such page."""
    opened = work.opened(report_id)
    if not opened.acting_as & set(capacities):
        abort(404)
    return opened


def shown(name: str, opened: Opened, form: Form, **values: object) -> str:
    """A page about one report: its title, its state and the two editors are always at hand."""
    report, uow = opened.report, work.uow()
    return render_template(
        f"editorial/decisions/{name}.html",
        form=form,
        opened=opened,
        report=report,
        title=protocols.title_of(uow, report),
        state=STAGE_WORDS[report.stage],
        handling=name_of(report.handling_editor_id),
        second=name_of(report.second_editor_id),
        ways=_ways(report),
        **values,
    )


def name_of(person_id: str | None) -> str:
    """What somebody with an account is called; nobody's name is empty."""
    person = work.uow().session.get(Person, person_id) if person_id else None
    return person.name if person else ""


def _ways(report: Report) -> list[tuple[str, str]]:
    """The pages to read beside this one, as far as this journal has them."""
    known = (
        ("The protocol", "protocol.read"),
        *(_OF_STAGE_2 if report.stage in UNDER_STAGE_2 else ()),
        ("The reviews", "reviewing.reviews"),
        ("Reviewers", "reviewing.reviewers"),
        ("Notes among editors", "decisions.notes"),
    )
    return [
        (words, url_for(endpoint, report_id=report.id))
        for words, endpoint in known
        if endpoint in current_app.view_functions and endpoint != request.endpoint
    ]


def done(report_id: str, words: str, endpoint: str = "dashboard.report") -> ResponseReturnValue:
    """On to a page of the report, with a calm sentence."""
    flash(words)
    return redirect(url_for(endpoint, report_id=report_id), 303)

"""Drafts on pages: what a form that saves as one types is answered, with JavaScript and without."""

from collections.abc import Callable, Sequence

from flask import abort, current_app, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from journal.dossier.access import Opened
from journal.dossier.amending import is_being_written
from journal.dossier.drafts import CHANGED
from journal.editorial import work
from journal.editorial.forms import Form, chosen
from workflows.machine import Refusal
from workflows.people import Capacity
from workflows.stages import PROTOCOL_OPEN, Stage

_REFUSED, _CONFLICT = 422, 409
MOVED_ON = Refusal(
    "moved_on",
    "This was sent meanwhile, so it cannot be changed now. Nothing was overwritten. Copy what you need of it.",
)


def own_report(report_id: str) -> Opened:
    """The report for one of its authors; for anybody else there is no such page."""
    found = work.opened(report_id)
    if Capacity.AUTHOR not in found.acting_as:
        abort(404)
    return found


def saves_itself() -> bool:
    """Whether the request comes from a form that saves as one types, which wants a few words and no page."""
    return request.headers.get("HX-Request") == "true"


def saved_version() -> str:
    """The mark of the draft that the writer started from."""
    return request.form.get("version", "")


def rearrange(form: Form, names: Sequence[str]) -> str:
    """Do what a button named `row` asked of one of the lists `names`; returns the place to show, or "" if none did."""
    verb, _, rest = request.form.get("row", "").partition(":")
    name, _, index = rest.partition(":")
    if name not in names or not (index.isascii() and index.isdecimal()):
        return ""
    at = min(int(index), len(form[name].entries))
    chosen(form, name, at, verb)
    at = {"up": max(at - 1, 0), "down": at + 1, "remove": max(at - 1, 0)}.get(verb, at)
    return f"{name}-{min(at, len(form[name].entries) - 1)}" if len(form[name].entries) else f"{name}-add"


def answer(  # noqa: PLR0913 - what was saved, and what each kind of asker is shown
    saved: str | Refusal,
    form: Form,
    *,
    show: Callable[[], str],
    onward: str,
    words: str = "Saved.",
    told: str = "",
) -> ResponseReturnValue:
    """Answer a save: `saved` is the new mark or why nothing was saved, `show` makes the page, `onward` comes next.
    `told` is a sentence about what was kept, for a form that saves as one types.
    """
    if saves_itself():
        return _few_words(saved, told)
    if isinstance(saved, Refusal):
        form.refuse(saved)
        return show(), _CONFLICT if saved in (CHANGED, MOVED_ON) else _REFUSED
    if words:
        flash(words)
    return redirect(onward, 303)


def _few_words(saved: str | Refusal, told: str) -> ResponseReturnValue:
    """The state of the draft. A refused save answers with the version that came in, so that nothing is overwritten."""
    if isinstance(saved, Refusal):
        page = render_template("editorial/draft_state.html", refusal=saved, version=saved_version(), at=None)
        return page, _CONFLICT
    return render_template("editorial/draft_state.html", refusal=None, version=saved, at=work.raw_uow().now, told=told)


def let_go() -> None:
    """Give the database back while something slow happens; what was read before has to be asked for again."""
    work.raw_uow().session.rollback()


def is_open(opened: Opened, stages: Sequence[Stage]) -> bool:
    """Whether the report stands where this draft can be written: the protocol also while an amendment of it is."""
    if opened.report.stage in stages:
        return True
    return tuple(stages) == PROTOCOL_OPEN and is_being_written(work.uow(), opened.report)


def to_report(report_id: str, words: str) -> ResponseReturnValue:
    """Back to the page of the report with a calm sentence."""
    flash(words)
    return redirect(url_for("dashboard.report", report_id=report_id), 303)


def answers_page(report_id: str) -> str:
    """Where authors answer the reviews; the report's page in a journal without that feature."""
    endpoint = "reviewing.answers" if "reviewing.answers" in current_app.view_functions else "dashboard.report"
    return url_for(endpoint, report_id=report_id)

"""What authors do on the page of amendments: begin, give reasons, ask, take back, drop, record a deviation."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from journal.editorial import work
from journal.editorial.amendments import asking
from journal.editorial.amendments.deviating import record_deviation
from journal.editorial.amendments.forms import DeviationForm, ReasonsForm
from journal.editorial.amendments.page_routes import amendments_page
from journal.editorial.amendments.pages import pages
from journal.editorial.saving import own_report
from workflows.amendments import Reason, Seen
from workflows.machine import Refusal
from workflows.people import Capacity

_REFUSED = 422
ASKED = (
    "The handling editor decides on the amendment, and you will hear by mail. Until then the accepted protocol stands."
)


@pages.post("/reports/<report_id>/amendments/begin")
def begin(report_id: str) -> ResponseReturnValue:
    """Open the accepted protocol for changes."""
    begun = asking.begin_amendment(work.uow(), own_report(report_id), adds=request.form.get("adds") == "1")
    return _back(
        report_id, begun, "Change the protocol now, then say here why. What was accepted stands until an approval."
    )


@pages.post("/reports/<report_id>/amendments/reasons")
def reasons(report_id: str) -> ResponseReturnValue:
    """Keep what was typed of each change; ask for the amendment if that button was pressed."""
    opened, form = own_report(report_id), ReasonsForm()
    kept = asking.save_reasons(work.uow(), opened, [_reason(entry) for entry in form.reasons.data])
    if isinstance(kept, Refusal) or request.form.get("then") != "ask":
        return _back(report_id, kept, "Kept.")
    if Capacity.CORRESPONDING_AUTHOR not in opened.acting_as:
        return _back(report_id, kept, "Kept. The corresponding author asks for it.")
    step = asking.ask(work.uow(), opened)
    if isinstance(step, tuple):
        return amendments_page(opened, barred=step), _REFUSED
    return _back(report_id, step, ASKED)


def _reason(typed: dict[str, str | None]) -> Reason:
    seen = typed.get("seen") or ""
    return Reason(
        place=typed.get("place") or "",
        why=typed.get("why") or "",
        seen=Seen(seen) if seen in set(Seen) else None,
        effect=typed.get("effect") or "",
    )


@pages.post("/reports/<report_id>/amendments/take-back")
def take_back(report_id: str) -> ResponseReturnValue:
    """Take it back to change it."""
    return _back(
        report_id, asking.take_back(work.uow(), own_report(report_id)), "It is yours again. Change it, or drop it."
    )


@pages.post("/reports/<report_id>/amendments/drop")
def drop(report_id: str) -> ResponseReturnValue:
    """Drop what was being written."""
    return _back(
        report_id, asking.drop(work.uow(), own_report(report_id)), "Dropped. The protocol stands as it was accepted."
    )


@pages.post("/reports/<report_id>/amendments/deviation")
def deviation(report_id: str) -> ResponseReturnValue:
    """Record a deviation: all that can be done once data collection has ended."""
    opened, form = own_report(report_id), DeviationForm()
    recorded = record_deviation(work.uow(), opened, form.data)
    if recorded:
        form.refuse(recorded)
        return amendments_page(opened, form), _REFUSED
    return _back(
        report_id, None, "The deviation is recorded with the results. You can change it there until they are sent."
    )


def _back(report_id: str, done: object, words: str) -> ResponseReturnValue:
    flash(done.words if isinstance(done, Refusal) else words)
    return redirect(url_for("amendments.page", report_id=report_id), 303)

"""The page of amendments: what is open, what was decided, and for each viewer what they can do about it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict

from flask import abort, render_template, url_for
from flask.typing import ResponseReturnValue

from journal.dossier.access import Opened
from journal.dossier.protocols import title_of
from journal.editorial import work
from journal.editorial.amendments.deciding import mark_of
from journal.editorial.amendments.forms import ConfirmationForm, DecisionForm, DeviationForm, ReasonsForm
from journal.editorial.amendments.opinions import Opinion, opinions_on
from journal.editorial.amendments.pages import pages
from journal.editorial.amendments.shown import Sight, labels_of, sight_of
from journal.editorial.forms import Form
from journal.editorial.inputs import offered
from workflows.machine import Refusal
from workflows.people import EDITORS, Capacity


@pages.get("/reports/<report_id>/amendments")
def page(report_id: str) -> ResponseReturnValue:
    """The page, for everybody on the report once it is accepted in principle."""
    return amendments_page(work.opened(report_id))


def amendments_page(opened: Opened, wrong: Form | None = None, barred: Sequence[Refusal] = ()) -> str:
    """The page. `wrong` is a form that came back with its refusals, `barred` what an amendment still lacks."""
    if opened.report.protocol_digest is None:
        abort(404)
    sight = sight_of(work.uow(), opened)
    return render_template(
        "editorial/amendments/page.html",
        report=opened.report,
        title=title_of(work.uow(), opened.report),
        sight=sight,
        author=Capacity.AUTHOR in opened.acting_as,
        seen=mark_of(sight.open.row) if sight.open else "",
        barred=[(_place(opened.report.id, refusal), refusal.words) for refusal in barred],
        opinions=_opinions(opened, sight),
        wrong=wrong,
        forms={"reasons": _reasons(sight, barred), "deviation": _deviation(opened, wrong), **_of_editors(wrong)},
    )


def _opinions(opened: Opened, sight: Sight) -> list[Opinion]:
    """What reviewers said of the open amendment, for its editors alone."""
    if sight.open is None or not opened.acting_as & EDITORS:
        return []
    return opinions_on(work.uow(), opened.report, sight.open.row)


def _reasons(sight: Sight, barred: Iterable[Refusal]) -> ReasonsForm:
    """What was said so far of each change, as it is kept."""
    said = [asdict(reason) for _, reason in sight.open.changes] if sight.open else []
    form = ReasonsForm(formdata=None, data={"reasons": said})
    form.refuse(refusal for refusal in barred if (refusal.field or "").startswith("reasons-"))
    return form


def _deviation(opened: Opened, wrong: Form | None) -> Form:
    form = wrong if isinstance(wrong, DeviationForm) else DeviationForm(formdata=None)
    labels = labels_of(work.uow(), opened)
    form.row.choices = offered([("", "The whole study"), *((label, label) for label in labels)])
    return form


def _of_editors(wrong: Form | None) -> dict[str, Form]:
    kinds = {"decision": DecisionForm, "confirmation": ConfirmationForm}
    return {name: wrong if isinstance(wrong, kind) else kind(formdata=None) for name, kind in kinds.items()}


_PAGES = {"title": "title", "abstract": "title", "topics": "title", "bias_level": "bias", "bias_account": "bias"}


def _place(report_id: str, refusal: Refusal) -> str:
    """Where what is missing is written: a control on this page, or a page of the protocol."""
    field = refusal.field or ""
    if field == "change" or field.startswith("reasons-"):
        return f"#{field}".replace("-seen", "-seen-0")
    if field.partition("-")[0] in ("rows", "checks"):
        return f"{url_for('protocol.edit', report_id=report_id, check=1)}#{field}"
    if field == "manuscript":
        return url_for("submission.manuscript", report_id=report_id, for_stage=1)
    page = _PAGES.get(field, "statements")
    return f"{url_for(f'submission.{page}', report_id=report_id, check=1)}#{field}"

"""Writing the plan: a page for each few kinds of parts, saved as typed."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from journal.dossier.access import Opened
from journal.dossier.drafts import last_written, mark_of
from journal.dossier.linting import linted
from journal.editorial import work
from journal.editorial.forms import Form
from journal.editorial.protocol.actions import save_sheet
from journal.editorial.protocol.filling import WINDOW, Place, Press, filled, realign
from journal.editorial.protocol.pages import pages
from journal.editorial.protocol.remarking import remarks, remarks_as_sent
from journal.editorial.protocol.sheets import ROWS, SHEETS, Sheet
from journal.editorial.saving import MOVED_ON, answer, is_open, own_report, saved_version, saves_itself, to_report
from workflows.competence import prospect
from workflows.machine import Refusal
from workflows.protocol import BIAS_LEVELS, Protocol, derived_level, gaps
from workflows.protocol.building import sentence_of
from workflows.relabelling import orphans
from workflows.stages import PROTOCOL_OPEN

CLOSED = "There is nothing to write on this protocol now."


@pages.get("/reports/<report_id>/protocol")
def edit(report_id: str) -> ResponseReturnValue:
    """The rows and checks of the draft."""
    return _show(report_id, ROWS)


@pages.post("/reports/<report_id>/protocol")
def save(report_id: str) -> ResponseReturnValue:
    """Keep rows and checks as typed; add, move or remove a group if a button asked for it."""
    return _save(report_id, ROWS)


@pages.get("/reports/<report_id>/protocol/parts/<name>")
def part(report_id: str, name: str) -> ResponseReturnValue:
    """One of the other pages of the plan."""
    own_report(report_id)
    return _show(report_id, SHEETS.get(name) or abort(404))


@pages.post("/reports/<report_id>/protocol/parts/<name>")
def save_part(report_id: str, name: str) -> ResponseReturnValue:
    """Keep one of the other pages as typed."""
    own_report(report_id)
    return _save(report_id, SHEETS.get(name) or abort(404))


def address(report_id: str, sheet: Sheet, place: Place | None = None) -> str:
    """Where a page of the plan is, at one of its parts."""
    at = f"{place.name}-{place.index}" if place and place.name else None
    endpoint = "protocol.edit" if sheet is ROWS else "protocol.part"
    named = None if sheet is ROWS else sheet.name
    window = at if place and place.index >= WINDOW else None
    return url_for(endpoint, report_id=report_id, name=named, at=window, _anchor=at)


def _show(report_id: str, sheet: Sheet) -> ResponseReturnValue:
    opened = own_report(report_id)
    if not is_open(opened, PROTOCOL_OPEN):
        return to_report(report_id, CLOSED)
    plan, _ = last_written(work.uow(), opened.report)
    form = filled(sheet, plan, Place.of(request.args.get("at", "")))
    form.remark(remarks(linted(work.uow(), plan)))
    if "check" in request.args:
        form.refuse(gap for gap in gaps(plan) if sheet.holds((gap.field or "").partition("-")[0]))
    return _page(opened, sheet, form, plan)


def _save(report_id: str, sheet: Sheet) -> ResponseReturnValue:
    opened = own_report(report_id)
    form = sheet.form()
    press = Press.of(request.form.get("row", ""), sheet)
    saved: str | Refusal = MOVED_ON
    if is_open(opened, PROTOCOL_OPEN):
        saved = save_sheet(work.uow(), opened.report, sheet, form.data, press=press, was=saved_version())
    plan, _ = last_written(work.uow(), opened.report)
    if isinstance(saved, Refusal) and not saves_itself():
        realign(form, sheet, plan)
    form.remark(remarks_as_sent(linted(work.uow(), plan), form, sheet))
    return answer(
        saved,
        form,
        show=lambda: _page(opened, sheet, form, plan),
        onward=_onward(report_id, sheet, plan, press),
        words="" if press else f"Saved: {sheet.title[:1].lower()}{sheet.title[1:]}.",
        told=_told(form, sheet) if saves_itself() else "",
    )


def _told(form: Form, sheet: Sheet) -> Markup:
    """What goes with the few words of an autosave: the remarks of every field, for the places they have on the page."""
    return Markup(render_template("editorial/protocol/_remarks.html", form=form, sheet=sheet))  # noqa: S704 - our own


def _onward(report_id: str, sheet: Sheet, plan: Protocol, press: Press | None) -> str:
    """After a button in the page the part that it moved; after Save the task list, unless a label has to follow."""
    if press is None and (request.form.get("save") == "check" or orphans(plan)):
        return request.full_path.rstrip("?")
    if press is None:
        return url_for("submission.tasks", report_id=report_id)
    count = len(getattr(plan, press.name))
    if not count:
        return f"{address(report_id, sheet)}#{press.name}-add"
    after = press.after()
    return address(report_id, sheet, Place(name=after.name, index=min(after.index, count - 1)))


def _page(opened: Opened, sheet: Sheet, form: Form, plan: Protocol) -> str:
    return render_template(
        "editorial/protocol/sheet.html",
        report=opened.report,
        plan=plan,
        sheet=sheet,
        form=form,
        mark=mark_of(sheet.part_of(plan)),
        plan_mark=mark_of(plan),
        orphans=orphans(plan),
        window=WINDOW,
        level=derived_level(plan),
        levels=BIAS_LEVELS,
        sentence_of=sentence_of,
        prospect_of=lambda label: prospect(plan, label) if label and plan.row(label) else None,
        address=lambda name, index: address(opened.report.id, sheet, Place(name=name, index=index)),
        others=[(other, address(opened.report.id, other)) for other in SHEETS.values()],
    )

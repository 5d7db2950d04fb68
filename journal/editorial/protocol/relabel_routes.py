"""Letting parts follow a label that was changed, when an author says which one is meant now."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from journal.dossier.access import Opened
from journal.dossier.drafts import save_protocol
from journal.editorial import work
from journal.editorial.protocol.pages import pages
from journal.editorial.protocol.sheet_routes import CLOSED, address
from journal.editorial.protocol.sheets import ROWS, SHEETS
from journal.editorial.saving import is_open, own_report, saved_version, to_report
from workflows.machine import Refusal
from workflows.protocol import Protocol
from workflows.relabelling import GROUPS, orphans, relabelled
from workflows.stages import PROTOCOL_OPEN


@pages.post("/reports/<report_id>/protocol/relabel")
def relabel(report_id: str) -> ResponseReturnValue:
    """Let whatever names a label that is not there name another; back to the page where it was offered."""
    opened = own_report(report_id)
    if not is_open(opened, PROTOCOL_OPEN):
        return to_report(report_id, CLOSED)
    told = _follow(opened)
    flash(told.words, "warn") if isinstance(told, Refusal) else flash(told)
    if request.form.get("back") == "lint":
        return redirect(url_for("protocol.lint_page", report_id=report_id), 303)
    return redirect(address(report_id, SHEETS.get(request.form.get("back", ""), ROWS)), 303)


def _follow(opened: Opened) -> str | Refusal:
    old, new, group = (request.form.get(name, "") for name in ("old", "new", "group"))
    if group not in GROUPS:
        return Refusal("not_offered", "Nothing was changed. Look at the labels again.")
    saved = save_protocol(
        work.uow(),
        opened.report,
        lambda plan: relabelled(plan, old, new, group=group) if _is_offered(plan, old, new, group) else plan,
        part=lambda plan: plan,
        was=saved_version(),
    )
    return saved if isinstance(saved, Refusal) else f"What named {old} names {new} now. Look it over."


def _is_offered(plan: Protocol, old: str, new: str, group: str) -> bool:
    return any((each.label, each.group) == (old, group) and new in each.candidates for each in orphans(plan))

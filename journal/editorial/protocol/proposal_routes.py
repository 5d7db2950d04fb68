"""What was read in a manuscript, proposed: accepted, edited or rejected by its authors, one by one or many at once."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import FileField, SelectField

from journal.dossier.access import Opened
from journal.dossier.drafts import last_written
from journal.dossier.manuscripts import newest_files
from journal.dossier.proposals import Item, Proposals, keep_proposals, proposals_of, read_plan
from journal.editorial import work
from journal.editorial.forms import Form
from journal.editorial.inputs import picked
from journal.editorial.protocol.answering import Answer, answered, place_after, suggestions
from journal.editorial.protocol.pages import pages
from journal.editorial.protocol.sheet_routes import CLOSED
from journal.editorial.protocol.suggesting import Into
from journal.editorial.saving import is_open, let_go, own_report, to_report
from journal.reading.passages import Changes
from storage.rows.manuscripts import FileKind
from workflows.machine import Refusal
from workflows.stages import PROTOCOL_OPEN

READABLE = (".md", ".markdown", ".txt", ".rmd", ".qmd", ".docx", ".tex")
_NOT_READABLE = "Choose the manuscript as Markdown, R Markdown, Quarto, Word (.docx) or LaTeX. A PDF cannot be read."
_NOTHING = "There is no manuscript yet. Choose a file here, or upload the manuscript first."


class ReadForm(Form):
    """Which file is read."""

    file = FileField(
        "Another file",
        description="Markdown, R Markdown, Quarto, Word or LaTeX. It is read, not kept as manuscript.",
    )
    changes: SelectField = picked(
        "If Word tracked changes in it",
        [
            ("", "Read them as accepted, and say so"),
            ("accept", "Read it with all accepted"),
            ("reject", "Read it as before them"),
        ],
    )


@pages.get("/reports/<report_id>/protocol/proposals")
def proposals(report_id: str) -> ResponseReturnValue:
    """What was read, each with the sentence it was read from."""
    opened = own_report(report_id)
    if not is_open(opened, PROTOCOL_OPEN):
        return to_report(report_id, CLOSED)
    return _page(opened, ReadForm(formdata=None))


@pages.post("/reports/<report_id>/protocol/proposals")
def answer_proposals(report_id: str) -> ResponseReturnValue:
    """Accept or reject what a button names: one, those that are ticked, or all of a kind."""
    opened = own_report(report_id)
    if not is_open(opened, PROTOCOL_OPEN):
        return to_report(report_id, CLOSED)
    answer = Answer.of(request.form, request.form.getlist("tick"))
    told = answered(work.uow(), opened.report, answer)
    flash(told.words, "warn") if isinstance(told, Refusal) else flash(told)
    return redirect(
        url_for("protocol.proposals", report_id=report_id, _anchor=place_after(work.uow(), opened.report, answer)), 303
    )


@pages.post("/reports/<report_id>/protocol/proposals/read")
def read_proposals(report_id: str) -> ResponseReturnValue:
    """Read the manuscript of the draft, or another file."""
    opened = own_report(report_id)
    form = ReadForm()
    chosen = _chosen(opened)
    if isinstance(chosen, Refusal):
        form.refuse(chosen)
        return _page(opened, form), 422
    kept = _read(report_id, chosen, form)
    if kept is None:
        return to_report(report_id, CLOSED)
    flash(_how_much(kept))
    return redirect(url_for("protocol.proposals", report_id=report_id), 303)


def _read(report_id: str, chosen: tuple[str, bytes], form: ReadForm) -> Proposals | None:
    """Read the file with the database let go, and keep what was read if the draft can still be written."""
    let_go()
    read = read_plan(*chosen, changes=next((each for each in Changes if each.value == form.changes.data), None))
    opened = own_report(report_id)
    return keep_proposals(work.uow(), opened.report, read) if is_open(opened, PROTOCOL_OPEN) else None


def _chosen(opened: Opened) -> tuple[str, bytes] | Refusal:
    """The name and bytes of the file to read."""
    sent = request.files.get("file")
    if sent is not None and sent.filename:
        if not sent.filename.lower().endswith(READABLE):
            return Refusal("not_readable", _NOT_READABLE, "file")
        return sent.filename.replace("\\", "/").rpartition("/")[2], sent.read()
    files = newest_files(work.uow(), opened.report, for_stage=1)
    main = next((file for file in files if file.kind is FileKind.MANUSCRIPT), None)
    if main is None:
        return Refusal("nothing_to_read", _NOTHING, "file")
    return main.name, work.uow().cabinet.file(opened.report, main.vault_name)


def _how_much(kept: Proposals) -> str:
    waiting = len(kept.waiting())
    if not kept.items:
        return "Nothing of a plan was recognised in it. Write the rows yourself: nothing is guessed."
    return f"Read: {len(kept.items)} proposals, {waiting} of them without your answer."


@pages.get("/reports/<report_id>/protocol/proposals/source")
def proposals_source(report_id: str) -> ResponseReturnValue:
    """The file as it was read, each line with a place of its own, and what was proposed from it marked."""
    opened = own_report(report_id)
    kept = proposals_of(work.uow(), opened.report) or abort(404)
    plan, _ = last_written(work.uow(), opened.report)
    marked = {at for item in kept.items for at in _places(kept, item)}
    return render_template("editorial/protocol/source.html", report=opened.report, plan=plan, kept=kept, marked=marked)


def _places(kept: Proposals, item: Item) -> range:
    """The lines of a quote; a paragraph of Word is one place."""
    return range(item.at, item.at + (item.quote.count("\n") if kept.numbered == "line" else 0) + 1)


def _page(opened: Opened, form: ReadForm) -> str:
    uow, report = work.uow(), opened.report
    plan, _ = last_written(uow, report)
    kept = proposals_of(uow, report)
    return render_template(
        "editorial/protocol/proposals.html",
        report=report,
        plan=plan,
        form=form,
        kept=kept,
        waiting=suggestions(kept, plan) if kept else [],
        choices=list(Into),
        has_manuscript=any(f.kind is FileKind.MANUSCRIPT for f in newest_files(uow, report, for_stage=1)),
    )

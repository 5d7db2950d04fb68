"""Having a file read for its plan: at once, or by the worker where it is long."""

from dataclasses import dataclass, replace
from hashlib import sha256

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from journal.dossier.access import Opened
from journal.dossier.manuscripts import newest_files
from journal.dossier.plan_readings import ask_to_read, is_long, keep_what_was_read
from journal.dossier.proposals import Proposals, proposals_of, read_plan
from journal.editorial import work
from journal.editorial.protocol.pages import pages
from journal.editorial.protocol.proposals_page import ReadForm, how_much, show_proposals
from journal.editorial.protocol.sheet_routes import CLOSED
from journal.editorial.saving import is_open, let_go, own_report, to_report
from journal.reading.passages import Changes
from storage.rows.manuscripts import FileKind
from workflows.machine import Refusal
from workflows.stages import PROTOCOL_OPEN

READABLE = (".md", ".markdown", ".txt", ".rmd", ".qmd", ".docx", ".tex", ".zip")
_NOT_READABLE = (
    "Choose the manuscript as Markdown, R Markdown, Quarto, Word (.docx), LaTeX, or a zip of it. A PDF cannot be read."
)
_NOTHING = "There is no manuscript yet. Choose a file here, or upload the manuscript first."


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A file to read. `vault_name` is "" for one that is not in the vault yet."""

    name: str
    body: bytes
    vault_name: str = ""


@pages.post("/reports/<report_id>/protocol/proposals/read")
def read_proposals(report_id: str) -> ResponseReturnValue:
    """Read the manuscript of the draft, another file, or the last one again in the version that is meant."""
    opened = own_report(report_id)
    form = ReadForm()
    source = _chosen(opened)
    if isinstance(source, Refusal):
        form.refuse(source)
        return show_proposals(opened, form), 422
    told = _given_away(opened, source) if is_long(source.body) else _read(report_id, source)
    if told is None:
        return to_report(report_id, CLOSED)
    flash(told)
    return redirect(url_for("protocol.proposals", report_id=report_id), 303)


def _given_away(opened: Opened, source: Source) -> str | None:
    """Have the worker read a long file."""
    uow, report = work.uow(), opened.report
    if not is_open(opened, PROTOCOL_OPEN):
        return None
    vault_name = source.vault_name or uow.cabinet.deposit(report, source.body).name
    digest = sha256(source.body).hexdigest()
    ask_to_read(uow, report, name=source.name, vault_name=vault_name, sha256=digest, changes=_changes())
    return "It is long, so it is read in the background: this page shows how far it is."


def _read(report_id: str, source: Source) -> str | None:
    """Read the file with the database let go, and keep what was read if the draft can still be written."""
    let_go()
    read = read_plan(source.name, source.body, changes=_changes())
    opened = own_report(report_id)
    if not is_open(opened, PROTOCOL_OPEN):
        return None
    vault_name = source.vault_name
    if read.asks and not vault_name:  # the answer has it read again
        vault_name = work.uow().cabinet.deposit(opened.report, source.body).name
    return how_much(keep_what_was_read(work.uow(), opened.report, replace(read, vault_name=vault_name)))


def _changes() -> Changes | None:
    """The version that the authors said they mean of a file with tracked changes."""
    return next((each for each in Changes if each.value == request.form.get("changes")), None)


def _chosen(opened: Opened) -> Source | Refusal:
    """The file to read."""
    sent = request.files.get("file")
    if sent is not None and sent.filename:
        if not sent.filename.lower().endswith(READABLE):
            return Refusal("not_readable", _NOT_READABLE, "file")
        return Source(name=sent.filename.replace("\\", "/").rpartition("/")[2], body=sent.read())
    kept = proposals_of(work.uow(), opened.report)
    if _changes() and kept is not None and kept.vault_name:
        return _as_kept(opened, kept)
    main = next(
        (f for f in newest_files(work.uow(), opened.report, for_stage=1) if f.kind is FileKind.MANUSCRIPT), None
    )
    if main is None:
        return Refusal("nothing_to_read", _NOTHING, "file")
    body = work.uow().cabinet.file(opened.report, main.vault_name)
    return Source(name=main.name, body=body, vault_name=main.vault_name)


def _as_kept(opened: Opened, kept: Proposals) -> Source:
    body = work.uow().cabinet.file(opened.report, kept.vault_name)
    return Source(name=kept.file, body=body, vault_name=kept.vault_name)

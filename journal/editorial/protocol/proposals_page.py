"""The page of proposals: what waits for an answer, what the worker is reading, and which file is read next."""

from flask import render_template
from wtforms import FileField

from journal.dossier.access import Opened
from journal.dossier.drafts import last_written
from journal.dossier.manuscripts import newest_files
from journal.dossier.plan_readings import STEPS, reading_of
from journal.dossier.proposals import Proposals, proposals_of
from journal.editorial import work
from journal.editorial.forms import Form
from journal.editorial.protocol.answering import suggestions
from journal.editorial.protocol.suggesting import Into
from storage.rows.manuscripts import FileKind


class ReadForm(Form):
    """Which file is read."""

    file = FileField(
        "Another file",
        description="Markdown, R Markdown, Quarto, Word or LaTeX. It is read, not kept as manuscript.",
    )


def show_proposals(opened: Opened, form: ReadForm) -> str:
    """The page; while the worker reads, it says how far it is and holds nothing that could be typed."""
    uow, report = work.uow(), opened.report
    plan, _ = last_written(uow, report)
    kept = proposals_of(uow, report)
    return render_template(
        "editorial/protocol/proposals.html",
        report=report,
        plan=plan,
        form=form,
        kept=kept,
        reading=reading_of(uow, report),
        steps=len(STEPS),
        waiting=suggestions(kept, plan) if kept else [],
        choices=list(Into),
        has_manuscript=any(f.kind is FileKind.MANUSCRIPT for f in newest_files(uow, report, for_stage=1)),
    )


def how_much(kept: Proposals) -> str:
    """What came of a reading, in a sentence."""
    waiting = len(kept.waiting())
    if kept.asks:
        return "One question first."
    if not kept.items:
        return "Nothing of a plan was recognised in it. Write the rows yourself: nothing is guessed."
    return f"Read: {len(kept.items)} proposals, {waiting} of them without your answer."

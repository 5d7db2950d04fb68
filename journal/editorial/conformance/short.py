"""The short report on the pages of stage 2: the choice, what it says beside its rows, and what it still lacks."""

from collections.abc import Mapping
from typing import Any

from journal.dossier.results import Results
from journal.editorial.forms import Form
from journal.editorial.inputs import one_of, prose
from storage.rows.reports import Report
from workflows.machine import Refusal
from workflows.short_reports import Paper, ShortReport, gaps


class PaperFields(Form):
    """What the paper is made from, and what a short report says beside its rows."""

    paper = one_of("What do you send?", ((paper.value, paper.words) for paper in Paper))
    how = prose(
        "How it was done",
        "For a short report. A few sentences: when, with what, by whom. What the protocol says need not be said again.",
    )
    limits = prose("Limits", "For a short report. What a reader should not conclude from it.")


def typed(form: PaperFields) -> dict[str, str | None]:
    """The fields as typed, by name."""
    return {"paper": form.paper.data, "how": form.how.data, "limits": form.limits.data}


def kept(texts: Mapping[str, str | None]) -> dict[str, Any]:
    """What was typed, as results keep it."""
    paper = texts.get("paper") or ""
    said = ShortReport(how=texts.get("how") or "", limits=texts.get("limits") or "")
    return {"paper": Paper(paper) if paper in set(Paper) else None, "short": said}


def shown(results: Results) -> dict[str, object]:
    """The fields as the form shows them."""
    return {"paper": results.paper, "how": results.short.how, "limits": results.short.limits}


def paper_gaps(results: Results, *, has_manuscript: bool) -> tuple[Refusal, ...]:
    """What the paper still lacks."""
    return tuple(gaps(results.paper, results.short, has_manuscript=has_manuscript))


def cited_by(results: Results, report: Report) -> str:
    """The digest of the protocol that the results cite. The rows of a short report are that protocol's own."""
    if results.as_short_report is not None:
        return report.protocol_digest or ""
    return results.cited_digest.strip().lower()

"""The findings that stand open, as a letter to the authors names them."""

from journal.dossier import findings, results
from journal.unit_of_work import UnitOfWork
from storage.rows.reports import Report

MOST = 5
"""A letter is short: what is more stands on the page."""


def open_findings(uow: UnitOfWork, report: Report) -> dict[str, object]:
    """Values for a letter: `findings`, how many are open; `named`, the first of them in words; `findings_link`."""
    newest = results.latest_submitted(uow, report)
    standing = findings.standings(uow, report, newest, answers=False) if newest else []
    found = [each.finding for each in standing if each.bars]
    return {
        "findings": len(found),
        "named": [": ".join(filter(None, (each.place, each.kind.words))) for each in found[:MOST]],
        "findings_link": f"{uow.config.editorial_url}/reports/{report.id}/findings",
    }

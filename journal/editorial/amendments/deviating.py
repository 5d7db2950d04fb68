"""After data collection has ended a change is a deviation: it goes to the others that the results declare."""

from collections.abc import Mapping
from dataclasses import replace

from journal.dossier.access import Opened
from journal.dossier.drafts import last_results, mark_of, save_results
from journal.editorial.amendments.asking import NOT_NOW, collecting
from journal.unit_of_work import UnitOfWork
from workflows.deviations import as_typed, gaps
from workflows.machine import Refusal
from workflows.stages import AWAITING_RESULTS

STILL_COLLECTING = Refusal(
    "not_possible", "Data are still being collected by your own record, so ask for an amendment: it can be approved."
)


def record_deviation(uow: UnitOfWork, opened: Opened, typed: Mapping[str, str | None]) -> list[Refusal]:
    """Add a deviation to the draft of the results; what it lacks comes back, and then nothing is recorded."""
    if opened.report.stage not in AWAITING_RESULTS:
        return [NOT_NOW]
    if collecting(uow, opened.report):
        return [STILL_COLLECTING]
    deviation = as_typed({name: (text or "").strip() for name, text in typed.items()})
    missing = [replace(gap, field=(gap.field or "").rpartition("-")[2]) for gap in gaps((deviation,))]
    if missing:
        return missing
    was = mark_of(last_results(uow, opened.report))
    saved = save_results(
        uow, opened.report, lambda done: replace(done, deviations=(*done.deviations, deviation)), was=was
    )
    return [saved] if isinstance(saved, Refusal) else []

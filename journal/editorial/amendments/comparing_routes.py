"""Any two versions of a protocol side by side, changed words marked: for everybody who may open the report."""

from collections.abc import Iterable

from flask import abort, render_template, request
from flask.typing import ResponseReturnValue

from journal.dossier.access import Opened
from journal.dossier.protocols import readable, words
from journal.editorial import work
from journal.editorial.amendments.pages import pages
from journal.editorial.amendments.wording import side_by_side
from storage.rows.protocols import ProtocolVersion
from workflows.changes import Fate, compare


@pages.get("/reports/<report_id>/protocol/compare")
def versions(report_id: str) -> ResponseReturnValue:
    """Version `before` beside version `after`; without them the last two."""
    opened = work.opened(report_id)
    found = readable(work.uow(), opened)
    last = [version.number for version in found][-2:] or [0]
    before = _chosen(found, request.args.get("before", type=int, default=last[0]))
    after = _chosen(found, request.args.get("after", type=int, default=last[-1]))
    return _page(opened, found, before, after)


def _chosen(found: Iterable[ProtocolVersion], number: int) -> ProtocolVersion:
    version = next((version for version in found if version.number == number), None)
    if version is None:
        abort(404)
    return version


def _page(opened: Opened, found: list[ProtocolVersion], before: ProtocolVersion, after: ProtocolVersion) -> str:
    uow, report = work.uow(), opened.report
    plan = words(uow, report, after)
    changes = compare(words(uow, report, before), plan)
    return render_template(
        "editorial/amendments/compare.html",
        report=report,
        plan=plan,
        versions=found,
        before=before,
        after=after,
        changes=[side_by_side(change) for change in changes if change.fate is not Fate.SAME],
        same=[change.heading for change in changes if change.fate is Fate.SAME],
    )

"""Where a page shows what the linter says: the field of a form that a finding is about, and the page it is on."""

from collections.abc import Iterable, Iterator

from flask import url_for

from journal.editorial.forms import Form
from journal.editorial.protocol.filling import WINDOW, Place
from journal.editorial.protocol.sheets import ROWS, Sheet, sheet_of
from workflows.lint import Lint

# What is built from parts is shown beside the words that say the same.
_BESIDE = {"rule": "decision_rule", "passes": "threshold"}
_LOOSE = {
    "dates-collection_start": "collection_start",
    "dates-collection_end": "collection_end",
    "dates-results_due": "results_due",
    "promises-data": "data_-opening",
    "promises-code": "code-opening",
    "promises-materials": "materials-opening",
}
_ELSEWHERE = {
    "title": "submission.title",
    "abstract": "submission.title",
    "topics": "submission.title",
    "bias_level": "submission.bias",
    "bias_account": "submission.bias",
    "statements": "submission.statements",
    "files": "submission.manuscript",
}


def field_of(place: str) -> str:
    """The field of a form that a place of the plan is shown beside."""
    if place in _LOOSE:
        return _LOOSE[place]
    head, _, last = place.rpartition("-")
    return f"{head}-{_BESIDE[last]}" if head and last in _BESIDE else place


def remarks(found: Iterable[Lint]) -> Iterator[tuple[str, Lint]]:
    """Each finding with the name of its field, for a form that shows the plan."""
    return ((field_of(each.place), each) for each in found)


def remarks_as_sent(found: Iterable[Lint], form: Form, sheet: Sheet) -> Iterator[tuple[str, Lint]]:
    """The same for a form that was sent, whose groups are counted anew; each says where in the plan it stands."""
    places = {
        f"{each.name}-{entry.form.at.data}-": f"{each.name}-{position}-"
        for each in sheet.repeated
        for position, entry in enumerate(form[each.name].entries)
    }
    repeated = {each.name for each in sheet.repeated}
    for name, each in remarks(found):
        head, _, rest = name.partition("-")
        index, _, last = rest.partition("-")
        if head not in repeated or not last:
            yield name, each
        elif f"{head}-{index}-" in places:
            yield places[f"{head}-{index}-"] + last, each


def where(report_id: str, finding: Lint) -> str:
    """The address of the field that a finding is about."""
    name = field_of(finding.place)
    head = name.partition("-")[0]
    if head in _ELSEWHERE:
        return url_for(_ELSEWHERE[head], report_id=report_id, _anchor=name)
    if finding.place in _LOOSE:
        return url_for("protocol.part", report_id=report_id, name="papers", _anchor=name)
    sheet = sheet_of(head) or ROWS
    at = name if Place.of(name).index >= WINDOW else None
    endpoint, part = ("protocol.edit", None) if sheet is ROWS else ("protocol.part", sheet.name)
    return url_for(endpoint, report_id=report_id, name=part, at=at, _anchor=name)

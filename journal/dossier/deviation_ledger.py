"""The deviation ledger of a submitted version: each declared deviation with all that was said of it."""

from dataclasses import dataclass

from journal.dossier import deviation_answers, protocols, results
from journal.dossier.access import Opened
from journal.dossier.findings import Standing, answers_shown, standings
from journal.dossier.remarks import Remark, rounds_seen
from journal.unit_of_work import UnitOfWork
from storage.rows.outcomes import FindingRow, ResultsVersion
from workflows.deviations import Deviation
from workflows.people import Capacity
from workflows.protocol import Check, Protocol, Row
from workflows.reviewing import Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One deviation, numbered from 1, with the frozen row or check it concerns (None for another part or the whole
    study) and `anchor`, its place on the protocol's page; the findings it declares, the points on it that the viewer
    may read, and who answered it when.
    """

    number: int
    deviation: Deviation
    row: Row | None
    check: Check | None
    anchor: str
    findings: tuple[Standing, ...]
    points: tuple[tuple[str, Remark], ...]

    @property
    def name(self) -> str:
        """What it is called on every page: "Deviation 2, H1"."""
        return f"Deviation {self.number}, {self.deviation.row or 'the whole study'}"


def ledger(uow: UnitOfWork, opened: Opened, version: ResultsVersion) -> list[Entry]:
    """The deviations declared in a submitted version, in the authors' order, as far as the viewer may read them."""
    report = opened.report
    done = deviation_answers.answered(uow, report, results.words(uow, report, version))
    shown = answers_shown(uow, report, version, is_author=Capacity.AUTHOR in opened.acting_as)
    found = standings(uow, report, version, answers=shown)
    points = _points(uow, opened, version)
    frozen = protocols.frozen(uow, report)
    plan = protocols.words(uow, report, frozen) if frozen else Protocol()
    return [
        _entry(plan, at, deviation, found=found, points=points) for at, deviation in enumerate(done.deviations, start=1)
    ]


def _entry(
    plan: Protocol, at: int, deviation: Deviation, *, found: list[Standing], points: list[tuple[str, Remark]]
) -> Entry:
    return Entry(
        number=at,
        deviation=deviation,
        row=plan.row(deviation.row),
        check=next((check for check in plan.checks if check.label == deviation.row), None),
        anchor=anchor_of(plan, deviation.row),
        findings=tuple(each for each in found if each.declared_by == at),
        points=tuple((who, each) for who, each in points if _is_about(each, at, deviation)),
    )


def anchor_of(plan: Protocol, label: str) -> str:
    """Where a row or check stands on the protocol's page; empty for other parts."""
    places = [(row.label, f"row-{at}") for at, row in enumerate(plan.rows, start=1)]
    places += [(check.label, f"check-{at}") for at, check in enumerate(plan.checks, start=1)]
    return dict(reversed(places)).get(label, "") if label else ""


def _points(uow: UnitOfWork, opened: Opened, version: ResultsVersion) -> list[tuple[str, Remark]]:
    """The points of the rounds about this version, with who made each."""
    return [
        (review.who, remark)
        for found in rounds_seen(uow, opened)
        if found.round.for_stage > 1 and found.round.version_number == version.number
        for review in found.reviews
        for remark in review.remarks
        if not isinstance(remark.row, FindingRow) and isinstance(remark.body, Point)
    ]


def _is_about(remark: Remark, number: int, deviation: Deviation) -> bool:
    """Whether a point names the deviation, or the row it concerns, as its place."""
    place = remark.body.place if isinstance(remark.body, Point) else ""
    names = {f"deviation {number}", deviation.row.casefold()} - {""}
    return not names.isdisjoint(part.strip().casefold() for part in place.split(","))

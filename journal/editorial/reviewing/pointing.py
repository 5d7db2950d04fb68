"""A finding or a deviation made a point of the reviewer's draft: where, what, and both texts; the why is theirs."""

from journal.dossier import results
from journal.dossier.deviation_ledger import ledger
from journal.dossier.findings import Standing, standings
from journal.editorial.reviewing.seats import Seat
from storage.rows.outcomes import ResultsVersion
from workflows.reviewing import Criterion, Point

LONGEST = 400
"""Characters of a quotation: what is longer stands beside it on the page."""


def point_from(seat: Seat, wanted: str) -> Point | None:
    """The beginning of a point about `finding:3` or `deviation:2`; None where the round has no such thing."""
    kind, _, number = wanted.partition(":")
    wanted_number = seat.round.version_number
    version = next((row for row in results.versions(seat.uow, seat.report) if row.number == wanted_number), None)
    if seat.stage == 1 or version is None or not number.isdecimal():
        return None
    return _of_finding(seat, version, int(number)) if kind == "finding" else _of_deviation(seat, version, int(number))


def _of_finding(seat: Seat, version: ResultsVersion, number: int) -> Point | None:
    found = standings(seat.uow, seat.report, version, answers=False)
    each = next((each for each in found if each.number == number), None)
    return _point(each) if each else None


def _point(each: Standing) -> Point:
    finding = each.finding
    quotes = [("Promised", finding.promised), ("Reported", finding.reported)]
    lines = [
        finding.sentence,
        *(
            f"{side}: \N{LEFT DOUBLE QUOTATION MARK}{_cut(text)}\N{RIGHT DOUBLE QUOTATION MARK}"
            for side, text in quotes
            if text.strip()
        ),
    ]
    return Point(
        criterion=each.row.criterion,
        place=f"Finding {each.number}" + (f", {finding.place}" if finding.place else ""),
        claim="\n".join(lines),
        severity=each.row.severity,
    )


def _of_deviation(seat: Seat, version: ResultsVersion, number: int) -> Point | None:
    entries = ledger(seat.uow, seat.opened, version)
    entry = next((entry for entry in entries if entry.number == number), None)
    if entry is None:
        return None
    claim = f"The declared deviation: {_cut(entry.deviation.what)}"
    return Point(criterion=Criterion.FOLLOWED, place=entry.name, claim=claim)


def _cut(text: str) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= LONGEST else folded[:LONGEST].rsplit(" ", 1)[0] + " \N{HORIZONTAL ELLIPSIS}"

"""Rules about dates, promises, and the papers of a programmatic report."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import date
from itertools import pairwise

from workflows.lint import sources
from workflows.lint.rule import LintRule, must, should
from workflows.lint.sheet import Sheet, Spot
from workflows.protocol import Opening
from workflows.reviewing import Criterion

_DATES = {
    "collection_start": "the start of data collection",
    "collection_end": "the end of data collection",
    "results_due": "the day the results are due",
}
_ISO_LENGTH = 10


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if len(text.strip()) == _ISO_LENGTH else None
    except ValueError:
        return None


@must(
    "date-impossible",
    Criterion.METHOD,
    wrong="A date is none: it has another form than year-month-day, or is in no calendar.",
    why="Deadlines are computed from these dates.",
    remedy="Write it as 2027-03-31.",
    source=sources.DESIGN_TABLE,
)
def _undated(sheet: Sheet) -> Iterator[Spot]:
    for field, name in _DATES.items():
        text = getattr(sheet.protocol.dates, field)
        if text.strip() and _day(text) is None:
            yield Spot(f"{text[:40]} is no date: {name}.", f"dates-{field}")


@must(
    "dates-out-of-order",
    Criterion.METHOD,
    wrong="Data collection ends before it begins, or results are due before the data are in.",
    why="Such a plan cannot be carried out.",
    remedy="Correct one of the dates.",
    source=sources.DESIGN_TABLE,
)
def _disordered(sheet: Sheet) -> Iterator[Spot]:
    known = [(field, day) for field in _DATES if (day := _day(getattr(sheet.protocol.dates, field))) is not None]
    for (earlier, first), (later, second) in pairwise(known):
        if second < first:
            yield Spot(f"{_DATES[later]} is before {_DATES[earlier]}.".capitalize(), f"dates-{later}")


@should(
    "date-has-passed",
    Criterion.METHOD,
    wrong="Data collection was to begin on a day that has passed.",
    why="Data that were collected before acceptance are existing data, and lower the bias-control level.",
    remedy="Choose a day after the acceptance you expect, or say in the bias-control part what has been collected.",
    source=sources.BIAS_LEVELS,
)
def _passed(sheet: Sheet) -> Iterator[Spot]:
    today = _day(sheet.today or "")
    start = _day(sheet.protocol.dates.collection_start)
    if today and start and start < today and (sheet.protocol.bias_level in (None, 6)):
        yield Spot(f"Data collection was to begin on {start}, which has passed.", "dates-collection_start")


@should(
    "promise-without-place",
    Criterion.DETAIL,
    wrong="Something will be open, and where is not said.",
    why="What has no place is rarely found again.",
    remedy="Name the archive.",
    source=sources.TOP,
)
def _placeless(sheet: Sheet) -> Iterator[Spot]:
    for each in fields(sheet.protocol.promises):
        promise = getattr(sheet.protocol.promises, each.name)
        if promise.opening is Opening.YES and not promise.place.strip() and not _stated(sheet, each.name):
            yield Spot(f"The {each.name} will be open, and it is not said where.", f"promises-{each.name}")


@must(
    "closed-without-reason",
    Criterion.DETAIL,
    wrong="Something will not be open, and no reason is given.",
    why="A legal or ethical reason is as good as a yes; no reason is none.",
    remedy="Give the legal or ethical reason, and how somebody can get it nevertheless.",
    source=sources.TOP,
)
def _unreasoned(sheet: Sheet) -> Iterator[Spot]:
    for each in fields(sheet.protocol.promises):
        promise = getattr(sheet.protocol.promises, each.name)
        if promise.opening is Opening.NO and not promise.reason.strip() and not _stated(sheet, each.name):
            yield Spot(f"The {each.name} will not be open, and it is not said why.", f"promises-{each.name}")


def _stated(sheet: Sheet, name: str) -> bool:
    """Whether the statement beside the promise says something."""
    return bool(getattr(sheet.protocol.statements, name).strip())


@must(
    "paper-without-rows",
    Criterion.DETAIL,
    wrong="A paper of a programmatic report has no rows.",
    why="Which parts of a protocol become which paper is fixed before the results are known.",
    remedy="Name its rows, or remove the paper.",
    source=sources.PROGRAMMATIC,
)
def _empty(sheet: Sheet) -> Iterator[Spot]:
    for at, paper in sheet.papers():
        if not paper.rows:
            yield at.spot("rows", f"{at.name} reports no row.")


@must(
    "row-in-no-paper",
    Criterion.DETAIL,
    wrong="Papers are planned, and a row is in none of them.",
    why="A row without a paper can be left out once its result is known.",
    remedy="Put it into one of the papers.",
    source=sources.PROGRAMMATIC,
)
def _homeless(sheet: Sheet) -> Iterator[Spot]:
    reported = {label for paper in sheet.protocol.papers for label in paper.rows}
    for at, row in sheet.rows() if reported else ():
        if row.label not in reported:
            yield at.spot("label", f"{at.name} is in none of the papers.")


@should(
    "row-in-two-papers",
    Criterion.DETAIL,
    wrong="A row is reported in two papers.",
    why="One result would then be counted twice by those who gather evidence.",
    remedy="Let one paper report it and the other cite it, or say why both must.",
    source=sources.PROGRAMMATIC,
)
def _doubled(sheet: Sheet) -> Iterator[Spot]:
    seen: set[str] = set()
    for at, paper in sheet.papers():
        for label in paper.rows:
            if label in seen:
                yield at.spot("rows", f"{label} is in another paper as well.")
            seen.add(label)


RULES: tuple[LintRule, ...] = (
    _undated,
    _disordered,
    _passed,
    _placeless,
    _unreasoned,
    _empty,
    _homeless,
    _doubled,
)

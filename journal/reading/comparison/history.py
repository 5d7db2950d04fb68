"""Claims about when: dates of registration, "before the data", and what the protocol itself says was there already."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from journal.reading.comparison.document import Unit
from journal.reading.comparison.sections import Part
from journal.reading.comparison.sides import Sides
from workflows.comparing.finding import Evidence, Kind, Observation

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(
    r"\b(?P<y>20\d\d)-(?P<m>[01]\d)-(?P<d>[0-3]\d)\b|\b(?P<d2>[0-3]?\d)(?:st|nd|rd"
    r"|th)? (?P<mon>[A-Z][a-z]{2,8})\.?,? (?P<y2>20\d\d)\b"
    r"|\b(?P<mon3>[A-Z][a-z]{2,8})\.? (?P<d3>[0-3]?\d)(?:st|nd|rd|th)?,? (?P<y3>20\d\d)\b"
)
_REGISTERS = re.compile(
    r"\b(?:pre-?)?regist(?:ered|ration)\b|\bfrozen\b|\blocked\b|\bcommitted\b|\bwritten\b", re.IGNORECASE
)
_CLAIMS_BEFORE = re.compile(
    r"\b(?:before|prior to)\b[^.;]{0,50}\b(?:data|results?|collect\w*|confirmatory|experiments?|runs?"
    r"|outcomes?|observ\w*|analys\w*)\b",
    re.IGNORECASE,
)
_REGISTRATION = re.compile(r"\b(?:pre-?)?regist\w+|\bprotocol\b|\bplan\b|\bfroze\w*|\bhypothes[ie]s\b", re.IGNORECASE)
_THERE_ALREADY = re.compile(
    r"\b(?:data|results?|arms?|rows?|runs?|scores?|corpus|sample)\b[^.;]{0,40}\b(?:already|previously) (?:been )?"
    r"(?:collected|observed|in hand|measured|run|known|analy[sz]ed|seen)\b|\balready (?:observed|in hand"
    r"|collected|measured)\b"
    r"|\bpre-?existing data\b|\bwhile\b[^.;]{0,60}\bstill (?:running|training|being collected)\b|\bnot fully blind\b",
    re.IGNORECASE,
)
_UPDATED = re.compile(r"\b(?:last (?:updated|edited|modified|revised)|updated|revised)\b", re.IGNORECASE)
_NO_DATA = re.compile(r"\b(?:no|not|none|never)\b", re.IGNORECASE)
_HEAD = 40


def when_observations(sides: Sides) -> Iterator[Observation]:
    """What the two documents say of the order of registration and data, where it does not fit together."""
    yield from _before(sides)
    yield from _dates(sides)
    yield from _edited(sides)


def _before(sides: Sides) -> Iterator[Observation]:
    there = next(
        (u for u in sides.protocol.said() if _THERE_ALREADY.search(u.plain) and not _NO_DATA.search(u.plain)), None
    )
    claim = next(
        (u for u in sides.manuscript.said() if _CLAIMS_BEFORE.search(u.plain) and _REGISTRATION.search(u.plain)), None
    )
    if there is not None and claim is not None and there.part is not Part.DEVIATIONS:
        yield _observation(there, claim, 0.6, 0.55, "the protocol itself says that something was there already")


def _was_there(unit: Unit) -> bool:
    return bool(_THERE_ALREADY.search(unit.plain) and not _NO_DATA.search(unit.plain))


def _claims_before(unit: Unit) -> bool:
    return bool(_CLAIMS_BEFORE.search(unit.plain) and _REGISTRATION.search(unit.plain))


def _dates(sides: Sides) -> Iterator[Observation]:
    """A date of registration in the manuscript that no date of the protocol comes near."""
    known = {found for unit in sides.protocol.said() for found in dates_in(unit.plain)}
    own = next(
        (u for u in sides.protocol.units[:_HEAD] if _REGISTERS.search(u.plain) and list(dates_in(u.plain))), None
    )
    if own is None:
        return
    for unit in sides.manuscript.said():
        if unit.part is Part.REFERENCES or not _REGISTERS.search(unit.plain) or not _REGISTRATION.search(unit.plain):
            continue
        for told in dates_in(unit.plain):
            if all(abs((told - one).days) > 1 for one in known):
                yield _observation(own, unit, 0.7, 0.6, f"{told.isoformat()} is no date of the protocol")
                return


def _edited(sides: Sides) -> Iterator[Observation]:
    """A protocol that says it was edited after the day on which it was registered or frozen."""
    head = [(found, u) for u in sides.protocol.units[:_HEAD] for found in dates_in(u.plain)]
    updated = [(found, u) for found, u in head if _UPDATED.search(u.plain)]
    registered = [found for found, u in head if _REGISTERS.search(u.plain) and not _UPDATED.search(u.plain)]
    if registered and updated and max(updated, key=_day)[0] > max(registered):
        words = "it was edited after the day on which it was registered"
        yield _observation(max(updated, key=_day)[1], None, 0.6, 0.4, words)


def _day(found: tuple[date, Unit]) -> date:
    return found[0]


def _observation(protocol: Unit, manuscript: Unit | None, strength: float, weight: float, words: str) -> Observation:
    return Observation(
        kind=Kind.HISTORY_DIFFERS,
        strength=strength,
        weight=weight,
        about="when",
        words=words,
        protocol=protocol.span,
        manuscript=None if manuscript is None else manuscript.span,
        evidence=Evidence.HISTORY,
        group="history",
    )


def dates_in(plain: str) -> Iterator[date]:
    """The dates of a text, in the usual ways of writing; what is no day of the calendar is passed over."""
    for match in _DATE.finditer(plain):
        year = match["y"] or match["y2"] or match["y3"]
        month = int(match["m"]) if match["m"] else _month(match["mon"] or match["mon3"])
        day = match["d"] or match["d2"] or match["d3"]
        try:
            yield date(int(year), month, int(day))
        except ValueError:
            continue


def _month(name: str) -> int:
    return _MONTHS.index(name.lower()[:3]) + 1 if name.lower()[:3] in _MONTHS else 0


OBSERVERS = (when_observations,)

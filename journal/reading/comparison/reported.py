"""Test statistics as the manuscript reports them, against the p value beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from journal.reading.comparison.sides import Sides
from workflows.comparing.finding import Evidence, Kind, Observation
from workflows.comparing.statistics import agrees, p_of

_NUM = r"[-−+]?\d*\.?\d+"
_REPORTED = re.compile(
    rf"(?<![\w])(?P<test>t|F|z|Z|r|χ\s?2|χ²|χ\^2|chi2|X2)\s?"
    rf"(?:\(\s?(?P<first>\d+(?:\.\d+)?)\s?(?:,\s?(?:N\s?=\s?)?(?P<second>\d+(?:\.\d+)?)\s?)?\))?\s?=\s?(?P<value>{_NUM})"
    rf"(?P<low>\d*)[^.;()\d]{{0,24}}?\bp\s?(?P<sign>[<=>])\s?(?P<p>0?\.\d+)",
)
_ONE_SIDED = re.compile(r"\bone[- ](?:sided|tailed)|\bdirectional\b", re.IGNORECASE)


@dataclass(frozen=True)
class Reported:
    """A test statistic with the p beside it: p as it is written, the sign before it, and what the statistic gives."""

    text: str
    sign: str
    claimed: str
    low: float
    high: float


def _read(match: re.Match[str]) -> Reported | None:
    """The p values that the statistic, rounded as written, can have: from `low` to `high`."""
    name = {"Z": "z"}.get(match["test"], match["test"])
    name = "chi2" if name.startswith(("χ", "chi", "X")) else name
    value = float(match["value"].replace("−", "-"))
    half = 0.5 * 10 ** -len(match["value"].partition(".")[2])
    first, second = float(match["first"] or 0), float(match["second"] or 0)
    try:
        ps = [p_of(name, v, first, second) for v in (abs(value) + half, max(abs(value) - half, 0.0))]
    except ValueError:
        return None
    return Reported(match[0], match["sign"], match["p"], min(ps), max(ps))


def statistic_observations(sides: Sides) -> Iterator[Observation]:
    """Statistics whose exact p is not the one reported, however both are rounded and whichever side is meant."""
    halved = bool(_ONE_SIDED.search(sides.manuscript.plain))
    for unit in sides.manuscript.said():
        for match in _REPORTED.finditer(unit.plain):
            read = _read(match)
            if read is None or any(agrees(p, read.sign, read.claimed, halved=halved) for p in (read.low, read.high)):
                continue
            if read.sign == "=" and _within(read, halved=halved):
                continue
            crosses = (read.low > 0.05) != (float(read.claimed) > 0.05)  # noqa: PLR2004
            yield Observation(
                kind=Kind.STATISTIC,
                strength=0.95 if crosses else 0.75,
                weight=0.8 if crosses else 0.55,
                about=read.text,
                words=f"{read.text}: the statistic gives p = {read.high:.3g}",
                manuscript=unit.span,
                evidence=Evidence.NUMBERS,
                group="statistic",
            )


def _within(read: Reported, *, halved: bool) -> bool:
    """Whether the p reported lies among those that the rounded statistic can have."""
    p = float(read.claimed)
    return read.low <= p <= read.high or (halved and read.low / 2 <= p <= read.high / 2)


OBSERVERS = (statistic_observations,)

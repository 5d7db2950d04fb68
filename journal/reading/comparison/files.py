"""Parts of the plan that stand in files which were not given, and shares that do not come out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journal.reading.comparison.registered import NO_PLAN
from journal.reading.comparison.sides import Sides
from journal.reading.comparison.words import is_number
from journal.reading.passages import Block
from workflows.comparing.finding import Evidence, Kind, Observation

_POINTS = re.compile(
    r"\b(?:see|in|specified in|described in|defined in|given in|script|code|file|frozen in)\b[^.]{0,40}?"
    r"(?P<file>[\w/-]+\.(?:R|py|do|sas|sps|jl|ipynb|stan|inp|ya?ml|json|toml|Rmd|qmd|m))\b"
)
_PLANS = re.compile(
    r"\b(?:analys|script|model|code|transform|prepar|covariate|plan|estimat|specif|preprocess|config|prompt)",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"\b(?P<share>\d{1,2}(?:\.\d+)?)\s?%[^.]{0,20}\b(?:sub-?sample|sample|subset|random|of (?:the "
    r"|all )?(?P<what>\w+))",
    re.IGNORECASE,
)
_RATED = re.compile(r"\b(?:hand|kappa|κ|agree|rated|coded|validat|annotat|double)", re.IGNORECASE)
_FRACTION = re.compile(r"(?<![\d.])(?P<part>\d{1,5})\s?/\s?(?P<whole>\d{1,5})(?![\d.])")
_TOTAL = re.compile(r"\b(?P<total>\d{1,3}(?:,\d{3})+|\d{2,6})\s+(?:\w+\s){0,2}?(?P<what>[a-z]{3,}s)\b")


def file_observations(sides: Sides) -> Iterator[Observation]:
    """Sentences that leave a part of the plan to a file that is not among those given."""
    given = {
        file.rpartition("/")[2] for file in (*sides.protocol.texts, *(u.passage.file for u in sides.protocol.units))
    }
    seen: set[str] = set()
    for unit in sides.protocol.said():
        match = _POINTS.search(unit.plain)
        if match is None or unit.part in NO_PLAN or not _PLANS.search(unit.plain):
            continue
        name = match["file"].rpartition("/")[2]
        if name in seen or any(file.endswith(name) for file in given):
            continue
        seen.add(name)
        yield Observation(
            kind=Kind.FILE_NOT_GIVEN,
            strength=0.8,
            weight=0.6 if re.search(r"\bsee\b|\bspecified|\bdefined", unit.plain, re.IGNORECASE) else 0.22,
            about=name,
            protocol=unit.span,
            evidence=Evidence.HISTORY,
            group="file",
        )


def share_observations(sides: Sides) -> Iterator[Observation]:
    """A registered share of something (20 % coded by hand) against the count reported and the totals reported."""
    for unit in sides.protocol.said():
        match = _SHARE.search(unit.plain)
        if match is None or unit.part in NO_PLAN or not _RATED.search(unit.plain):
            continue
        share = float(match["share"]) / 100
        for there in sides.manuscript.said():
            fraction = _FRACTION.search(there.plain)
            if fraction is None or not _RATED.search(there.passage.plain) or there.block is Block.HEADING:
                continue
            rated = int(fraction["whole"])
            wrong = [
                (total, u)
                for total, u in _totals(sides)
                if total > 2 * rated and abs(share * total - rated) > max(1.0, 0.02 * total)
            ]
            if wrong:
                total, _u = max(wrong, key=lambda pair: pair[0])
                yield Observation(
                    kind=Kind.SHARE_DIFFERS,
                    strength=0.7,
                    weight=0.7,
                    about=f"{match['share']} %",
                    words=f"{rated} against {match['share']} % of {total}, which is {share * total:.0f}",
                    protocol=unit.span,
                    manuscript=there.span,
                    evidence=Evidence.NUMBERS,
                    declared=sides.declaration_of(frozenset(t for t in unit.bag if not is_number(t))),
                )
                break


def _totals(sides: Sides) -> Iterator[tuple[int, object]]:
    counts: dict[int, int] = {}
    for unit in sides.manuscript.said():
        for match in _TOTAL.finditer(unit.plain):
            total = int(match["total"].replace(",", ""))
            counts[total] = counts.get(total, 0) + 1
            if counts[total] > 1 and total not in range(1900, 2101):
                yield total, unit


OBSERVERS = (file_observations, share_observations)

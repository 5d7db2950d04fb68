"""Limits, quantifiers and priors: values below a registered limit, one where two were asked for, another prior."""

from __future__ import annotations

import re
from collections.abc import Iterator

from journal.reading.comparison.contrasts import counterparts
from journal.reading.comparison.document import Unit
from journal.reading.comparison.quantities import Quantity, quantities
from journal.reading.comparison.registered import NO_PLAN
from journal.reading.comparison.sections import Part
from journal.reading.comparison.sides import Sides
from journal.reading.comparison.words import SMALL, is_number, number_token, terms
from journal.reading.passages import Block
from workflows.comparing.finding import Evidence, Kind, Observation

_DEMANDS = re.compile(r"\b(?:must|only if|only when|has to|have to|required?|needs? to|unless)\b", re.IGNORECASE)
_SHARED = 3
_MANY = "|".join(word for word, value in SMALL.items() if value in range(2, 13))
_SEVERAL = re.compile(
    rf"\b(?:at least|no fewer than) (?P<a>{_MANY}|\d)\b(?! ?%)(?P<after>[^.;,]{{0,50}})"
    rf"|\b(?P<b>{_MANY}|\d) or more\b(?P<rest>[^.;,]{{0,50}})",
    re.IGNORECASE,
)
_ANY = re.compile(
    r"\b(?:an?|any|one(?: or more)?|at least one|a single)\s(?P<after>(?:of \w+|[\w-]+)(?: [\w-]+)?)", re.IGNORECASE
)
_PRIOR = re.compile(
    r"\b(?P<family>half-?normal|half-?cauchy|log-?normal|normal|cauchy|student-?t|beta|gamma|exponential|uniform|N)"
    r"\s?\((?P<values>[-−+.\d,;\s]+)\)"
    r"|\b(?P<of>cauchy|normal|t)[- ](?:prior|distribution)s?[^.;]{0,30}?"
    r"\b(?:scale|width|rate|sd|r)\b(?: of| =)? ?(?P<scale>\d*\.?\d+)",
    re.IGNORECASE,
)
_VARIED = re.compile(r"\b(?:sensitiv\w*|robust\w*|repeat\w*|instead|alternative|wider|narrower)\b", re.IGNORECASE)
_NUMBER = re.compile(r"[-−+]?\d*\.?\d+")


def limit_observations(sides: Sides) -> Iterator[Observation]:
    """Values below what a gate asks for, in the sentences that speak of the same."""
    for unit in sides.protocol.said():
        if unit.part in NO_PLAN or not (unit.part is Part.GATES or _DEMANDS.search(unit.plain)):
            continue
        for limit in quantities(unit.plain):
            if limit.comparator != "at_least" or not (limit.unit == "%" or _is_coefficient(limit)):
                continue
            there = next((one for one in _speaking_of(sides, unit, limit) if _below(one, limit)), None)
            if there is not None:
                yield Observation(
                    kind=Kind.GATE_UNMET,
                    strength=0.6,
                    weight=0.75,
                    about=unit.passage.lead or limit.text.strip(),
                    words=" ".join(there.plain.split()[:30]),
                    protocol=unit.span,
                    manuscript=there.span,
                    evidence=Evidence.NUMBERS,
                    declared=sides.declared_beside(there) or sides.declaration_of(unit.bag),
                )


def _speaking_of(sides: Sides, unit: Unit, limit: Quantity) -> Iterator[Unit]:
    if limit.unit == "%":
        yield from counterparts(sides, unit)
        return
    words = frozenset(term for term in unit.bag if not is_number(term))
    for there in sides.manuscript.said():
        if there.part is not Part.REFERENCES and len(words & there.bag) > _SHARED:
            yield there


def _is_coefficient(limit: Quantity) -> bool:
    """Whether a limit is one of agreement, correlation or the like, and no level of significance."""
    return 0 < limit.value < 1 and limit.name in {"", "kappa"}


def _below(there: Unit, limit: Quantity) -> bool:
    """Whether a sentence tells a value below a limit; of a percentage one that is no share of the rest."""
    rest = 100 - limit.value if limit.unit == "%" else 0.0
    told = [one for one in quantities(there.plain) if (one.unit, one.name) == (limit.unit, limit.name) and one.value]
    return any(rest < one.value < limit.value and not one.comparator for one in told)


def quantifier_observations(sides: Sides) -> Iterator[Observation]:
    """`two or more` in the plan where the nearest sentence of the manuscript has `a`, `any` or `one` of the same."""
    for unit in sides.protocol.said():
        if unit.part in NO_PLAN or unit.block is Block.HEADING:
            continue
        for match in _SEVERAL.finditer(unit.plain):
            number = SMALL.get((match["a"] or match["b"]).lower()) or float(match["a"] or match["b"])
            things = frozenset(terms(match["after"] or match["rest"] or "")) - {number_token(number)}
            there = next((one for one in counterparts(sides, unit) if _has_any(one, things, number)), None)
            if things and there is not None:
                yield Observation(
                    kind=Kind.RULE_DIFFERS,
                    strength=0.6,
                    weight=0.7,
                    words=f"{match[0].split(' of ')[0].strip()} against one",
                    protocol=unit.span,
                    manuscript=there.span,
                    evidence=Evidence.NUMBERS,
                    declared=sides.declared_beside(there) or sides.declaration_of(unit.bag),
                    group="quantifier",
                )


def _has_any(there: Unit, things: frozenset[str], number: float) -> bool:
    if number_token(number) in terms(there.passage.plain):
        return False
    return any(
        things & frozenset(terms(match["after"])) or match["after"].lower().startswith("of them")
        for match in _ANY.finditer(there.plain)
    )


def prior_observations(sides: Sides) -> Iterator[Observation]:
    """A registered prior that the manuscript does not have, where it has another of the same family."""
    planned = [one for unit in sides.protocol.said() if unit.part not in NO_PLAN for one in _main_priors(unit)]
    told = [one for unit in sides.manuscript.said() if unit.part is not Part.RESULTS for one in _main_priors(unit)]
    for unit, family, values in planned:
        if any((family, values) == other[1:] for other in told):
            continue
        known = {other[2] for other in planned if other[1] == family}
        for there, _family, new in (one for one in told if one[1] == family and one[2] not in known):
            yield Observation(
                kind=Kind.NUMBER_DIFFERS,
                strength=0.75,
                weight=0.8,
                about=f"prior, {family}",
                words=f"{_shown(values)} against {_shown(new)}",
                protocol=unit.span,
                manuscript=there.span,
                evidence=Evidence.NUMBERS,
                declared=sides.declared_beside(there) or sides.declaration_of(unit.bag),
                group="prior",
            )
            break


def _shown(values: tuple[float, ...]) -> str:
    return ", ".join(f"{value:g}" for value in values)


def _main_priors(unit: Unit) -> Iterator[tuple[Unit, str, tuple[float, ...]]]:
    """The priors of a sentence, unless it tells of analyses done again with others."""
    if unit.part is not Part.SECONDARY and not _VARIED.search(unit.plain):
        yield from ((unit, *found) for found in _priors(unit))


def _priors(unit: Unit) -> Iterator[tuple[str, tuple[float, ...]]]:
    for match in _PRIOR.finditer(unit.plain):
        family = (match["family"] or match["of"]).lower().replace("-", "")
        numbers = _NUMBER.findall(match["values"] or match["scale"])
        yield {"n": "normal"}.get(family, family), tuple(float(one.replace("−", "-")) for one in numbers)


OBSERVERS = (limit_observations, quantifier_observations, prior_observations)

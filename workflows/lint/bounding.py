"""Rules about the numbers of decision rules and checks: possible, complete, with units."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import groupby

from workflows.lint import sources
from workflows.lint.rule import LintRule, must, should
from workflows.lint.sheet import Placed, Sheet, Spot
from workflows.lint.words import impossible_p
from workflows.protocol import Comparator, Comparison, Row, Statistic, number, sentence
from workflows.reviewing import Criterion

_SHARES = ("alpha", "power")


def _comparisons(sheet: Sheet) -> Iterator[tuple[Placed, str, Comparison]]:
    """Every comparison of the protocol: the part, its field, the comparison."""
    for at, row in sheet.rows():
        yield from ((at, "rule", each) for each in row.rule.comparisons())
    for at, check in sheet.checks():
        yield from ((at, "passes", each) for each in check.passes)


def _bounds(comparison: Comparison) -> Iterator[Decimal]:
    texts = ([] if comparison.than else [comparison.value]) + (
        [comparison.upper] if comparison.comparator is Comparator.BETWEEN else []
    )
    return (value for value in map(number, texts) if value is not None)


def _is_impossible(comparison: Comparison) -> bool:
    """Whether a bound is one that the statistic cannot reach."""
    for bound in _bounds(comparison):
        match comparison.statistic:
            case Statistic.P_VALUE if not 0 < bound < 1:
                return True
            case Statistic.BAYES_FACTOR if bound <= 0:
                return True
            case Statistic.COUNT if bound < 0 or bound != bound.to_integral_value():
                return True
            case _:
                pass
    return False


@must(
    "threshold-impossible",
    Criterion.METHOD,
    wrong="A bound lies where its statistic cannot be: p < 2, a negative count, a Bayes factor below 0.",
    why="A comparison that always or never holds decides nothing.",
    remedy="Give p as a share of one (0.05), counts as whole numbers, Bayes factors above 0.",
    source=sources.MACHINE_READABLE,
)
def _impossible(sheet: Sheet) -> Iterator[Spot]:
    for at, field, comparison in _comparisons(sheet):
        if _is_impossible(comparison):
            yield at.spot(field, f'No value can be meant by "{sentence(comparison)}" in {at.name}.')
    for at, row in sheet.rows():
        for field in ("decision_rule", "analysis"):
            if words := impossible_p(getattr(row, field)):
                yield at.spot(field, f'{at.name} says "{words}", and p is never above 1.')


@must(
    "share-impossible",
    Criterion.METHOD,
    wrong="An alpha, a power or the level of an interval is no share: 5 for 0.05, or 0.95 for 95 per cent.",
    why="A number that is read in two ways can be used in two ways.",
    remedy="Give alpha and power as shares of one (0.05, 0.9), and the level of an interval in per cent (95).",
    source=sources.SAMPLE_SIZE,
)
def _no_share(sheet: Sheet) -> Iterator[Spot]:
    for at, sample in sheet.samples():
        for field in _SHARES:
            text = getattr(sample, field).strip()
            value = number(text)
            if text and (value is None or not 0 < value < 1):
                yield at.spot(field, f"The {field} of {at.name} is {text}, which is no share of one.")
    for at, field, comparison in _comparisons(sheet):
        level = number(comparison.level)
        if comparison.level.strip() and (level is None or not 1 <= level < 100):  # noqa: PLR2004 - per cent
            yield at.spot(field, f"The level of an interval of {at.name} is {comparison.level}, which is no per cent.")


@must(
    "threshold-not-a-number",
    Criterion.DETAIL,
    wrong="A comparison has no number to compare with.",
    why="Without a number the rule can be met or missed at will.",
    remedy="Give a number, such as 0.15; what it rests on belongs into the account or the rationale.",
    source=sources.SPECIFICITY,
)
def _no_number(sheet: Sheet) -> Iterator[Spot]:
    for at, field, each in _comparisons(sheet):
        lacks_upper = each.comparator is Comparator.BETWEEN and number(each.upper) is None
        if lacks_upper or (not each.than.strip() and number(each.value) is None):
            yield at.spot(field, f'A number is missing in "{sentence(each)}" of {at.name}.')


@must(
    "bounds-reversed",
    Criterion.DETAIL,
    wrong='A "between" ends before it begins.',
    why="Nothing lies between such bounds, so the comparison never holds.",
    remedy="Swap the two bounds.",
    source=sources.MACHINE_READABLE,
)
def _reversed(sheet: Sheet) -> Iterator[Spot]:
    for at, field, each in _comparisons(sheet):
        low, high = number(each.value), number(each.upper)
        if (
            each.comparator is Comparator.BETWEEN
            and not each.than
            and low is not None
            and high is not None
            and low > high
        ):
            yield at.spot(field, f'The bounds are the wrong way round in "{sentence(each)}" of {at.name}.')


@must(
    "compared-with-itself",
    Criterion.DETAIL,
    wrong="A metric is compared with itself.",
    why="Such a comparison always or never holds.",
    remedy="Name the other metric.",
    source=sources.MACHINE_READABLE,
)
def _itself(sheet: Sheet) -> Iterator[Spot]:
    for at, field, each in _comparisons(sheet):
        if each.than.strip() and each.than.strip().casefold() == each.metric.strip().casefold():
            yield at.spot(field, f"{at.name} compares {each.metric} with itself.")


def _units(sheet: Sheet, at: Placed, comparison: Comparison) -> list[str]:
    """The units that are stated of what is compared: by the comparison, its measure, its row."""
    named = comparison.metric.strip().casefold()
    measures = [
        each for each in sheet.protocol.measures if named in (each.label.casefold(), each.what.strip().casefold())
    ]
    own = [at.part.unit] if isinstance(at.part, Row) and not named else []
    return [unit for unit in (comparison.unit, *(each.unit for each in measures), *own) if unit.strip()]


@should(
    "threshold-without-unit",
    Criterion.DETAIL,
    wrong="A bound other than 0 has no unit.",
    why="2 may be points or per cent, 0.1 a share or a standard deviation; which was meant must not be chosen later.",
    remedy="Give the unit beside the bound, in the row, or in the measure.",
    source=sources.SPECIFICITY,
)
def _unitless(sheet: Sheet) -> Iterator[Spot]:
    for (at, field), comparisons in groupby(_comparisons(sheet), key=lambda each: each[:2]):
        unitless = [each for _, _, each in comparisons if _needs_unit(each) and not _has_unit(sheet, at, each)]
        if unitless:
            yield at.spot(field, f'No unit is given in "{sentence(unitless[0])}" of {at.name}.')


def _needs_unit(comparison: Comparison) -> bool:
    if comparison.statistic not in (Statistic.ESTIMATE, Statistic.INTERVAL) or not any(_bounds(comparison)):
        return False
    return not _UNITLESS.search(comparison.metric)


def _has_unit(sheet: Sheet, at: Placed, comparison: Comparison) -> bool:
    own = isinstance(at.part, Row) and bool(at.part.unit.strip())
    return own or bool(_units(sheet, at, comparison))


# What is a number without a unit by its own nature.
_UNITLESS = re.compile(
    r"kappa|κ|krippendorff|\bauc|auroc|auprc|correlation|ratio|coefficient|\bf1\b|r²|\br2\b|odds|share|proportion|"
    r"probability|cohen|hedges|likert|elo\b|bic\b|aic\b",
    re.IGNORECASE,
)


@should(
    "smallest-effect-without-unit",
    Criterion.DETAIL,
    wrong="A smallest effect of interest has no unit.",
    why="Whether an interval excludes it can only be said in its unit.",
    remedy="Give the unit: percentage points, AUROC, standard deviations.",
    source=sources.SAMPLE_SIZE,
)
def _effect_unitless(sheet: Sheet) -> Iterator[Spot]:
    for at, row in sheet.rows():
        if number(row.smallest_effect) is not None and not row.unit.strip():
            yield at.spot("unit", f"The smallest effect of interest of {at.name} is {row.smallest_effect} of nothing.")


@must(
    "smallest-effect-invalid",
    Criterion.METHOD,
    wrong="A smallest effect of interest is no number above zero.",
    why="A null is informative when effects as large as this are excluded; without a number that is never so.",
    remedy="Give a positive number, such as 0.15, and its unit beside it.",
    source=sources.SAMPLE_SIZE,
)
def _effect_invalid(sheet: Sheet) -> Iterator[Spot]:
    for at, row in sheet.rows():
        value = number(row.smallest_effect)
        if row.smallest_effect.strip() and (value is None or value <= 0):
            yield at.spot("smallest_effect", f"The smallest effect of interest of {at.name} is {row.smallest_effect}.")


_SYNONYMS = {"%": "per cent", "percent": "per cent", "pp": "percentage points", "points": "percentage points"}


@should(
    "units-disagree",
    Criterion.DETAIL,
    wrong="A bound has another unit than its row or measure.",
    why="The same result then meets the bound in one unit and misses it in the other.",
    remedy="Use one unit for a metric everywhere.",
    source=sources.SPECIFICITY,
)
def _units_disagree(sheet: Sheet) -> Iterator[Spot]:
    for at, field, each in _comparisons(sheet):
        if each.statistic in (Statistic.ESTIMATE, Statistic.INTERVAL):
            plain = [" ".join(unit.casefold().split()) for unit in _units(sheet, at, each)]
            units = list(dict.fromkeys(_SYNONYMS.get(unit, unit) for unit in plain))
            if len(units) > 1:
                yield at.spot(field, f"{at.name} gives one metric in {units[0]} and in {units[1]}.")


RULES: tuple[LintRule, ...] = (
    _impossible,
    _no_share,
    _no_number,
    _reversed,
    _itself,
    _unitless,
    _effect_unitless,
    _effect_invalid,
    _units_disagree,
)

"""Rules about levels of significance that are stated in several places: they must be the same."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from workflows.lint import sources
from workflows.lint.rule import LintRule, must, should
from workflows.lint.sheet import Sheet, Spot
from workflows.lint.words import CORRECTIONS, alphas
from workflows.protocol import Kind, Row, Sides, Statistic, number
from workflows.reviewing import Criterion

_LARGEST_ALPHA = Decimal("0.1")


@must(
    "alpha-disagrees",
    Criterion.METHOD,
    wrong="The alpha of the power calculation, of the analysis and of the decision rule are not the same.",
    why="The power that was computed is not that of the test that will decide.",
    remedy="Use one alpha; where a correction makes it smaller, name the correction in the analysis.",
    source=sources.SAMPLE_SIZE,
)
def _alphas_disagree(sheet: Sheet) -> Iterator[Spot]:
    for at, row in sheet.tested():
        planned = list(_planned_alphas(sheet, row))
        # A rule may know several levels ("suggestive"): the plan has to be of one of them.
        known = _rule_alphas(row) or {value for value, _ in planned[:1]}
        where = "its rule" if _rule_alphas(row) else planned[0][1] if planned else ""
        for value, here in planned if not _is_corrected(sheet, row) else ():
            if value not in known:
                words = f"{at.name} has an alpha of {value} in {here} and of {min(known)} in {where}."
                yield at.spot("analysis", words)
                break


def _rule_alphas(row: Row) -> set[Decimal]:
    return {
        value
        for each in row.rule.comparisons()
        if each.statistic is Statistic.P_VALUE and not each.metric and not each.than
        if (value := number(each.value)) is not None
    }


def _planned_alphas(sheet: Sheet, row: Row) -> Iterator[tuple[Decimal, str]]:
    """The alphas of the samples and analyses that name the row. A threshold is one where a test has sides or a p."""
    for sample in sheet.samples_of(row.label):
        alpha = number(sample.alpha)
        if row.label in sample.rows and alpha is not None:
            yield alpha, sample.label
    for analysis in sheet.analyses_of(row.label):
        threshold = number(analysis.threshold)
        is_alpha = analysis.sides is not None or bool(_rule_alphas(row))
        if is_alpha and threshold is not None and 0 < threshold <= _LARGEST_ALPHA:
            yield threshold, analysis.label


def _is_corrected(sheet: Sheet, row: Row) -> bool:
    said = " ".join(
        [row.analysis, row.decision_rule, row.sensitivity, *(each.correction for each in sheet.analyses_of(row.label))]
    ).lower()
    return any(word in said for word in CORRECTIONS)


@should(
    "alpha-disagrees-in-words",
    Criterion.METHOD,
    wrong="Different levels of significance are stated in the texts and fields of one row.",
    why="Which of them decides would be chosen with the result at hand.",
    remedy="Use one level; where a correction makes it smaller, say so in the same sentence.",
    source=sources.SPECIFICITY,
)
def _words_disagree(sheet: Sheet) -> Iterator[Spot]:
    for at, row in sheet.tested():
        stated = _rule_alphas(row) | {value for value, _ in _planned_alphas(sheet, row)}
        texts = {field: set(alphas(getattr(row, field))) for field in ("sensitivity", "analysis", "decision_rule")}
        said = [("", stated), *texts.items()] if not _is_corrected(sheet, row) else []
        known = [(field, values) for field, values in said if values]
        for (_, first), (field, second) in pairwise(known):
            if not first & second:
                levels = " and ".join(map(str, sorted(first | second)))
                yield at.spot(field, f"{at.name} states levels of {levels}.")
                break


@should(
    "level-disagrees-with-alpha",
    Criterion.METHOD,
    wrong="The level of the interval that decides is not the one that belongs to alpha.",
    why="A 95 % interval is a two-sided test at 0.05; with another alpha, interval and test decide differently.",
    remedy="Use 100 (1 - alpha) per cent for two sides, 100 (1 - 2 alpha) for one side and for equivalence.",
    source=sources.EQUIVALENCE,
)
def _levels_disagree(sheet: Sheet) -> Iterator[Spot]:
    for at, row in sheet.tested():
        planned = {value for value, _ in _planned_alphas(sheet, row)}
        levels = {number(each.level) for each in row.rule.comparisons() if each.statistic is Statistic.INTERVAL}
        sides = {each.sides for each in sheet.analyses_of(row.label)}
        stated = sorted(value for value in levels if value is not None)
        fits = any(_belongs(level, alpha, sides, row.kind) for level in stated for alpha in planned)
        if planned and stated and not fits and not _is_corrected(sheet, row):
            yield at.spot("rule", f"{at.name} decides by a {stated[0]} % interval, and its alpha is {min(planned)}.")


def _belongs(level: Decimal, alpha: Decimal, sides: set[Sides | None], kind: Kind) -> bool:
    two, one = 100 * (1 - alpha), 100 * (1 - 2 * alpha)
    only_two = sides == {Sides.TWO} and kind is not Kind.EQUIVALENCE
    return level == two or (level == one and not only_two)


RULES: tuple[LintRule, ...] = (_alphas_disagree, _words_disagree, _levels_disagree)

"""Rules about numbers that are stated in several places: they must be the same numbers."""

import re
from collections.abc import Iterator
from decimal import Decimal

from workflows.lint import sources
from workflows.lint.rule import LintRule, must, should
from workflows.lint.sheet import Placed, Sheet, Spot
from workflows.lint.words import counted, whole, wrong_products
from workflows.protocol import Comparator, Kind, Row, Sample, Statistic, number
from workflows.reviewing import Criterion

_FIGURE = re.compile(r"(?<![\w.])[+\N{MINUS SIGN}-]?(?:\d+(?:\.\d+)?|\.\d+)")
# The level of an interval is no bound.
_LEVEL = re.compile(
    r"\d+(?:\.\d+)? ?(?:%|per ?cent)?[ -]*(?:CI|HDI|CrI|(?:confidence |credible |cluster |bootstrap )*interval)"
)
# An amount with a unit that differences come in.
_AMOUNT = re.compile(
    r"(?<![\w.])(\d+(?:\.\d+)?|\.\d+) ?(%|pp\b|per ?cent\b|percentage points|points)(?![ -]*(?:CI|interval|conf))"
)
_FAMILIES = {
    "t": ("t-test", "t test", "welch"),
    "fisher": ("fisher",),
    "chi": ("chi-square", "chi square", "χ²", "chi2"),
    "mcnemar": ("mcnemar",),
    "rank": ("wilcoxon", "mann-whitney", "mann–whitney"),
    "binomial": ("binomial test",),
    "mixed": ("mixed model", "mixed-effects", "mixed effects", "multilevel", "glmm"),
    "anova": ("anova",),
    "correlation": ("pearson", "spearman", "correlation test"),
}
_CONDITIONS = re.compile(r"(?:^| )(conditions|arms)$")


@should(
    "rule-and-words-disagree",
    Criterion.DETAIL,
    wrong="The decision rule as structure has a bound that the rule in words does not have.",
    why="Two rules for one hypothesis are a choice between them.",
    remedy="Correct the one or the other, or leave the words empty: the rule is read back as a sentence.",
    source=sources.MACHINE_READABLE,
)
def _rules_disagree(sheet: Sheet) -> Iterator[Spot]:
    for at, row in sheet.rows():
        words = _LEVEL.sub("", row.decision_rule)
        said = {abs(Decimal(each.replace("\N{MINUS SIGN}", "-"))) for each in _FIGURE.findall(words)}
        texts = [text for each in row.rule.comparisons() if not each.than for text in (each.value, each.upper)]
        bounds = {abs(value) for value in map(number, texts) if value} - _named_otherwise(row)
        missing = [bound for bound in sorted(bounds) if not said & {bound, bound * 100, bound / 100}]
        if any(said) and missing:
            yield at.spot("decision_rule", f"The rule of {at.name} has the bound {missing[0]:f}, its words do not.")


def _named_otherwise(row: Row) -> set[Decimal]:
    """The smallest effect of interest, where the words of the rule call it by its name."""
    smallest = number(row.smallest_effect)
    named = any(name in row.decision_rule.lower() for name in ("effect of interest", "sesoi", "mei"))
    return {smallest} if named and smallest is not None else set()


@should(
    "claim-disagrees-with-rule",
    Criterion.METHOD,
    wrong="The hypothesis names an amount that neither its rule nor its smallest effect of interest has.",
    why="Readers take the hypothesis for what was tested; the rule would have tested something else.",
    remedy="Use one number for claim, smallest effect and rule, or leave the amount out of the claim.",
    source=sources.SPECIFICITY,
)
def _claims_disagree(sheet: Sheet) -> Iterator[Spot]:
    for at, row in sheet.tested():
        claimed = [Decimal(figure) for figure, unit in _AMOUNT.findall(row.hypothesis) if unit]
        texts = [row.smallest_effect, *(text for each in row.rule.comparisons() for text in (each.value, each.upper))]
        known = {abs(value) for value in map(number, texts) if value}
        for amount in claimed if known else ():
            if not known & {amount, amount * 100, amount / 100}:
                yield at.spot("hypothesis", f"{at.name} claims {amount}, and its rule has {min(known):f}.")
                break


@must(
    "equivalence-bounds-disagree",
    Criterion.METHOD,
    wrong="The bounds of the equivalence rule are not the smallest effect of interest.",
    why="A null is informative by the smallest effect of interest, and the hypothesis is concluded by the rule.",
    remedy="Use one number for both.",
    source=sources.EQUIVALENCE,
)
def _bounds_disagree(sheet: Sheet) -> Iterator[Spot]:
    for at, row in sheet.rows():
        smallest = number(row.smallest_effect)
        for each in row.rule.comparisons() if row.kind is Kind.EQUIVALENCE else ():
            ends = (number(each.value), number(each.upper))
            within = each.statistic is Statistic.INTERVAL and each.comparator is Comparator.BETWEEN and not each.than
            if smallest and within and None not in ends and ends != (-smallest, smallest):
                yield at.spot(
                    "rule", f"{at.name} has bounds of {each.value} and {each.upper}, and cares about {smallest}."
                )
                break


@should(
    "power-method-names-another-test",
    Criterion.METHOD,
    wrong="The power calculation names another test than the analysis.",
    why="The power of one test is not the power of another, and least of all for clustered data.",
    remedy="Compute the power of the analysis that is planned; by simulation if there is no formula.",
    source=sources.DESIGN_TABLE,
)
def _other_test(sheet: Sheet) -> Iterator[Spot]:
    for at, sample in sheet.samples():
        analysis = sheet.analysis(sample.test)
        powered, planned = _families(sample.method), _families(analysis.test if analysis else "")
        if powered and planned and not powered & planned:
            yield at.spot("method", f"{at.name} computes the power of another test than {sample.test} is.")


def _families(text: str) -> set[str]:
    lowered = text.lower()
    return {family for family, names in _FAMILIES.items() if any(name in lowered for name in names)}


def _multiples(sample: Sample) -> set[int]:
    """The numbers that may stand for a sample: target, most, and either by the number of its conditions."""
    sizes = {size for size in (whole(sample.target), whole(sample.most)) if size}
    groups = whole(sample.groups) or 1
    return sizes | {size * groups for size in sizes} | {size // groups for size in sizes}


def _is_unit(thing: str, unit: str) -> bool:
    return bool(unit) and thing.removesuffix("s") == unit.removesuffix("s")


@should(
    "sample-size-disagrees",
    Criterion.METHOD,
    wrong="A text gives another sample size than the sample.",
    why="Which number was promised would be chosen when the data are in.",
    remedy="Use one number wherever the protocol states it.",
    source=sources.SPECIFICITY,
)
def _sizes_disagree(sheet: Sheet) -> Iterator[Spot]:
    for at, field, text, label in _sampling_texts(sheet):
        samples = sheet.samples_of(label) if label else list(sheet.protocol.samples)
        for unit in dict.fromkeys(each.unit.strip().lower() for each in samples):
            if unit.removesuffix("s") not in text.lower():
                continue
            stated = [size for size, thing in counted(text) if _is_unit(thing, unit)]
            sizes = set().union(*(_multiples(each) for each in samples if each.unit.strip().lower() == unit))
            if stated and sizes and not sizes & set(stated):
                yield sheet.spot(at, field, f"{stated[0]} {unit} are spoken of here, and the sample says otherwise.")


def _sampling_texts(sheet: Sheet) -> Iterator[tuple[Placed | None, str, str, str]]:
    yield None, "abstract", sheet.protocol.abstract, ""
    for at, row in sheet.rows():
        yield at, "sampling", row.sampling, row.label


@should(
    "abstract-disagrees",
    Criterion.DETAIL,
    wrong="The abstract counts something differently than the rows.",
    why="The abstract is what most people read, and stage 2 repeats it.",
    remedy="Use one number wherever the protocol states it.",
    source=sources.SPECIFICITY,
)
def _abstract_disagrees(sheet: Sheet) -> Iterator[Spot]:
    here: dict[str, set[int]] = {}
    for size, thing in counted(sheet.protocol.abstract):
        here.setdefault(thing, set()).add(size)
    for thing, sizes in here.items():
        elsewhere = set() if _is_sampled(sheet, thing) else set(_counts_of(sheet, thing))
        if elsewhere and not sizes & elsewhere:
            yield Spot(f"The abstract speaks of {min(sizes)} {thing}, the rows of {min(elsewhere)}.", "abstract")


def _counts_of(sheet: Sheet, thing: str) -> Iterator[int]:
    """How many of `thing` the rows and samples speak of."""
    for at, field, text in sheet.texts:
        told = at is not None and at.group in ("rows", "samples") and field in ("sampling", "analysis", "rationale")
        if told and thing in text.lower():
            yield from (size for size, name in counted(text) if name == thing)


def _is_sampled(sheet: Sheet, thing: str) -> bool:
    """Whether a sample says how many: then another rule compares."""
    return any(_is_unit(thing, each.unit.strip().lower()) for each in sheet.protocol.samples)


@should(
    "conditions-disagree",
    Criterion.METHOD,
    wrong="The number of conditions differs between the sample and the texts of its rows.",
    why="A condition more or less changes what is compared, and how often.",
    remedy="Use one number wherever the protocol states it.",
    source=sources.SPECIFICITY,
)
def _conditions_disagree(sheet: Sheet) -> Iterator[Spot]:
    for at, sample in sheet.samples():
        groups = whole(sample.groups)
        said = [
            size
            for row in (sheet.named_rows(sample.rows) if groups else ())
            for size, thing in counted(f"{row.sampling}\n{row.analysis}")
            if _CONDITIONS.search(thing)
        ]
        if groups and said and groups not in said:
            yield at.spot("groups", f"{at.name} has {groups} conditions, and its rows speak of {said[0]}.")


@should(
    "product-does-not-come-out",
    Criterion.METHOD,
    wrong="A product in a text does not come out.",
    why="One of its numbers is not the one that is meant, and the sample will be another one than promised.",
    remedy="Calculate it again.",
    source=sources.SPECIFICITY,
)
def _miscalculated(sheet: Sheet) -> Iterator[Spot]:
    for at, field, text in sheet.texts:
        for product, value in wrong_products(text):
            yield sheet.spot(at, field, f'"{product}" comes to {value}.')


RULES: tuple[LintRule, ...] = (
    _rules_disagree,
    _claims_disagree,
    _bounds_disagree,
    _other_test,
    _sizes_disagree,
    _abstract_disagrees,
    _conditions_disagree,
    _miscalculated,
)

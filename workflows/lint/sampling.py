"""Rules about samples: how many, when it stops, and what the number rests on."""

import re
from collections.abc import Iterator

from workflows.lint import sources
from workflows.lint.rule import LintRule, must, should
from workflows.lint.sheet import Sheet, Spot
from workflows.lint.words import same_as, whole
from workflows.protocol import Basis, Sample, Statistic, number
from workflows.reviewing import Criterion

_EVERYTHING = re.compile(
    r"\b(?:all|every|each|entire|whole|complete|full|census|exhaustive|available)\b", re.IGNORECASE
)
_WRITTEN = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|thirty|forty|fifty|hundred|thousand)\b"
)
_UNTIL = re.compile(
    r"\b(?:until|till|as soon as|stops? when|once)\b.{0,200}?"
    r"\b(?:significan\w*|bayes|bf|precis\w+|width|interval|saturat\w+|converge\w*|evidence|conclusive|stable|p)\b",
    re.IGNORECASE | re.DOTALL,
)


@should(
    "sample-size-unsaid",
    Criterion.METHOD,
    wrong="A row's sampling plan says no number.",
    why="Without a number nobody can judge what the study could find, and sampling can go on until the result pleases.",
    remedy="Say how many, or that everything there is will be taken; in the sampling plan or as a sample.",
    source=sources.SAMPLE_SIZE,
)
def _numberless(sheet: Sheet) -> Iterator[Spot]:
    for at, row in sheet.rows():
        text = row.sampling.strip()
        says = any(letter.isdigit() for letter in text) or _EVERYTHING.search(text) or _WRITTEN.search(text.lower())
        if text and text.isascii() and not says and same_as(text) is None and not sheet.samples_of(row.label):
            yield at.spot("sampling", f"The sampling plan of {at.name} says no number.")


@must(
    "sample-without-target",
    Criterion.METHOD,
    wrong="A sample has neither a number nor a rule when it stops.",
    why="Sampling that may stop at any time can stop when the result pleases.",
    remedy="Give the target or the most, or a stopping rule; where everything there is is taken, choose that basis.",
    source=sources.LOOKING_OFTEN,
)
def _endless(sheet: Sheet) -> Iterator[Spot]:
    for at, sample in sheet.samples():
        said = (sample.target, sample.most, sample.stopping, sample.account)
        if not any(text.strip() for text in said) and sample.basis is not Basis.ALL:
            yield at.spot("target", f"{at.name} does not say how many, nor when sampling stops.")


@must(
    "stopping-not-finite",
    Criterion.METHOD,
    wrong="A stopping rule waits for a result and has no end.",
    why="Sampling until something is found finds it: the rule needs a last moment at which it stops without.",
    remedy="Give the most that will be collected.",
    source=sources.BAYES_DESIGN,
)
def _infinite(sheet: Sheet) -> Iterator[Spot]:
    for at, sample in sheet.samples():
        waits = sample.basis is Basis.BAYES or _UNTIL.search(sample.stopping)
        ends = sample.most.strip() or re.search(
            r"\b(?:at most|no more than|max\w*|cap\w*|at the latest)\b", sample.stopping
        )
        fixed = sample.target.strip() and not _UNTIL.search(sample.stopping)
        if waits and not ends and not fixed:
            yield at.spot("most", f"{at.name} stops when a result is reached, and does not say when at the latest.")


@should(
    "sample-not-a-number",
    Criterion.DETAIL,
    wrong="A target, a most or a number of conditions is no whole number.",
    why="Only a number can be compared with what was collected.",
    remedy="Give the number alone, such as 1800; its unit and what qualifies it have fields of their own.",
    source=sources.SPECIFICITY,
)
def _not_whole(sheet: Sheet) -> Iterator[Spot]:
    for at, sample in sheet.samples():
        for field in ("target", "most", "groups"):
            text = getattr(sample, field).strip()
            if text and not whole(text):
                yield at.spot(field, f'"{text[:40]}" in {at.name} is no whole number above 0.')


@must(
    "sample-most-below-target",
    Criterion.METHOD,
    wrong="Sampling stops before the target.",
    why="The target can then never be reached, and the power that was computed is not that of the study.",
    remedy="Correct one of the numbers.",
    source=sources.SAMPLE_SIZE,
)
def _stops_short(sheet: Sheet) -> Iterator[Spot]:
    for at, sample in sheet.samples():
        target, most = whole(sample.target), whole(sample.most)
        if target and most and most < target:
            yield at.spot("most", f"{at.name} has a target of {sample.target} and stops at {sample.most}.")


@should(
    "sample-without-unit",
    Criterion.DETAIL,
    wrong="A sample does not say of what.",
    why="40 items and 40 draws of one item are not the same evidence.",
    remedy="Name the unit: prompts, items, runs, people.",
    source=sources.SPECIFICITY,
)
def _of_nothing(sheet: Sheet) -> Iterator[Spot]:
    for at, sample in sheet.samples():
        if sample.target.strip() and not sample.unit.strip():
            yield at.spot("unit", f"{at.name} has a target of {sample.target} and does not say of what.")


_POWER_NEEDS = {"alpha": "the alpha", "power": "the power", "effect": "the effect that is assumed"}


@should(
    "power-incomplete",
    Criterion.METHOD,
    wrong="A sample rests on power, and alpha, power or assumed effect are missing.",
    why="Without them nobody can compute the number again.",
    remedy="Give alpha, power, the effect and how it was computed; or choose what the number really rests on.",
    source=sources.SAMPLE_SIZE,
)
def _powerless(sheet: Sheet) -> Iterator[Spot]:
    for at, sample in sheet.samples():
        if sample.basis is Basis.POWER:
            missing = [words for field, words in _POWER_NEEDS.items() if not getattr(sample, field).strip()]
            if missing:
                yield at.spot("basis", f"The power calculation of {at.name} lacks {', '.join(missing)}.")


@should(
    "precision-incomplete",
    Criterion.METHOD,
    wrong="A sample rests on the width of an interval, and how wide is not said.",
    why="Whether the interval will be narrow enough to tell something can then not be judged.",
    remedy="Say in effect or method how wide the interval will be, and how that was computed.",
    source=sources.ACCURACY,
)
def _widthless(sheet: Sheet) -> Iterator[Spot]:
    for at, sample in sheet.samples():
        said = sample.effect + sample.method + sample.rationale + sample.account
        if sample.basis is Basis.PRECISION and not any(letter.isdigit() for letter in said):
            yield at.spot("method", f"{at.name} rests on the width of an interval and does not say which.")


@must(
    "power-of-another-test",
    Criterion.METHOD,
    wrong="The power calculation is of a test of other rows than the sample is for.",
    why="The power of one test says nothing of the power of another.",
    remedy="Name the analysis that tests these rows, or correct the rows.",
    source=sources.DESIGN_TABLE,
)
def _other_power(sheet: Sheet) -> Iterator[Spot]:
    for at, sample in sheet.samples():
        test = sheet.analysis(sample.test)
        if test and test.rows and sample.rows and not set(test.rows) & set(sample.rows):
            yield at.spot(
                "test", f"{at.name} is for {', '.join(sample.rows)}; {test.label} tests {', '.join(test.rows)}."
            )


@should(
    "powered-for-a-larger-effect",
    Criterion.METHOD,
    wrong="The power calculation assumes a larger effect than the smallest of interest.",
    why="An effect that would matter can then be missed, so a null would tell little.",
    remedy="Compute it for the smallest effect of interest, or say why the sample cannot be larger.",
    source=sources.SAMPLE_SIZE,
)
def _overpowered(sheet: Sheet) -> Iterator[Spot]:
    for at, sample in sheet.samples():
        effect = number(sample.effect)
        for row in sheet.named_rows(sample.rows):
            smallest = number(row.smallest_effect)
            if sample.basis is Basis.POWER and effect is not None and smallest is not None and effect > smallest:
                yield at.spot("effect", f"{at.name} is powered for {effect}, and {row.label} cares about {smallest}.")


@must(
    "count-out-of-reach",
    Criterion.METHOD,
    wrong="A rule or check asks for more observations than will be collected.",
    why="It can then never be met, whatever comes out.",
    remedy="Correct the number asked for, or the sample.",
    source=sources.MACHINE_READABLE,
)
def _out_of_reach(sheet: Sheet) -> Iterator[Spot]:
    for at, row in sheet.rows():
        for each in row.rule.comparisons():
            bound = number(each.value)
            most = [top for sample in sheet.samples_of(row.label) if (top := _top(sample, each.metric)) is not None]
            rises = each.comparator.value in (">", ">=") and not each.negated and not each.than
            if each.statistic is Statistic.COUNT and rises and most and bound is not None and bound > max(most):
                yield at.spot("rule", f"{at.name} asks for n of {bound}, and at most {max(most)} are collected.")


def _top(sample: Sample, metric: str) -> int | None:
    """How many of what `metric` counts there can be at most."""
    counted = metric.strip().casefold() in ("", "n", sample.label.casefold(), sample.unit.strip().casefold())
    return (whole(sample.most) or whole(sample.target)) if counted else None


RULES: tuple[LintRule, ...] = (
    _numberless,
    _endless,
    _infinite,
    _not_whole,
    _stops_short,
    _of_nothing,
    _powerless,
    _widthless,
    _other_power,
    _overpowered,
    _out_of_reach,
)

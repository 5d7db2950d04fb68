"""Rules about outcome-neutral checks: that there are some, that they can fail, and that failing means something."""

from collections.abc import Iterator

from workflows.lint import sources
from workflows.lint.casewise import can_hold
from workflows.lint.cells import is_complete, same
from workflows.lint.rule import LintRule, must, should
from workflows.lint.sheet import Sheet, Spot
from workflows.protocol import Failing, Gate, Role, Thing
from workflows.reviewing import Criterion

_AGREEING = ("agree", "kappa", "κ", "krippendorff", "human", "validat", "gold")


@should(
    "check-missing",
    Criterion.CHECKS,
    wrong="A primary hypothesis has no outcome-neutral check.",
    why="Without a check that the study could have found something, a null will be published as uninformative.",
    remedy="Add a positive control, a manipulation check or a quality threshold that does not depend on the outcome.",
    source=sources.CHAMBERS,
)
def _unchecked(sheet: Sheet) -> Iterator[Spot]:
    for at, row in sheet.tested():
        if row.primary and not sheet.protocol.checks_of(row.label):
            yield at.spot("label", f"No outcome-neutral check bears on {at.name}.")


@should(
    "check-without-threshold",
    Criterion.CHECKS,
    wrong="A check does not say when it passes.",
    why="Whether it passed would be decided with the result in sight.",
    remedy="Give the number from which it counts as passed.",
    source=sources.DERIVATION,
)
def _boundless(sheet: Sheet) -> Iterator[Spot]:
    for at, check in sheet.checks():
        if not check.threshold.strip() and not check.passes:
            yield at.spot("threshold", f"{at.name} does not say when it passes.")


@must(
    "check-without-consequence",
    Criterion.CHECKS,
    wrong="A check does not say what follows when it fails.",
    why="A gate that opens either way keeps nothing out.",
    remedy="Say what follows for the conclusions: not testable, the study stops, the analysis becomes exploratory.",
    source=sources.CHAMBERS,
)
def _harmless(sheet: Sheet) -> Iterator[Spot]:
    for at, check in sheet.checks():
        if not check.consequence.strip() and check.failing is None:
            yield at.spot("consequence", f"{at.name} does not say what follows when it fails.")


@should(
    "checks-change-nothing",
    Criterion.CHECKS,
    wrong="Whatever the checks of a primary hypothesis find, its conclusion stays the same.",
    why="Then no check makes sure that the hypothesis could be tested.",
    remedy="Let at least one of them decide whether the hypothesis is testable.",
    source=sources.CHAMBERS,
)
def _idle(sheet: Sheet) -> Iterator[Spot]:
    for at, row in sheet.tested():
        checks = sheet.protocol.checks_of(row.label)
        if row.primary and checks and all(check.failing is Failing.REPORTED for check in checks):
            yield at.spot("label", f"No check of {at.name} changes what is concluded.")


@should(
    "check-looks-at-the-outcome",
    Criterion.CHECKS,
    wrong="A check is passed or failed by the outcome that the hypothesis is about.",
    why="A check that depends on the outcome lets through the results that were hoped for.",
    remedy="Check something that is the same whichever way the hypothesis turns out.",
    source=sources.CHAMBERS,
)
def _biased(sheet: Sheet) -> Iterator[Spot]:
    primary = {same(each.label) for each in sheet.protocol.measures if each.role is Role.PRIMARY}
    for at, check in sheet.checks():
        decided = {
            same(each.metric)
            for row in sheet.protocol.rows
            if check.concerns(row.label)
            for each in row.rule.comparisons()
            if each.statistic.value != "count"
        }
        looked = {same(each.metric) for each in check.passes if each.statistic.value != "count"}
        if looked & (decided | primary) - {""}:
            metric = next(each.metric for each in check.passes if same(each.metric) in decided | primary)
            yield at.spot("passes", f"{at.name} looks at {metric}, which is what is to be decided.")


@must(
    "check-cannot-fail",
    Criterion.CHECKS,
    wrong="A check always passes, or never.",
    why="Then it tells nothing about the study.",
    remedy="Look at its bounds: they exclude each other, or cover everything.",
    source=sources.MACHINE_READABLE,
)
def _constant(sheet: Sheet) -> Iterator[Spot]:
    for at, check in sheet.checks():
        if check.passes and all(map(is_complete, check.passes)):
            can_pass, can_fail = can_hold(check.passes)
            if not can_pass or not can_fail:
                always = "never passes" if not can_pass else "always passes"
                yield at.spot("passes", f"{at.name} {always}, whatever comes out.")


@should(
    "judge-without-agreement",
    Criterion.CHECKS,
    wrong="A judge or grader is used, and no check says that it agrees with anything.",
    why="A judge that errs, or prefers one of the models, moves every rate that rests on it.",
    remedy="Add a check of agreement with labels by people, with its threshold and what follows if it fails.",
    source=sources.AGREEMENT,
)
def _unagreed(sheet: Sheet) -> Iterator[Spot]:
    judged = [at for at, pin in sheet.pins() if pin.thing is Thing.JUDGE]
    words = " ".join(f"{check.what} {check.threshold}" for check in sheet.protocol.checks).lower()
    agreed = any(check.gate is Gate.AGREEMENT for check in sheet.protocol.checks)
    if judged and not agreed and not any(word in words for word in _AGREEING):
        yield judged[0].spot("thing", f"{judged[0].name} is a judge, and no check says that it can be trusted.")


RULES: tuple[LintRule, ...] = (_unchecked, _boundless, _harmless, _idle, _biased, _constant, _unagreed)

"""Faults of rules, bounds and sizes: for each rule what breaks it alone, and its mended twin."""

from dataclasses import replace

from tests.workflows.faults.sound import (
    ABOVE,
    AT_LEAST,
    AT_MOST,
    BELOW,
    BETWEEN,
    CONTRADICTED,
    H1,
    INCONCLUSIVE,
    SOUND,
    SUPPORTED,
    also,
    analysis,
    changed,
    clause,
    estimate,
    exclusion,
    interval,
    n,
    p,
    row,
    rule,
    ruled,
    sample,
)
from workflows.protocol import (
    Basis,
    Clause,
    Comparison,
    Kind,
    Protocol,
    Sides,
)
from workflows.verdicts import Verdict

_UP, _DOWN = clause(SUPPORTED, interval(ABOVE, "0")), clause(CONTRADICTED, interval(BELOW, "0"))
_MANY = [estimate(ABOVE, str(number), metric=f"rate {number}") for number in range(1, 13)]

DECISIONS: dict[str, tuple[Protocol, Protocol]] = {
    "outcome-without-verdict": (rule(_UP, _DOWN), rule(_UP, _DOWN, otherwise=INCONCLUSIVE)),
    "bound-without-verdict": (
        rule(clause(SUPPORTED, estimate(ABOVE, "2")), clause(CONTRADICTED, estimate(BELOW, "2"))),
        rule(clause(SUPPORTED, estimate(ABOVE, "2")), clause(CONTRADICTED, estimate(AT_MOST, "2"))),
    ),
    "two-verdicts": (
        rule(clause(SUPPORTED, estimate(ABOVE, "0")), clause(CONTRADICTED, estimate(BELOW, "2"))),
        rule(clause(SUPPORTED, estimate(ABOVE, "2")), clause(CONTRADICTED, estimate(AT_MOST, "2"))),
    ),
    "clause-never-holds": (
        rule(clause(CONTRADICTED, estimate(ABOVE, "2"), estimate(BELOW, "1")), _UP, otherwise=INCONCLUSIVE),
        rule(clause(CONTRADICTED, interval(BELOW, "0")), _UP, otherwise=INCONCLUSIVE),
    ),
    "rule-decides-nothing": (rule(otherwise=INCONCLUSIVE), rule(_UP, otherwise=INCONCLUSIVE)),
    "rule-not-checked": (
        rule(clause(SUPPORTED, *_MANY), otherwise=INCONCLUSIVE),
        rule(clause(SUPPORTED, *_MANY[:4]), otherwise=INCONCLUSIVE),
    ),
    "clause-empty": (rule(Clause(verdict=SUPPORTED), otherwise=INCONCLUSIVE), rule(_UP, otherwise=INCONCLUSIVE)),
    "verdict-unfit": (
        rule(_UP, otherwise=Verdict.ESTIMATED),
        rule(_UP, otherwise=INCONCLUSIVE),
    ),
    "contradicted-by-a-large-p": (
        rule(clause(SUPPORTED, p(BELOW, "0.05")), clause(CONTRADICTED, p(AT_LEAST, "0.05"))),
        rule(clause(SUPPORTED, p(BELOW, "0.05")), clause(INCONCLUSIVE, p(AT_LEAST, "0.05"))),
    ),
}

BOUNDS: dict[str, tuple[Protocol, Protocol]] = {
    "threshold-impossible": (row(analysis="Bootstrap; we conclude at p < 2."), row(analysis="Concluded at p < .02.")),
    "share-impossible": (changed(samples=(sample(alpha="5"),)), changed(samples=(sample(alpha="0.05"),))),
    "threshold-not-a-number": (ruled(estimate(ABOVE, "two")), ruled(estimate(ABOVE, "2"))),
    "bounds-reversed": (
        changed(checks=(replace(SOUND.checks[0], passes=(estimate(BETWEEN, "3", upper="1", metric="x"),)),)),
        changed(checks=(replace(SOUND.checks[0], passes=(estimate(BETWEEN, "1", upper="3", metric="x"),)),)),
    ),
    "compared-with-itself": (
        ruled(Comparison(metric="A", comparator=ABOVE, than="a")),
        ruled(Comparison(metric="A", comparator=ABOVE, than="B")),
    ),
    "threshold-without-unit": (
        ruled(estimate(ABOVE, "2", unit="")),
        ruled(estimate(ABOVE, "2", unit=""), unit="points"),
    ),
    "smallest-effect-without-unit": (
        row(smallest_effect="2", rationale="Less changes nothing."),
        row(smallest_effect="2", rationale="Less changes nothing.", unit="points"),
    ),
    "smallest-effect-invalid": (
        row(smallest_effect="small", rationale="Less changes nothing."),
        row(smallest_effect="2", unit="points", rationale="Less changes nothing."),
    ),
    "units-disagree": (ruled(estimate(ABOVE, "2"), unit="logits"), ruled(estimate(ABOVE, "2"), unit="pp")),
}

_EQUIVALENT = {
    "kind": Kind.EQUIVALENCE,
    "hypothesis": "Hints make no difference that matters.",
    "smallest_effect": "2",
    "unit": "points",
    "rationale": "Less changes nothing.",
}

AGREEMENT: dict[str, tuple[Protocol, Protocol]] = {
    "alpha-disagrees": (
        replace(ruled(p(BELOW, "0.05")), samples=(sample(alpha="0.01"),)),
        replace(ruled(p(BELOW, "0.05")), samples=(sample(alpha="0.05"),)),
    ),
    "alpha-disagrees-in-words": (
        row(analysis="A test at α = .05.", sensitivity="Computed for alpha = 0.01."),
        row(analysis="A test at α = .05.", sensitivity="Computed for alpha = 0.05."),
    ),
    "level-disagrees-with-alpha": (
        replace(ruled(interval(ABOVE, "0")), analyses=(analysis(threshold="0.01", sides=Sides.TWO),)),
        replace(ruled(interval(ABOVE, "0")), analyses=(analysis(threshold="0.05", sides=Sides.TWO),)),
    ),
    "rule-and-words-disagree": (
        ruled(estimate(ABOVE, "2"), decision_rule="Supported above 3 points; otherwise inconclusive."),
        ruled(estimate(ABOVE, "2"), decision_rule="Supported above 0.02; otherwise inconclusive."),
    ),
    "claim-disagrees-with-rule": (
        ruled(estimate(ABOVE, "2"), hypothesis="With a hint the rate is higher by more than 5 points."),
        ruled(estimate(ABOVE, "2"), hypothesis="With a hint the rate is higher by more than 2 points."),
    ),
    "equivalence-bounds-disagree": (
        ruled(interval(BETWEEN, "-3", upper="3"), **_EQUIVALENT),
        ruled(interval(BETWEEN, "−2", upper="2"), **_EQUIVALENT),
    ),
    "power-method-names-another-test": (
        changed(samples=(sample(method="G*Power, t-test", test="A1"),), analyses=(analysis(test="Mixed model"),)),
        changed(
            samples=(sample(method="Simulated, mixed model", test="A1"),), analyses=(analysis(test="Mixed model"),)
        ),
    ),
    "sample-size-disagrees": (changed(samples=(sample(target="900"),)), changed(samples=(sample(target="600"),))),
    "abstract-disagrees": (
        replace(SOUND, abstract="We give 500 tasks to models."),
        replace(SOUND, abstract="We give 600 tasks to models."),
    ),
    "conditions-disagree": (
        replace(row(analysis="Bootstrap over three conditions."), samples=(sample(groups="2"),)),
        replace(row(analysis="Bootstrap over two conditions."), samples=(sample(groups="2"),)),
    ),
    "product-does-not-come-out": (
        row(theory="2 models × 30 items × 10 seeds = 660 runs."),
        row(theory="2 models × 30 items × 10 seeds = 600 runs."),
    ),
}

_POWER = {"basis": Basis.POWER, "alpha": "0.05", "power": "0.9", "effect": "2"}
_MATTERS = {"smallest_effect": "2", "unit": "points", "rationale": "Less changes nothing."}
_H2 = replace(H1, label="H2", primary=False)

SAMPLES: dict[str, tuple[Protocol, Protocol]] = {
    "sample-size-unsaid": (row(sampling="Tasks are drawn at random."), row(sampling="All tasks of the collection.")),
    "sample-without-target": (
        changed(samples=(sample(target=""),)),
        changed(samples=(sample(target="", basis=Basis.ALL),)),
    ),
    "stopping-not-finite": (
        changed(samples=(sample(target="", stopping="Until the Bayes factor exceeds 6."),)),
        changed(samples=(sample(target="", stopping="Until the Bayes factor exceeds 6.", most="600"),)),
    ),
    "sample-not-a-number": (changed(samples=(sample(groups="a few"),)), changed(samples=(sample(groups="2"),))),
    "sample-most-below-target": (changed(samples=(sample(most="500"),)), changed(samples=(sample(most="700"),))),
    "sample-without-unit": (changed(samples=(sample(unit=""),)), changed(samples=(sample(),))),
    "power-incomplete": (
        changed(samples=(sample(**{**_POWER, "effect": ""}),)),
        changed(samples=(sample(**_POWER),)),
    ),
    "precision-incomplete": (
        changed(samples=(sample(basis=Basis.PRECISION, method="By simulation."),)),
        changed(samples=(sample(basis=Basis.PRECISION, method="Simulated: 3 points wide."),)),
    ),
    "power-of-another-test": (
        also(_H2, samples=(sample(test="A2"),), analyses=(analysis(), analysis(label="A2", rows=("H2",)))),
        also(_H2, samples=(sample(test="A1"),), analyses=(analysis(), analysis(label="A2", rows=("H2",)))),
    ),
    "powered-for-a-larger-effect": (
        replace(row(**_MATTERS), samples=(sample(**{**_POWER, "effect": "5"}),)),
        replace(row(**_MATTERS), samples=(sample(**_POWER),)),
    ),
    "count-out-of-reach": (
        replace(ruled(n(AT_LEAST, "700")), samples=(sample(),)),
        replace(ruled(n(AT_LEAST, "500")), samples=(sample(),)),
    ),
}

WORDS: dict[str, tuple[Protocol, Protocol]] = {
    "vague-words": (
        changed(exclusions=(exclusion(what="Tasks that are answered poorly."),)),
        changed(exclusions=(exclusion(what="Tasks that are answered poorly (below 10 per cent)."),)),
    ),
    "placeholder-left": (replace(SOUND, exploratory="TODO"), replace(SOUND, exploratory="Which tasks are hardest.")),
}

"""What the linter must not call wrong: a false alarm costs more trust than a miss."""

from dataclasses import replace

import pytest

from tests.workflows.faults.sound import (
    ABOVE,
    AT_LEAST,
    BELOW,
    INCONCLUSIVE,
    SOUND,
    SUPPORTED,
    analysis,
    changed,
    check,
    clause,
    estimate,
    interval,
    p,
    pin,
    row,
    rule,
    ruled,
    sample,
)
from workflows.lint import lint
from workflows.protocol import Kind, Protocol, Setting, Sides
from workflows.verdicts import Verdict

QUIET: dict[str, Protocol] = {
    "two levels in one rule": replace(
        rule(
            clause(SUPPORTED, p(BELOW, "0.005")),
            clause(INCONCLUSIVE, p(AT_LEAST, "0.005")),
        ),
        samples=(sample(alpha="0.005"),),
    ),
    "a smaller alpha by a correction": replace(
        ruled(p(BELOW, "0.025")),
        samples=(sample(alpha="0.025"),),
        analyses=(analysis(threshold="0.05", sides=Sides.TWO, correction="Bonferroni over H1 and H2"),),
    ),
    "a threshold that is an effect": replace(ruled(interval(ABOVE, "0")), analyses=(analysis(threshold="0.02"),)),
    "one side by a 90 % interval": replace(
        ruled(interval(ABOVE, "0", level="90")), analyses=(analysis(threshold="0.05", sides=Sides.ONE),)
    ),
    "a level that is no bound": ruled(
        interval(ABOVE, "2"), decision_rule="Supported if the 95 % confidence interval lies above two points."
    ),
    "a bound by its name": ruled(
        interval(ABOVE, "2"),
        decision_rule="Supported above the smallest effect of interest; contradicted below -1.",
        smallest_effect="2",
        unit="points",
        rationale="Less changes nothing.",
    ),
    "a bound in per cent": ruled(estimate(ABOVE, "0.02", unit="share"), decision_rule="Supported above 2 %."),
    "kappa has no unit": check(passes=(estimate(AT_LEAST, "0.8", metric="Cohen's kappa", unit=""),)),
    "a model with a moving word in its name": changed(pins=(pin(value="multi-head-main", version="3.1"),)),
    "a sample per condition": replace(row(sampling="1,200 tasks in all."), samples=(sample(groups="2"),)),
    "a pilot beside the sample": replace(row(sampling="600 tasks, after 20 pilot tasks."), samples=(sample(),)),
    "everything there is": row(sampling="Every incident of the register."),
    "another language": row(
        hypothesis="Mit Hinweis ist die Rate höher.",
        sampling="Aufgaben werden gezogen, bis die Liste erschöpft ist.",
        decision_rule="Gestützt, wenn das Intervall über null liegt.",
    ),
    "an estimation without anything tested": row(kind=Kind.ESTIMATION, hypothesis="", decision_rule="Estimated."),
    "a rule of an estimation": row(
        kind=Kind.ESTIMATION,
        hypothesis="",
        rule=rule(otherwise=Verdict.ESTIMATED).rows[0].rule,
    ),
    "models in prose": replace(
        SOUND,
        settings=(Setting.OTHER_MODELS,),
        exploratory="Scored on a held-out set. No task is excluded.",
    ),
    "a hypothesis on unrelated things": row(hypothesis="Two different models give in more often than one."),
    "a test of two families in one text": replace(
        changed(samples=(sample(method="t-test, then mixed model by simulation", test="A1"),)),
        analyses=(analysis(test="Mixed model"),),
    ),
}


@pytest.mark.parametrize("case", QUIET)
def test_nothing_is_found(case: str) -> None:
    assert [(found.rule, found.words) for found in lint(QUIET[case])] == []


def test_a_reference_in_another_case_is_none() -> None:
    """Elsewhere labels are compared letter by letter: a check of "h1" would silently bear on nothing."""
    assert [found.rule for found in lint(check(rows=("h1",)))] == ["check-missing", "reference-unknown"]

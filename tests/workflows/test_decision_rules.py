"""Decision rules as structure: which verdict follows from which values, and how the rule reads as a sentence."""

from dataclasses import replace
from decimal import Decimal

import pytest

from workflows.protocol import (
    NO_RULE,
    Clause,
    Comparator,
    Comparison,
    Rule,
    Statistic,
    Value,
    holds,
    read_back,
    verdicts,
)
from workflows.verdicts import Verdict


def interval(comparator: Comparator, value: str, *, metric: str = "", unit: str = "", upper: str = "") -> Comparison:
    own = Comparison(statistic=Statistic.INTERVAL, level="95", comparator=comparator, value=value)
    return replace(own, metric=metric, unit=unit, upper=upper)


ABOVE_2 = interval(Comparator.ABOVE, "2", metric="the accuracy difference", unit="percentage points")
BELOW_0 = interval(Comparator.BELOW, "0", metric="the accuracy difference")
RULE = Rule(
    clauses=(Clause(verdict=Verdict.SUPPORTED, when=(ABOVE_2,)), Clause(verdict=Verdict.CONTRADICTED, when=(BELOW_0,))),
    otherwise=Verdict.INCONCLUSIVE,
)


def found(low: str, high: str) -> dict[str, Value]:
    return {"the accuracy difference": Value(low=Decimal(low), high=Decimal(high))}


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        ("2.1", "7", Verdict.SUPPORTED),
        ("2", "7", Verdict.INCONCLUSIVE),
        ("-3", "-0.1", Verdict.CONTRADICTED),
        ("-3", "0", Verdict.INCONCLUSIVE),
        ("-3", "7", Verdict.INCONCLUSIVE),
    ],
)
def test_the_verdict_follows_from_the_interval(low: str, high: str, verdict: Verdict) -> None:
    assert verdicts(RULE, found(low, high)) == frozenset({verdict})


def test_a_missing_value_gives_no_verdict() -> None:
    assert verdicts(RULE, {}) is None


def test_clauses_that_contradict_each_other_give_both_verdicts() -> None:
    low = Clause(verdict=Verdict.CONTRADICTED, when=(interval(Comparator.BELOW, "9", metric=ABOVE_2.metric),))
    both = Rule(clauses=(RULE.clauses[0], low))
    assert verdicts(both, found("3", "4")) == frozenset({Verdict.SUPPORTED, Verdict.CONTRADICTED})
    assert verdicts(both, found("1", "10")) == frozenset()


def test_one_comparison_that_fails_decides_a_conjunction() -> None:
    other = Comparison(metric="n", statistic=Statistic.COUNT, comparator=Comparator.AT_LEAST, value="40")
    rule = Rule(clauses=(Clause(verdict=Verdict.SUPPORTED, when=(ABOVE_2, other)),), otherwise=Verdict.INCONCLUSIVE)
    assert verdicts(rule, found("1", "7")) == frozenset({Verdict.INCONCLUSIVE})
    assert verdicts(rule, found("3", "7")) is None


@pytest.mark.parametrize(
    ("comparison", "low", "high", "answer"),
    [
        (interval(Comparator.EXCLUDES, "0"), "0.1", "2", True),
        (interval(Comparator.EXCLUDES, "0"), "0", "2", False),
        (interval(Comparator.BETWEEN, "-1", upper="1"), "-1", "1", True),
        (interval(Comparator.BETWEEN, "-1", upper="1"), "-1.1", "1", False),
        (interval(Comparator.BETWEEN, "-1"), "-1", "1", None),
        (Comparison(statistic=Statistic.INTERVAL, comparator=Comparator.ABOVE, than="B"), "0.6", "0.9", True),
        (Comparison(statistic=Statistic.INTERVAL, comparator=Comparator.ABOVE, than="A"), "0.6", "0.9", None),
        (Comparison(comparator=Comparator.AT_MOST, value="0.5", negated=True), "0.6", "0.9", True),
        (Comparison(comparator=Comparator.EQUALS, value="x"), "0.6", "0.9", None),
    ],
)
def test_a_comparison_holds(comparison: Comparison, low: str, high: str, *, answer: bool | None) -> None:
    own = Value(estimate=Decimal("0.75"), low=Decimal(low), high=Decimal(high))
    assert holds(comparison, {"": own, "B": Value(estimate=Decimal("0.5"))}) is answer


def test_a_rule_reads_as_a_sentence() -> None:
    assert read_back(RULE, "H1") == (
        "H1 is supported if the 95 % interval of the accuracy difference lies wholly above 2 percentage points; "
        "contradicted if the 95 % interval of the accuracy difference lies wholly below 0; otherwise inconclusive."
    )
    assert read_back(NO_RULE, "H1") == ""


def test_alternatives_and_conjunctions_read_as_or_and_and() -> None:
    p = Comparison(statistic=Statistic.P_VALUE, comparator=Comparator.BELOW, value="0.05")
    n = Comparison(metric="items", statistic=Statistic.COUNT, comparator=Comparator.AT_LEAST, value="40", negated=True)
    rule = Rule(
        clauses=(
            Clause(verdict=Verdict.SUPPORTED, when=(p, n), name="strict"),
            Clause(verdict=Verdict.SUPPORTED, when=(interval(Comparator.EXCLUDES, "0"),)),
        )
    )
    assert read_back(rule, "H2") == (
        "H2 is supported if p is below 0.05 and n of items is not at least 40 (strict), or if the 95 % interval "
        "excludes 0."
    )

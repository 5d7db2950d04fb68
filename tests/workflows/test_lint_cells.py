"""Looking through a decision rule: what it finds is so, and what is so it finds."""

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.workflows.faults.sound import (
    ABOVE,
    AT_LEAST,
    AT_MOST,
    BELOW,
    BETWEEN,
    CONTRADICTED,
    INCONCLUSIVE,
    SUPPORTED,
    clause,
    estimate,
    interval,
    n,
    p,
)
from workflows.lint.casewise import answers, can_hold, is_checkable
from workflows.protocol import Clause, Comparator, Comparison, Rule, Statistic, Value, verdicts
from workflows.verdicts import Verdict

# Without 1: a "between" that ends there is taken for a share, which has nothing above.
_NUMBERS = st.sampled_from(("-1", "0", "0.05", "1.5", "2"))
_METRICS = st.sampled_from(("", "B"))
_COMPARISONS = st.builds(
    Comparison,
    metric=_METRICS,
    statistic=st.sampled_from(Statistic),
    comparator=st.sampled_from(Comparator),
    value=_NUMBERS,
    upper=_NUMBERS,
    than=st.sampled_from(("", "", "", "C")),
    negated=st.booleans(),
).filter(lambda each: is_checkable(Rule(clauses=(Clause(verdict=SUPPORTED, when=(each,)),))))
_RULES = st.builds(
    Rule,
    clauses=st.lists(
        st.builds(
            Clause,
            verdict=st.sampled_from((SUPPORTED, CONTRADICTED, INCONCLUSIVE)),
            when=st.lists(_COMPARISONS, min_size=1, max_size=2).map(tuple),
        ),
        min_size=1,
        max_size=3,
    ).map(tuple),
)
_ENDS = st.decimals(min_value=-3, max_value=3, places=2)


@st.composite
def _values(draw: st.DrawFn) -> Value:
    """Values that fit together, now and then exactly on a bound. The p-value is left to itself."""
    low, estimated, high = sorted(draw(st.lists(_ENDS | _NUMBERS.map(Decimal), min_size=3, max_size=3)))
    return Value(
        estimate=estimated,
        low=low,
        high=high,
        p=draw(st.decimals(min_value="0.001", max_value="0.999", places=3)),
        bayes_factor=draw(st.decimals(min_value="0.01", max_value=3, places=2)),
        count=Decimal(draw(st.integers(0, 4))),
    )


def _is_odd(value: Value) -> bool:
    """Whether a p-value does not fit the rest: these cases are left out on purpose."""
    return value.estimate == 0 and (value.p or 0) < Decimal("0.5")


@given(_RULES, _values(), _values(), _values())
def test_nothing_comes_out_that_was_not_looked_at(rule: Rule, own: Value, other: Value, third: Value) -> None:
    assume(not any(map(_is_odd, (own, other, third))))
    found = answers(rule, limit=3000)
    given_now = verdicts(rule, {"": own, "B": other, "C": third})
    assume(found is not None)
    assert found is not None
    assert given_now is not None
    assert given_now <= found.given
    assert given_now or found.unsaid is not None
    assert len(given_now) < 2 or found.twice is not None


UP, DOWN = clause(SUPPORTED, interval(ABOVE, "2")), clause(CONTRADICTED, interval(BELOW, "0"))
INCLUDES = interval(Comparator.EXCLUDES, "0", negated=True)


@pytest.mark.parametrize(
    ("clauses", "words"),
    [
        ((UP, DOWN), "the interval includes 0 points and lies wholly below 2 points"),
        (
            (clause(SUPPORTED, interval(ABOVE, "0")), clause(INCONCLUSIVE, INCLUDES, n(AT_LEAST, "40")), DOWN),
            "n is below 40 and the interval includes 0 points",
        ),
        ((clause(SUPPORTED, p(BELOW, "0.05")),), "p is above 0.05"),
        (
            (clause(SUPPORTED, estimate(ABOVE, "2")), clause(CONTRADICTED, estimate(BELOW, "-1"))),
            "between −1 points and 2 points",
        ),
        ((clause(SUPPORTED, Comparison(metric="A", than="B")),), "A is not above B"),
        (
            (clause(SUPPORTED, estimate(ABOVE, "2")), clause(CONTRADICTED, estimate(BELOW, "2"))),
            "the estimate is exactly 2 points",
        ),
    ],
)
def test_what_no_clause_speaks_of_is_shown_by_an_example(clauses: tuple[Clause, ...], words: str) -> None:
    found = answers(Rule(clauses=clauses))
    assert found is not None
    assert found.unsaid is not None
    assert words in found.unsaid.words


def test_two_verdicts_at_once_are_shown_by_an_example() -> None:
    found = answers(
        Rule(clauses=(UP, clause(CONTRADICTED, estimate(BELOW, "9", metric="other"))), otherwise=INCONCLUSIVE)
    )
    assert found is not None
    assert found.twice is not None
    assert found.twice.words == "the interval lies wholly above 2 points and other is below 9 points"
    assert found.twice.verdicts == (SUPPORTED, CONTRADICTED)


def test_a_small_p_value_is_the_interval_of_its_level_without_zero() -> None:
    """Else "supported if the interval lies above 0, inconclusive if p is 0.05 or more" would give two verdicts."""
    rule = Rule(
        clauses=(
            clause(SUPPORTED, interval(ABOVE, "0")),
            clause(CONTRADICTED, interval(BELOW, "0")),
            clause(INCONCLUSIVE, p(AT_LEAST, "0.05")),
        )
    )
    found = answers(rule)
    assert found is not None
    assert (found.unsaid, found.twice) == (None, None)


def test_a_share_ends_at_one() -> None:
    good = clause(SUPPORTED, estimate(BETWEEN, "0.8", upper="1", metric="accuracy"))
    found = answers(Rule(clauses=(good, clause(CONTRADICTED, estimate(BELOW, "0.8", metric="Accuracy")))))
    assert found is not None
    assert found.unsaid is None


def test_counts_are_whole_numbers() -> None:
    found = answers(Rule(clauses=(clause(SUPPORTED, n(AT_MOST, "39")), clause(CONTRADICTED, n(AT_LEAST, "40")))))
    assert found is not None
    assert found.unsaid is None


def test_the_level_of_p_values_and_the_other_verdicts_are_kept_apart() -> None:
    found = answers(Rule(clauses=(UP,), otherwise=Verdict.NOT_TESTABLE))
    assert found is not None
    assert found.given == {SUPPORTED, Verdict.NOT_TESTABLE}


def test_above_the_limit_nothing_is_looked_at() -> None:
    rule = Rule(clauses=(UP,), otherwise=INCONCLUSIVE)
    assert answers(rule, limit=15) is not None
    assert answers(rule, limit=2) is None


@pytest.mark.parametrize(
    ("when", "can"),
    [
        ((estimate(ABOVE, "2"),), (True, True)),
        ((estimate(ABOVE, "2"), estimate(BELOW, "1")), (False, True)),
        ((n(AT_LEAST, "0"),), (True, False)),
    ],
)
def test_whether_a_check_can_pass_and_can_fail(when: tuple[Comparison, ...], can: tuple[bool, bool]) -> None:
    assert can_hold(when) == can

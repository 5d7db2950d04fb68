"""Which verdict follows from which values, by a decision rule that is structure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from workflows.protocol.numbers import number
from workflows.protocol.rules import Clause, Comparator, Comparison, Rule, Statistic
from workflows.verdicts import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """What was found of one metric. What was not reported is None; `low` and `high` are the ends of an interval."""

    estimate: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    p: Decimal | None = None
    bayes_factor: Decimal | None = None
    count: Decimal | None = None

    def ends(self, statistic: Statistic) -> tuple[Decimal | None, Decimal | None]:
        """The least and the greatest of what `statistic` compares: the same number, but for an interval."""
        if statistic is Statistic.INTERVAL:
            return self.low, self.high
        single = {
            Statistic.ESTIMATE: self.estimate,
            Statistic.P_VALUE: self.p,
            Statistic.BAYES_FACTOR: self.bayes_factor,
            Statistic.COUNT: self.count,
        }[statistic]
        return single, single


_Test = Callable[[Decimal, Decimal, Decimal, Decimal], bool]

# Of the two ends and the two bounds. An interval lies above a bound when all of it does.
_TESTS: dict[Comparator, _Test] = {
    Comparator.ABOVE: lambda low, _, bound, __: low > bound,
    Comparator.AT_LEAST: lambda low, _, bound, __: low >= bound,
    Comparator.BELOW: lambda _, high, bound, __: high < bound,
    Comparator.AT_MOST: lambda _, high, bound, __: high <= bound,
    Comparator.EQUALS: lambda low, high, bound, _: low == high == bound,
    Comparator.BETWEEN: lambda low, high, bound, upper: bound <= low and high <= upper,
    Comparator.EXCLUDES: lambda low, high, bound, _: high < bound or low > bound,
}


def holds(comparison: Comparison, values: Mapping[str, Value]) -> bool | None:
    """Whether `comparison` holds of `values` (by metric, the row's own under ""); None where that cannot be said."""
    low, high = values.get(comparison.metric, Value()).ends(comparison.statistic)
    bound = _bound(comparison, values)
    upper = number(comparison.upper) if comparison.comparator is Comparator.BETWEEN else bound
    if low is None or high is None or bound is None or upper is None:
        return None
    return came_out(comparison, (low, high), bound, upper)


def came_out(comparison: Comparison, ends: tuple[Decimal, Decimal], bound: Decimal, upper: Decimal) -> bool:
    """Whether `comparison` holds of numbers: the two `ends` of what is compared, its bound, its upper bound."""
    return _TESTS[comparison.comparator](*ends, bound, upper) is not comparison.negated


def _bound(comparison: Comparison, values: Mapping[str, Value]) -> Decimal | None:
    """What is compared with: a number, or the estimate of another metric."""
    if comparison.than:
        return values.get(comparison.than, Value()).ends(_against(comparison.statistic))[0]
    return number(comparison.value)


def _against(statistic: Statistic) -> Statistic:
    return Statistic.ESTIMATE if statistic is Statistic.INTERVAL else statistic


def verdicts(rule: Rule, values: Mapping[str, Value]) -> frozenset[Verdict] | None:
    """The verdicts that `rule` gives for `values`: one, where it is well made; several, where its clauses contradict
    one another; none, where it says nothing; None, where a value it needs is missing.
    """
    given: dict[Clause, bool | None] = {clause: _applies(clause, values) for clause in rule.clauses}
    if any(answer is None for answer in given.values()):
        return None
    found = frozenset(clause.verdict for clause, answer in given.items() if answer)
    return found or (frozenset() if rule.otherwise is None else frozenset({rule.otherwise}))


def _applies(clause: Clause, values: Mapping[str, Value]) -> bool | None:
    """Whether all of the clause holds. One comparison that fails decides, whatever is missing of the others."""
    answers = [holds(comparison, values) for comparison in clause.when]
    if False in answers:
        return False
    return None if None in answers or not answers else True

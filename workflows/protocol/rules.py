"""Decision rules as structure: comparisons, combined by and, or and not, that give a verdict."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from workflows.verdicts import Verdict


class Statistic(StrEnum):
    """What of a metric is compared."""

    ESTIMATE = "estimate"
    INTERVAL = "interval"
    P_VALUE = "p"
    BAYES_FACTOR = "bayes_factor"
    COUNT = "count"

    @property
    def words(self) -> str:
        """The statistic as authors choose it."""
        return _STATISTIC_WORDS[self]


_STATISTIC_WORDS = {
    Statistic.ESTIMATE: "the estimate",
    Statistic.INTERVAL: "the interval, all of it",
    Statistic.P_VALUE: "the p-value",
    Statistic.BAYES_FACTOR: "the Bayes factor",
    Statistic.COUNT: "how many (n)",
}


class Comparator(StrEnum):
    """How it is compared. Of an interval, all of it must lie there; `EXCLUDES` is for intervals alone."""

    ABOVE = ">"
    AT_LEAST = ">="
    BELOW = "<"
    AT_MOST = "<="
    EQUALS = "="
    BETWEEN = "between"
    EXCLUDES = "excludes"

    @property
    def words(self) -> str:
        """The comparator as authors choose it."""
        return _COMPARATOR_WORDS[self]


_COMPARATOR_WORDS = {
    Comparator.ABOVE: "above",
    Comparator.AT_LEAST: "at least",
    Comparator.BELOW: "below",
    Comparator.AT_MOST: "at most",
    Comparator.EQUALS: "equal to",
    Comparator.BETWEEN: "between, ends included",
    Comparator.EXCLUDES: "excludes",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One comparison, such as: the 95 % interval of the accuracy difference lies wholly above 2 percentage points.

    `metric` is the label of a measure or a name in words; empty, it is what the row itself estimates. Numbers are kept
    as typed: `level` of an interval in per cent, `value`, and `upper` for `BETWEEN`. `than` names another metric to
    compare with in place of `value`. `negated` turns the comparison round.
    """

    metric: str = ""
    statistic: Statistic = Statistic.ESTIMATE
    level: str = ""
    comparator: Comparator = Comparator.ABOVE
    value: str = ""
    upper: str = ""
    than: str = ""
    unit: str = ""
    negated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A verdict, and when it is given: all comparisons of `when` hold. A second clause with the verdict is an "or".

    `name` is for rules with more shades than the verdicts have ("strict", "partial").
    """

    verdict: Verdict
    when: tuple[Comparison, ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Which verdict follows from which outcome: the clauses say, and `otherwise` is what follows where none does.

    The order of the clauses means nothing: two that hold at once and give two verdicts contradict each other, which
    the linter shows.
    """

    clauses: tuple[Clause, ...] = ()
    otherwise: Verdict | None = None

    def __bool__(self) -> bool:
        """Whether anything is said."""
        return bool(self.clauses) or self.otherwise is not None

    def clauses_for(self, verdict: Verdict) -> tuple[Clause, ...]:
        """The clauses that give `verdict`: one of them suffices."""
        return tuple(clause for clause in self.clauses if clause.verdict is verdict)

    def comparisons(self) -> Iterator[Comparison]:
        """Every comparison of every clause, in order."""
        return (comparison for clause in self.clauses for comparison in clause.when)


NO_RULE = Rule()

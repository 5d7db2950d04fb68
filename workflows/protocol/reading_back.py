"""A decision rule read back as a sentence, so that authors see what they have built."""

from workflows.protocol.rules import Clause, Comparator, Comparison, Rule, Statistic
from workflows.verdicts import Verdict

_GIVEN = {
    Verdict.SUPPORTED: "supported",
    Verdict.CONTRADICTED: "contradicted",
    Verdict.INCONCLUSIVE: "inconclusive",
    Verdict.NOT_TESTABLE: "not testable",
    Verdict.NOT_TESTED: "not tested",
    Verdict.ESTIMATED: "estimated",
}


def read_back(rule: Rule, name: str) -> str:
    """The sentence that `rule` says of the row called `name`; empty where it says nothing.

    "H1 is supported if the 95 % interval of the accuracy difference lies wholly above 2 percentage points; contradicted
    if it lies wholly below 0; otherwise inconclusive."
    """
    parts = [f"{_GIVEN[verdict]} if {_any_of(rule.clauses_for(verdict))}" for verdict in _in_order(rule)]
    if rule.otherwise is not None:
        parts.append(f"otherwise {_GIVEN[rule.otherwise]}" if parts else f"always {_GIVEN[rule.otherwise]}")
    return f"{name} is {'; '.join(parts)}." if parts else ""


def _in_order(rule: Rule) -> list[Verdict]:
    """The verdicts that clauses give, each once, as they come."""
    return list(dict.fromkeys(clause.verdict for clause in rule.clauses))


def _any_of(clauses: tuple[Clause, ...]) -> str:
    return ", or if ".join(_all_of(clause) for clause in clauses)


def _all_of(clause: Clause) -> str:
    name = f" ({clause.name})" if clause.name else ""
    return (" and ".join(sentence(each) for each in clause.when) or "(nothing is said yet)") + name


def sentence(comparison: Comparison) -> str:
    """One comparison in words: "the 95 % interval of the difference lies wholly above 2 points"."""
    return f"{subject(comparison)} {_verb(comparison)} {_bound(comparison)}".rstrip()


def subject(comparison: Comparison) -> str:
    """What is compared, in words: "the 95 % interval of the difference"."""
    of = f" of {comparison.metric}" if comparison.metric else ""
    match comparison.statistic:
        case Statistic.INTERVAL:
            return f"the {comparison.level} % interval{of}" if comparison.level else f"the interval{of}"
        case Statistic.P_VALUE:
            return f"p{of}"
        case Statistic.BAYES_FACTOR:
            return f"the Bayes factor{of}"
        case Statistic.COUNT:
            return f"n{of}"
        case Statistic.ESTIMATE:
            return comparison.metric or "the estimate"


_LIES = {
    Comparator.ABOVE: "wholly above",
    Comparator.AT_LEAST: "wholly at or above",
    Comparator.BELOW: "wholly below",
    Comparator.AT_MOST: "wholly at or below",
    Comparator.EQUALS: "exactly at",
    Comparator.BETWEEN: "wholly between",
}
_IS = {
    Comparator.ABOVE: "above",
    Comparator.AT_LEAST: "at least",
    Comparator.BELOW: "below",
    Comparator.AT_MOST: "at most",
    Comparator.EQUALS: "equal to",
    Comparator.BETWEEN: "between",
    Comparator.EXCLUDES: "other than",
}


def _verb(comparison: Comparison) -> str:
    if comparison.statistic is not Statistic.INTERVAL:
        return f"is {'not ' * comparison.negated}{_IS[comparison.comparator]}"
    if comparison.comparator is Comparator.EXCLUDES:
        return "includes" if comparison.negated else "excludes"
    return f"{'does not lie' if comparison.negated else 'lies'} {_LIES[comparison.comparator]}"


def _bound(comparison: Comparison) -> str:
    bound = comparison.than or comparison.value or "(a number)"
    if comparison.comparator is Comparator.BETWEEN:
        bound += f" and {comparison.upper or '(a number)'}"
    return f"{bound} {comparison.unit}".strip() if not comparison.than else bound

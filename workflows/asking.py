"""What stage 2 asks of a row beside estimate, interval and verdict: only what its rule or its analysis is about."""

import re
from collections.abc import Iterator

from workflows.protocol import Comparison, Protocol, Row, Statistic

_SAYS_P = re.compile(r"\bp\s*(?:[<>=\u2264\u2265]|-?\s?values?\b)|\balpha\b|\u03b1|\bsignifican", re.IGNORECASE)
_SAYS_BAYES = re.compile(r"\bbayes[- ]factors?\b|\bBF_?\{?(?:10|01|\+0|0\+)?\}?\b", re.IGNORECASE)


def asks_p(protocol: Protocol, row: Row) -> bool:
    """Whether the row's rule, or an analysis that bears on it, is about a p-value."""
    return _asks(protocol, row, Statistic.P_VALUE, _SAYS_P)


def asks_bayes_factor(protocol: Protocol, row: Row) -> bool:
    """Whether the row's rule, or an analysis that bears on it, is about a Bayes factor."""
    return _asks(protocol, row, Statistic.BAYES_FACTOR, _SAYS_BAYES)


def _asks(protocol: Protocol, row: Row, statistic: Statistic, says: re.Pattern[str]) -> bool:
    if row.rule:
        return any(each.statistic is statistic and _is_own(row, each.metric) for each in row.rule.comparisons())
    analyses = [each for each in protocol.analyses if row.label in each.rows]
    told = [row.decision_rule, row.analysis, *(f"{each.test} {each.threshold}" for each in analyses)]
    return any(says.search(text) for text in told)


def metrics_asked(row: Row) -> tuple[tuple[str, frozenset[Statistic]], ...]:
    """The metrics that the row's rule names beside the row's own, each with what of it is compared, in their order."""
    found: dict[str, set[Statistic]] = {}
    for comparison in row.rule.comparisons():
        for metric, statistic in _named(comparison):
            if not _is_own(row, metric):
                found.setdefault(metric, set()).add(statistic)
    return tuple((metric, frozenset(statistics)) for metric, statistics in found.items())


def _named(comparison: Comparison) -> Iterator[tuple[str, Statistic]]:
    """Both sides of a comparison. What an interval is compared with is an estimate."""
    interval = comparison.statistic is Statistic.INTERVAL
    yield comparison.metric, comparison.statistic
    yield comparison.than, Statistic.ESTIMATE if interval else comparison.statistic


def _is_own(row: Row, metric: str) -> bool:
    return metric in ("", row.label)
